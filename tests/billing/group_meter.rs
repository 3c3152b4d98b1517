//! A meter of two houses in the month run: shares, recalculation, what the houses are explained by, and that they became one
//! unit without a change of anything printed.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};

use super::balances::broken;
use super::stored::stored_equals_rebuilt;
use crate::common::{Clerk, Office, people, village};

/// The village without its house meter of heat.
async fn without_house_meter() -> Office {
    let office = Office::of(village().await).await;
    let down = json!({ "meter_id": 53, "from": "2024-01-20", "void": true });
    office.accountant.asserts("meters.installed", down).await;
    office
}

/// A group meter of heat for both houses of the village.
fn of_both(from: &str, initial: &str) -> Value {
    json!({
        "house_id": 101, "other_id": 102, "service_id": 5, "serial": "Г-1", "base": "area", "from": from, "initial": initial
    })
}

async fn read(office: &Office, day: &str, value: &str) {
    let meter: i64 = office.value("select id from meters_data.meter where serial = 'Г-1'").await;
    let fact = json!({ "meter_id": meter, "register": 1, "day": day, "value": value, "rolled_over": false, "source": "operator" });
    office.accountant.asserts("meters.reading", fact).await;
}

/// What each house has of the meter in a month.
async fn shares(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select h.house_id || ' ' || round(h.volume, 6) || ' of ' || h.area from billing_data.house_month h
         join billing_data.month m on m.run = h.run
         where m.month = '{month}-01' and h.month = m.month and h.service_id = 5 order by h.house_id"
    );
    office.root.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// The heat of an account in a month of the books, by source month.
