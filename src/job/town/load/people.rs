//! People of premises as rows: who they are, where they live, what they own.

use super::directory::organisation_id;
use super::numbers::Numbers;
use super::sheet::{Place, SheetError};
use super::sheets::Sheets;
use crate::calc::ids::PersonId;
use crate::calc::period::Days;
use crate::job::town::model::{Holder, TownPremises};
use crate::job::town::names::Sex;

pub(super) fn write(
    sheets: &mut Sheets,
    place: Place,
    premises: &TownPremises,
    numbers: &Numbers,
) -> Result<(), SheetError> {
    for person in &premises.persons {
        sheets.person.thing(&[&person.id.0, &sex(person.sex), &person.born])?;
        sheets.person_name.free_fact(
            Days::since(person.born),
            &[&person.id.0, &person.last_name, &person.first_name, &person.patronymic],
        )?;
    }
    for residence in &premises.residences {
        let relation = residence.relation.word(sex_of(premises, residence.person));
        sheets.residence.fact(
            place,
            residence.days,
            &[&premises.id.0, &residence.person.0, &residence.temporary, &relation],
        )?;
    }
    for absence in &premises.absences {
        sheets.absence.fact(place, absence.days, &[&premises.id.0, &absence.person.0, &absence.reason])?;
    }
    for right in &premises.privileges {
        let category = numbers.category(right.category.code());
        let values: [super::sheet::Value<'_>; 5] =
            [&premises.id.0, &right.person.0, &category, &right.members, &right.document];
        sheets.privilege.fact(place, right.days, &values)?;
    }
    for (owner, number) in premises.owners.iter().zip(1_i16..) {
        let (person, organisation) = holder(owner.holder);
        sheets.ownership.fact(
            place,
            owner.days,
            &[
                &premises.id.0,
                &number,
                &person,
                &organisation,
                &owner.share.numerator,
                &owner.share.denominator,
            ],
        )?;
    }
    Ok(())
}

/// The two columns a holder is kept in: person, organisation.
pub(super) const fn holder(holder: Holder) -> (Option<i64>, Option<i64>) {
    match holder {
        Holder::Person(person) => (Some(person.0), None),
        Holder::Organisation(organisation) => (None, Some(organisation_id(organisation))),
    }
}

fn sex_of(premises: &TownPremises, id: PersonId) -> Sex {
    premises.persons.iter().find(|person| person.id == id).map_or(Sex::Male, |person| person.sex)
}

const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}
