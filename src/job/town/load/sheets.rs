//! The sheets a house is written on, one a table.

use super::sheet::{Sheet, SheetError, Source};
use crate::db::driver::Transaction;
use crate::db::error::DbError;

macro_rules! sheets {
    ($($(#[$doc:meta])* $name:ident: $kind:ident $table:literal $columns:literal,)+) => {
        /// All sheets, in the order they are sent.
        pub(super) struct Sheets {
            $($(#[$doc])* pub(super) $name: Sheet,)+
        }

        /// Their tables.
        pub(super) const TABLES: &[&str] = &[$($table),+];

        impl Sheets {
            pub(super) async fn open(transaction: &Transaction<'_>, source: Source) -> Result<Self, DbError> {
                Ok(Self { $($name: Sheet::$kind(transaction, $table, $columns, source).await?,)+ })
            }

            /// Sends what has gathered on all of them.
            pub(super) async fn send(&mut self, transaction: &Transaction<'_>) -> Result<(), SheetError> {
                $(self.$name.send(transaction).await?;)+
                Ok(())
            }
        }
    };
}

sheets! {
    firm: of_things "cards_data.organisation" "id, code, name, tin",
    house: of_things "cards_data.house"
        "id, unit_id, scope, street_id, district_id, company_id, number, kind, built_year, floors, has_lift, stove",
    premises: of_things "cards_data.premises"
        "id, unit_id, scope, house_id, parent_id, kind, number, entrance, floor",
    account: of_things "cards_data.account" "id, unit_id, scope, premises_id, number",
    person: of_things "passport_data.person" "id, sex, born_on",
    meter: of_things "meters_data.meter"
        "id, unit_id, scope, kind, house_id, premises_id, service_id, serial, digits, registers, ratio",
    act: of_things "claims_data.act"
        "id, unit_id, scope, house_id, entrance, service_id, deficiency_id, number, drawn_on",
    house_area: of_facts "cards_data.house_area" "house_id, area_common",
    house_plan: of_facts "cards_data.house_plan" "house_id, service_id, contract_id, method, tariff_id, norm_id",
    premises_area: of_facts "cards_data.premises_area" "premises_id, area_total, area_living, area_heated, rooms",
    account_open: of_facts "cards_data.account_open" "account_id",
    account_holder: of_facts "cards_data.account_holder" "account_id, person_id, organisation_id",
    account_plan: of_facts "cards_data.account_plan"
        "account_id, service_id, is_off, contract_id, method, tariff_id, norm_id",
    quantity: of_facts "cards_data.service_quantity" "account_id, service_id, quantity",
    residence: of_facts "passport_data.residence" "premises_id, person_id, is_temporary, relation",
    absence: of_facts "passport_data.temporary_absence" "premises_id, person_id, reason",
    privilege: of_facts "billing_data.privilege" "premises_id, person_id, category_id, members, document",
    undersupply: of_facts "claims_data.undersupply"
        "house_id, act_id, interval_no, started_at, ended_at, measured",
    ownership: of_facts "passport_data.ownership"
        "premises_id, owner_no, person_id, organisation_id, share_numerator, share_denominator",
    person_name: of_free_facts "passport_data.person_name" "person_id, last_name, first_name, middle_name",
    installed: of_facts "meters_data.meter_installed" "meter_id",
    reading: of_facts "meters_data.meter_reading" "meter_id, register, value, rolled_over, source",
}
