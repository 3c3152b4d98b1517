//! Invoices to lay out. All names and numbers are invented; the sums are worked by hand beside them.

use chrono::NaiveDate;
use kvartal::calc::line::Basis;
use kvartal::calc::money::Money;
use kvartal::calc::period::Month;
use kvartal::document::invoice::{
    Areas, Executor, GisIds, HouseVolume, Instalment, Invoice, Kind, Line, Meter, Norm, Offer, Paid, Part,
    Payee, Penalty, Reading, Recalculation, Share, Support, Tenure, Totals, Use,
};
use kvartal::document::words::ROUBLE;
use rust_decimal::Decimal;

/// A number written as a person writes it.
pub fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A sum in roubles and kopecks.
pub fn money(text: &str) -> Money {
    Money::round(number(text)).unwrap()
}

/// A day, `2026-09-30`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A month, `2026-09`.
pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A line that was charged, and nothing more.
pub fn line(service: &str, unit: &str, volume: &str, basis: Basis, rate: &str, charge: &str) -> Line {
    let given = |text: &str| (!text.is_empty()).then(|| number(text));
    Line {
        service: service.to_owned(),
        parts: vec![Part {
            name: "",
            unit: unit.to_owned(),
            volume: given(volume),
            basis,
            rate: given(rate),
            charge: money(charge),
        }],
        payee: 0,
        charge: money(charge),
        recalculation: Money::ZERO,
        privilege: Money::ZERO,
        opening: Money::ZERO,
        penalty: Money::ZERO,
        paid: Money::ZERO,
        closing: money(charge),
    }
}

/// A payee whose requisites pass the checks of a bank: the synthetic ones of the dossier of formats § 8.
pub fn payee() -> Payee {
    Payee {
        name: "ООО \"УК Берёзка\"".to_owned(),
        tin: "9901000010".to_owned(),
        kpp: "990101001".to_owned(),
        bank: "АО \"Пример-Банк\" г. Энск".to_owned(),
        bic: "049902707".to_owned(),
        settlement_account: "40702810600000000123".to_owned(),
        correspondent_account: "30101810000000000707".to_owned(),
    }
}

/// A family in a flat with meters: twelve lines, two recalculations, a privilege, a debt with penalty, an advance.
pub fn typical() -> Invoice {
    Invoice {
        kind: Kind::Month,
        month: month("2026-09"),
        is_draft: false,
        number: "000123-09/2026".to_owned(),
        account: "0700000123".to_owned(),
        gis: GisIds {
            account: Some("70АА123456".to_owned()),
            service: Some("70АА123456-01".to_owned()),
            document: Some("70АА123456-01-6091".to_owned()),
        },
        payer: "Калинина Вера Павловна".to_owned(),
        tenure: Tenure::Owned,
        address: "634000, г. Энск, ул. Садовая, д. 14, корп. 2, кв. 57".to_owned(),
        areas: Areas {
            total: Some(number("54.3")),
            living: Some(number("31.2")),
            heated: Some(number("54.3")),
        },
        residents: Some(3),
        executor: Executor {
            name: "ООО «УК Берёзка»".to_owned(),
            tin: "9901000010".to_owned(),
            address: "634001, г. Энск, пр. Строителей, д. 3, офис 12".to_owned(),
            phone: "(3999) 12-34-56, пн–пт 9:00–18:00".to_owned(),
            dispatch_phone: "(3999) 12-00-04, круглосуточно".to_owned(),
            email: "uk@example.org".to_owned(),
            site: "uk.example.org".to_owned(),
            hours: "пн, ср 9:00–18:00".to_owned(),
        },
        due: day("2026-10-15"),
        payments_through: day("2026-09-30"),
        last_payment: Some(Paid { day: day("2026-09-14"), amount: money("4870.23") }),
        payees: vec![Share { payee: payee(), closing: money("8367.48"), since: Money::ZERO }],
        currency: ROUBLE,
        lines: typical_lines(),
        asked: Vec::new(),
        recalculations: typical_recalculations(),
        support: Vec::new(),
        instalments: Vec::new(),
        penalties: vec![penalty()],
        meters: typical_meters(),
        houses: vec![HouseVolume {
            service: "Отопление".to_owned(),
            unit: "Гкал".to_owned(),
            volume: number("118.16700"),
            area: number("5000.00"),
            per: "м²".to_owned(),
        }],
        norms: vec![Norm {
            service: "Газоснабжение".to_owned(),
            unit: "м³ на чел.".to_owned(),
            value: number("10.5"),
            citation: "Приказ № 12 от 01.02.2020".to_owned(),
        }],
        usage: vec![Use {
            service: "Холодное водоснабжение".to_owned(),
            unit: "м³".to_owned(),
            months: [("2026-06", "8.120"), ("2026-07", "6.400"), ("2026-08", "7.310"), ("2026-09", "7.000")]
                .map(|(of, volume)| (month(of), number(volume)))
                .to_vec(),
        }],
        totals: typical_totals(),
        reasons: Vec::new(),
        notes: vec!["Показания приборов учёта принимаются с 20-го по 25-е число месяца.".to_owned()],
    }
}

