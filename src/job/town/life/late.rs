//! What becomes known when the bill is printed already: a registration brought late, a reading taken wrongly, an area
//! measured anew. Each reaches back into released months, so the next bill carries a recalculation.

use chrono::{Duration, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Life, LifeError};
use crate::calc::period::Month;
use crate::job::door::{Operation, Session};
use crate::job::town::calendar::BOOKS_FROM;
use crate::job::town::dice::Dice;
use crate::job::town::model::{PremisesKind, TownHouse, TownPremises};
use crate::job::town::names::{self, Sex};

/// Of so many accounts one learns something of each kind in a month.
const EVERY: u32 = 150;

/// A kind of late news: what it makes of premises it fits.
type News = fn(&TownPremises, Month, &mut Dice) -> Option<Told>;

/// Something late, and how it is written down.
struct Told {
    kind: &'static str,
    args: Value,
    ground: String,
}

const KINDS: [News; 3] = [registration, reading, area];

/// Lets operators learn, after the release of `month`; gives how many things they learned.
pub(super) async fn learn(life: &mut Life<'_>, month: Month, dice: &mut Dice) -> Result<usize, LifeError> {
    // Each kind begins elsewhere, so that no premises have all of them at once.
    let mut waiting = KINDS.map(|_| dice.between(0, i64::from(EVERY) - 1));
    let mut learned = 0;
    for house in life.town.houses() {
        for premises in house.premises.iter().filter(|premises| premises.account.is_some()) {
            for (news, wait) in KINDS.into_iter().zip(&mut waiting) {
                *wait -= 1;
                if *wait >= 0 {
                    continue;
                }
                let Some(told) = news(premises, month, dice) else { continue };
                *wait += i64::from(EVERY);
                let operation = Operation {
                    ground: Some(told.ground.clone()),
                    ..life.order(told.kind, told.args.clone())
                };
                writer(life, &house, told.kind).commit(&operation).await?;
                learned += 1;
            }
        }
    }
    Ok(learned)
}

/// Whose work it is: registrations are of the passport desk, the rest of the company's accountant, or of the centre for
/// houses without a company.
fn writer<'a>(life: &'a Life<'_>, house: &TownHouse, kind: &str) -> &'a Session {
    if kind.starts_with("passport.") {
        return &life.hands.passport;
    }
    let accountant = life.hands.accountants.iter().find(|(company, _)| Some(*company) == house.company);
    accountant.map_or(&life.hands.centre, |(_, session)| session)
}

/// Somebody has lived here since a day of the released month, and only now it is registered.
fn registration(premises: &TownPremises, month: Month, dice: &mut Dice) -> Option<Told> {
    premises.residences.iter().find(|residence| residence.days.contain(month.first_day()))?;
    let from = dice.day(month.days());
    let sex = if dice.chance(500) { Sex::Male } else { Sex::Female };
    let born = BOOKS_FROM - Duration::days(dice.between(20 * 365, 60 * 365));
    let year = chrono::Datelike::year(&born);
    let surname = names::surname(names::draw_surname(dice), sex);
    let first = names::draw_first_name(sex, year, dice);
    let father = names::draw_first_name(Sex::Male, year - 28, dice);
    let args = json!({
        "person": {
            "last_name": surname, "first_name": first, "middle_name": names::patronymic(father, sex),
            "sex": if sex == Sex::Male { "male" } else { "female" }, "born_on": born,
        },
        "premises_id": premises.id, "from": from, "relation": "не родственник",
    });
    Some(Told {
        kind: "passport.arrival", args, ground: paper("Заявление о регистрации", month, dice)
    })
}

/// A controller found that a third of what the payer read was not used.
fn reading(premises: &TownPremises, month: Month, dice: &mut Dice) -> Option<Told> {
    let (meter, before, wrong) =
        premises.meters.iter().filter(|meter| meter.registers == 1).find_map(|meter| {
            let pairs = meter.readings.windows(2);
            let mut of_month =
                pairs.filter(|pair| Month::of(pair[1].0) == month && pair[1].0 != meter.installed.to);
            let [before, wrong] = of_month.next()? else { return None };
            (wrong.1.value > before.1.value).then_some((meter, before, wrong))
        })?;
    let used = wrong.1.value - before.1.value;
    let value = wrong.1.value - (used / Decimal::from(3)).trunc_with_scale(wrong.1.value.scale());
    let fact = json!({
        "meter_id": meter.id, "register": 1, "day": wrong.0, "value": value, "rolled_over": false, "source": "operator",
    });
    let ground = paper("Акт контрольного снятия показаний", month, dice);
    (value < wrong.1.value).then(|| Told { kind: "meters.reading", args: json!({ "facts": [fact] }), ground })
}

/// The flat was measured anew: it has been larger all the time.
fn area(premises: &TownPremises, month: Month, dice: &mut Dice) -> Option<Told> {
    if premises.kind != PremisesKind::Flat {
        return None;
    }
    let more = Decimal::new(dice.between(3, 24), 1);
    let area = &premises.area;
    let fact = json!({
        "premises_id": premises.id, "from": BOOKS_FROM, "area_total": area.total + more,
        "area_living": area.living, "area_heated": area.heated + more, "rooms": area.rooms,
    });
    let ground = paper("Технический паспорт", month, dice);
    Some(Told { kind: "cards.premises_area", args: json!({ "facts": [fact] }), ground })
}

/// A paper of the month after, when it became known.
fn paper(name: &str, month: Month, dice: &mut Dice) -> String {
    let day: NaiveDate = dice.day(month.next().days());
    format!("{name} № {} от {}", dice.between(100, 999), day.format("%d.%m.%Y"))
}
