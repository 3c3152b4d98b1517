//! The laid-out sheet: nothing overlaps, nothing is lost, and it reads as a payer reads it.

use kvartal::calc::money::Money;
use kvartal::document::invoice::{Invoice, Penalty, Reading, Reason};
use kvartal::document::invoice_form::lay_out;
use kvartal::document::number;
use kvartal::document::page::{A4, Area, Item, Page, Run};
use kvartal::output::faces::faces;
use rust_decimal::Decimal;

use super::samples::{instalment, money, settle, support, typical, worst};

fn pages(invoice: &Invoice) -> Vec<Page> {
    lay_out(invoice, &faces().unwrap().metrics).unwrap()
}

fn runs(page: &Page) -> Vec<&Run> {
    let texts = page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    texts.collect()
}

/// All text in reading order without spaces: what stands in one place follows itself.
fn text(pages: &[Page]) -> String {
    pages.iter().flat_map(runs).map(|run| run.text.as_str()).collect::<String>().replace([' ', '\u{a0}'], "")
}

/// The rectangle of what is drawn beside text.
fn drawn(item: &Item) -> Option<Vec<Area>> {
    match item {
        Item::Text(_) | Item::Stamp(_) => None,
        Item::Rule(rule) => {
            let (x, y) = (rule.from.0.min(rule.to.0), rule.from.1.min(rule.to.1));
            let (width, height) = ((rule.to.0 - rule.from.0).abs(), (rule.to.1 - rule.from.1).abs());
            // Thick across, not along: lines end where they end.
            let half = |along| if along == 0 { rule.thickness / 2 } else { 0 };
            let (dx, dy) = (half(width), half(height));
            Some(vec![Area { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy }])
        }
        Item::Frame { area, thickness } => {
            let side = |x, y, width, height| Area { x, y, width, height };
            Some(vec![
                side(area.x, area.y, area.width, *thickness),
                side(area.x, area.bottom(), area.width, *thickness),
                side(area.x, area.y, *thickness, area.height),
                side(area.right(), area.y, *thickness, area.height),
            ])
        }
        Item::Code { area, .. } | Item::Bars { area, .. } => Some(vec![*area]),
    }
}

/// Fails where two texts, or a text and a line or the code, share room, or where anything leaves the margins.
fn assert_clean(pages: &[Page]) {
    let inside = Area { x: 900, y: 800, width: A4.0 - 1_800, height: A4.1 - 1_600 };
    for (index, page) in pages.iter().enumerate() {
        let runs = runs(page);
        let drawn: Vec<Area> = page.items.iter().filter_map(drawn).flatten().collect();
        for (place, run) in runs.iter().enumerate() {
            assert!(inside.holds(run.area), "sheet {}: outside: {run:?}", index + 1);
            for other in &runs[place + 1..] {
                assert!(!run.area.meets(other.area), "sheet {}: {run:?}\nmeets {other:?}", index + 1);
            }
            for area in &drawn {
                assert!(!run.area.meets(*area), "sheet {}: {run:?}\nmeets {area:?}", index + 1);
            }
        }
        assert!(
            drawn.iter().all(|area| inside.holds(*area)),
            "sheet {}: a line leaves the margins",
            index + 1
        );
    }
}

#[test]
fn a_typical_family_gets_one_clean_sheet() {
    let pages = pages(&typical());
    assert_eq!(pages.len(), 1);
    assert_clean(&pages);
}

/// A subsidy in money is named; of a service by instalments each sum stands in its column, and what the law offers is a sentence.
#[test]
fn subsidies_and_instalments_have_their_places() {
    let invoice = Invoice { support: vec![support()], instalments: vec![instalment()], ..typical() };
    let pages = pages(&invoice);
    assert_clean(&pages);
    let text = text(&pages);
    for told in [
        "Субсидии,компенсацииииныемерысоциальнойподдержки:Субсидиянаоплатужильяикоммунальныхуслуг1198,80(выплачиваетсяденьгами).",
        "Рассрочкаплаты",
        "Отопление263,84216,6733,7617514,27",
        "выросла на 30 % к тому же месяцу прошлого года: её можно внести равными частями за 12 мес., проценты за неё не выше 17 % годовых",
    ] {
        let told = told.replace(' ', "");
        assert!(text.contains(&told), "{told}: {text}");
    }
}

