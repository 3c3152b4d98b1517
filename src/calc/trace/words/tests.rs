use chrono::NaiveDate;

use super::{Said, en, month, ru, unit};
use crate::calc::facts::Method;
use crate::calc::period::Month;
use crate::calc::testing::*;
use crate::calc::trace::{Source, component};
use crate::lang::Lang;

fn is_russian(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё'))
}

fn first() -> NaiveDate {
    "2026-09-01".parse().unwrap()
}

/// Every sentence, with nothing of its own put into it.
fn sentences() -> Vec<Said<'static>> {
    let (of, on) = (Month::of(first()), first());
    let later = on.succ_opt().unwrap();
    vec![
        Said::Rule("1"),
        Said::InParts { volume: "1", amount: "2" },
        Said::Places(2),
        Said::Between(on, on),
        Said::Between(on, later),
        Said::From(on),
        Said::Until(on),
        Said::Row(7),
        Said::Released(of),
        Said::Premises(3),
        Said::Debt { days: 5, balance: "6" },
        Said::Grace,
        Said::Moratorium,
        Said::Gone("1"),
        Said::Recalculation { of, sum: "1" },
        Said::Because { title: "1", on, ground: None },
        Said::Because { title: "1", on, ground: Some("2") },
        Said::Penalty { of, sum: "1", through: on, accrued: "2" },
        Said::BookedBefore("1"),
        Said::Agreed { sum: "1", parts: 2, percent: "3", document: "4" },
        Said::Stopped { of, sum: "1" },
        Said::Interest { of, sum: "1" },
        Said::InterestOf { rest: "1", percent: "2" },
        Said::Part { part: 1, parts: 2, of, sum: "3" },
        Said::PutOff { of, sum: "1" },
    ]
}

/// What both languages say of everything that has words, Russian first.
fn both() -> Vec<[String; 2]> {
    let in_both = |told: &dyn Fn(Lang) -> String| Lang::ALL.map(told);
    let mut all: Vec<[String; 2]> = Vec::new();
    all.extend(ru::RULES.iter().map(|rule| in_both(&|lang| rule.told(lang))));
    all.extend(ru::WHATS.iter().map(|what| in_both(&|lang| what.word(lang).to_owned())));
    all.extend(ru::FACTS.iter().map(|fact| in_both(&|lang| fact.word(lang).to_owned())));
    all.extend(ru::DATA.iter().map(|data| in_both(&|lang| data.word(lang).to_owned())));
    let named = ru::COMPONENTS.iter().filter(|one| !component(**one, Lang::Ru).is_empty());
    all.extend(named.map(|one| in_both(&|lang| component(*one, lang).to_owned())));
    all.extend(sentences().iter().map(|said| in_both(&|lang| said.told(lang))));
    let months = Month::of("2026-01-01".parse().unwrap()).onwards().take(12);
    all.extend(months.map(|of| in_both(&|lang| month(of, lang))));
    let units =
        ["м³", "м²", "Гкал", "кВт·ч", "чел.", "чел.-дн.", "дн.", "мес.", "ч", "раз", "шт.", "Гкал/м²"];
    all.extend(units.map(|one| in_both(&|lang| unit(one, lang))));
    all
}

#[test]
fn everything_is_said_in_both_languages() {
    let named = [ru::RULES.len(), ru::WHATS.len(), ru::FACTS.len(), ru::DATA.len(), ru::COMPONENTS.len()];
    let english = [en::RULES.len(), en::WHATS.len(), en::FACTS.len(), en::DATA.len(), en::COMPONENTS.len()];
    assert_eq!(named, english);
    for [russian, english] in both() {
        assert!(is_russian(&russian), "{russian}");
        assert!(!is_russian(&english) && !english.trim().is_empty(), "{russian}: {english}");
    }
}

/// A number read from a fact of its own name does not tell it twice: the names are the same in both languages.
#[test]
fn a_fact_has_the_name_of_its_number_in_both_languages_or_in_none() {
    let same = |lang: Lang| -> Vec<(usize, usize)> {
        let whats = ru::WHATS.iter().enumerate();
        whats
            .flat_map(|(at, what)| {
                let facts = ru::FACTS.iter().map(|fact| fact.word(lang));
                let named = facts.chain(ru::DATA.iter().map(|data| data.word(lang))).enumerate();
                named.filter(move |(_, word)| *word == what.word(lang)).map(move |(of, _)| (at, of))
            })
            .collect()
    };
    assert_eq!(same(Lang::Ru), same(Lang::En));
}

#[test]
fn a_line_by_persons_in_english() {
    let mut scene = Scene::new();
    scene.plan(COLD, Method::Persons);
    scene.rate(COLD, 0, "2026-07-01..", "47.3");
    scene.norm(COLD, 0, "..", "4.33");
    scene.resident(0, "2020-02-29..2026-12-31");
    let expected = "\
Холодная вода, September 2026: 4,330 m³ × 47,30 ₽ = 204,81 ₽
  Rule: persons living there × norm × rate (Rules 354, cl. 42, app. 2 f. 4)
  Charged: 204,809 → 204,81 ₽ (to 2 places)
    Charged: 4,33 × 47,30 = 204,809 ₽
      Volume: 1 × 4,33 = 4,33 m³
        Persons living there: 1 pers.
          Resident: 1 pers. (registration, from 29.02.2020 to 30.12.2026, record 14)
        Norm: 4,33 m³ (from 01.01.2000, record 13)
      Rate: 47,30 ₽/m³ (from 01.07.2026, record 12)
";
    assert_eq!(scene.calc("2026-09").traces[0].text(Lang::En), expected);
}

/// Where a leaf was read: every source says it in English, or says nothing in either language.
#[test]
fn every_source_is_told_in_english() {
    use super::super::text::origin;
    use crate::calc::ids::{HouseId, MeterId};
    use crate::calc::trace::{FactKind, RuleData, What};
    let of = Month::of(first());
    let sources = [
        Source::Fact { kind: FactKind::Absence, row: 1 },
        Source::Data { kind: RuleData::Limit, row: 1 },
        Source::Charged { meter: MeterId(1), register: 1, month: of },
        Source::Booked { house: HouseId(1), month: of },
        Source::Premises { count: 2 },
        Source::Calendar,
        Source::Nothing,
    ];
    for source in sources {
        let [russian, english] = Lang::ALL.map(|lang| origin(&source, What::Rate, Some(of.days()), lang));
        assert!(!is_russian(&english), "{english}");
        assert_eq!(russian.is_empty(), english.is_empty());
    }
}
