//! A sheet that does not add up is not printed.

use kvartal::calc::money::Money;
use kvartal::document::invoice::{Invoice, Totals};
use kvartal::document::invoice_form::{FormError, lay_out};
use kvartal::document::totals;
use kvartal::output::faces::faces;

use super::samples::{money, typical, worst};

#[test]
fn totals_are_what_the_lines_make() {
    for invoice in [typical(), worst()] {
        assert_eq!(totals::of(&invoice.lines, &invoice.payees), invoice.totals);
    }
    assert_eq!(totals::check(&typical()), Ok(()));
    assert_eq!(totals::check(&worst()), Ok(()));
}

#[test]
fn an_overpayment_is_not_payable() {
    let mut invoice = typical();
    invoice.lines.truncate(1);
    invoice.lines[0].paid = money("5000.00");
    // 1 204,11 + 1 723,48 − 5 000,00 = −2 072,41
    invoice.lines[0].closing = money("-2072.41");
    invoice.payees[0].closing = money("-2072.41");
    let made = totals::of(&invoice.lines, &invoice.payees);
    assert_eq!((made.payable, made.closing), (Money::ZERO, money("-2072.41")));
}

#[test]
fn a_kopeck_anywhere_stops_the_sheet() {
    let changes: Vec<fn(&mut Invoice) -> &mut Money> = vec![
        |invoice| &mut invoice.lines[4].charge,
        |invoice| &mut invoice.lines[4].recalculation,
        |invoice| &mut invoice.lines[4].privilege,
        |invoice| &mut invoice.lines[4].parts[0].charge,
        |invoice| &mut invoice.lines[4].opening,
        |invoice| &mut invoice.lines[4].penalty,
        |invoice| &mut invoice.lines[4].paid,
        |invoice| &mut invoice.lines[4].closing,
        |invoice| &mut invoice.recalculations[1].amount,
        |invoice| &mut invoice.penalties[0].amount,
        |invoice| &mut invoice.totals.opening,
        |invoice| &mut invoice.totals.charged,
        |invoice| &mut invoice.totals.recalculated,
        |invoice| &mut invoice.totals.privilege,
        |invoice| &mut invoice.totals.penalty,
        |invoice| &mut invoice.totals.paid,
        |invoice| &mut invoice.totals.closing,
        |invoice| &mut invoice.totals.since,
        |invoice| &mut invoice.totals.payable,
        |invoice| &mut invoice.payees[0].closing,
        |invoice| &mut invoice.payees[0].since,
    ];
    let metrics = &faces().unwrap().metrics;
    for (place, change) in changes.into_iter().enumerate() {
        let mut invoice = typical();
        *change(&mut invoice) += Money::from_kopecks(1);
        let refused = lay_out(&invoice, metrics);
        assert!(matches!(refused, Err(FormError::NotTied(_))), "change {place}: {refused:?}");
    }
}

#[test]
fn the_refusal_says_which_sum_and_what_to_do() {
    let mut invoice = typical();
    invoice.totals = Totals { paid: money("4870.22"), ..invoice.totals };
    assert_eq!(
        totals::check(&invoice).unwrap_err().to_string().replace('\u{a0}', " "),
        "Платёжный документ по счёту 0700000123 не сходится: оплачено — указано 4 870,22, по строкам выходит \
         4 870,23. Документ не напечатан; пересчитайте месяц по этому счёту"
    );
}
