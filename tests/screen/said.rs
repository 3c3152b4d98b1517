//! What the database calls its own things has English words: an operator in English reads no Russian but the town's own.

use kvartal::calc::exception::ExceptionReason;
use kvartal::calc::rules::Parameter;
use kvartal::locale::said;

use crate::common::{Office, village};

/// Every list of the program's own names a screen shows with `show = "said"`.
const NAMES: &str = "select title from admin_data.operation_kind
    union select title from admin_data.fact_kind
    union select title from admin_data.document_kind
    union select title from passport_data.paper_kind
    union select title from cards_data.parameter
    union select title from claims_data.deficiency
    union select title from billing_data.control_kind
    union select advice from billing_data.control_kind
    union select col_description(f.fact_table, a.attnum) from admin_data.fact_kind f
        join pg_attribute a on a.attrelid = f.fact_table and a.attname = any (f.value_columns)
    order by 1";

#[tokio::test]
async fn every_name_of_the_program_is_told_in_english() {
    let office = Office::of(village().await).await;
    let rows = office.root.query(NAMES, &[]).await.unwrap();
    let names: Vec<String> = rows.iter().filter_map(|row| row.get(0)).collect();
    assert!(names.len() > 100, "{names:?}");
    let silent: Vec<&String> = names.iter().filter(|name| said(name) == **name).collect();
    assert!(silent.is_empty(), "locales/terms.en.toml lacks:\n{silent:#?}");
}

#[test]
fn parts_of_a_change_are_told_one_by_one() {
    assert_eq!(said("общая площадь: 54,3 → 50; временно: да"), "total area: 54,3 → 50; temporary: yes");
    assert_eq!(said("счёт 41001 и ещё 3"), "account 41001 and 3 more");
    assert_eq!(said("Светлоречинск, улица Садовая, д. 1"), "Светлоречинск, улица Садовая, д. 1");
}

/// Why an account could not be charged, as the worker writes it: each with what differs, and with every parameter it may name.
#[tokio::test]
async fn what_the_calculation_stumbled_over_is_told_in_english() {
    let since = "2026-03-01".parse().unwrap();
    let mut reasons = vec![
        ExceptionReason::NothingCharged,
        ExceptionReason::NoService,
        ExceptionReason::NoRate { part: 0, since },
        ExceptionReason::NoRate { part: 2, since },
        ExceptionReason::NoNorm { since },
        ExceptionReason::NoArea { since },
        ExceptionReason::Nobody { since },
        ExceptionReason::ReadingDecreased { serial: "N1".to_owned(), on: since },
        ExceptionReason::HouseMeterSilent,
        ExceptionReason::HouseWithoutArea,
        ExceptionReason::NoContainers,
        ExceptionReason::NoWaters,
        ExceptionReason::FlatMissing,
        ExceptionReason::FineWithoutService,
        ExceptionReason::NoLimit,
        ExceptionReason::NoColdRate,
        ExceptionReason::PrivilegeWithoutNorm,
        ExceptionReason::TooLarge,
    ];
    let office = Office::of(village().await).await;
    let codes = office.root.query("select code from cards_data.parameter", &[]).await.unwrap();
    let parameter = |code: &str| serde_json::from_value::<Parameter>(code.into()).ok();
    let named: Vec<Parameter> = codes.iter().filter_map(|row| parameter(row.get(0))).collect();
    assert!(named.len() > 30, "{named:?}");
    reasons.extend(named.into_iter().map(ExceptionReason::NoParameter));
    let is_russian = |text: &str| text.chars().any(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё'));
    let silent: Vec<String> = reasons.iter().map(|reason| said(&reason.to_string())).collect();
    let silent: Vec<&String> = silent.iter().filter(|told| is_russian(told)).collect();
    assert!(silent.is_empty(), "locales/terms_calculation.en.toml lacks:\n{silent:#?}");
}
