//! What lowers a charge in a case: absences, acts of undersupply, privileges, overcharges, and the tables they rest on.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::amounts::{Paid, Percent, Quantity};
use super::dated::{Facts, Times};
use super::error::{CaseError, Mistake};
use super::law;
use super::names::Directory;
use super::row::{Row, nearest};
use super::subsidies;
use super::words::word;
use crate::calc::grounds::{
    Absence, Deficiency, Limit, Overcharge, Place, Privilege, PrivilegeRule, Undersupply,
};
use crate::calc::ids::{CategoryId, DeficiencyId, PersonId, ServiceId};
use crate::calc::period::{Days, Month};
use crate::calc::rules::Rules;
use crate::calc::timeline::Timeline;

/// The service of a code, by the line it is named in.
type PricedAs<'a> = dyn Fn(String, usize) -> Result<Option<ServiceId>, CaseError> + 'a;

/// Reads `[[deficiency]]` and `[[privilege]]` into the rules.
pub(super) fn rules(root: &Row<'_>, names: &mut Directory, rules: &mut Rules) -> Result<(), CaseError> {
    let described = deficiencies(root, &|code, line| names.service(code, line).map(Some))?;
    for (line, deficiency) in described {
        let id = DeficiencyId(names.deficiencies.declare(deficiency.title.clone(), line)?);
        rules.deficiencies.insert(id, deficiency);
    }
    for (_, deficiency) in law::quality(names)? {
        let known = rules.deficiencies.values().any(|own| own.title == deficiency.title);
        if !known {
            let id = DeficiencyId(names.deficiencies.declare(deficiency.title.clone(), 0)?);
            rules.deficiencies.insert(id, deficiency);
        }
    }
    let mut privileges: BTreeMap<(CategoryId, ServiceId), Facts<PrivilegeRule>> = BTreeMap::new();
    for row in root.rows("privilege")? {
        let title: String = row.need("category")?;
        let id = CategoryId(names.categories.declare(title.clone(), row.line_at("category"))?);
        rules.categories.insert(id, title);
        for rule in row.rows("rule")? {
            let service = names.service(rule.need("service")?, rule.line_at("service"))?;
            let facts = privileges.entry((id, service)).or_insert_with(Facts::none);
            facts.push(Times::read(&rule)?, privilege_rule(&rule, names)?);
            rule.close()?;
        }
        row.close()?;
    }
    subsidies::category(names, rules);
    for (key, facts) in privileges {
        rules.privileges.insert(key, facts.succession(|_, _| true)?);
    }
    Ok(())
}

/// Reads `[[deficiency]]`.
pub(super) fn deficiencies(
    root: &Row<'_>,
    priced_as: &PricedAs<'_>,
) -> Result<Vec<(usize, Deficiency)>, CaseError> {
    let mut deficiencies = Vec::new();
    for row in root.rows("deficiency")? {
        let title = row.need("name")?;
        let measure = word(&row, "measure")?;
        let mut limits = Facts::none();
        for limit in row.rows("limit")? {
            limits.push(Times::read(&limit)?, self::limit(&limit, priced_as)?);
            limit.close()?;
        }
        deficiencies.push((row.line_at("name"), Deficiency { title, measure, limits: limits.timeline() }));
        row.close()?;
    }
    Ok(deficiencies)
}

fn limit(row: &Row<'_>, priced_as: &PricedAs<'_>) -> Result<Limit, CaseError> {
    row.get::<String>("ground")?;
    Ok(Limit {
        since: row.get("since")?,
        month_hours: row.get("month_hours")?,
        once_hours: row.get("once_hours")?,
        rate: row.or("rate", Quantity(Decimal::ZERO))?.0,
        unit_hours: row.or("unit_hours", Decimal::ONE)?,
        required: row.get("required")?,
        tolerance_day: row.or("tolerance_day", Decimal::ZERO)?,
        tolerance_night: row.or("tolerance_night", Decimal::ZERO)?,
        tolerance_up: row.get("tolerance_up")?,
        step: row.get("step")?,
        bound: row.get("bound")?,
        priced_as: row
            .get("priced_as")?
            .map(|code| priced_as(code, row.line_at("priced_as")))
            .transpose()?
            .flatten(),
    })
}