#[test]
fn the_longest_of_everything_neither_overlaps_nor_is_lost() {
    let invoice = worst();
    let pages = pages(&invoice);
    assert!(pages.len() > 2);
    assert_clean(&pages);
    let text = text(&pages);
    let squeezed = |text: &str| text.replace([' ', '\u{a0}'], "");
    for line in &invoice.lines {
        assert!(text.contains(&squeezed(&line.service)), "{}", line.service);
    }
    for cause in &invoice.recalculations {
        assert!(text.contains(&squeezed(&cause.ground)), "{}", cause.ground);
    }
    for note in &invoice.notes {
        assert!(text.contains(&squeezed(note)));
    }
    assert_eq!(text.matches("123456,78").count(), 25);
    let count = pages.len();
    for sheet in 1..=count {
        assert!(text.contains(&format!("Лист{sheet}из{count}")), "sheet {sheet}");
    }
    // Every sheet the table runs over repeats its head; every sheet but the first says whose it is.
    assert!(text.matches("Осн.Тариф").count() >= 2);
    assert_eq!(text.matches("Продолжениеплатежногодокумента").count(), count - 1);
}

#[test]
fn twenty_five_short_services_stand_on_one_sheet() {
    let mut invoice = typical();
    let template = invoice.lines[6].clone();
    invoice.lines = vec![template; 25];
    invoice.recalculations.clear();
    invoice.penalties.clear();
    invoice.meters.clear();
    settle(&mut invoice);
    let pages = pages(&invoice);
    assert_eq!(pages.len(), 1);
    assert_clean(&pages);
}

/// The day of the last payment (354 п. 69), and what a part is called beside what is taken off it.
#[test]
fn the_sheet_says_which_payments_are_counted() {
    let all = text(&pages(&typical()));
    assert!(
        all.contains("Учтеныплатежи,поступившиепо30.09.2026включительно;последний14.09.2026на4870,23руб.")
    );
    let never = text(&pages(&Invoice { last_payment: None, ..typical() }));
    assert!(never.contains("по30.09.2026включительно") && !never.contains("последний"));
}

/// In premises nobody can live in there are neither residents nor a living area.
#[test]
fn nothing_is_said_of_living_where_nobody_can() {
    let mut invoice = Invoice { residents: None, ..typical() };
    invoice.areas.living = Some(Decimal::ZERO);
    let text = text(&pages(&invoice));
    assert!(text.contains("общая54,30м²,отапливаемая54,30м²"), "{text}");
    assert!(!text.contains("Проживает") && !text.contains("жилая"), "{text}");
}

/// Codes of several payees stand beside each other, within the margins.
#[test]
fn codes_of_several_payees_keep_to_the_margins() {
    let mut invoice = typical();
    invoice.payees.push(invoice.payees[0].clone());
    for (place, line) in invoice.lines.iter_mut().enumerate() {
        line.payee = place % 2;
    }
    for (place, share) in invoice.payees.iter_mut().enumerate() {
        let theirs = invoice.lines.iter().filter(|line| line.payee == place);
        share.closing = theirs.map(|line| line.closing).sum();
    }
    invoice.totals = kvartal::document::totals::of(&invoice.lines, &invoice.payees);
    let pages = pages(&invoice);
    assert_clean(&pages);
    let codes = pages[0]
        .items
        .iter()
        .filter_map(|item| if let Item::Code { area, .. } = item { Some(*area) } else { None });
    let codes: Vec<Area> = codes.collect();
    assert_eq!(codes.len(), 2);
    assert!(codes.iter().all(|code| code.x >= 1_000 && code.right() <= 20_000), "{codes:?}");
}

