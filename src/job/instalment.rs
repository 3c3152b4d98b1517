//! What agreements on instalments moved in a month of an account, told for «Почему?» (354 пп. 72, 75; dossier § 4.3).

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::calc::period::Month;
use crate::calc::trace::Said;
use crate::db::driver::{Row, Transaction};
use crate::db::error::DbError;
use crate::document::number;
use crate::lang::Lang;

/// Movements with the agreement behind each: that of its own operation, or of the one it takes back.
const MOVED: &str =
    "select s.id, s.name, c.kind, c.amount, i.month, i.amount, i.parts::int, i.percent, i.document, c.operation <> i.operation, p.place, p.rest
    from billing_data.correction c
    join billing_data.instalment i on i.operation = coalesce(
        (select o.operation from billing_data.instalment o where o.operation = c.operation),
        (select o.operation from billing_data.correction x join billing_data.correction o on o.id = x.reverses where x.operation = c.operation limit 1))
    join cards_data.service s on s.id = c.service_id
    left join lateral billing.instalment_parts(i.amount, i.parts, i.percent) p
        on c.source_month = c.month and (i.month + make_interval(months => p.place))::date = c.month
    where c.account_id = $1 and c.month = $2 and c.kind in ('instalment', 'interest')
    order by s.sort, s.id, i.month, c.kind, c.id";

/// `[{"service_id", "text", "tree"}]`, one a movement booked in the month.
///
/// # Errors
/// When the database cannot be read.
pub async fn booked_in(
    transaction: &Transaction<'_>,
    account: i64,
    month: Month,
    lang: Lang,
) -> Result<Vec<Value>, DbError> {
    let rows = transaction.query(MOVED, &[&account, &month.first_day()]).await?;
    Ok(rows.iter().map(|row| told(row, lang)).collect())
}

fn told(row: &Row, lang: Lang) -> Value {
    let (service, amount): (String, Decimal) = (row.get(1), row.get(3));
    let is_interest = row.get::<_, &str>(2) == "interest";
    let (of, parts, percent) = (Month::of(row.get(4)), row.get::<_, i32>(6), row.get::<_, Decimal>(7));
    let (place, rest): (Option<i32>, Option<Decimal>) = (row.get(10), row.get(11));
    let sum = &format!("{service} {}", number::quantity(amount));
    let percent = &number::quantity(percent.normalize());
    let whole = &number::quantity(row.get(5));
    let agreed = Said::Agreed { sum: whole, parts, percent, document: row.get(8) };
    let rest = rest.map(number::quantity).unwrap_or_default();
    let (text, how) = match (row.get::<_, bool>(9), is_interest, place) {
        (true, _, _) => (Said::Stopped { of, sum }, None),
        (false, true, Some(_)) => {
            (Said::Interest { of, sum }, Some(Said::InterestOf { rest: &rest, percent }))
        }
        (false, false, Some(place)) => (Said::Part { part: place + 1, parts, of, sum }, None),
        (false, _, None) => (Said::PutOff { of, sum }, None),
    };
    let tree: Vec<String> = how.into_iter().chain([agreed]).map(|said| said.told(lang)).collect();
    json!({ "service_id": row.get::<_, i64>(0), "text": text.told(lang), "tree": tree })
}
