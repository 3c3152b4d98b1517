//! What an operator does: each call ends in one answer, whatever the line does meanwhile.

use std::rc::Rc;
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use uuid::Uuid;

use super::line::Line;
use super::{convert, papers, takeover, waiting};
use crate::db::custom;
use crate::db::desk::stop::Ended;
use crate::db::desk::{Cell, Session, Stop};
use crate::db::error::DbError;
use crate::engine::effect::{Call, Operation};
use crate::engine::msg::{Answer, Msg, Req};
use crate::engine::value::Value;
use crate::job::door::step;

/// Makes a call and answers.
pub async fn make(line: &Rc<Line>, req: Req, call: Call, stop: &Stop) -> Answer {
    let goes_on_without_us = matches!(call, Call::Settle(_) | Call::Follow(_));
    match call {
        Call::Login { login, password } => line.login(&login, &password.0).await,
        Call::Password { old, new } => line.change_password(&old.0, &new.0).await,
        call => match line.present() {
            Ok(session) => within(line, &session, req, call, stop).await.unwrap_or_else(|answer| answer),
            // Nobody can say how it ended; that the line is away says nothing of the operation or the job.
            Err(Answer::Refused(away)) if goes_on_without_us => Answer::Lost(away),
            Err(away) => away,
        },
    }
}

async fn within(
    line: &Rc<Line>,
    session: &Arc<Session>,
    req: Req,
    call: Call,
    stop: &Stop,
) -> Result<Answer, Answer> {
    match call {
        Call::Preview(operation) => {
            let (operation, hints) = (convert::operation(operation), line.hints());
            let asked = session.work(stop, async |client| step::ask_preview(client, &operation).await).await;
            asked.map_err(convert::ended)?;
            let tell = |before| line.tell(Msg::Reply { req, answer: Answer::Queued(before) });
            waiting::answer(session, operation.id, stop, hints, tell).await
        }
        Call::Explain { account, month, known_on, lang } => {
            let (id, hints) = (Uuid::new_v4(), line.hints());
            let ask =
                async |client: &_| step::ask_explanation(client, id, &account, (month, known_on), lang).await;
            session.work(stop, ask).await.map_err(convert::ended)?;
            let tell = |before| line.tell(Msg::Reply { req, answer: Answer::Queued(before) });
            waiting::answer(session, id, stop, hints, tell).await
        }
        Call::Paper { function, args, columns, times } => {
            let times = (times.as_of, times.known_on);
            let said = session.ask_as_of(&function, &convert::arguments(args), times, stop).await;
            let said = said.map_err(convert::ended)?;
            let own = session.work(stop, async |client| custom::read(client).await).await;
            papers::lines(said, &own.map_err(convert::ended)?, columns)
                .map(Answer::Done)
                .map_err(Answer::Refused)
        }
        Call::Commit(operation) => commit(session, operation).await,
        Call::Settle(id) => waiting::settled(session, id, stop).await,
        Call::Sheet(operations) => sheet(line, session, req, operations).await,
        Call::Follow(id) => {
            let tell = |progress| line.tell(Msg::Reply { req, answer: Answer::Progress(progress) });
            waiting::job(session, id, stop, line.hints(), tell).await
        }
        Call::CancelJob(id) => {
            let arguments = [("p_id".to_owned(), Cell::Id(id))];
            session.call("admin.job_cancel", &arguments, stop).await.map(Answer::Done).map_err(convert::ended)
        }
        Call::Forget(id) => {
            let arguments = [("p_session".to_owned(), Cell::Id(id))];
            session
                .call("admin.session_end", &arguments, stop)
                .await
                .map(Answer::Done)
                .map_err(convert::ended)
        }
        Call::Function { name, args } if name == "admin.session_take" => {
            let old = args.iter().find_map(|(name, value)| match value {
                Value::Id(id) if name == "p_session" => Some(*id),
                _ => None,
            });
            takeover::take(session, old.unwrap_or_default(), stop).await
        }
        Call::Function { name, args } => {
            let arguments = convert::arguments(args);
            session.call(&name, &arguments, stop).await.map(Answer::Done).map_err(convert::ended)
        }
        Call::Login { .. } | Call::Password { .. } => Ok(Answer::Cancelled),
    }
}

/// A change that was sent cannot be cancelled. Where the line broke, nobody knows whether it was made.
async fn commit(session: &Arc<Session>, operation: Operation) -> Result<Answer, Answer> {
    let operation = convert::operation(operation);
    let mut sent = false;
    let made = session
        .work(&Stop::default(), async |client| {
            sent = true;
            step::commit(client, &operation).await
        })
        .await;
    match made {
        Ok(result) => Ok(Answer::Done(result)),
        Err(Ended::Failed(error @ DbError::Unavailable(_))) if sent => {
            Err(Answer::Lost(convert::failure(error)))
        }
        Err(ended) => Err(convert::ended(ended)),
    }
}

/// Rows of a sheet: all are sent, each is a transaction of its own, each is told as soon as it is decided. Rows behind a break of
/// the line stay without a verdict, and the whole is lost: every row has an id to settle it by.
async fn sheet(
    line: &Rc<Line>,
    session: &Arc<Session>,
    req: Req,
    operations: Vec<Operation>,
) -> Result<Answer, Answer> {
    let operations: Vec<_> = operations.into_iter().map(convert::operation).collect();
    let mut sent = false;
    let done = session
        .work(&Stop::default(), async |client| {
            sent = true;
            let rows = operations.iter().map(|operation| step::commit(client, operation));
            let mut verdicts = stream::iter(rows).buffered(operations.len().max(1)).enumerate();
            while let Some((row, verdict)) = verdicts.next().await {
                let refusal = match verdict {
                    Ok(_) => None,
                    Err(error @ DbError::Unavailable(_)) => return Err(error),
                    Err(error) => Some(convert::failure(error)),
                };
                line.tell(Msg::Verdict { req, row, refusal });
            }
            Ok(())
        })
        .await;
    match done {
        Ok(()) => Ok(Answer::Done(serde_json::Value::Null)),
        Err(Ended::Failed(error @ DbError::Unavailable(_))) if sent => {
            Err(Answer::Lost(convert::failure(error)))
        }
        Err(ended) => Err(convert::ended(ended)),
    }
}
