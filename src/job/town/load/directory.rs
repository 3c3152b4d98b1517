//! The directories of a town: few rows, inserted one by one. Numbers of the town are the ids of the base.

use std::cell::Cell;

use rust_decimal::Decimal;

use super::numbers::{Numbers, Scopes};
use super::sheet::Source;
use crate::calc::period::Days;
use crate::db::driver::Transaction;
use crate::db::error::DbError;
use crate::db::wire::Day;
use crate::job::town::calendar::RULES_FROM;
use crate::job::town::directory::{
    Directory, Organisation, OrganisationKind, TOWN_NAME, TownNorm, TownPrivilegeRule, TownTariff,
    organisations,
};
use crate::job::town::plan::TownStreet;

/// What the bank that takes the payments withholds from every payee, percent (dossier § 7.5: the fee of the agent).
const AGENT_FEE: Decimal = Decimal::ONE;

/// The id of an organisation: the centre has been in the base since it was made, under the number 0.
pub(super) const fn organisation_id(of_town: i64) -> i64 {
    if of_town == organisations::CENTRE { 0 } else { of_town }
}

/// Writes the directories and gives the numbers houses need.
pub(super) async fn load(
    transaction: &Transaction<'_>,
    directory: &Directory,
    streets: &[TownStreet],
    source: Source,
) -> Result<Numbers, DbError> {
    let desk = Desk { transaction, source, last: Cell::new(0) };
    for organisation in &directory.organisations {
        desk.organisation(organisation).await?;
        desk.money(organisation, directory).await?;
        desk.contact(organisation).await?;
    }
    desk.places(directory, streets).await?;
    desk.services(directory).await?;
    for tariff in &directory.tariffs {
        desk.tariff(tariff).await?;
    }
    for norm in &directory.norms {
        desk.norm(norm).await?;
    }
    let numbers = Numbers::of(transaction, desk.scopes(directory).await?).await?;
    for rule in &directory.privileges {
        desk.privilege_rule(rule, &numbers).await?;
    }
    Ok(numbers)
}

/// Where the rows are written, and in whose name.
struct Desk<'a> {
    transaction: &'a Transaction<'a>,
    source: Source,
    /// The id of the last fact.
    last: Cell<i64>,
}

