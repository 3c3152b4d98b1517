//! The account of a family on the terminal: who, where, what the last charged month cost, and why.

use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;

use super::operators::{ALL, CENTRE, PASSWORD};
use super::prepare::Ready;
use super::table::Table;
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::cli::{CliError, console};
use crate::db::driver::Row;
use crate::db::driver::types::ToSql;
use crate::db::error::DbError;
use crate::document::number;
use crate::job::door::Session;
use crate::job::invoice;

/// Prints the account of a family, and how to go on.
pub(super) async fn town(ready: &Ready, dir: &Path) -> Result<(), CliError> {
    let months = ready.months().await?;
    let charged = months.iter().rev().find(|(_, state)| state != "collecting");
    let Some((month, state)) = charged else {
        console::line("Ни один месяц ещё не рассчитан. Рассчитать: kvartal charge --month 2026-05.")?;
        return further(ready, None);
    };
    let Some(account) = family(ready, *month).await? else {
        console::line("В городе нет квартиры с начислениями.")?;
        return further(ready, None);
    };
    let address = ready.address.with_login(CENTRE.login, PASSWORD);
    let desk = Desk { session: Session::open(&address, "kvartal demo").await?, month: *month, account };
    desk.as_of_month().await?;
    desk.card().await?;
    desk.residents().await?;
    desk.charges(state).await?;
    let mut desk = desk;
    desk.why().await?;
    let released = months.iter().rev().find(|(_, state)| matches!(state.as_str(), "released" | "sealed"));
    if let Some((released, _)) = released {
        desk.invoice(*released, dir).await?;
    }
    further(ready, Some(&desk))
}

/// A family in one of the first houses, as far as there is one: with a hot water meter, or any, and something
/// recalculated.
pub(super) async fn family(ready: &Ready, month: Month) -> Result<Option<String>, CliError> {
    let sql = "
        with charged as (
            select a.id, a.number, bool_or(l.basis = 3) as metered,
                bool_or(l.basis = 3 and s.code = 'hot_water') as hot, bool_or(l.cause <> 0) as recalculated,
                (select count(*) from passport_data.residence r
                 where r.premises_id = a.premises_id and r.retracted is null and not r.void
                     and r.valid_from <= $1 and r.valid_to > $1) as persons
            from billing_data.month m
            join billing_data.line l on l.run = m.run
            join cards_data.service s on s.id = l.service_id
            join cards_data.account a on a.id = l.account_id
            join cards_data.premises p on p.id = a.premises_id
            where m.month = $1 and p.kind = 'flat'
                and l.unit_id in (select id from billing_data.unit where id <> 0 order by id limit 60)
            group by a.id, a.number, a.premises_id
        )
        select number from charged
        order by persons >= 2 desc, hot desc, metered desc, recalculated desc, persons >= 3 desc, id limit 1";
    let row = ready.owner.query_opt(sql, &[&month.first_day()]).await.map_err(refused)?;
    Ok(row.map(|row| row.get(0)))
}

/// What an operator of the centre sees of one account in one month.
struct Desk {
    session: Session,
    month: Month,
    account: String,
}

