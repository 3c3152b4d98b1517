//! Section 5: services paid by instalments, or offered them (dossier of documents § 2.7; 354 п. 72).

use super::FormError;
use super::details::{Fit, REST, paragraph, titled};
use crate::document::canvas::Align;
use crate::document::flow::Flow;
use crate::document::invoice::{Instalment, Invoice};
use crate::document::number;

/// The table and what the law offers; nothing where there are none.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let sum = |title, width| Fit { title, room: (width, width), align: Align::Right };
    let columns = [
        Fit { title: "Услуга", room: REST, align: Align::Left },
        sum("От платы за расчётный период", 2_900),
        sum("От платы за предыдущие расчётные периоды", 3_100),
        sum("Проценты за рассрочку", 2_400),
        sum("%", 1_200),
        sum("К оплате с учётом рассрочки и процентов", 4_000),
    ];
    let rows = invoice.instalments.iter().map(|one| {
        vec![
            one.service.clone(),
            number::money(one.current),
            number::money(one.earlier),
            number::money(one.interest),
            one.percent.map(number::quantity).unwrap_or_default(),
            number::money(one.payable),
        ]
    });
    titled(flow, "Рассрочка платы", &columns, &rows.collect::<Vec<_>>())?;
    invoice.instalments.iter().filter_map(offer).try_for_each(|told| paragraph(flow, &told))
}

/// What the law offers for a service, in a sentence.
#[must_use]
pub fn offer(one: &Instalment) -> Option<String> {
    let offer = one.offer.as_ref()?;
    let most = offer.percent_most.map_or_else(String::new, |percent| {
        format!(", проценты за неё не выше {} % годовых", number::quantity(percent))
    });
    Some(format!(
        "Плата за услугу «{}» выросла на {} % к тому же месяцу прошлого года: её можно внести равными частями за {} мес.{most} (ПП РФ № 354, п. 72).",
        one.service,
        number::quantity(offer.growth),
        offer.parts
    ))
}
