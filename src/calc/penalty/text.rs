//! The table of a penalty as lines an inspector can check with a pocket calculator.

use super::{Accrued, Row, Step};
use crate::calc::trace::text::{day, money, number};
use crate::calc::trace::{Said, TraceLine};
use crate::lang::Lang;

impl Accrued {
    /// The explanation in Russian: the amount, then a line an interval.
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
        std::iter::once(line(0, head))
            .chain(self.rows.iter().map(|row| line(1, row.told(Lang::Ru))))
            .collect()
    }
}

impl Row {
    /// `16.07.2026–03.08.2026: 19 дн., долг 6 842,35 ₽ × 19 × 9,5 % ÷ 300 = 41,17 ₽`.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let days = self.days;
        let debt = Said::Debt { days, balance: &money(self.balance) }.told(lang);
        let head = format!("{}–{}: {debt}", day(self.from), day(self.to));
        match self.step {
            Step::Grace => format!("{head} — {}", Said::Grace.told(lang)),
            Step::Moratorium => format!("{head} — {}", Said::Moratorium.told(lang)),
            Step::Through(divisor) => {
                let (rate, divisor, amount) = (number(self.rate), number(divisor), money(self.amount));
                format!("{head} × {days} × {rate} % ÷ {divisor} = {amount} ₽")
            }
        }
    }
}
