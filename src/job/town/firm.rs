//! Shops: firms and sole traders on ground floors.

use super::directory::details::{company_tin, trader_tin};
use super::house::Hand;
use super::model::Firm;
use super::names::{self, Sex};

const NAMES: [&str; 24] = [
    "Астра",
    "Берёзка",
    "Весна",
    "Визит",
    "Вояж",
    "Гермес",
    "Гранит",
    "Домашний",
    "Заря",
    "Каравай",
    "Колосок",
    "Лотос",
    "Луч",
    "Маяк",
    "Меркурий",
    "Новинка",
    "Оптика",
    "Парус",
    "Перекрёсток",
    "Рассвет",
    "Ромашка",
    "Светлана",
    "Уют",
    "Юность",
];

/// Companies of the town have the tax numbers up to this one.
const TINS_AFTER: i64 = 1000;

/// Draws a firm: two of three are companies, the others sole traders.
pub(super) fn draw(hand: &mut Hand) -> Firm {
    let id = hand.counters.firm();
    if hand.dice.chance(660) {
        let name = format!("ООО «{}»", hand.dice.pick(&NAMES));
        return Firm { id, name, tin: company_tin(TINS_AFTER + id) };
    }
    let sex = if hand.dice.chance(500) { Sex::Male } else { Sex::Female };
    let surname = names::surname(names::draw_surname(&mut hand.dice), sex);
    let first = names::draw_first_name(sex, 1975, &mut hand.dice);
    let father = names::draw_first_name(Sex::Male, 1948, &mut hand.dice);
    let initial = |name: &str| name.chars().next().map(|letter| format!("{letter}.")).unwrap_or_default();
    let name = format!("ИП {surname} {} {}", initial(first), initial(father));
    Firm { id, name, tin: trader_tin(id) }
}
