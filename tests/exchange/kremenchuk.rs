//! Golden figures of October 2003: one bill of 181.69 made from bases and tariffs, and the same bill paid and split by
//! payee, 178.28 to transfer. The figures are those of the printed tables, see `tests/data/kremenchuk-2003/README.md`.

use kvartal::calc::period::Month;
use kvartal::format::profile::Profile;
use kvartal::job::door::{Operation, Session};
use kvartal::job::import::{self, Found, ImportError};
use kvartal::job::setup;
use kvartal::job::town::life::sign::sign;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::{Clerk, Db, Worker, people, until};

/// What the old program printed, service by service.
const BILL: [(&str, &str); 9] = [
    ("heating", "53.06"),
    ("cold_water", "21.87"),
    ("sewage", "20.05"),
    ("hot_water", "26.48"),
    ("gas", "7.44"),
    ("maintenance", "25.70"),
    ("animals", "0.14"),
    ("housing_service", "4.02"),
    ("electricity", "22.93"),
];

/// Payee, takings, fee of the agent, fee of the centre, to transfer.
const TRANSFERS: [(&str, &str, &str, &str, &str); 6] = [
    ("ВОДОКАНАЛ", "41.92", "0.42", "0.63", "40.87"),
    ("ГАЗ", "7.44", "0.07", "0.07", "7.30"),
    ("ЖЭП", "25.84", "0.26", "0.26", "25.32"),
    ("ОБЛЭНЕРГО", "22.93", "0.00", "0.00", "22.93"),
    ("ОСМУ", "4.02", "0.04", "0.06", "3.92"),
    ("ТЕПЛО", "79.54", "0.80", "0.80", "77.94"),
];

fn files() -> (Profile, Vec<Found>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kremenchuk-2003");
    let profile =
        Profile::parse(&std::fs::read_to_string(format!("{folder}/profile.toml")).unwrap()).unwrap();
    let names = ["abonent.csv", "nachisl.csv", "postav.csv", "tarif.csv", "uslugi.csv"];
    let found = |name: &str| Found {
        name: name.to_owned(),
        bytes: std::fs::read(format!("{folder}/{name}")).unwrap(),
    };
    (profile, names.map(found).to_vec())
}

/// An empty centre whose books begin with October 2003, and its worker.
struct Centre {
    db: Db,
    _worker: Worker,
}

impl Centre {
    async fn open() -> Self {
        let db = Db::fresh().await;
        setup::first_month(&db.root().await, Month::new(2003, 10).unwrap()).await.unwrap();
        Self { _worker: Worker::start(&db), db }
    }

    async fn session(&self, login: &str) -> Session {
        Session::open(&self.db.address(login), "import").await.unwrap()
    }

    /// Charges and releases October.
    async fn book(&self) {
        let mut session = self.session(people::CENTRE).await;
        let order = |kind: &str, args: Value| Operation {
            id: Uuid::new_v4(),
            kind: kind.to_owned(),
            args,
            ground: None,
        };
        until("the worker is there", async || session.worker_alive().await.unwrap()).await;
        let charge = order("billing.charge", json!({ "month": "2003-10" }));
        session.commit(&charge).await.unwrap();
        session.follow(charge.id, |_| {}).await.unwrap();
        let root = self.db.root().await;
        let empty = "select not exists (select from billing_data.queue)";
        until("the queue is empty", async || root.query_one(empty, &[]).await.unwrap().get(0)).await;
        sign(&mut session, Month::new(2003, 10).unwrap(), order).await.unwrap();
        let release = order("billing.release", json!({ "month": "2003-10", "cash_day": "2003-11-01" }));
        session.commit(&release).await.unwrap();
    }
}

