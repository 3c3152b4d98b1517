//! An explanation as indented Russian text: from the amount down to facts, one number a line, each with its
//! formula or its source. Written to be followed by an accountant or an inspector with a pocket calculator.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{How, Node, Source, Trace, What};
use crate::calc::line::Component;
use crate::calc::money::Money;
use crate::calc::period::{Days, Month};

/// Places a quotient without an end is shown with.
const SHOWN: u32 = 8;

/// Stands between thousands: reads as a space, and no line ends in it.
const NO_BREAK_SPACE: char = '\u{a0}';

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TraceLine {
    /// How deep it stands in the tree; the line of the amount is at 0.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// The fact or rule behind it, where it is a leaf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<Origin>,
}

/// The row a leaf was read from.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Origin {
    /// Kind of fact or rule, as JSON names it.
    pub kind: serde_json::Value,
    /// Database row.
    pub row: i64,
}

impl std::fmt::Display for Trace {
    /// [`Trace::lines`], indented by two spaces a step.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in self.lines() {
            writeln!(f, "{:indent$}{}", "", line.text, indent = line.depth * 2)?;
        }
        Ok(())
    }
}

impl Trace {
    /// `Холодная вода, сентябрь 2026: 12,990 м³ × 47,36 ₽ = 615,21 ₽`, the rule, and the tree.
    #[must_use]
    pub fn lines(&self) -> Vec<TraceLine> {
        let mut lines = vec![
            TraceLine { depth: 0, text: self.headline(), fact: None },
            TraceLine { depth: 1, text: format!("Правило: {}", self.rule), fact: None },
        ];
        node(&mut lines, &self.root, 1);
        lines
    }

    fn headline(&self) -> String {
        let amount = money(self.amount);
        let volume = format!("{} {}", places(self.volume, self.scale), self.unit);
        let head = format!("{}{}, {}: ", self.service, component(self.key.component), month(self.month));
        if self.rate.is_zero() {
            format!("{head}{amount} ₽")
        } else if Money::round(self.volume.saturating_mul(self.rate)) == Some(self.amount) {
            format!("{head}{volume} × {} ₽ = {amount} ₽", roubles(self.rate))
        } else {
            format!("{head}{volume}, начислено по частям {amount} ₽")
        }
    }
}

fn node(lines: &mut Vec<TraceLine>, this: &Node, depth: usize) {
    if let How::Rounded { from, .. } = &this.how
        && from.value == this.value
        && this.of.is_none()
        && this.rule.is_none()
        && this.what == from.what
    {
        node(lines, from, depth);
        return;
    }
    let of = this.of.as_ref().map(|of| format!(" «{of}»")).unwrap_or_default();
    let rule = this.rule.map(|rule| format!("; {rule}")).unwrap_or_default();
    let text = format!("{}{of}: {}{rule}", capital(this.what.word()), said(this));
    lines.push(TraceLine { depth, text, fact: fact(this) });
    match &this.how {
        How::Given { .. } => {}
        How::Rounded { from, .. } => node(lines, from, depth + 1),
        How::Sum(parts) | How::Difference(parts) | How::Product(parts) | How::Quotient(parts) => {
            parts.iter().for_each(|part| node(lines, part, depth + 1));
        }
    }
}

/// The number with its formula or its source.
fn said(this: &Node) -> String {
    let unit = unit(this);
    match &this.how {
        How::Given { source, days } => format!("{}{unit}{}", shown(this), origin(source, this.what, *days)),
        How::Rounded { scale, from } => {
            format!("{} → {}{unit} (до {scale} знаков)", shown(from), places(this.value, *scale))
        }
        How::Sum(parts) if parts.len() < 2 => format!("{}{unit}", shown(this)),
        How::Sum(parts) => formula(this, parts, " + ", &unit),
        How::Difference(parts) => formula(this, parts, " − ", &unit),
        How::Product(parts) => formula(this, parts, " × ", &unit),
        How::Quotient(parts) => formula(this, parts, " ÷ ", &unit),
    }
}

fn fact(this: &Node) -> Option<Origin> {
    let How::Given { source, .. } = &this.how else { return None };
    let (kind, row) = match source {
        Source::Fact { kind, row } => (serde_json::to_value(kind), *row),
        Source::Data { kind, row } => (serde_json::to_value(kind), *row),
        _ => return None,
    };
    Some(Origin { kind: kind.ok()?, row })
}

