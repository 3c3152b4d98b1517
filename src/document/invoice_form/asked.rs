//! What a debt or prepayment document asks for: service by service, a debt month by month.

use super::{BODY, FormError, GAP, HEADS, LEFT, STRESSED, TITLE};
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Asked, Invoice, Kind};
use crate::document::number;
use crate::document::table::{Column, Table};

/// What the document is, below its title.
#[must_use]
pub fn title(invoice: &Invoice) -> String {
    match invoice.kind {
        Kind::Month => format!("за {}", number::month(invoice.month)),
        Kind::Debt => format!("долговой, на {}", number::day(invoice.payments_through)),
        Kind::Prepayment => "предоплатный (аванс)".to_owned(),
    }
}

/// The same in the heading of a further sheet: «документа № 7 за март 2026 г.», «документа № 7-А (предоплатный)».
pub(super) fn running(invoice: &Invoice) -> String {
    if invoice.kind == Kind::Month { title(invoice) } else { format!("({})", title(invoice)) }
}

/// What the part that is cut off asks for, behind its title.
pub(super) fn about(invoice: &Invoice) -> String {
    match invoice.kind {
        Kind::Month => title(invoice),
        Kind::Debt => format!("о долге на {}", number::day(invoice.payments_through)),
        Kind::Prepayment => "о предоплате".to_owned(),
    }
}

/// Until when to pay.
#[must_use]
pub fn due(invoice: &Invoice) -> String {
    match invoice.kind {
        Kind::Month => format!("Оплатить до {}", number::day_in_words(invoice.due)),
        Kind::Debt => "Срок оплаты прошёл: оплатите сразу".to_owned(),
        Kind::Prepayment => "Аванс вносится по желанию".to_owned(),
    }
}

/// Draws the table with its total.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let (name, month) = match invoice.kind {
        Kind::Debt => ("Задолженность по услугам и месяцам", "За месяц"),
        _ => ("Аванс по услугам: по среднему начислению прошлых месяцев", ""),
    };
    flow.room(metrics.line_height(TITLE) + 4 * metrics.line_height(BODY), name)?;
    let strip = Strip { x: LEFT, y: flow.y, width: super::RIGHT - LEFT };
    flow.y += flow.canvas.text(strip, TITLE, Align::Left, 1, name)? + 60;
    let mut columns = vec![
        Column::new("Услуга", 7_600, Align::Left),
        Column::new("Получатель", 5_800, Align::Left),
        Column::new(month, 2_800, Align::Left),
        Column::new("Сумма", 2_800, Align::Right),
    ];
    if month.is_empty() {
        columns.remove(2);
        columns[0].width += 2_800;
    }
    let mut table = Table::begin(flow, LEFT, columns, HEADS, BODY)?;
    for one in &invoice.asked {
        table.row(flow, BODY, &row(invoice, one), 2 * metrics.line_height(BODY))?;
    }
    table.stress(flow);
    let mut total = vec!["ВСЕГО".to_owned(), String::new(), number::money(invoice.totals.payable)];
    if !month.is_empty() {
        total.insert(2, String::new());
    }
    table.row(flow, STRESSED, &total, 0)?;
    table.end(flow);
    flow.y += GAP;
    Ok(())
}

fn row(invoice: &Invoice, one: &Asked) -> Vec<String> {
    let line = invoice.lines.get(one.line);
    let service = line.map(|line| line.service.clone()).unwrap_or_default();
    let payee = line.and_then(|line| invoice.payees.get(line.payee));
    let payee = payee.map(|share| share.payee.name.clone()).unwrap_or_default();
    let sum = number::money(one.amount);
    match invoice.kind {
        Kind::Debt => {
            let month = match one.month {
                _ if one.is_penalty => "пени".to_owned(),
                Some(month) => number::month_short(month),
                None => "прежние годы".to_owned(),
            };
            vec![service, payee, month, sum]
        }
        _ => vec![service, payee, sum],
    }
}
