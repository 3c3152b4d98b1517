//! Previews: the operation is really made, by the operator's own rights, the bills are calculated with and without it,
//! and the transaction is rolled back at once. The difference is kept through a second connection.

use std::collections::HashMap;

use crate::db::driver::{Client, Transaction};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::explain;
use super::rules::Cache;
use crate::calc::ids::{Mark, ServiceId, UnitId};
use crate::calc::period::Month;
use crate::calc::projection::{Input, project};
use crate::calc::recalculation::RecalculationDepth;
use crate::calc::rules::Rules;
use crate::db::book::Book;
use crate::db::error::{DbError, Refusal};
use crate::db::load::{self, Depth};
use crate::job::acting::act_as;
use crate::job::difference::{BalanceChange, Difference, Gathering};
use crate::job::invoice::reasons;
use crate::job::penalty;
use crate::job::projected::{Ground, ProjectedUnit};

/// What was asked.
struct Asked {
    id: Uuid,
    at: DateTime<Utc>,
    operator: String,
    kind: String,
    args: Value,
    ground: Option<String>,
}

/// What is answered: the difference with the versions it was computed from, or a refusal.
type Answer = Result<(Value, Value), Refusal>;

/// Answers the oldest question; says whether there was one.
///
/// # Errors
/// When the database fails; the question stays asked.
pub async fn answer_one(client: &mut Client, keeper: &Client, rules: &mut Cache) -> Result<bool, DbError> {
    let Some(asked) = claim(keeper).await? else { return Ok(false) };
    answer(client, keeper, rules, &asked).await?;
    unlock(keeper, asked.id).await?;
    Ok(true)
}

/// Class of the advisory locks that say a question is being answered.
const QUESTION_LOCK: i32 = 4714;

/// The oldest question nobody answers yet. The lock belongs to the session, so a killed worker leaves the question free.
async fn claim(keeper: &Client) -> Result<Option<Asked>, DbError> {
    let oldest = "select id from admin_data.preview where state = 'asked' order by asked_at limit 20";
    for row in keeper.query(oldest, &[]).await? {
        let id: Uuid = row.get(0);
        let lock = "select pg_try_advisory_lock($1, hashtext($2))";
        if !keeper.query_one(lock, &[&QUESTION_LOCK, &id.to_string()]).await?.get::<_, bool>(0) {
            continue;
        }
        // Between the list and the lock another worker may have answered it.
        let still = "select operator::text, kind, args, ground, asked_at from admin_data.preview
            where id = $1 and state = 'asked'";
        if let Some(row) = keeper.query_opt(still, &[&id]).await? {
            let (operator, kind, args, ground) = (row.get(0), row.get(1), row.get(2), row.get(3));
            return Ok(Some(Asked { id, at: row.get(4), operator, kind, args, ground }));
        }
        unlock(keeper, id).await?;
    }
    Ok(None)
}

async fn unlock(keeper: &Client, id: Uuid) -> Result<(), DbError> {
    let unlock = "select pg_advisory_unlock($1, hashtext($2))";
    keeper.execute(unlock, &[&QUESTION_LOCK, &id.to_string()]).await?;
    Ok(())
}

async fn answer(
    client: &mut Client,
    keeper: &Client,
    rules: &mut Cache,
    asked: &Asked,
) -> Result<(), DbError> {
    let answer = match asked.kind.as_str() {
        "billing.explain" => explain::answer(client, rules, &asked.args).await.map(|told| (told, json!({}))),
        "billing.reasons" => reasons::answer(client, rules, &asked.args).await.map(|told| (told, json!({}))),
        "billing.penalty" => penalty::answer::answer(client, &asked.args).await.map(|told| (told, json!({}))),
        _ => try_out(client, keeper, rules, asked).await,
    };
    match answer {
        Ok(shown) => keep(keeper, asked, Ok(shown)).await,
        Err(DbError::Refused(refusal)) => keep(keeper, asked, Err(refusal)).await,
        Err(DbError::Forbidden) => keep(keeper, asked, Err(forbidden())).await,
        Err(other @ DbError::Unavailable(_)) => Err(other),
        Err(other) => {
            tracing::error!(error = ?other, kind = asked.kind, "preview failed");
            keep(keeper, asked, Err(unexpected(&other))).await
        }
    }
}

