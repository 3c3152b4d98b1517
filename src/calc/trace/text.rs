//! An explanation as lines of text: from the amount down to facts, one number a line, each with its formula or its
//! source, in the words of a language. Written to be followed by an accountant or an inspector with a pocket calculator.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::words::{component, month, unit as unit_in};
use super::{How, Node, Said, Source, Trace, What};
use crate::calc::money::Money;
use crate::calc::period::Days;
use crate::lang::Lang;

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
    /// [`Trace::text`] in Russian.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::Ru))
    }
}

impl Trace {
    /// [`Trace::lines`], indented by two spaces a step.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let indented = |line: &TraceLine| format!("{:indent$}{}\n", "", line.text, indent = line.depth * 2);
        self.lines(lang).iter().map(indented).collect()
    }

    /// `Холодная вода, сентябрь 2026: 12,990 м³ × 47,36 ₽ = 615,21 ₽`, the rule, and the tree.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<TraceLine> {
        let rule = Said::Rule(&self.rule.told(lang)).told(lang);
        let mut lines = vec![
            TraceLine { depth: 0, text: self.headline(lang), fact: None },
            TraceLine { depth: 1, text: rule, fact: None },
        ];
        node(&mut lines, &self.root, (1, lang));
        lines
    }

    fn headline(&self, lang: Lang) -> String {
        let amount = money(self.amount);
        let volume = format!("{} {}", places(self.volume, self.scale), unit_in(&self.unit, lang));
        let component = component(self.key.component, lang);
        let head = format!("{}{component}, {}: ", self.service, month(self.month, lang));
        if self.rate.is_zero() {
            format!("{head}{amount} ₽")
        } else if Money::round(self.volume.saturating_mul(self.rate)) == Some(self.amount) {
            format!("{head}{volume} × {} ₽ = {amount} ₽", roubles(self.rate))
        } else {
            format!("{head}{}", Said::InParts { volume: &volume, amount: &amount }.told(lang))
        }
    }
}

fn node(lines: &mut Vec<TraceLine>, this: &Node, (depth, lang): (usize, Lang)) {
    if let How::Rounded { from, .. } = &this.how
        && from.value == this.value
        && this.of.is_none()
        && this.rule.is_none()
        && this.what == from.what
    {
        node(lines, from, (depth, lang));
        return;
    }
    let of = this.of.as_ref().map(|of| format!(" {}", Said::Named(of).told(lang))).unwrap_or_default();
    let rule = this.rule.map(|rule| format!("; {}", rule.told(lang))).unwrap_or_default();
    let text = format!("{}{of}: {}{rule}", capital(this.what.word(lang)), said(this, lang));
    lines.push(TraceLine { depth, text, fact: fact(this) });
    match &this.how {
        How::Given { .. } => {}
        How::Rounded { from, .. } => node(lines, from, (depth + 1, lang)),
        How::Sum(parts) | How::Difference(parts) | How::Product(parts) | How::Quotient(parts) => {
            parts.iter().for_each(|part| node(lines, part, (depth + 1, lang)));
        }
    }
}

/// The number with its formula or its source.
fn said(this: &Node, lang: Lang) -> String {
    let unit = unit(this, lang);
    match &this.how {
        How::Given { source, days } => {
            let origin = origin(source, this.what, *days, lang);
            let origin = if origin.is_empty() { origin } else { format!(" ({origin})") };
            format!("{}{unit}{origin}", shown(this))
        }
        How::Rounded { scale, from } => {
            let (before, after) = (shown(from), places(this.value, *scale));
            format!("{before} → {after}{unit} ({})", Said::Places(*scale).told(lang))
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

fn unit(node: &Node, lang: Lang) -> String {
    let unit = unit_in(&node.unit, lang);
    match node.what {
        _ if unit.is_empty() => unit,
        What::VolumeDays => format!(" {unit}·{}", unit_in("дн.", lang)),
        What::Rate => format!(" ₽/{unit}"),
        _ => format!(" {unit}"),
    }
}

/// Where a leaf was read, unless its word says it.
pub(super) fn origin(source: &Source, what: What, days: Option<Days>, lang: Lang) -> String {
    let of_row = |kind: &str, row: i64| {
        let kind = (kind != what.word(lang)).then(|| kind.to_owned());
        let days = days.and_then(range).map(|days| days.told(lang));
        let parts = [kind, days, Some(Said::Row(row).told(lang))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    match source {
        Source::Fact { kind, row } => of_row(kind.word(lang), *row),
        Source::Data { kind, row } => of_row(kind.word(lang), *row),
        Source::Charged { month: of, .. } => month(*of, lang),
        Source::Booked { month: of, .. } => Said::Released(*of).told(lang),
        Source::Premises { count } => Said::Premises(*count).told(lang),
        Source::Calendar | Source::Nothing => String::new(),
    }
}

/// `с 01.07.2026 по 31.12.2026`, as much of it as is known; a single day is `от 25.09.2026`.
fn range(days: Days) -> Option<Said<'static>> {
    let first = (days.from.year() > 1).then_some(days.from);
    let last = (days.to != NaiveDate::MAX).then(|| days.to.pred_opt()).flatten();
    match (first, last) {
        (Some(first), Some(last)) => Some(Said::Between(first, last)),
        (Some(first), None) => Some(Said::From(first)),
        (None, Some(last)) => Some(Said::Until(last)),
        (None, None) => None,
    }
}

pub(in crate::calc) fn day(day: NaiveDate) -> impl std::fmt::Display {
    day.format("%d.%m.%Y")
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
