//! The table of a penalty as lines an inspector can check with a pocket calculator.

use super::{Accrued, Row, Step};
use crate::calc::trace::TraceLine;
use crate::calc::trace::text::{day, money, number};

impl Accrued {
    /// The explanation: the amount, then a line an interval.
    #[must_use]
    pub fn lines(&self, service: &str) -> Vec<TraceLine> {
        let head = format!(
            "Пени: {service} за {} — {} ₽ по {}; срок оплаты {}; ЖК РФ ст. 155 ч. 14, 14.1",
            self.month.first_day().format("%m.%Y"),
            money(self.amount),
            day(self.through),
            day(self.due),
        );
        let line = |depth, text| TraceLine { depth, text, fact: None };
        std::iter::once(line(0, head)).chain(self.rows.iter().map(|row| line(1, row.to_string()))).collect()
    }
}

impl std::fmt::Display for Row {
    /// `16.07.2026–03.08.2026: 19 дн. × 6 842,35 ₽ × 9,5 % ÷ 300 = 41,17 ₽`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to, days, balance) = (day(self.from), day(self.to), self.days, money(self.balance));
        write!(f, "{from}–{to}: {days} дн., долг {balance} ₽")?;
        match self.step {
            Step::Grace => write!(f, " — первые дни просрочки без пеней"),
            Step::Moratorium => write!(f, " — мораторий, пени не начисляются"),
            Step::Through(divisor) => write!(
                f,
                " × {days} × {} % ÷ {} = {} ₽",
                number(self.rate),
                number(divisor),
                money(self.amount)
            ),
        }
    }
}