fn privilege_rule(row: &Row<'_>, names: &Directory) -> Result<PrivilegeRule, CaseError> {
    Ok(PrivilegeRule {
        percent: row.need::<Percent>("percent")?.0,
        base: word(row, "base")?,
        scope: word(row, "scope")?,
        funding: word(row, "funding")?,
        form: word(row, "form")?,
        norm: row.get("norm")?.map(|norm| names.norm(norm, row.line_at("norm"))).transpose()?,
        tariff: row.get("tariff")?.map(|tariff| names.tariff(tariff, row.line_at("tariff"))).transpose()?,
    })
}

/// Reads `absent` of premises: whole days, neither the day of departure nor the day of return.
pub(super) fn absences(
    premises: &Row<'_>,
    people: &[PersonId],
    names: &Directory,
) -> Result<Timeline<Absence>, CaseError> {
    let mut absences = Facts::none();
    for row in premises.rows("absent")? {
        let person = known_person(&row, people, names)?;
        absences.push(Times::read(&row)?, Absence { person });
        row.close()?;
    }
    Ok(absences.timeline())
}

/// Who is `person`: somebody who lives in these premises or owns them, at any time.
fn known_person(row: &Row<'_>, people: &[PersonId], names: &Directory) -> Result<PersonId, CaseError> {
    let name: String = row.need("person")?;
    let known = |person: &&PersonId| names.persons.name(person.0) == name;
    people.iter().find(known).copied().ok_or_else(|| {
        let here: Vec<String> = people.iter().map(|person| names.persons.name(person.0)).collect();
        let nearest = nearest(&name, here.iter().map(String::as_str));
        row.mistake_at("person", Mistake::Stranger { name, nearest })
    })
}

/// Reads `privilege` of premises.
pub(super) fn privileges(
    premises: &Row<'_>,
    people: &[PersonId],
    names: &Directory,
) -> Result<Timeline<Privilege>, CaseError> {
    let mut privileges = Facts::none();
    for row in premises.rows("privilege")? {
        let person = known_person(&row, people, names)?;
        let category = names.category(row.need("category")?, row.line_at("category"))?;
        privileges.push(Times::read(&row)?, Privilege { person, category, members: row.get("members")? });
        row.close()?;
    }
    Ok(privileges.timeline())
}

/// Reads `overcharge` of an account.
pub(super) fn overcharges(account: &Row<'_>, names: &Directory) -> Result<Timeline<Overcharge>, CaseError> {
    let mut overcharges = Facts::none();
    for row in account.rows("overcharge")? {
        let month: Month = row.need("month")?;
        let service = names.service(row.need("service")?, row.line_at("service"))?;
        let times = Times::known(&row)?.on(month.days());
        overcharges.push(times, Overcharge { service, excess: row.need::<Paid>("excess")?.0.roubles() });
        row.close()?;
    }
    overcharges.apart(|one, other| one.service == other.service)
}

/// Reads `[[house.undersupply]]`: intervals in local time, for the house, an entrance or an account.
pub(super) fn undersupply(house: &Row<'_>, names: &Directory) -> Result<Timeline<Undersupply>, CaseError> {
    let mut acts = Facts::none();
    for row in house.rows("undersupply")? {
        let (from, to): (NaiveDateTime, NaiveDateTime) = (row.need("from")?, row.need("to")?);
        let account =
            row.get("account")?.map(|name| names.account(name, row.line_at("account"))).transpose()?;
        let place = match (account, row.get("entrance")?) {
            (Some(account), _) => Place::Account(account),
            (None, Some(entrance)) => Place::Entrance(entrance),
            (None, None) => Place::House,
        };
        if to <= from {
            return Err(row.mistake_at("to", Mistake::EmptyPeriod));
        }
        let until = to.date().succ_opt().unwrap_or(to.date());
        let times = Times::known(&row)?.on(Days { from: from.date(), to: until });
        acts.push(
            times,
            Undersupply {
                service: names.service(row.need("service")?, row.line_at("service"))?,
                deficiency: names.deficiency(row.need("what")?, row.line_at("what"))?,
                place,
                from,
                to,
                measured: row.get("measured")?,
                required: row.get("required")?,
            },
        );
        row.close()?;
    }
    Ok(acts.timeline())
}
