//! One real bill, from the files of an old program to its nine lines, its total, and its split by payee.

use std::collections::BTreeMap;

use kvartal::calc::money::Money;
use kvartal::format::legacy::{Code, LegacyData};
use kvartal::format::profile::ChargeMethod;
use rust_decimal::Decimal;

use super::fixture::{PROFILE, Page, bare, changed, dbf, dos, encoded, files, import, import_text};

/// Sums of the printed bill, and the number they come to. 53.06 + 21.87 + 20.05 + 26.48 + 7.44 + 25.70 + 0.14
/// + 4.02 + 22.93 = 181.69.
const BILL: [(&str, i64); 9] = [
    ("01", 5306),
    ("02", 2187),
    ("03", 2005),
    ("04", 2648),
    ("05", 744),
    ("06", 2570),
    ("07", 14),
    ("08", 402),
    ("09", 2293),
];

fn sums(pairs: &[(&str, i64)]) -> BTreeMap<Code, Money> {
    pairs.iter().map(|(code, kopecks)| (Code::from(*code), Money::from_kopecks(*kopecks))).collect()
}

/// Base × rate, rounded once; a ready amount as it is.
fn charged(data: &LegacyData) -> BTreeMap<Code, Money> {
    let line = |base: &kvartal::format::legacy::ChargeBase| {
        let service = data.services.iter().find(|service| service.row.code == base.service).unwrap();
        let rate = data.tariffs.iter().find(|tariff| tariff.row.service == base.service).unwrap().row.rate;
        let rate = if service.row.method == ChargeMethod::Ready { Decimal::ONE } else { rate };
        (base.service.clone(), Money::round(base.base * rate).unwrap())
    };
    data.bases.iter().map(|base| line(&base.row)).collect()
}

#[test]
fn nine_lines_come_from_bases_and_rates() {
    let data = import_text(PROFILE, &files()).unwrap();
    assert_eq!(data.bad, []);
    let lines = charged(&data);
    assert_eq!(lines, sums(&BILL));
    assert_eq!(lines.values().copied().sum::<Money>(), Money::from_kopecks(18169));
    assert!(data.reconcile(&lines).iter().all(kvartal::format::legacy::Reconciled::ties));
    assert_eq!(data.balance_totals().values().copied().sum::<Money>(), Money::ZERO);
}

#[test]
fn the_calculation_itself_gives_the_same_nine_lines() {
    let data = import_text(PROFILE, &files()).unwrap();
    let trial = data.trial(BTreeMap::new());
    assert_eq!(trial.exceptions, []);
    assert_eq!(trial.totals, sums(&BILL));
    assert!(data.reconcile(&trial.totals).iter().all(kvartal::format::legacy::Reconciled::ties));
}

#[test]
fn sums_of_the_old_program_are_compared_and_never_copied() {
    let data = import_text(PROFILE, &changed("nachisl.csv", ";53,06", ";53,07")).unwrap();
    let lines = charged(&data);
    assert_eq!(lines, sums(&BILL));
    let untied: Vec<_> = data.reconcile(&lines).into_iter().filter(|line| !line.ties()).collect();
    assert_eq!(untied.len(), 1);
    assert_eq!(
        (&*untied[0].service, untied[0].source.kopecks(), untied[0].computed.kopecks()),
        ("01", 5307, 5306)
    );
}