impl Desk<'_> {
    /// The id of the next fact: counted, as those of the houses are.
    fn next(&self) -> i64 {
        self.last.update(|last| last + 1);
        self.last.get()
    }

    async fn organisation(&self, one: &Organisation) -> Result<(), DbError> {
        let insert = "insert into cards_data.organisation (id, code, name, kinds, tin, kpp, origin)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do update set name = excluded.name, tin = excluded.tin, kpp = excluded.kpp";
        let (id, kinds, origin) = (organisation_id(one.id), [kind(one.kind)], self.source.operation);
        self.transaction
            .execute(insert, &[&id, &one.code, &one.name, &kinds.as_slice(), &one.tin, &one.kpp, &origin])
            .await?;
        Ok(())
    }

    /// Bank details of everybody, and fees of those who are paid through the centre.
    async fn money(&self, one: &Organisation, directory: &Directory) -> Result<(), DbError> {
        let Source { operation, known } = self.source;
        let (id, from) = (organisation_id(one.id), RULES_FROM);
        let insert = "insert into cards_data.settlement_account
                (organisation_id, valid_from, account, bank_name, bic, correspondent_account, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let account = &one.settlement_account;
        self.transaction
            .execute(
                insert,
                &[
                    &id,
                    &from,
                    account,
                    &one.bank_name,
                    &one.bic,
                    &one.correspondent_account,
                    &known,
                    &operation,
                    &self.next(),
                ],
            )
            .await?;
        if directory.contracts.iter().all(|contract| contract.provider != one.id) {
            return Ok(());
        }
        let insert =
            "insert into finance_data.fee_rate (organisation_id, fee, valid_from, percent, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7)";
        for (fee, percent) in [("agent", AGENT_FEE), ("centre", one.fee)] {
            if !percent.is_zero() {
                self.transaction
                    .execute(insert, &[&id, &fee, &from, &percent, &known, &operation, &self.next()])
                    .await?;
            }
        }
        Ok(())
    }

    /// How the companies that answer for houses are reached.
    async fn contact(&self, one: &Organisation) -> Result<(), DbError> {
        if one.kind != OrganisationKind::ManagementCompany {
            return Ok(());
        }
        let Source { operation, known } = self.source;
        let insert = "insert into cards_data.organisation_contact
                (organisation_id, valid_from, phone, dispatch_phone, email, site, hours, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let (id, from) = (organisation_id(one.id), RULES_FROM);
        let (phone, dispatch) = (format!("(3999) 12-0{}-00", one.id), format!("(3999) 12-0{}-04", one.id));
        let (email, site) =
            (format!("{}@example.org", one.code), format!("{}.example.org", one.code.replace('_', "-")));
        let hours = "пн, ср 9:00–18:00, перерыв 13:00–14:00";
        self.transaction
            .execute(
                insert,
                &[&id, &from, &phone, &dispatch, &email, &site, &hours, &known, &operation, &self.next()],
            )
            .await?;
        Ok(())
    }

    async fn places(&self, directory: &Directory, streets: &[TownStreet]) -> Result<(), DbError> {
        let origin = self.source.operation;
        for district in &directory.districts {
            let insert = "insert into cards_data.district (id, name, origin) values ($1, $2, $3)";
            self.transaction.execute(insert, &[&district.id, &district.name, &origin]).await?;
        }
        let insert =
            "insert into cards_data.street (id, settlement, name, kind, origin) values ($1, $2, $3, $4, $5)";
        let insert = self.transaction.prepare(insert).await?;
        for street in streets {
            self.transaction
                .execute(&insert, &[&street.id, &TOWN_NAME, &street.name, &street.kind, &origin])
                .await?;
        }
        Ok(())
    }

    async fn services(&self, directory: &Directory) -> Result<(), DbError> {
        let origin = self.source.operation;
        let insert =
            "insert into cards_data.service (id, code, name, unit, scale, heat_scale, sort, waters, origin, penalty)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case $2 when 'capital_repair' then 'repair' when 'intercom' then 'none' when 'maintenance' then 'housing' when 'lift' then 'housing' else 'utilities' end)";
        for ((id, service), sort) in directory.services.iter().zip((10_i16..).step_by(10)) {
            let [scale, heat_scale] = [service.scale, service.heat_scale].map(places);
            let waters: Vec<i64> = service.waters.iter().map(|water| water.0).collect();
            self.transaction
                .execute(
                    insert,
                    &[
                        &id.0,
                        &service.code,
                        &service.name,
                        &service.unit,
                        &scale,
                        &heat_scale,
                        &sort,
                        &waters,
                        &origin,
                    ],
                )
                .await?;
        }
        let insert =
            "insert into cards_data.contract (id, provider_id, number, origin) values ($1, $2, $3, $4)";
        for contract in &directory.contracts {
            let provider = organisation_id(contract.provider);
            self.transaction.execute(insert, &[&contract.id.0, &provider, &contract.number, &origin]).await?;
        }
        Ok(())
    }

    async fn tariff(&self, tariff: &TownTariff) -> Result<(), DbError> {
        let Source { operation, known } = self.source;
        let insert =
            "insert into cards_data.tariff (id, service_id, code, title, origin) values ($1, $2, $3, $4, $5)";
        self.transaction
            .execute(insert, &[&tariff.id.0, &tariff.service.0, &tariff.code, &tariff.name, &operation])
            .await?;
        let insert = "insert into cards_data.tariff_rate
                (tariff_id, part, valid_from, valid_to, rate, citation, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        for rate in &tariff.rates {
            let (from, to) = range(rate.days);
            self.transaction
                .execute(
                    insert,
                    &[
                        &tariff.id.0,
                        &rate.part,
                        &from,
                        &to,
                        &rate.value,
                        &tariff.citation,
                        &known,
                        &operation,
                        &self.next(),
                    ],
                )
                .await?;
        }
        Ok(())
    }

    async fn norm(&self, norm: &TownNorm) -> Result<(), DbError> {
        let Source { operation, known } = self.source;
        let insert =
            "insert into cards_data.norm (id, service_id, code, title, origin) values ($1, $2, $3, $4, $5)";
        self.transaction
            .execute(insert, &[&norm.id.0, &norm.service.0, &norm.code, &norm.name, &operation])
            .await?;
        let insert = "insert into cards_data.norm_value
                (norm_id, part, rooms, persons, valid_from, valid_to, value, citation, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        for (part, days, line) in &norm.values {
            let (from, to) = range(*days);
            self.transaction
                .execute(
                    insert,
                    &[
                        &norm.id.0,
                        part,
                        &line.rooms,
                        &line.persons,
                        &from,
                        &to,
                        &line.value,
                        &norm.citation,
                        &known,
                        &operation,
                        &self.next(),
                    ],
                )
                .await?;
        }
        Ok(())
    }

    async fn privilege_rule(&self, rule: &TownPrivilegeRule, numbers: &Numbers) -> Result<(), DbError> {
        let Source { operation, known } = self.source;
        let insert = "insert into billing_data.privilege_rule (category_id, service_id, valid_from, percent, base, covers,
                funding, form, norm_id, tariff_id, citation, asserted, origin, id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let category = numbers.category(rule.category.code());
        let percent = Decimal::from(rule.percent);
        let (norm, tariff) = (rule.norm().map(|norm| norm.0), rule.tariff().map(|tariff| tariff.0));
        let [base, covers, funding, form] = words(rule);
        let next = self.next();
        self.transaction
            .execute(
                insert,
                &[
                    &category,
                    &rule.service.0,
                    &RULES_FROM,
                    &percent,
                    &base,
                    &covers,
                    &funding,
                    &form,
                    &norm,
                    &tariff,
                    &rule.citation,
                    &known,
                    &operation,
                    &next,
                ],
            )
            .await?;
        Ok(())
    }

    /// In each district the houses of its company, and private houses, which have none.
    async fn scopes(&self, directory: &Directory) -> Result<Scopes, DbError> {
        let insert = "insert into admin_data.scope (company_id, district_id) values ($1, $2) returning id";
        let mut scopes = Scopes::new();
        for district in &directory.districts {
            for company in [Some(district.company), None] {
                let row = self.transaction.query_one(insert, &[&company, &district.id]).await?;
                scopes.insert((company, district.id), row.get(0));
            }
        }
        Ok(scopes)
    }
}

/// The words of a rule as the base keeps them: of what, for whom, who pays, how.
fn words(rule: &TownPrivilegeRule) -> [String; 4] {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    [
        word(serde_json::to_value(rule.base)),
        word(serde_json::to_value(rule.covers)),
        word(serde_json::to_value(rule.funding)),
        word(serde_json::to_value(rule.form)),
    ]
}

fn range(days: Days) -> (Day, Day) {
    (Day(days.from), Day(days.to))
}

fn places(scale: u32) -> i16 {
    i16::try_from(scale).unwrap_or(i16::MAX)
}

/// The word of the glossary.
const fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::SettlementCentre => "settlement_center",
        OrganisationKind::Municipality => "municipality",
        OrganisationKind::ResourceSupplier => "resource_supplier",
        OrganisationKind::ManagementCompany => "management_company",
        OrganisationKind::WasteOperator => "waste_operator",
        OrganisationKind::CapitalRepairFund => "capital_repair_fund",
    }
}
