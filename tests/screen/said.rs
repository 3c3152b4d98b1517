//! What the database calls its own things has English words: an operator in English reads no Russian but the town's own.

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