#[test]
fn the_bill_paid_in_full_splits_by_payee_with_two_fees() {
    // Payee, takings, fee of the agent, fee of the centre: each fee is its percent of the takings, rounded.
    // Water 21.87 + 20.05 = 41.92: 1 % 0.4192, 1.5 % 0.6288. Heat 53.06 + 26.48 = 79.54. ЖЭП 25.70 + 0.14.
    let expected = [
        ("ВОДОКАНАЛ", 4192, 42, 63),
        ("ГАЗ", 744, 7, 7),
        ("ЖЭП", 2584, 26, 26),
        ("ОБЛЭНЕРГО", 2293, 0, 0),
        ("ОСМУ", 402, 4, 6),
        ("ТЕПЛО", 7954, 80, 80),
    ];
    let data = import_text(PROFILE, &files()).unwrap();
    let mut takings: BTreeMap<Code, Money> = BTreeMap::new();
    for (service, sum) in charged(&data) {
        let service = data.services.iter().find(|known| known.row.code == service).unwrap();
        *takings.entry(service.row.provider.clone()).or_default() += sum;
    }
    let split: Vec<(Code, Money, Money, Money)> = takings
        .into_iter()
        .map(|(code, sum)| {
            let provider = &data.providers.iter().find(|provider| provider.row.code == code).unwrap().row;
            let fee = |percent: Option<Decimal>| {
                Money::round(sum.roubles() * percent.unwrap() / Decimal::ONE_HUNDRED).unwrap()
            };
            (code, sum, fee(provider.fee_agent), fee(provider.fee_centre))
        })
        .collect();
    let kopecks: Vec<(&str, i64, i64, i64)> = split
        .iter()
        .map(|(code, sum, agent, centre)| (&**code, sum.kopecks(), agent.kopecks(), centre.kopecks()))
        .collect();
    assert_eq!(kopecks, expected);
    // Fees 1.59 and 1.82; to transfer 181.69 − 1.59 − 1.82 = 178.28.
    let transfer: Money = split.iter().map(|(_, sum, agent, centre)| *sum - *agent - *centre).sum();
    assert_eq!(transfer, Money::from_kopecks(17828));
}

#[test]
fn rows_are_typed_and_keep_their_places() {
    let data = import_text(PROFILE, &files()).unwrap();
    let water = &data.providers[0];
    assert_eq!(water.at.to_string(), "postav.csv, строка 2");
    assert_eq!(water.row.name, "КП \"КРЕМЕНЧУКВОДОКАНАЛ\"");
    assert_eq!((water.row.okpo.as_deref(), water.row.mfo.as_deref()), (Some("3361865"), Some("331423")));
    let account = &data.accounts[0].row;
    assert_eq!((&*account.number, account.last_name.as_deref()), ("041017", Some("АБОНЕНТ")));
    assert_eq!((account.first_name.as_deref(), account.persons), (None, None));
    let premises = &data.premises[account.premises];
    assert_eq!(
        (premises.address.city.as_str(), premises.address.street.as_str()),
        ("КРЕМЕНЧУГ", "без улицы")
    );
    assert_eq!(
        (premises.areas.total, premises.areas.heated),
        (Some(Decimal::new(8030, 2)), Some(Decimal::new(758, 1)))
    );
    assert_eq!(data.services[1].row.becomes.as_ref(), "cold_water");
    assert_eq!(data.tariffs[1].row.rate, Decimal::new(5207, 4));
    assert_eq!(data.unused_columns["nachisl.csv"], ["TARIF", "PERER"]);
    assert_eq!(data.unused_files, Vec::<String>::new());
}

#[test]
fn the_same_comes_of_every_encoding() {
    let expected = import_text(PROFILE, &files()).unwrap();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let marked = |text: &str| format!("\u{FEFF}{text}").into_bytes();
    for encode in [dos, utf8, marked] {
        assert_eq!(import(PROFILE, &encoded(&files(), encode)).as_ref(), Ok(&expected));
    }
}

#[test]
fn the_same_comes_of_dbf() {
    let expected = bare(import_text(PROFILE, &files()).unwrap());
    let profile = PROFILE.replace("csv\"", "dbf\"").replace("separator = \";\"", "");
    // CP866 and CP1251 with their marks; then programs that never wrote a mark, or wrote that of another
    // country (0x01 is CP437): found by the letters.
    let pages = [(true, 0x65), (true, 0x26), (false, 0xC9), (true, 0x00), (true, 0x01), (false, 0x00)];
    for (dos, mark) in pages {
        let page = Page { dos, mark };
        let tables: Vec<(String, Vec<u8>)> =
            files().iter().map(|(name, text)| (name.replace(".csv", ".dbf"), dbf(text, &page))).collect();
        assert_eq!(import(&profile, &tables).map(bare).as_ref(), Ok(&expected));
    }
}
