//! Services of the town, by the codes of the glossary.

use crate::calc::ids::ServiceId;
use crate::calc::rules::Service;

/// Содержание жилого помещения.
pub const MAINTENANCE: ServiceId = ServiceId(1);
/// Взнос на капитальный ремонт.
pub const CAPITAL_REPAIR: ServiceId = ServiceId(2);
/// Отопление.
pub const HEATING: ServiceId = ServiceId(3);
/// Холодное водоснабжение.
pub const COLD_WATER: ServiceId = ServiceId(4);
/// Горячее водоснабжение.
pub const HOT_WATER: ServiceId = ServiceId(5);
/// Водоотведение.
pub const SEWAGE: ServiceId = ServiceId(6);
/// Электроснабжение.
pub const ELECTRICITY: ServiceId = ServiceId(7);
/// Газоснабжение.
pub const GAS: ServiceId = ServiceId(8);
/// Обращение с ТКО.
pub const WASTE: ServiceId = ServiceId(9);
/// Домофон.
pub const INTERCOM: ServiceId = ServiceId(10);
/// Лифт, a breakdown of maintenance printed apart (dossier § 1.12).
pub const LIFT: ServiceId = ServiceId(11);

/// Places of heat, in hot water too.
const HEAT_SCALE: u32 = 5;

/// Places of volumes follow dossier § 10; waste has four because its norm is a yearly one divided by twelve.
pub(super) fn all() -> Vec<(ServiceId, Service)> {
    [
        (MAINTENANCE, "maintenance", "Содержание жилого помещения", "м²", 2),
        (CAPITAL_REPAIR, "capital_repair", "Взнос на капитальный ремонт", "м²", 2),
        (HEATING, "heating", "Отопление", "Гкал", HEAT_SCALE),
        (COLD_WATER, "cold_water", "Холодное водоснабжение", "м³", 3),
        (HOT_WATER, "hot_water", "Горячее водоснабжение", "м³", 3),
        (SEWAGE, "sewage", "Водоотведение", "м³", 3),
        (ELECTRICITY, "electricity", "Электроснабжение", "кВт·ч", 0),
        (GAS, "gas", "Газоснабжение", "м³", 3),
        (WASTE, "waste", "Обращение с ТКО", "м³", 4),
        (INTERCOM, "intercom", "Домофон", "шт.", 0),
        (LIFT, "lift", "Лифт", "м²", 2),
    ]
    .into_iter()
    .map(|(id, code, name, unit, scale)| {
        let waters = if id == SEWAGE { vec![COLD_WATER, HOT_WATER] } else { Vec::new() };
        let (code, name, unit) = (code.to_owned(), name.to_owned(), unit.to_owned());
        // A door phone has a contract of its own: it is no payment for housing and utilities (ЖК 154).
        let is_housing = id != INTERCOM;
        (id, Service { code, name, unit, scale, heat_scale: HEAT_SCALE, waters, is_housing })
    })
    .collect()
}
