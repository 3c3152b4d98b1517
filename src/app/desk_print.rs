//! What the workstation prints itself: on the terminal's own printer, into the operator's own outbox. The order is in the database
//! already; it is taken, printed, and what became of it is told.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::convert;
use super::outbox::Folders;
use crate::db::desk::{Cell, Session, Stop};
use crate::engine::msg::{Answer, Refusal};
use crate::job::delivery::sheet::Order;
use crate::job::delivery::{Trouble, folder};
use crate::term::print_sequence;

/// Bytes for the terminal, and who waits to hear whether it took them.
#[derive(Debug)]
pub struct ForTerminal {
    /// The whole sequence.
    pub bytes: Vec<u8>,
    /// Told when they are on their way.
    pub taken: oneshot::Sender<bool>,
}

/// Prints an order; the refusal says why it did not come out, and the list of prints says it too.
pub async fn print(
    session: &Arc<Session>,
    id: Uuid,
    folders: &Folders,
    terminal: &UnboundedSender<ForTerminal>,
) -> Result<(), Refusal> {
    let stop = Stop::default();
    let told = session.call("admin.print_take", &[("p_order".to_owned(), Cell::Id(id))], &stop).await;
    let told = told.map_err(|ended| refusal(convert::ended(ended)))?;
    let printed = match Order::of(told) {
        Ok(order) => out(session, &order, folders, terminal).await,
        Err(trouble) => Err(trouble),
    };
    let (spooled, trouble) = match printed {
        Ok(spooled) => (Cell::Text(spooled), None),
        Err(trouble) => (Cell::Null, Some(trouble)),
    };
    let mut args = vec![("p_order".to_owned(), Cell::Id(id)), ("p_spooled".to_owned(), spooled)];
    if let Some(trouble) = &trouble {
        args.push(("p_reason".to_owned(), Cell::Text(trouble.reason.clone())));
        args.push(("p_hint".to_owned(), Cell::Text(trouble.hint.clone())));
    }
    let ended = session.call("admin.print_ended", &args, &stop).await;
    ended.map_err(|ended| refusal(convert::ended(ended)))?;
    trouble.map_or(Ok(()), |trouble| {
        Err(Refusal {
            code: "KV011".to_owned(),
            message: trouble.reason,
            detail: None,
            hint: Some(trouble.hint),
        })
    })
}

async fn out(
    session: &Arc<Session>,
    order: &Order,
    folders: &Folders,
    terminal: &UnboundedSender<ForTerminal>,
) -> Result<String, Trouble> {
    let read = session.work(&Stop::default(), async |client| order.own_bytes(client).await).await;
    let bytes = read.map_err(|ended| {
        let refusal = refusal(convert::ended(ended));
        Trouble::new(refusal.message, refusal.hint.unwrap_or_default())
    })??;
    if order.way == "outbox" {
        return folder::put(&folders.outbox, order, &bytes).map(|path| path.display().to_string());
    }
    let (taken, hear) = oneshot::channel();
    let bytes = print_sequence(&bytes, usize::from(order.copies));
    let sent = terminal.send(ForTerminal { bytes, taken }).is_ok();
    if sent && hear.await.unwrap_or(false) {
        Ok("терминал".to_owned())
    } else {
        Err(Trouble::new("Терминал не взял печать", "Повторите печать"))
    }
}

fn refusal(answer: Answer) -> Refusal {
    match answer {
        Answer::Refused(refusal) | Answer::Lost(refusal) => refusal,
        _ => Refusal {
            code: "KV011".to_owned(),
            message: "Печать прервана".to_owned(),
            detail: None,
            hint: Some("Повторите печать: экран 955".to_owned()),
        },
    }
}
