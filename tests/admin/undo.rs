//! Facts with two times, and undo by days: what is put back, what is kept because somebody changed it later, and
//! what is refused. The timeline is the area of flat 1, 54.30 m² from 2020 on.

use kvartal::db::connect::Client;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::{Clerk, Db, people, village};

/// The operation all facts of the village come from.
const VILLAGE: Uuid = Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_00aa);

/// What stands of the area of flat 1: first day, area («—»: nothing is true), origin.
async fn standing(root: &Client) -> Vec<(String, String, Uuid)> {
    let sql = "select valid_from::text || ' … ' || valid_to, case when void then '—' else area_total::text end, origin
        from cards_data.premises_area where premises_id = 1011 and retracted is null order by valid_from";
    let rows = root.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

/// The same, as an operator sees it: days and areas, neighbours of one value joined.
async fn days(root: &Client) -> Vec<String> {
    let mut days: Vec<(String, String)> = Vec::new();
    for (range, area, _) in standing(root).await {
        match days.last_mut() {
            Some((_, before)) if *before == area => {}
            _ => days.push((range[..10].to_owned(), area)),
        }
    }
    days.into_iter().map(|(from, area)| format!("{from} {area}")).collect()
}

fn area(from: &str, to: Option<&str>, total: &str) -> Value {
    let mut fact = json!({ "premises_id": 1011, "from": from, "area_total": total, "area_living": "20", "area_heated": total, "rooms": 2 });
    if let Some(to) = to {
        fact["to"] = json!(to);
    }
    fact
}

struct Flat {
    _db: Db,
    root: Client,
    clerk: Clerk,
}

impl Flat {
    async fn of_the_village() -> Self {
        let db = village().await;
        Self { root: db.root().await, clerk: Clerk::of(&db, people::ACCOUNTANT).await, _db: db }
    }

    /// An account of its house was open then already: of days before any nothing is told.
    async fn is_kept_since_2018(&self) {
        let earlier = "update cards_data.account_open set valid_from = '2018-01-01' where account_id = 41001";
        self.root.batch_execute(earlier).await.unwrap();
    }

    async fn set(&self, from: &str, to: Option<&str>, total: &str) -> Uuid {
        self.clerk.asserts("cards.premises_area", area(from, to, total)).await
    }

    async fn void(&self, from: &str, to: &str) -> Uuid {
        self.clerk
            .asserts(
                "cards.premises_area",
                json!({ "premises_id": 1011, "from": from, "to": to, "void": true }),
            )
            .await
    }

    async fn days(&self) -> Vec<String> {
        days(&self.root).await
    }

    /// What an undo answered.
    async fn result(&self, undo: Uuid) -> Value {
        let sql = "select result from admin_data.operation_args where operation = $1";
        self.root.query_one(sql, &[&undo]).await.unwrap().get(0)
    }
}

/// A piece left over by cutting keeps the origin of its value: it was given by whoever gave it first.
#[tokio::test]
async fn what_is_cut_keeps_its_origin() {
    let flat = Flat::of_the_village().await;
    let cut = flat.set("2024-03-01", Some("2024-05-01"), "60.00").await;
    assert_eq!(
        standing(&flat.root).await,
        [
            ("2020-01-01 … 2024-03-01".into(), "54.30".into(), VILLAGE),
            ("2024-03-01 … 2024-05-01".into(), "60.00".into(), cut),
            ("2024-05-01 … infinity".into(), "54.30".into(), VILLAGE),
        ]
    );
    let over = flat.set("2024-04-01", None, "70.00").await;
    assert_eq!(
        standing(&flat.root).await[1..],
        [
            ("2024-03-01 … 2024-04-01".into(), "60.00".into(), cut),
            ("2024-04-01 … infinity".into(), "70.00".into(), over),
        ]
    );
}

/// Any day, as known at any mark: what was overwritten is still what was known then.
#[tokio::test]
async fn a_card_is_read_as_of_a_day_and_as_known_then() {
    let flat = Flat::of_the_village().await;
    let marks = "select known from admin_data.operation where id = $1";
    let first: i64 = flat.root.query_one(marks, &[&VILLAGE]).await.unwrap().get(0);
    let set = flat.set("2024-03-01", Some("2024-05-01"), "60.00").await;
    let set: i64 = flat.root.query_one(marks, &[&set]).await.unwrap().get(0);
    let void = flat.void("2024-04-01", "2025-01-01").await;
    let void: i64 = flat.root.query_one(marks, &[&void]).await.unwrap().get(0);
    let seen = [
        ("2024-03-15", first, Some("54.30")),
        ("2024-03-15", set, Some("60.00")),
        ("2024-03-15", void, Some("60.00")),
        ("2024-04-15", set - 1, Some("54.30")),
        ("2024-04-15", set, Some("60.00")),
        ("2024-04-15", void, None),
        ("2024-12-31", void, None),
        ("2025-01-01", void, Some("54.30")),
        ("2019-12-31", void, None),
        ("2024-03-15", first - 1, None),
    ];
    for (day, known, area) in seen {
        flat.clerk
            .batch_execute(&format!("set kvartal.as_of = '{day}'; set kvartal.known_at = '{known}'"))
            .await
            .unwrap();
        let sql = "select area_total::text from cards.premises_area where premises_id = 1011";
        let rows = flat.clerk.query(sql, &[]).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| row.get(0)).collect::<Vec<&str>>(),
            area.into_iter().collect::<Vec<_>>(),
            "{day} as known at {known}"
        );
    }
}