/// What has a column to itself is not broken while another column has room to spare.
#[test]
fn a_reading_stands_on_one_line() {
    let mut invoice = typical();
    invoice.meters[0].current = Some(Reading { value: "101509.573".parse().unwrap(), day: invoice.due });
    let pages = pages(&invoice);
    assert_clean(&pages);
    let whole = |run: &Run| run.text.replace('\u{a0}', " ") == "101 509,573 на 15.10.2026";
    assert!(pages.iter().flat_map(runs).any(whole));
}

/// One line of a note too many for the sheet is set smaller before it costs a sheet of its own.
#[test]
fn a_note_is_set_smaller_before_it_costs_a_sheet() {
    let of = |words: usize| {
        let mut invoice = typical();
        invoice.usage.clear();
        invoice.meters.clear();
        invoice.notes = vec!["Показания приборов учёта принимаются с 20-го по 25-е число. ".repeat(words)];
        pages(&invoice)
    };
    let smallest = |pages: &[Page]| {
        pages.iter().flat_map(runs).any(|run| run.style.size == 60 && run.text.contains("Показания приборов"))
    };
    let last = (1..400).take_while(|words| of(*words).len() == 1).last().unwrap();
    assert!(smallest(&of(last)) && !smallest(&of(1)) && !smallest(&of(last + 1)));
    assert_clean(&of(last));
}

#[test]
fn a_text_cut_short_says_so() {
    let mut invoice = typical();
    invoice.payer = "Длинноимённый ".repeat(60);
    let pages = pages(&invoice);
    assert_clean(&pages);
    assert!(
        runs(&pages[0]).iter().any(|run| run.text.starts_with("Длинноимённый") && run.text.ends_with('…'))
    );
}

#[test]
fn the_sheet_says_why_it_has_no_code() {
    let mut invoice = typical();
    invoice.payees[0].payee.settlement_account = "26008301234567".to_owned();
    let sheets = pages(&invoice);
    assert_clean(&sheets);
    assert!(!sheets[0].items.iter().any(|item| matches!(item, Item::Code { .. })));
    assert!(text(&sheets).contains("QR-кодненапечатан"));
    assert!(text(&sheets).contains("20цифр"));
}

#[test]
fn an_overpayment_is_called_so_and_nothing_is_to_pay() {
    let mut invoice = typical();
    invoice.lines.truncate(1);
    invoice.recalculations.clear();
    invoice.penalties.clear();
    invoice.lines[0].paid = money("5000.00");
    invoice.lines[0].closing = money("-2072.41");
    settle(&mut invoice);
    let pages = pages(&invoice);
    assert_clean(&pages);
    let text = text(&pages);
    assert!(text.contains("Переплата,зачтётсявследующихмесяцах2072,41"), "{text}");
    assert!(text.contains("ИТОГОКОПЛАТЕ0,00руб."), "{text}");
    assert!(text.contains("платитьпоэтомудокументунечего"), "{text}");
}

#[test]
fn a_character_without_a_glyph_is_refused_by_name() {
    let mut invoice = typical();
    invoice.payer = "Калинина 🏠".to_owned();
    let refused = lay_out(&invoice, &faces().unwrap().metrics).unwrap_err().to_string();
    assert_eq!(
        refused,
        "В тексте «Калинина 🏠» есть знак U+1F3E0, которого нет в шрифте документа. Исправьте текст на карточке"
    );
}

#[test]
fn sums_no_sheet_is_wide_enough_for_are_refused() {
    let mut invoice = typical();
    invoice.recalculations.clear();
    for line in &mut invoice.lines {
        let sum = money("9999999999999.99");
        (line.charge, line.parts[0].charge, line.privilege) = (sum, sum, Money::ZERO);
        (line.recalculation, line.opening, line.penalty, line.paid, line.closing) =
            (Money::ZERO, sum, sum, sum, sum + sum);
    }
    let ground = invoice.penalties.remove(0);
    invoice.penalties = invoice
        .lines
        .iter()
        .map(|line| Penalty { service: line.service.clone(), amount: line.penalty, ..ground.clone() })
        .collect();
    settle(&mut invoice);
    let refused = lay_out(&invoice, &faces().unwrap().metrics).unwrap_err().to_string();
    assert!(refused.starts_with("Суммы по счёту 0700000123 не помещаются в таблицу"), "{refused}");
}