/// 54,30 × 31,74 = 1 723,482; 7 × 45,57 = 318,99; 4 × 45,57 = 182,28; 0,228 × 2 467,15 = 562,5102;
/// 11 × 38,92 = 428,12; 1,28331 × 2 467,15 = 3 166,118…; 145 × 5,38 = 780,10; 62 × 2,69 = 166,78;
/// 31,5 × 8,24 = 259,56; 3 × 126,79 = 380,37; 54,30 × 14,35 = 779,205.
fn typical_lines() -> Vec<Line> {
    let mut lines = vec![
        line("Содержание жилого помещения", "м²", "54.30", Basis::Area, "31.74", "1723.48"),
        line("Холодное водоснабжение", "м³", "7.000", Basis::Meter, "45.57", "318.99"),
        line("Горячее водоснабжение, вода", "м³", "4.000", Basis::Meter, "45.57", "182.28"),
        line("Горячее водоснабжение, тепло", "Гкал", "0.22800", Basis::Meter, "2467.15", "562.51"),
        line("Водоотведение", "м³", "11.000", Basis::Meter, "38.92", "428.12"),
        line("Отопление", "Гкал", "1.28331", Basis::House, "2467.15", "3166.12"),
        line("Электроснабжение, день", "кВт·ч", "145", Basis::Meter, "5.38", "780.10"),
        line("Электроснабжение, ночь", "кВт·ч", "62", Basis::Average, "2.69", "166.78"),
        line("Газоснабжение", "м³", "31.500", Basis::Norm, "8.24", "259.56"),
        line("Обращение с ТКО", "чел.", "3", Basis::Quantity, "126.79", "380.37"),
        line("Взнос на капитальный ремонт", "м²", "54.30", Basis::Area, "14.35", "779.21"),
        line("Запирающее устройство", "", "", Basis::Ready, "", "65.00"),
    ];
    // 1 204,11 + 1 723,48 − 1 204,11 = 1 723,48
    (lines[0].opening, lines[0].paid) = (money("1204.11"), money("1204.11"));
    // 318,99 − 23,48 = 295,51
    lines[1].recalculation = money("-23.48");
    lines[1].closing = money("295.51");
    // 3 166,12 − 524,77 = 2 641,35; 3 166,12 + 2 641,35 − 3 166,12 = 2 641,35
    (lines[5].privilege, lines[5].closing) = (money("524.77"), money("2641.35"));
    (lines[5].opening, lines[5].paid) = (money("3166.12"), money("3166.12"));
    // 380,37 − 59,17 = 321,20; −120,00 + 321,20 = 201,20
    lines[9].recalculation = money("-59.17");
    (lines[9].opening, lines[9].closing) = (money("-120.00"), money("201.20"));
    // 779,21 + 779,21 + 3,17 − 500,00 = 1 061,59
    (lines[10].opening, lines[10].penalty) = (money("779.21"), money("3.17"));
    (lines[10].paid, lines[10].closing) = (money("500.00"), money("1061.59"));
    lines
}

