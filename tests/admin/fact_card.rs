//! The fact behind a leaf of an explanation: shown with its operation, to those who see it.

use kvartal::calc::trace::{FactKind, RuleData};
use kvartal::db::connect::Client;

use crate::common::{people, village};

async fn card(client: &Client, kind: &str, row: i64) -> Vec<tokio_postgres::Row> {
    let sql = "select fact, told, valid_from::text, title, object_title, stands from admin.fact_card($1, $2)";
    client.query(sql, &[&kind, &row]).await.unwrap()
}

#[tokio::test]
async fn a_fact_is_shown_with_its_operation_and_a_foreign_one_is_not_found() {
    let db = village().await;
    let root = db.root().await;
    let sql = "select f.id, h.company_id from cards_data.premises_area f
        join cards_data.premises p on p.id = f.premises_id join cards_data.house h on h.id = p.house_id
        where not f.void order by h.company_id, f.id";
    let areas: Vec<(i64, i64)> =
        root.query(sql, &[]).await.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect();
    let (own, foreign) = (areas.first().unwrap(), areas.last().unwrap());
    assert_ne!(own.1, foreign.1);
    let anna = db.as_role(people::ACCOUNTANT).await;
    for (row, _) in [own, foreign] {
        let found = card(&anna, "area", *row).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].get::<_, &str>(0), "premises_area");
        assert!(found[0].get::<_, &str>(1).contains("бщая площадь: "), "{}", found[0].get::<_, &str>(1));
        assert!(found[0].get::<_, bool>(5) && found[0].get::<_, Option<&str>>(3).is_some());
    }
    people::narrow(&root, people::ACCOUNTANT, Some(own.1), None).await;
    assert_eq!(card(&anna, "area", own.0).await.len(), 1);
    assert_eq!(card(&anna, "area", foreign.0).await.len(), 0, "a foreign row is found");
    assert_eq!(card(&anna, "area", -1).await.len(), 0);
    assert_eq!(card(&anna, "pg_authid", own.0).await.len(), 0);
}

#[tokio::test]
async fn every_kind_of_an_explanation_is_known() {
    let db = village().await;
    let root = db.root().await;
    let facts = [
        FactKind::Area,
        FactKind::Residence,
        FactKind::Owner,
        FactKind::Reading,
        FactKind::Meter,
        FactKind::Quantity,
        FactKind::Ready,
    ];
    let data = [RuleData::Rate, RuleData::Norm, RuleData::Parameter];
    let words = facts.map(|kind| serde_json::to_value(kind).unwrap()).into_iter();
    let source = "select pg_get_functiondef('admin.fact_card(text, bigint)'::regprocedure)";
    let source: String = root.query_one(source, &[]).await.unwrap().get(0);
    for word in words.chain(data.map(|kind| serde_json::to_value(kind).unwrap())) {
        let word = word.as_str().unwrap().to_owned();
        assert!(source.contains(&format!("('{word}', '")), "{word}");
    }
    let tables = "select count(*) from admin_data.fact_kind where name = any (array['premises_area', 'residence', 'ownership',
        'meter_reading', 'meter_installed', 'service_quantity', 'ready_amount', 'tariff_rate', 'norm_value', 'parameter_value'])";
    assert_eq!(root.query_one(tables, &[]).await.unwrap().get::<_, i64>(0), 10);
}

/// A session that has just begun is not among those to go on with.
#[tokio::test]
async fn one_s_own_session_is_here() {
    let db = village().await;
    let anna = db.as_role(people::ACCOUNTANT).await;
    let begin = "select admin.session_begin('pts/1', '', '1.0.0')";
    let old = db.as_role(people::ACCOUNTANT).await;
    old.query_one(begin, &[]).await.unwrap();
    old.execute(
        "select admin.session_keep(id, '{\"title\": \"x\"}', '210') from admin.session_list where here",
        &[],
    )
    .await
    .unwrap();
    anna.query_one(begin, &[]).await.unwrap();
    let lost = "select count(*) filter (where not here), count(*) filter (where not here and kept) from admin.session_list where not ended";
    let row = anna.query_one(lost, &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 1));
}