fn formula(this: &Node, parts: &[Node], sign: &str, unit: &str) -> String {
    let terms: Vec<String> = parts.iter().map(operand).collect();
    let equals = if this.value == this.value.round_dp(SHOWN) { "=" } else { "≈" };
    format!("{} {equals} {}{unit}", terms.join(sign), shown(this))
}

/// A negative operand is bracketed, so that `2 − (−1)` does not read as two signs.
fn operand(node: &Node) -> String {
    if node.value.is_sign_negative() && !node.value.is_zero() {
        format!("({})", shown(node))
    } else {
        shown(node)
    }
}

/// Roubles have at least their kopecks.
fn shown(node: &Node) -> String {
    match node.what {
        What::Amount
        | What::Rate
        | What::Ready
        | What::Excess
        | What::Reduction
        | What::Privilege
        | What::Subsidy
        | What::Income
        | What::HeadIncome
        | What::Minimum
        | What::Standard
        | What::Cost
        | What::Own
        | What::Bill
        | What::BillWithoutPrivileges
        | What::BillOfService => roubles(node.value),
        _ => number(node.value),
    }
}

fn unit(node: &Node) -> String {
    match (node.what, node.unit.as_str()) {
        (_, "") => String::new(),
        (What::VolumeDays, unit) => format!(" {unit}·дн."),
        (What::Rate, unit) => format!(" ₽/{unit}"),
        (_, unit) => format!(" {unit}"),
    }
}

fn origin(source: &Source, what: What, days: Option<Days>) -> String {
    let when = days.map(range).unwrap_or_default();
    match source {
        Source::Fact { kind, row } if kind.word() == what.word() => format!(" ({when}запись {row})"),
        Source::Fact { kind, row } => format!(" ({}, {when}запись {row})", kind.word()),
        Source::Data { kind, row } if kind.word() == what.word() => format!(" ({when}запись {row})"),
        Source::Data { kind, row } => format!(" ({}, {when}запись {row})", kind.word()),
        Source::Charged { month: of, .. } => format!(" ({})", month(*of)),
        Source::Booked { month: of, .. } => format!(" (закреплено при выпуске за {})", month(*of)),
        Source::Premises { count } => format!(" (помещений: {count})"),
        Source::Calendar | Source::Nothing => String::new(),
    }
}

/// `с 01.07.2026 по 31.12.2026, `, as much of it as is known; a single day is `от 25.09.2026, `.
fn range(days: Days) -> String {
    let first = (days.from.year() > 1).then_some(days.from);
    let last = (days.to != NaiveDate::MAX).then(|| days.to.pred_opt()).flatten();
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("от {}, ", day(first)),
        (Some(first), Some(last)) => format!("с {} по {}, ", day(first), day(last)),
        (Some(first), None) => format!("с {}, ", day(first)),
        (None, Some(last)) => format!("по {}, ", day(last)),
        (None, None) => String::new(),
    }
}

pub(in crate::calc) fn day(day: NaiveDate) -> impl std::fmt::Display {
    day.format("%d.%m.%Y")
}

/// What is said behind the name of the service: nothing for its own charge.
#[must_use]
pub fn component(component: Component) -> &'static str {
    match component {
        Component::Base => "",
        Component::Zone1 => " (зона 1)",
        Component::Zone2 => " (зона 2)",
        Component::Zone3 => " (зона 3)",
        Component::Range2 => " (второй диапазон)",
        Component::Range3 => " (третий диапазон)",
        Component::Water => " (вода)",
        Component::Heat => " (тепло)",
        Component::CatchUp => " (зачёт начисленного без показаний)",
        Component::CatchUpHeat => " (зачёт тепла, начисленного без показаний)",
        Component::Correction => " (корректировка за год)",
        Component::Surplus => " (повышающий коэффициент)",
        Component::SurplusHeat => " (повышающий коэффициент, тепло)",
        Component::FullRate => " (по полному тарифу)",
        Component::Undersupply => " (недопоставка и качество)",
        Component::Absence => " (временное отсутствие)",
        Component::Fine => " (штраф исполнителя)",
        Component::PrivilegeFederal | Component::PrivilegeRegional | Component::PrivilegeMunicipal => {
            " (льгота)"
        }
        Component::PayoutFederal | Component::PayoutRegional | Component::PayoutMunicipal => {
            " (денежная компенсация, не в квитанции)"
        }
        Component::Subsidy => " (субсидия)",
        Component::SubsidyPayout => " (субсидия деньгами, не в квитанции)",
    }
}

