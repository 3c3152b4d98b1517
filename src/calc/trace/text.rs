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

impl std::fmt::Display for Trace {
    /// `Холодная вода, сентябрь 2026: 12,990 м³ × 47,36 ₽ = 615,21 ₽`, the rule, and the tree.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let amount = money(self.amount);
        let volume = format!("{} {}", places(self.volume, self.scale), self.unit);
        write!(f, "{}{}, {}: ", self.service, component(self.key.component), month(self.month))?;
        if self.rate.is_zero() {
            writeln!(f, "{amount} ₽")?;
        } else if Money::round(self.volume.saturating_mul(self.rate)) == Some(self.amount) {
            writeln!(f, "{volume} × {} ₽ = {amount} ₽", roubles(self.rate))?;
        } else {
            writeln!(f, "{volume}, начислено по частям {amount} ₽")?;
        }
        writeln!(f, "  Правило: {}", self.rule)?;
        node(f, &self.root, 1)
    }
}

fn node(f: &mut std::fmt::Formatter<'_>, this: &Node, depth: usize) -> std::fmt::Result {
    if let How::Rounded { from, .. } = &this.how
        && from.value == this.value
        && this.of.is_none()
        && this.what == from.what
    {
        return node(f, from, depth);
    }
    write!(f, "{:indent$}{}", "", capital(this.what.word()), indent = depth * 2)?;
    if let Some(of) = &this.of {
        write!(f, " «{of}»")?;
    }
    f.write_str(": ")?;
    let unit = unit(this);
    match &this.how {
        How::Given { source, days } => {
            write!(f, "{}{unit}{}", shown(this), origin(source, this.what, *days))?;
        }
        How::Rounded { scale, from } => {
            write!(f, "{} → {}{unit} (до {scale} знаков)", shown(from), places(this.value, *scale))?;
        }
        How::Sum(parts) if parts.len() < 2 => write!(f, "{}{unit}", shown(this))?,
        How::Sum(parts) => formula(f, this, parts, " + ", &unit)?,
        How::Difference(parts) => formula(f, this, parts, " − ", &unit)?,
        How::Product(parts) => formula(f, this, parts, " × ", &unit)?,
        How::Quotient(parts) => formula(f, this, parts, " ÷ ", &unit)?,
    }
    if let Some(rule) = this.rule {
        write!(f, "; {rule}")?;
    }
    writeln!(f)?;
    match &this.how {
        How::Given { .. } => Ok(()),
        How::Rounded { from, .. } => node(f, from, depth + 1),
        How::Sum(parts) | How::Difference(parts) | How::Product(parts) | How::Quotient(parts) => {
            parts.iter().try_for_each(|part| node(f, part, depth + 1))
        }
    }
}

fn formula(
    f: &mut std::fmt::Formatter<'_>,
    this: &Node,
    parts: &[Node],
    sign: &str,
    unit: &str,
) -> std::fmt::Result {
    let terms: Vec<String> = parts.iter().map(operand).collect();
    let equals = if this.value == this.value.round_dp(SHOWN) { "=" } else { "≈" };
    write!(f, "{} {equals} {}{unit}", terms.join(sign), shown(this))
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
        What::Amount | What::Rate | What::Ready => roubles(node.value),
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

fn day(day: NaiveDate) -> impl std::fmt::Display {
    day.format("%d.%m.%Y")
}

fn component(component: Component) -> &'static str {
    match component {
        Component::Base => "",
        Component::Zone1 => " (зона 1)",
        Component::Zone2 => " (зона 2)",
        Component::Zone3 => " (зона 3)",
        Component::Water => " (вода)",
        Component::Heat => " (тепло)",
        Component::CatchUp => " (зачёт начисленного без показаний)",
        Component::CatchUpHeat => " (зачёт тепла, начисленного без показаний)",
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

fn money(amount: Money) -> String {
    places(amount.roubles(), 2)
}

fn places(value: Decimal, places: u32) -> String {
    russian(&format!("{value:.places$}", places = places as usize))
}

fn number(value: Decimal) -> String {
    russian(&value.round_dp(SHOWN).normalize().to_string())
}

fn roubles(value: Decimal) -> String {
    let value = value.round_dp(SHOWN).normalize();
    if value.scale() < 2 { places(value, 2) } else { number(value) }
}

/// Decimal comma and a true minus sign.
fn russian(number: &str) -> String {
    number.replace('.', ",").replace('-', "−")
}