fn sum(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bill_and_its_transfers_are_those_of_the_printed_tables() {
    let centre = Centre::open().await;
    let (session, root) = (centre.session(people::ADMIN).await, centre.db.root().await);
    let (profile, files) = files();
    let imported = import::import(&session, &profile, &files, "договор", |_| {}).await.unwrap();
    assert_eq!(imported.accounts, 1);
    assert!(imported.totals.iter().all(kvartal::format::legacy::Reconciled::ties), "{:?}", imported.totals);

    centre.book().await;
    let lines =
        "select s.code, l.amount from billing_data.line l join cards_data.service s on s.id = l.service_id";
    let mut bill: Vec<(String, Decimal)> =
        root.query(lines, &[]).await.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut expected: Vec<(String, Decimal)> =
        BILL.iter().map(|(service, amount)| ((*service).to_owned(), sum(amount))).collect();
    bill.sort();
    expected.sort();
    assert_eq!(bill, expected);
    assert_eq!(bill.iter().map(|(_, amount)| amount).sum::<Decimal>(), sum("181.69"));

    let payment = json!({ "account": "041017", "amount": "181.69", "paid_on": "2003-11-05", "cash_day": "2003-11-05", "source": "касса" });
    let accountant = Clerk::of(&centre.db, people::ACCOUNTANT).await;
    accountant.does("finance.payment", json!({ "payments": [payment] })).await;
    let sheet = "select split_part(code, ': ', 2), takings, fee_agent, fee_centre, to_transfer from finance.transfers order by 1";
    let rows = accountant.query(sheet, &[]).await.unwrap();
    let mut transfers: Vec<(String, [Decimal; 4])> =
        rows.iter().map(|row| (row.get(0), [row.get(1), row.get(2), row.get(3), row.get(4)])).collect();
    transfers.sort();
    let expected: Vec<(String, [Decimal; 4])> = TRANSFERS
        .iter()
        .map(|(code, a, b, c, d)| ((*code).to_owned(), [sum(a), sum(b), sum(c), sum(d)]))
        .collect();
    assert_eq!(transfers, expected);
    assert_eq!(transfers.iter().map(|(_, sums)| sums[3]).sum::<Decimal>(), sum("178.28"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_files_are_not_taken_twice() {
    let centre = Centre::open().await;
    let (session, root) = (centre.session(people::ADMIN).await, centre.db.root().await);
    let (profile, files) = files();
    import::import(&session, &profile, &files, "договор", |_| {}).await.unwrap();
    let again = import::import(&session, &profile, &files, "договор", |_| {}).await;
    assert!(matches!(again, Err(ImportError::Known(_))), "{again:?}");

    // One file changed by a comment-like empty line: the known rows are found, nothing is added.
    let mut changed = files.clone();
    changed[0].bytes.extend_from_slice(b"\r\n");
    let imported = import::import(&session, &profile, &changed, "договор", |_| {}).await.unwrap();
    assert_eq!(imported.accounts, 0);
    let counts = "select (select count(*) from cards_data.account), (select count(*) from cards_data.organisation where id <> 0)";
    let row = root.query_one(counts, &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 6));
}

/// Who drew the picture of a house before its next portion came must not read it after.
#[tokio::test(flavor = "multi_thread")]
async fn a_portion_more_of_a_house_moves_it() {
    let centre = Centre::open().await;
    let (session, root) = (centre.session(people::ADMIN).await, centre.db.root().await);
    let (profile, files) = files();
    import::import(&session, &profile, &files, "договор", |_| {}).await.unwrap();
    let moved = async || -> i64 {
        root.query_one("select version from billing_data.unit where id <> 0", &[]).await.unwrap().get(0)
    };
    let before = moved().await;
    let asked = "select a.args from admin_data.operation_args a join admin_data.operation o on o.id = a.operation where o.kind = 'exchange.legacy_houses'";
    let mut args: Value = root.query_one(asked, &[]).await.unwrap().get(0);
    let flat = args.pointer_mut("/houses/0/premises/0").unwrap();
    flat["flat"] = json!("another");
    flat["accounts"][0]["number"] = json!("041018");
    Clerk::of(&centre.db, people::ADMIN).await.does("exchange.legacy_houses", args).await;
    assert!(moved().await > before);
    let accounts: i64 = root.query_one("select count(*) from cards_data.account", &[]).await.unwrap().get(0);
    assert_eq!(accounts, 2);
}
