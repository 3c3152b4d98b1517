//! How Russian paper writes numbers, days and months (dossier of documents § 1.2).

use kvartal::document::number;

use super::samples::{day, money, month, number};

/// Spaces inside a number are no-break spaces; written here as `_`.
fn visible(text: &str) -> String {
    text.replace('\u{a0}', "_")
}

#[test]
fn sums_have_groups_a_comma_and_two_places() {
    let cases = [
        ("0", "0,00"),
        ("0.07", "0,07"),
        ("-0.07", "-0,07"),
        ("999.9", "999,90"),
        ("1000", "1_000,00"),
        ("-1234.56", "-1_234,56"),
        ("123456.78", "123_456,78"),
        ("1234567.89", "1_234_567,89"),
    ];
    for (sum, printed) in cases {
        assert_eq!(visible(&number::money(money(sum))), printed, "{sum}");
    }
}

#[test]
fn volumes_keep_their_places_and_rates_lose_idle_zeros() {
    assert_eq!(visible(&number::quantity(number("1234.5670"))), "1_234,5670");
    assert_eq!(number::quantity(number("145")), "145");
    assert_eq!(visible(&number::rate(number("2467.150000"))), "2_467,15");
    assert_eq!(number::rate(number("0.520700")), "0,5207");
    assert_eq!(number::rate(number("65")), "65,00");
}

#[test]
fn days_and_months_stand_in_their_case() {
    assert_eq!(number::day(day("2026-04-05")), "05.04.2026");
    assert_eq!(number::day_in_words(day("2026-11-21")), "21 ноября 2026 г.");
    assert_eq!(number::day_in_words(day("2026-05-01")), "1 мая 2026 г.");
    assert_eq!(number::month(month("2026-03")), "март 2026 г.");
    assert_eq!(number::month_genitive(month("2026-08")), "августа 2026 г.");
    assert_eq!(number::month_short(month("2026-09")), "09.2026");
}

#[test]
fn neighbouring_months_are_joined_across_a_year_and_in_any_order() {
    let months = ["2026-08", "2025-12", "2026-01", "2026-05", "2026-02", "2026-05"].map(month);
    assert_eq!(number::months(&months), "12.2025 – 02.2026, 05.2026, 08.2026");
    assert_eq!(number::months(&[]), "");
}
