//! What agreements on instalments moved in a month of an account, told for «Почему?» (354 пп. 72, 75; dossier § 4.3).

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::calc::period::Month;
use crate::db::driver::{Row, Transaction};
use crate::db::error::DbError;
use crate::document::number;

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
) -> Result<Vec<Value>, DbError> {
    let rows = transaction.query(MOVED, &[&account, &month.first_day()]).await?;
    Ok(rows.iter().map(told).collect())
}

fn told(row: &Row) -> Value {
    let (service, amount): (String, Decimal) = (row.get(1), row.get(3));
    let is_interest = row.get::<_, &str>(2) == "interest";
    let (of, parts, percent) =
        (number::month(Month::of(row.get(4))), row.get::<_, i32>(6), row.get::<_, Decimal>(7));
    let (place, rest): (Option<i32>, Option<Decimal>) = (row.get(10), row.get(11));
    let sum = format!("{service} {} ₽", number::quantity(amount));
    let percent = number::quantity(percent.normalize());
    let agreed = format!(
        "Соглашение: {} ₽ на {parts} мес., {percent} % годовых — {}",
        number::quantity(row.get(5)),
        row.get::<_, &str>(8)
    );
    let (text, how) = match (row.get::<_, bool>(9), is_interest, place.zip(rest)) {
        (true, _, _) => (format!("Рассрочка платы за {of} прекращена: {sum}"), None),
        (false, true, Some((_, rest))) => (
            format!("Проценты за рассрочку платы за {of}: {sum}"),
            Some(format!("отложено {} ₽ × {percent} % ÷ 12 месяцев", number::quantity(rest))),
        ),
        (false, false, Some((place, _))) => {
            (format!("Часть {} из {parts} платы за {of}: {sum}", place + 1), None)
        }
        (false, _, None) => (format!("Рассрочка платы за {of}: {sum} отложено на следующие месяцы"), None),
    };
    let tree: Vec<String> = how.into_iter().chain([agreed]).collect();
    json!({ "service_id": row.get::<_, i64>(0), "text": text, "tree": tree })
}
