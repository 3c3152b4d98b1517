//! The same seed gives the same base: facts, lines, payments, balances, to the last id.

use std::collections::BTreeMap;

use kvartal::db::connect::Client;

use super::{fill, town};
use crate::common::Db;

/// A digest of every table of the modules; the moments operations and runs began at are no part of the town, nor the
/// numbers of the parts of a payment and of what a control found, which no order decides; nor how far the worker has got with adding up
/// the balances of houses.
async fn digests(root: &Client) -> BTreeMap<String, String> {
    let tables = "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ('{cards_data,passport_data,meters_data,billing_data,finance_data}')
            and c.relkind in ('r', 'p') and not c.relispartition
            and c.relname <> all ('{balance_moved,house_sum,house_summed}')";
    let mut digests = BTreeMap::new();
    for row in root.query(tables, &[]).await.unwrap() {
        let table: String = row.get(0);
        let aside = match table.as_str() {
            "finance_data.payment_split" => "{id}",
            "billing_data.control" => "{made_at}",
            "billing_data.control_finding" => "{number}",
            _ => "{started_at}",
        };
        let digest = format!(
            "select count(*) || ' ' || coalesce(md5(string_agg(row::text, ' ' order by row::text)), '')
             from (select to_jsonb(t) - '{aside}'::text[] as row from {table} t) rows"
        );
        digests.insert(table, root.query_one(&digest, &[]).await.unwrap().get(0));
    }
    let journal = "select string_agg(concat_ws(' ', known, id, kind, operator, ground), ', ' order by known)
        from admin_data.operation where kind <> 'admin.setup'";
    digests.insert("journal".to_owned(), root.query_one(journal, &[]).await.unwrap().get(0));
    digests
}

#[tokio::test]
async fn two_towns_of_a_seed_are_one() {
    let (one, other) = (town().await, Db::filled("demo_again", fill).await);
    let (one, other) = (digests(&one.root().await).await, digests(&other.root().await).await);
    assert!(one.len() > 40, "{}", one.len());
    for (table, digest) in &one {
        assert_eq!(Some(digest), other.get(table), "{table}");
    }
}