/// 1 204,11 + 3 166,12 − 120,00 + 779,21 = 5 029,44; charged 8 812,52; −23,48 − 59,17 = −82,65;
/// 1 204,11 + 3 166,12 + 500,00 = 4 870,23; 5 029,44 + 8 812,52 − 82,65 − 524,77 + 3,17 − 4 870,23 = 8 367,48.
fn typical_totals() -> Totals {
    Totals {
        opening: money("5029.44"),
        charged: money("8812.52"),
        recalculated: money("-82.65"),
        privilege: money("524.77"),
        penalty: money("3.17"),
        paid: money("4870.23"),
        closing: money("8367.48"),
        since: Money::ZERO,
        payable: money("8367.48"),
    }
}

fn typical_recalculations() -> Vec<Recalculation> {
    let cause = |service: &str, months: &[&str], ground: &str, amount: &str| Recalculation {
        service: service.to_owned(),
        months: months.iter().map(|text| month(text)).collect(),
        ground: ground.to_owned(),
        amount: money(amount),
    };
    vec![
        cause(
            "Холодное водоснабжение",
            &["2026-07"],
            "Перерыв 14–15 июля 2026 г., акт № 31 от 16.07.2026 (п. 98).",
            "-23.48",
        ),
        cause(
            "Обращение с ТКО",
            &["2026-07", "2026-08"],
            "Временное отсутствие одного проживающего с 18.07.2026 по 02.08.2026, заявление от 04.08.2026.",
            "-59.17",
        ),
    ]
}

fn typical_meters() -> Vec<Meter> {
    let meter = |service: &str, serial: &str, unit: &str, previous: &str, current: &str| {
        let reading = |value: &str, on: &str| {
            (!value.is_empty()).then(|| Reading { value: number(value), day: day(on) })
        };
        Meter {
            service: service.to_owned(),
            serial: serial.to_owned(),
            unit: unit.to_owned(),
            previous: reading(previous, "2026-08-24"),
            current: reading(current, "2026-09-23"),
            verified_to: serial.starts_with("СВ").then(|| day("2029-05-17")),
        }
    };
    vec![
        meter("Холодное водоснабжение", "СВ-15 № 18834211", "м³", "341.210", "348.210"),
        meter("Горячее водоснабжение", "СВ-15 № 18834907", "м³", "198.400", "202.400"),
        meter("Электроснабжение, день", "ЭМ-2 № 0420117", "кВт·ч", "12480", "12625"),
        meter("Электроснабжение, ночь", "ЭМ-2 № 0420117", "кВт·ч", "5311", ""),
    ]
}

/// The longest of everything: 25 services with long names, one of them a single endless word, sums of millions,
/// penalties, 40 recalculations with grounds of 500 characters, 12 meters, names as long as a bank allows.
pub fn worst() -> Invoice {
    let mut invoice = typical();
    invoice.payer = "Константинопольская-Преображенская ".repeat(4);
    invoice.address =
        "Республика Саха (Якутия), муниципальный район, посёлок городского типа Усть-Нера, ".repeat(3);
    invoice.executor.name = "Муниципальное унитарное предприятие жилищно-коммунального хозяйства ".repeat(3);
    invoice.executor.phone = "(3999) 12-34-56, ".repeat(12);
    invoice.payees[0].payee.name = "Ж".repeat(160);
    invoice.payees[0].payee.bank = "Щ".repeat(45);
    invoice.payees[0].closing = money("19580247.00");
    invoice.account = "123456789012345678901234567890".to_owned();
    invoice.number = "ПД-000000000000000000000000123".to_owned();
    invoice.lines = (1..=25).map(worst_line).collect();
    invoice.recalculations = (0..40).map(worst_recalculation).collect();
    invoice.penalties = (1..=25).map(worst_penalty).collect();
    invoice.meters = (0..12).flat_map(|_| typical_meters().into_iter().take(1)).collect();
    invoice.notes =
        vec!["Сведения для собственников помещений. ".repeat(40); 3];
    // Every line alike; 25 times 123 456,78 charged, −9 876,54 recalculated, 1 234,56 off, 765 432,10 owed before,
    // 5 432,10 penalty, 100 000,00 paid:
    invoice.totals = Totals {
        opening: money("19135802.50"),
        charged: money("3086419.50"),
        recalculated: money("-246913.50"),
        privilege: money("30864.00"),
        penalty: money("135802.50"),
        paid: money("2500000.00"),
        // 19 135 802,50 + 3 086 419,50 − 246 913,50 − 30 864,00 + 135 802,50 − 2 500 000,00
        closing: money("19580247.00"),
        since: Money::ZERO,
        payable: money("19580247.00"),
    };
    invoice
}