/// Why each sum is what it is stands on pages of its own, after the sheet; what is long goes on to the next.
#[test]
fn reasons_are_on_the_back() {
    let mut invoice = typical();
    let told = "Правило: тариф на объём. Объём: 348,210 − 341,210 = 7,000 м³. Тариф: 45,57 ₽/м³ с 01.07.2026"
        .to_owned();
    invoice.reasons = vec![
        Reason {
            head: "Холодное водоснабжение: 7,000 м³ × 45,57 ₽ = 318,99 ₽".to_owned(),
            told
        };
        12
    ];
    let short = pages(&invoice);
    assert_clean(&short);
    assert_eq!(short.len(), 2);
    assert!(!text(&short[..1]).contains("Почему"));
    assert_eq!(text(&short[1..]).matches("=318,99₽").count(), 12);
    invoice.reasons[0].told = "Показание прибора принято. ".repeat(400);
    let long = pages(&invoice);
    assert_clean(&long);
    assert!(long.len() > 2);
}

/// Norms, verification, volumes of the house, a year's use: what 354 п. 69 and the sample form ask for beside sums.
#[test]
fn the_reference_stands_below_the_sums() {
    let mut invoice = typical();
    let text = text(&pages(&invoice));
    for told in [
        "Газоснабжение10,5м³начел.(Приказ",
        "Отопление118,16700Гкална5000,00м².",
        "Поверендо",
        "17.05.2029",
        "uk@example.org,uk.example.org",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    // The graph stands where there is room, and is left out where the sheet is full: it costs no sheet.
    let template = invoice.meters[0].clone();
    invoice.meters.clear();
    let with_graph = pages(&invoice);
    assert_clean(&with_graph);
    assert!(self::text(&with_graph).contains("Потреблениепомесяцам"));
    assert!(self::text(&with_graph).contains("8,12"));
    let sheets = |invoice: &Invoice| pages(invoice).len();
    while sheets(&invoice) == 1 && self::text(&pages(&invoice)).contains("Потреблениепомесяцам")
    {
        invoice.meters.push(template.clone());
    }
    assert_eq!(sheets(&invoice), 1);
    assert_clean(&pages(&invoice));
}

#[test]
fn every_sum_of_the_invoice_stands_on_the_sheet() {
    let invoice = typical();
    let text = text(&pages(&invoice));
    for line in &invoice.lines {
        for sum in [
            line.charge,
            line.recalculation,
            line.privilege,
            line.month(),
            line.opening,
            line.paid,
            line.closing,
        ] {
            assert!(text.contains(&number::money(sum).replace('\u{a0}', "")), "{} {sum}", line.service);
        }
    }
}

/// The sheet as lines of text: what stands on one baseline, from left to right.
#[test]
fn the_typical_sheet() {
    let pages = pages(&typical());
    let mut runs = runs(&pages[0]);
    runs.sort_by_key(|run| (run.baseline, run.area.x));
    let lines = runs.chunk_by(|one, next| one.baseline == next.baseline);
    let lines = lines.map(|line| line.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" | "));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n").replace('\u{a0}', "_"));
}

/// A number of a flat stays with its word, an article with its law; what is too long for a line is parted all the same.
#[test]
fn words_that_belong_together_stand_on_one_line() {
    use kvartal::document::page::Style;
    use kvartal::document::text::wrap;

    let faces = faces().unwrap();
    let (style, metrics) = (Style::regular(80), &faces.metrics);
    let address = "улица Первомайская, д. 7/16, кв. 19";
    let narrow = metrics.width("улица Первомайская, д. 7/16, кв.", style).unwrap();
    assert_eq!(wrap(address, style, narrow, metrics).unwrap(), ["улица Первомайская, д. 7/16,", "кв. 19"]);
    let narrower = metrics.width("Первомайская,", style).unwrap();
    assert_eq!(wrap("ул. Первомайская, 7", style, narrower, metrics).unwrap(), ["ул.", "Первомайская,", "7"]);
}