#[tokio::test]
async fn undo_puts_back_what_was_known_before() {
    let flat = Flat::of_the_village().await;
    let set = flat.set("2024-03-01", Some("2024-05-01"), "60.00").await;
    flat.clerk.undoes(set).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30"]);
    assert!(standing(&flat.root).await.iter().all(|(_, _, origin)| *origin == VILLAGE), "the origin is lost");
}

/// `heart.md` § 1: a correction of 2024 is undone after somebody set 2026. Row by row that fails: the row of the
/// correction is gone. By days it works.
#[tokio::test]
async fn a_correction_is_undone_after_somebody_set_a_later_year() {
    let flat = Flat::of_the_village().await;
    let correction = flat.set("2024-01-01", None, "60.00").await;
    flat.set("2026-01-01", None, "70.00").await;
    let undo = flat.clerk.undoes(correction).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30", "2026-01-01 70.00"]);
    let kept = &flat.result(undo).await["kept"];
    assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept}");
    assert_eq!((&kept[0]["from"], &kept[0]["fact"]), (&json!("2026-01-01"), &json!("Площадь помещения")));
}

/// Days somebody changed in between are kept and told; the days around them are put back.
#[tokio::test]
async fn days_changed_later_are_kept_and_told() {
    let flat = Flat::of_the_village().await;
    let first = flat.set("2024-01-01", Some("2024-12-01"), "60.00").await;
    let between = flat.set("2024-04-01", Some("2024-06-01"), "70.00").await;
    let undo = flat.clerk.undoes(first).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30", "2024-04-01 70.00", "2024-06-01 54.30"]);
    let kept = &flat.result(undo).await["kept"];
    assert_eq!(
        (&kept[0]["from"], &kept[0]["to"], &kept[0]["by"]),
        (&json!("2024-04-01"), &json!("2024-06-01"), &json!(between))
    );
    // What the later operation covered is undone to what was known before *it*.
    flat.clerk.undoes(between).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30", "2024-04-01 60.00", "2024-06-01 54.30"]);
}

#[tokio::test]
async fn a_void_is_undone() {
    let flat = Flat::of_the_village().await;
    let void = flat.void("2024-04-01", "2024-06-01").await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30", "2024-04-01 —", "2024-06-01 54.30"]);
    flat.clerk.undoes(void).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30"]);
}

/// A void that is put back is still the void of whoever said so, and can be undone in its turn.
#[tokio::test]
async fn a_void_put_back_is_still_its_makers() {
    let flat = Flat::of_the_village().await;
    let void = flat.void("2024-04-01", "2024-06-01").await;
    let set = flat.set("2024-05-01", Some("2024-05-15"), "70.00").await;
    flat.clerk.undoes(set).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30", "2024-04-01 —", "2024-06-01 54.30"]);
    flat.clerk.undoes(void).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30"]);
}