/// 123 456,78 − 9 876,54 − 1 234,56 = 112 345,68; 765 432,10 + 112 345,68 + 5 432,10 − 100 000,00 = 783 209,88.
fn worst_line(number: usize) -> Line {
    let name = match number {
        7 => "Х".repeat(120),
        _ => format!(
            "Услуга № {number} по содержанию общего имущества, электрическая энергия, потребляемая при содержании"
        ),
    };
    let mut line = line(&name, "кВт·ч на м²", "12345.67890", Basis::Mixed, "12345.678901", "123456.78");
    line.recalculation = money("-9876.54");
    line.privilege = money("1234.56");
    line.opening = money("765432.10");
    line.penalty = money("5432.10");
    line.paid = money("100000.00");
    line.closing = money("783209.88");
    line
}

fn worst_penalty(number: usize) -> Penalty {
    Penalty {
        service: worst_line(number).service,
        months: vec![month("2024-01"), month("2024-02"), month("2025-05"), month("2025-07")],
        ground: "Пени по 31.08.2026: 1/300, с 91-го дня 1/130 ставки 9,50 % за день (ЖК РФ, ст. 155 ч. 14)"
            .to_owned(),
        amount: money("5432.10"),
    }
}

/// 24 services have one cause each; the 25th has the other 16: 15 × −600,00 − 876,54 = −9 876,54.
fn worst_recalculation(number: usize) -> Recalculation {
    let service = (number + 1).min(25);
    let amount = match number {
        0..=23 => "-9876.54",
        24 => "-876.54",
        _ => "-600.00",
    };
    let ground: String =
        "Перерыв в предоставлении коммунальной услуги по акту № ".chars().cycle().take(500).collect();
    Recalculation {
        service: worst_line(service).service,
        months: vec![
            month("2024-01"),
            month("2025-03"),
            month("2025-04"),
            month("2025-05"),
            month("2026-08"),
        ],
        ground,
        amount: money(amount),
    }
}

/// Gives an invoice the balances, payee and totals its lines make, as its ledger would have them.
pub fn settle(invoice: &mut Invoice) {
    invoice.payees.truncate(1);
    invoice.payees[0].closing = invoice.lines.iter().map(|line| line.closing).sum();
    invoice.totals = kvartal::document::totals::of(&invoice.lines, &invoice.payees);
}

/// A subsidy paid in money.
pub fn support() -> Support {
    Support {
        title: "Субсидия на оплату жилья и коммунальных услуг".to_owned(),
        in_money: true,
        amount: money("1198.80"),
    }
}

/// A second part of an earlier charge, and an offer for this month's.
pub fn instalment() -> Instalment {
    Instalment {
        service: "Отопление".to_owned(),
        current: money("263.84"),
        earlier: money("216.67"),
        interest: money("33.76"),
        percent: Some(number("17")),
        payable: money("514.27"),
        offer: Some(Offer { growth: number("30"), parts: 12, percent_most: Some(number("17")) }),
    }
}

/// The penalty of capital repair.
fn penalty() -> Penalty {
    Penalty {
        service: "Взнос на капитальный ремонт".to_owned(),
        months: vec![month("2026-06")],
        ground: "Пени по 31.08.2026: 1/300 ставки 9,50 % за день (ЖК РФ, ст. 155 ч. 14.1)".to_owned(),
        amount: money("3.17"),
    }
}