impl Desk {
    async fn query(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, CliError> {
        self.session.client.query(sql, values).await.map_err(refused)
    }

    /// Cards are read as of the last day of the month.
    async fn as_of_month(&self) -> Result<(), CliError> {
        let last = self.month.next().first_day().pred_opt().unwrap_or(self.month.first_day());
        self.query("select set_config('kvartal.as_of', $1, false)", &[&last.to_string()]).await?;
        Ok(())
    }

    async fn card(&self) -> Result<(), CliError> {
        let sql = "
            select c.settlement, c.street_kind, c.street, c.house, c.premises,
                coalesce(h.payer, ''), a.area_total
            from cards.account_card c
            left join cards.account_payer h on h.account_id = c.account_id
            left join cards.premises_area a on a.premises_id = c.premises_id
            where c.number = $1";
        for row in self.query(sql, &[&self.account]).await? {
            let word = |place: usize| row.get::<_, String>(place);
            console::line(format_args!("\nЛицевой счёт {}   {}", self.account, word(5)))?;
            let area: Option<Decimal> = row.get(6);
            let area = area.map(|area| format!(", {} м²", number::quantity(area))).unwrap_or_default();
            let (settlement, kind, street, house, premises) = (word(0), word(1), word(2), word(3), word(4));
            console::line(format_args!(
                "г. {settlement}, {kind} {street}, д. {house}, кв. {premises}{area}"
            ))?;
        }
        Ok(())
    }

    async fn residents(&self) -> Result<(), CliError> {
        let sql = "
            select concat_ws(' ', r.last_name, r.first_name, r.middle_name), coalesce(r.relation, ''), r.born_on, r.valid_from
            from passport.residents r
            join cards.account_card c on c.premises_id = r.premises_id
            where c.number = $1 order by r.valid_from, r.person_id";
        let rows = self.query(sql, &[&self.account]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        console::line("\nЗарегистрированы:")?;
        for row in &rows {
            let day = |place: usize| row.get::<_, Option<_>>(place).map(number::day).unwrap_or_default();
            let (name, relation): (String, String) = (row.get(0), row.get(1));
            console::line(format_args!("  {name:<38} {relation:<16} р. {}, с {}", day(2), day(3)))?;
        }
        Ok(())
    }

    /// The charges of the month as a table: one line a service, and their total.
    async fn charges(&self, state: &str) -> Result<(), CliError> {
        let sql = "
            select s.name, sum(b.opening), sum(b.charged), sum(b.recalculated), sum(b.paid), sum(b.closing)
            from billing.account_balance(cards.account_by_number($1), $2) b
            join cards.services s on s.service_id = b.service_id
            group by s.service_id, s.name, s.sort order by s.sort";
        let heading = ["Услуга", "Долг", "Начислено", "Перерасчёт", "Оплачено", "К оплате"];
        let (mut table, mut total) = (Table::new(&heading), [Money::ZERO; 5]);
        for row in self.query(sql, &[&self.account, &self.month.first_day()]).await? {
            let mut cells = vec![row.get::<_, String>(0)];
            for (place, sum) in total.iter_mut().enumerate() {
                let value = Money::round(row.get(place + 1)).unwrap_or_default();
                *sum += value;
                cells.push(number::money(value));
            }
            table.row(cells);
        }
        let totals = total.into_iter().map(number::money);
        table.row(std::iter::once("Итого".to_owned()).chain(totals).collect());
        console::line(format_args!("\nНачисления за {} ({}):", number::month(self.month), word_of(state)))?;
        table.lines().into_iter().try_for_each(console::line)
    }

    /// The trace of a line by a meter, of hot water where there is one.
    async fn why(&mut self) -> Result<(), CliError> {
        let metered = "
            select service_id from billing.lines
            where account_id = cards.account_by_number($1) and month = $2 and cause = 0
            order by basis = 3 desc, service = 'hot_water' desc, sort limit 1";
        let rows = self.query(metered, &[&self.account, &self.month.first_day()]).await?;
        let service: Option<i64> = rows.first().map(|row| row.get(0));
        let answer = self.session.explain(&self.account, self.month.first_day()).await?;
        let lines = answer["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_it = |line: &&Value| line["trace"]["key"]["service"].as_i64() == service;
        let Some(line) = lines.iter().find(is_it) else { return Ok(()) };
        console::line("\nПочему?")?;
        console::line(line["text"].as_str().unwrap_or_default().trim_end())?;
        let sentences = answer["recalculations"].as_array().map(Vec::as_slice).unwrap_or_default();
        for entry in sentences {
            let word = |name: &str| entry[name].as_str().unwrap_or_default();
            console::line(format_args!("{} — {}", word("text"), word("because")))?;
        }
        Ok(())
    }

    /// Writes the invoice of the last month that is out beside the town.
    async fn invoice(&self, month: Month, dir: &Path) -> Result<(), CliError> {
        let invoice = invoice::read(&self.session.client, &self.account, month, false)
            .await
            .map_err(CliError::refused)?;
        let file = dir.join(format!("{}-{month}.pdf", self.account));
        std::fs::write(&file, invoice::pdf(&invoice).map_err(CliError::refused)?)?;
        console::line(format_args!("\nПлатёжный документ за {}: {}", number::month(month), file.display()))
    }
}

/// Who may sit down, before the workstation takes the terminal.
pub(super) fn logins() -> Result<(), CliError> {
    console::line(format_args!("Войти можно под любым логином, пароль у всех один: {PASSWORD}"))?;
    for one in &ALL {
        console::line(format_args!("  {:<16} {:<34} {}", one.login, one.job, one.full_name))?;
    }
    console::line("Остановить город потом: kvartal demo --stop. Enter открывает рабочее место.")
}

/// How to look around.
fn further(ready: &Ready, desk: Option<&Desk>) -> Result<(), CliError> {
    console::line("\nДальше:")?;
    console::line(format_args!("  export KVARTAL_URL='{}'", ready.url(CENTRE.login, PASSWORD)))?;
    if let Some(Desk { account, month, .. }) = desk {
        console::line(format_args!("  kvartal explain --account {account} --month {month}"))?;
    }
    console::line("  kvartal journal")?;
    console::line("  kvartal demo --stop")
}

/// The state of a month in the words of the screens.
fn word_of(state: &str) -> &'static str {
    match state {
        "collecting" => "собирается",
        "charged" => "рассчитан",
        "released" => "выпущен",
        _ => "закрыт",
    }
}

fn refused(error: crate::db::driver::Error) -> CliError {
    CliError::refused(DbError::from(error))
}