/// Before 2020 nothing was known; undo of what was said about those days leaves them saying nothing.
#[tokio::test]
async fn days_that_had_nothing_have_nothing_again() {
    let flat = Flat::of_the_village().await;
    flat.is_kept_since_2018().await;
    let set = flat.set("2019-01-01", Some("2019-03-01"), "60.00").await;
    flat.clerk.undoes(set).await;
    assert_eq!(flat.days().await, ["2019-01-01 —", "2020-01-01 54.30"]);
    let seen = "select count(*) from cards.premises_area where premises_id = 1011";
    flat.clerk.batch_execute("set kvartal.as_of = '2019-02-01'").await.unwrap();
    assert_eq!(flat.clerk.query_one(seen, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn what_is_undone_is_undone_once() {
    let flat = Flat::of_the_village().await;
    let set = flat.set("2024-03-01", None, "60.00").await;
    let undo = flat.clerk.undoes(set).await;
    assert_eq!(flat.clerk.tries("admin.undo", json!({ "operation": set })).await.code, "KV010");
    assert_eq!(flat.clerk.tries("admin.undo", json!({ "operation": undo })).await.code, "KV010");
    assert_eq!(flat.days().await, ["2020-01-01 54.30"]);
    // Done again, it is another operation, which can be undone.
    let again = flat.set("2024-03-01", None, "60.00").await;
    flat.clerk.undoes(again).await;
    assert_eq!(flat.days().await, ["2020-01-01 54.30"]);
}

/// All days of an operation were changed since: nothing is left to put back, and who changed them is told.
#[tokio::test]
async fn nothing_is_put_back_over_a_later_change() {
    let flat = Flat::of_the_village().await;
    let first = flat.set("2024-03-01", Some("2024-05-01"), "60.00").await;
    let over = flat.set("2024-01-01", None, "70.00").await;
    let refusal = flat.clerk.tries("admin.undo", json!({ "operation": first })).await;
    assert_eq!(refusal.code, "KV010");
    assert!(refusal.detail.as_deref().unwrap_or_default().contains(&over.to_string()), "{refusal:?}");
}

/// Undo in the order of a stack gives every state back, whatever was cut and voided on the way.
#[tokio::test]
async fn undoing_all_from_the_last_gives_the_beginning() {
    let flat = Flat::of_the_village().await;
    flat.is_kept_since_2018().await;
    let mut states = vec![flat.days().await];
    let mut done = Vec::new();
    for (from, to, total) in [
        ("2023-01-01", Some("2025-01-01"), Some("60.00")),
        ("2024-01-01", None, Some("61.00")),
        ("2022-06-01", Some("2024-06-01"), None),
        ("2024-03-01", Some("2024-04-01"), Some("62.00")),
        ("2018-01-01", Some("2030-01-01"), Some("63.00")),
        ("2024-03-10", Some("2024-03-20"), None),
    ] {
        done.push(match total {
            Some(total) => flat.set(from, to, total).await,
            None => flat.void(from, to.unwrap()).await,
        });
        states.push(flat.days().await);
    }
    for operation in done.into_iter().rev() {
        states.pop();
        flat.clerk.undoes(operation).await;
        let mut now = flat.days().await;
        // Nothing was known of those days, and nothing is said of them again.
        now.retain(|day| day != "2018-01-01 —");
        assert_eq!(&now, states.last().unwrap());
    }
}

/// A change of many flats is undone as one; those somebody changed since are told and left.
#[tokio::test]
async fn a_group_is_undone_but_for_what_others_changed() {
    let flat = Flat::of_the_village().await;
    let all = [1011, 1012, 1013, 1021].map(|premises| {
        let mut fact = area("2024-03-01", None, "60.00");
        fact["premises_id"] = json!(premises);
        fact
    });
    let group = flat.clerk.does("cards.premises_area", json!({ "facts": all })).await;
    let mut later = area("2023-01-01", None, "77.00");
    later["premises_id"] = json!(1013);
    let other = flat.clerk.asserts("cards.premises_area", later).await;
    let undo = flat.clerk.undoes(group).await;
    let result = flat.result(undo).await;
    assert_eq!(result["put_back"], json!(3), "{result}");
    assert_eq!((result["kept"].as_array().map(Vec::len), &result["kept"][0]["by"]), (Some(1), &json!(other)));
    let areas = "select string_agg(area_total::text, ' ' order by premises_id) from cards_data.premises_area
        where premises_id in (1011, 1012, 1013, 1021) and retracted is null and not void and valid_from <= '2024-06-01' and valid_to > '2024-06-01'";
    assert_eq!(flat.root.query_one(areas, &[]).await.unwrap().get::<_, &str>(0), "54.30 38.00 77.00 44.10");
}

/// Whoever may not do a thing may not undo it either.
#[tokio::test]
async fn undo_asks_for_the_right_to_the_thing() {
    let flat = Flat::of_the_village().await;
    let set = flat.set("2024-03-01", None, "60.00").await;
    let cashier = Clerk::of(&flat._db, people::CASHIER).await;
    assert_eq!(cashier.tries("admin.undo", json!({ "operation": set })).await.code, "KV001");
    let ordered = Clerk::of(&flat._db, people::CENTRE)
        .await
        .does("billing.charge", json!({ "month": "2026-03" }))
        .await;
    assert_eq!(flat.clerk.tries("admin.undo", json!({ "operation": ordered })).await.code, "KV010");
}

/// What an undo puts together again is one piece: the area is as it is since 2020, not since the day of the cut. What somebody else said
/// of the days beside stays theirs, though it is the same.
#[tokio::test]
async fn an_undo_leaves_no_cut() {
    let flat = Flat::of_the_village().await;
    let cut = flat.set("2024-03-01", Some("2024-05-01"), "60.00").await;
    flat.clerk.undoes(cut).await;
    assert_eq!(standing(&flat.root).await, [("2020-01-01 … infinity".into(), "54.30".into(), VILLAGE)]);
    let same = flat.set("2025-01-01", None, "54.30").await;
    let cut = flat.set("2024-03-01", Some("2025-01-01"), "60.00").await;
    flat.clerk.undoes(cut).await;
    let stands = standing(&flat.root).await;
    let stands: Vec<_> = stands.iter().map(|(days, _, origin)| (days.as_str(), *origin)).collect();
    assert_eq!(stands[0], ("2020-01-01 … 2025-01-01", VILLAGE));
    assert_ne!(same, VILLAGE);
    assert_eq!(stands[1..], [("2025-01-01 … infinity", same)]);
}