async fn heat(office: &Office, account: i64, month: &str) -> Vec<String> {
    let sql = format!(
        "select to_char(source_month, 'MM') || ' ' || sum(volume)::numeric(12,6) || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id = {account} and service = 'heating' group by source_month
         having sum(amount) <> 0 order by source_month"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// It stands with the meters of both houses, and is the house meter of neither.
#[tokio::test]
async fn it_is_listed_with_every_house_it_counts_for() {
    let office = without_house_meter().await;
    office.accountant.does("meters.group_new", of_both("2026-02-20", "100")).await;
    let listed =
        "select coalesce(string_agg(serves_id || ' ' || serial || ' ' || kind, ', ' order by serves_id), '')
        from meters.house_registers where kind = 'group'";
    assert_eq!(office.seen::<String>(listed).await, "101 Г-1 group, 102 Г-1 group");
    let of_house = "select count(*) from meters.meter_registers where serial = 'Г-1' and is_of_house";
    assert_eq!(office.seen::<i64>(of_house).await, 0);
}

/// 31.99 Гкал on 225.90 and 94.00 m² are 22.59 and 9.40; a reading put right after the month is out comes back in the next.
#[tokio::test]
async fn a_meter_of_two_houses_is_shared_recalculated_and_explained() {
    let office = without_house_meter().await;
    office.accountant.does("meters.group_new", of_both("2026-02-20", "100")).await;
    read(&office, "2026-03-20", "131.99").await;
    office.charge("2026-03").await;
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("42001", "2026-03-01".parse().unwrap()).await.unwrap().to_string();
    assert!(why.contains("групповой прибор") && why.contains("Показание «Г-1»: 131,99"), "{why}");
    office.release("2026-03").await;
    assert_eq!(shares(&office, "2026-03").await, ["101 22.590000 of 225.90", "102 9.400000 of 94.00"]);
    // 22.59 × 54.30 ÷ 225.90 = 5.43; 9.40 × 44.10 ÷ 94.00 = 4.41; × 2318.47
    assert_eq!(heat(&office, 41001, "2026-03").await, ["03 5.430000 12589.29"]);
    assert_eq!(heat(&office, 42001, "2026-03").await, ["03 4.410000 10224.45"]);

    office.charge("2026-04").await;
    read(&office, "2026-04-20", "195.97").await;
    office.settle().await;
    // 63.98 × 94.00 ÷ 319.90 = 18.80; × 44.10 ÷ 94.00 = 8.82
    assert_eq!(heat(&office, 42001, "2026-04").await, ["04 8.820000 20448.91"]);
    let meter: i64 = office.value("select id from meters_data.meter where serial = 'Г-1'").await;
    let right = json!({ "meter_id": meter, "register": 1, "day": "2026-03-20", "value": "163.98", "rolled_over": false, "source": "operator" });
    let right = office.accountant.asserts("meters.reading", right).await;
    office.settle().await;
    // March 8.82 instead of 4.41: 20448.91 − 10224.45; April 4.41
    assert_eq!(heat(&office, 42001, "2026-04").await, ["03 4.410000 10224.46", "04 4.410000 10224.45"]);
    stored_equals_rebuilt(&office.db, &office.root, "a reading put right").await;
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(right).await;
    office.settle().await;
    assert_eq!(heat(&office, 42001, "2026-04").await, ["04 8.820000 20448.91"]);

    // Divided by persons: 8 in house 101, in house 102 one, and an owner of the flat where nobody lives: 63.98 × 2 ÷ 10.
    let base = json!({ "meter_id": meter, "from": "2026-04-01", "base": "persons" });
    let base = office.accountant.asserts("meters.group_base", base).await;
    office.settle().await;
    assert_eq!(shares(&office, "2026-04").await[1], "102 12.796000 of 94.00");
    office.accountant.undoes(base).await;
    // House 101 leaves on the 16th: 225.90 × 15 days beside 94.00 × 30: 63.98 × 2820 ÷ 6208.5 = 29.060739
    let end = json!({ "meter_id": meter, "house_id": 101, "from": "2026-04-16", "void": true });
    office.accountant.does("meters.group_house", end).await;
    office.settle().await;
    assert_eq!(shares(&office, "2026-04").await[1], "102 29.060739 of 94.00");
    stored_equals_rebuilt(&office.db, &office.root, "a house left").await;
}

/// The houses become one unit when March is printed: what it charged without a reading is caught up all the same, what was due
/// before comes back, and nothing printed moves.
#[tokio::test]
async fn joining_houses_keeps_what_was_booked() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let water = json!({ "meter_id": 55, "register": 1, "day": "2026-04-20", "value": 1017, "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", water).await;
    let larger = json!({ "premises_id": 1021, "from": "2026-03-01", "area_total": "48.10", "area_living": "28.00", "area_heated": "48.10", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", larger).await;
    let printed = "select md5(string_agg(l::text, ';' order by l::text)) from billing_data.line l join billing_data.month m on m.run = l.run
        where m.month = '2026-03-01'";
    let before: String = office.value(printed).await;
    let made = office.accountant.does("meters.group_new", of_both("2026-04-01", "0")).await;
    read(&office, "2026-04-20", "32.39").await;
    office.settle().await;
    assert_eq!(office.value::<i64>("select count(distinct unit_id) from cards_data.house").await, 1);
    let meters = "select count(*) from meters_data.meter_reading where unit_id <> (select min(unit_id) from cards_data.house)";
    assert_eq!(office.value::<i64>(meters).await, 0, "facts go along");
    let own = "select volume::numeric(9,3) || ' ' || amount from billing.lines where month = '2026-04-01' and source_month = month
        and account_id = 42001 and service = 'cold_water'";
    // 1017 − 1009 less the average of 3 charged in March
    assert_eq!(office.seen::<String>(own).await, "5.000 236.80");
    let due = "select sum(amount)::text from billing.lines where month = '2026-04-01' and source_month = '2026-03-01'
        and account_id = 42001 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(due).await, "126.96", "4.00 × 31.74");
    // House 102 has 98.00 of 323.90 m² now
    assert_eq!(shares(&office, "2026-04").await[1], "102 9.800000 of 98.00");
    stored_equals_rebuilt(&office.db, &office.root, "houses joined").await;
    assert_eq!(office.value::<String>(printed).await, before, "what was printed stays");

    office.accountant.undoes(made).await;
    office.settle().await;
    assert_eq!(shares(&office, "2026-04").await.len(), 1, "house 102 has no meter of heat again");
    stored_equals_rebuilt(&office.db, &office.root, "the meter undone").await;
    office.charge("2026-04").await;
    stored_equals_rebuilt(&office.db, &office.root, "a run over the joined houses").await;
    office.seal("2026-03").await;
    office.release("2026-04").await;
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The difference is shown for the accounts of both houses, and two operators who were shown different ones do not both get theirs.
#[tokio::test]
async fn the_difference_is_that_of_both_houses() {
    let office = without_house_meter().await;
    office.charge("2026-03").await;
    let operation = |kind: &str, args| Operation {
        id: uuid::Uuid::new_v4(),
        kind: kind.to_owned(),
        args,
        ground: Some("акт ввода".to_owned()),
    };
    let mut anna = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let mut vera = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let group = operation("meters.group_new", of_both("2026-02-20", "100"));
    let area = json!({ "premises_id": 1021, "from": "2026-03-01", "area_total": 54, "area_living": 10, "area_heated": 54, "rooms": 1 });
    let area = operation("cards.premises_area", json!({ "facts": [area] }));
    anna.preview(&group).await.unwrap();
    vera.preview(&area).await.unwrap();
    anna.commit(&group).await.unwrap();
    assert!(vera.commit(&area).await.is_err(), "house 102 is another unit now");
    let meter: i64 = office.value("select id from meters_data.meter where serial = 'Г-1'").await;
    let reading = json!({ "meter_id": meter, "register": 1, "day": "2026-03-20", "value": "131.99", "rolled_over": false, "source": "operator" });
    let shown = anna.preview(&operation("meters.reading", json!({ "facts": [reading] }))).await.unwrap();
    let accounts: std::collections::BTreeSet<&str> =
        shown.rows.iter().map(|row| row.account.as_str()).collect();
    assert!(accounts.contains("41001") && accounts.contains("42001"), "{accounts:?}");
}

/// Who sees one house only does not put it on a meter with another, and is refused by words.
#[tokio::test]
async fn a_group_is_made_by_who_sees_all_its_houses() {
    let office = Office::of(village().await).await;
    let south = Clerk::of(&office.db, village::SOUTH).await;
    let mut asked = of_both("2026-03-01", "0");
    assert_eq!(
        south.tries("meters.group_new", asked.clone()).await.message,
        "Новый групповой прибор: дом не найден или вам не виден"
    );
    asked["other_id"] = json!(101);
    let twice = office.accountant.tries("meters.group_new", asked).await;
    assert_eq!(twice.message, "Новый групповой прибор: дом указан дважды");
    let other = json!({ "meter_id": 53, "house_id": 102, "from": "2026-03-01" });
    assert_eq!(
        office.accountant.tries("meters.group_house", other).await.message,
        "Дом группового прибора: прибор ОДПУ-1 — не групповой"
    );
    office.accountant.does("meters.group_new", of_both("2026-03-01", "0")).await;
    let houses = "select string_agg(house_id::text, ' ' order by house_id) from meters.group_member";
    assert_eq!(office.accountant.query_one(houses, &[]).await.unwrap().get::<_, &str>(0), "101 102");
    assert_eq!(
        south.query_one("select count(*) from meters.group_list", &[]).await.unwrap().get::<_, i64>(0),
        0
    );
}