fn month(month: Month) -> String {
    const NAMES: [&str; 12] = [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ];
    let first = month.first_day();
    let name = NAMES.get(first.month0() as usize).copied().unwrap_or_default();
    format!("{name} {}", first.year())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(in crate::calc) fn money(amount: Money) -> String {
    places(amount.roubles(), 2)
}

fn places(value: Decimal, places: u32) -> String {
    russian(&format!("{value:.places$}", places = places as usize))
}

pub(in crate::calc) fn number(value: Decimal) -> String {
    russian(&value.round_dp(SHOWN).normalize().to_string())
}

fn roubles(value: Decimal) -> String {
    let value = value.round_dp(SHOWN).normalize();
    if value.scale() < 2 { places(value, 2) } else { number(value) }
}

/// Decimal comma, a true minus sign, thousands apart.
fn russian(number: &str) -> String {
    apart(number, "−")
}

/// A number with a point as Russian text: decimal comma, this minus sign, thousands apart by a space that keeps one number on one
/// line.
#[must_use]
pub fn apart(number: &str, sign: &str) -> String {
    let (minus, digits) = number.strip_prefix('-').map_or(("", number), |rest| (sign, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(number.len() + 6);
    text.push_str(minus);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::Method;
    use crate::calc::testing::*;

    fn text(scene: &Scene, month: &str, line: usize) -> String {
        scene.calc(month).traces[line].to_string()
    }

    #[test]
    fn a_line_by_persons() {
        let mut scene = Scene::new();
        scene.plan(COLD, Method::Persons);
        scene.rate(COLD, 0, "2026-07-01..", "47.3");
        scene.norm(COLD, 0, "..", "4.33");
        scene.resident(0, "2020-02-29..2026-12-31");
        let expected = "\
Холодная вода, сентябрь 2026: 4,330 м³ × 47,30 ₽ = 204,81 ₽
  Правило: число проживающих × норматив × тариф (354 п. 42, Прил. 2 ф. 4)
  Начислено: 204,809 → 204,81 ₽ (до 2 знаков)
    Начислено: 4,33 × 47,30 = 204,809 ₽
      Объём: 1 × 4,33 = 4,33 м³
        Проживающие: 1 чел.
          Проживающий: 1 чел. (регистрация, с 29.02.2020 по 30.12.2026, запись 14)
        Норматив: 4,33 м³ (с 01.01.2000, запись 13)
      Тариф: 47,30 ₽/м³ (с 01.07.2026, запись 12)
";
        assert_eq!(text(&scene, "2026-09", 0), expected);
    }

    #[test]
    fn readings_with_their_days_and_their_meter() {
        let mut scene = Scene::new();
        scene.plan(COLD, Method::Meter);
        scene.rate(COLD, 0, "..", "47.36");
        scene.flat_meter(7, COLD, "..", "1@2026-08-23=99990 1@2026-09-24=+5.5");
        let text = text(&scene, "2026-09", 0);
        for phrase in [
            "Показание «№7»: 5,5 м³ (от 24.09.2026, запись",
            "Ёмкость шкалы: 100\u{a0}000 м³ (прибор, запись",
            "прибор перешёл через ноль",
        ] {
            assert!(text.contains(phrase), "{text}");
        }
    }

    #[test]
    fn several_rates_are_said_to_be_parts() {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.rate(UPKEEP, 0, "..2026-07-16", "31.74");
        scene.rate(UPKEEP, 0, "2026-07-16..", "33.96");
        let text = text(&scene, "2026-07", 0);
        assert!(
            text.starts_with("Содержание, июль 2026: 54,30 м², начислено по частям 1\u{a0}785,70 ₽\n"),
            "{text}"
        );
        assert!(text.contains("833,94 + 951,76 = 1\u{a0}785,70 ₽"), "{text}");
        // 814.5 × 31.74 ÷ 31 has no end
        assert!(text.contains("25\u{a0}852,23 ÷ 31 ≈ 833,94290323"), "{text}");
    }

    #[test]
    fn the_same_tree_as_json() {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.rate(UPKEEP, 0, "..", "31.74");
        let outcome = scene.calc("2026-09");
        let json = serde_json::to_value(&outcome.traces[0]).unwrap();
        assert_eq!(json["amount"], "1723.48");
        assert_eq!(json["rule"], "area");
        assert_eq!(json["root"]["rounded"]["from"]["product"][0]["what"], "area_total");
        let source = &json["root"]["rounded"]["from"]["product"][0]["given"]["source"]["fact"];
        assert_eq!((&source["kind"], &source["row"]), (&"area".into(), &2.into()));
    }
}
