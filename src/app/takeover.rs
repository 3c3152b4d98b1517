//! Goes on with a session that was lost: the old process is asked to write and leave; silent for two seconds, its connections
//! are ended by the server. Then its record is read.

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::convert;
use crate::db::desk::{Cell, Session, Stop};
use crate::engine::msg::Answer;

/// How often the old session is looked at.
const GLANCE: Duration = Duration::from_millis(250);

/// Takes a session over; answers with its record.
pub async fn take(session: &Arc<Session>, old: Uuid, stop: &Stop) -> Result<Answer, Answer> {
    let named = |name: &str, id: Uuid| (name.to_owned(), Cell::Id(id));
    let both = [named("p_session", old), named("p_by", session.id())];
    loop {
        let said = session.call("admin.session_take", &both, stop).await.map_err(convert::ended)?;
        if said["state"] == "left" {
            break;
        }
        tokio::select! {
            () = stop.asked() => return Err(Answer::Cancelled),
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
    let old = [named("p_session", old)];
    session.call("admin.session_resume", &old, stop).await.map(Answer::Done).map_err(convert::ended)
}