/// Keeps the answer, unless the same number has been asked anew meanwhile: the new question waits for its own answer.
async fn keep(keeper: &Client, asked: &Asked, answer: Answer) -> Result<(), DbError> {
    let (state, difference, versions, refusal) = match answer {
        Ok((difference, versions)) => ("shown", Some(difference), Some(versions), None),
        Err(refusal) => ("refused", None, None, Some(json!(refusal))),
    };
    keeper
        .execute(
            "update admin_data.preview set state = $2, difference = $3, versions = $4, refusal = $5
             where id = $1 and asked_at = $6",
            &[&asked.id, &state, &difference, &versions, &refusal, &asked.at],
        )
        .await?;
    keeper.execute("select pg_notify('kvartal_answer', $1)", &[&asked.id.to_string()]).await?;
    Ok(())
}

/// Makes the operation, compares, rolls back.
async fn try_out(
    client: &mut Client,
    keeper: &Client,
    rules: &mut Cache,
    asked: &Asked,
) -> Result<(Value, Value), DbError> {
    let transaction = client.transaction().await?;
    let keys = act_as(&transaction, &asked.operator).await?;
    let parts: [&(dyn crate::db::driver::types::ToSql + Sync); 4] =
        [&asked.id, &asked.kind, &asked.args, &asked.ground];
    let made: Value = transaction.query_one("select admin.operate($1, $2, $3, $4)", &parts).await?.get(0);
    transaction.batch_execute("reset role").await?;
    let known = Mark(made["known"].as_i64().unwrap_or_default());
    let units = touched(&transaction, known).await?;
    let mut difference = compare(&transaction, rules, known, (&units, &keys)).await?;
    difference.put_back = made["put_back"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    difference.kept = made["kept"].as_array().map_or(0, Vec::len);
    difference.balances = balances(&transaction, asked.id, &keys).await?;
    let versions = versions(keeper, &units).await?;
    transaction.rollback().await?;
    nudge(keeper, &units).await?;
    Ok((json!(difference), versions))
}

/// The balances that corrections and payments of an operation move, of accounts the operator may see.
async fn balances(
    transaction: &Transaction<'_>,
    operation: Uuid,
    keys: &[i32],
) -> Result<Vec<BalanceChange>, DbError> {
    let sql = "select a.number, coalesce(s.name, ''), sum(m.amount)
        from (
            select account_id, service_id, amount from billing_data.correction where operation = $1 and scope = any ($2)
            union all
            select account_id, 0, -amount from finance_data.payment where operation = $1 and scope = any ($2)
        ) m
        join cards_data.account a on a.id = m.account_id
        left join cards_data.service s on s.id = m.service_id
        group by a.number, s.name having sum(m.amount) <> 0 order by 1, 2";
    let rows = transaction.query(sql, &[&operation, &keys]).await?;
    let change = |row: &crate::db::driver::Row| BalanceChange {
        account: row.get(0),
        service: row.get(1),
        change: row.get(2),
    };
    Ok(rows.iter().map(change).collect())
}

/// Who recomputes touched units passes by one that is tried out: it is told when there is something to come back for.
async fn nudge(keeper: &Client, units: &[i64]) -> Result<(), DbError> {
    let sql = "select pg_notify('kvartal_queue', '') where exists (select from billing_data.queue where unit_id = any ($1))";
    keeper.execute(sql, &[&units]).await?;
    Ok(())
}

/// The units an operation queued; every unit when it queued everybody.
async fn touched(transaction: &Transaction<'_>, known: Mark) -> Result<Vec<i64>, DbError> {
    let rows = transaction
        .query("select distinct unit_id from billing_data.queue where known = $1 order by 1", &[&known.0])
        .await?;
    let units: Vec<Option<i64>> = rows.iter().map(|row| row.get(0)).collect();
    if units.contains(&None) {
        let all = transaction.query("select distinct unit_id from cards_data.house order by 1", &[]).await?;
        return Ok(all.iter().map(|row| row.get(0)).collect());
    }
    Ok(units.into_iter().flatten().collect())
}

/// Compares the open months of each touched unit with and without the operation.
async fn compare(
    transaction: &Transaction<'_>,
    rules: &mut Cache,
    known: Mark,
    (units, keys): (&[i64], &[i32]),
) -> Result<Difference, DbError> {
    let book = Book::read(transaction).await?;
    // As this transaction sees them: a version drawn by an operation that is rolled back never comes again.
    let after = rules.get(transaction).await?;
    let mut before = Rules::clone(&after);
    before.forget(known);
    let months = book.shown();
    let mut gathering = Gathering::default();
    for unit in units {
        let ground = Ground::read(transaction, *unit, *unit, &book).await?;
        for facts in load::units(transaction, *unit, *unit, Depth::Whole).await? {
            if let Some(released) = book.released {
                let mut own = ground.causes(facts.unit);
                own.retain(|cause| cause.mark == known);
                gathering.add_beyond(&facts, &own, RecalculationDepth::of(&after, released.last.next()));
            }
            let (was, is) = both(&ground, &book, facts, (&before, &after), known, &months);
            gathering.add(&was, &is, |scope| keys.contains(&scope));
        }
    }
    let services: HashMap<ServiceId, String> =
        after.services.iter().map(|(id, service)| (*id, service.name.clone())).collect();
    Ok(gathering.finish(|id| services.get(&id).cloned().unwrap_or_default()))
}

/// One unit without and with the operation.
fn both(
    ground: &Ground,
    book: &Book,
    facts: crate::calc::facts::UnitFacts,
    (before, after): (&Rules, &Rules),
    known: Mark,
    months: &[Month],
) -> (ProjectedUnit, ProjectedUnit) {
    let unit: UnitId = facts.unit;
    let (earlier, causes) = (ground.earlier(unit), ground.causes(unit));
    let mut old_causes = causes.clone();
    old_causes.retain(|cause| cause.mark != known);
    for cause in old_causes.iter_mut().filter(|cause| cause.ordered == Some(known)) {
        cause.ordered = None;
    }
    let mut old_facts = facts.clone();
    old_facts.forget(known);
    let input =
        |facts, rules, causes| Input { facts, rules, earlier: &earlier, released: book.released, causes };
    let was = project(input(&old_facts, before, &old_causes), months);
    let is = project(input(&facts, after, &causes), months);
    (ProjectedUnit { facts: old_facts, months: was }, ProjectedUnit { facts, months: is })
}

/// Versions as others see them: the transaction that tries holds the locks, so they cannot move before it ends.
async fn versions(keeper: &Client, units: &[i64]) -> Result<Value, DbError> {
    let row = keeper
        .query_one(
            "select coalesce(jsonb_object_agg(id::text, version), '{}') from billing_data.unit where id = any ($1) or id = 0",
            &[&units],
        )
        .await?;
    Ok(row.get(0))
}

fn forbidden() -> Refusal {
    Refusal {
        code: "KV001".to_owned(),
        message: "Нет права на эту операцию".to_owned(),
        detail: None,
        hint: Some("Право даёт администратор".to_owned()),
    }
}

fn unexpected(error: &DbError) -> Refusal {
    let busy = error.code() == "55P03";
    let message = if busy {
        "Дом сейчас изменяет другой оператор"
    } else {
        "Разницу посчитать не удалось"
    };
    let hint = if busy {
        "Повторите через несколько секунд"
    } else {
        "Посмотрите журнал обработчика"
    };
    Refusal {
        code: "KV011".to_owned(),
        message: message.to_owned(),
        detail: None,
        hint: Some(hint.to_owned()),
    }
}
