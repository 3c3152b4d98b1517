//! Price lists. Rates change every 1 July.

use rust_decimal::Decimal;

use super::services;
use crate::calc::ids::{ServiceId, TariffId};
use crate::calc::period::Days;
use crate::job::town::calendar::{RULES_FROM, day};

/// Maintenance, by district.
pub const MAINTENANCE: [TariffId; 2] = [TariffId(1), TariffId(2)];
/// Capital repair.
pub const CAPITAL_REPAIR: TariffId = TariffId(3);
/// Heating by house meter, roubles a Gcal.
pub const HEATING: TariffId = TariffId(4);
/// Heating without a meter in equal twelfths, roubles a m².
pub const HEATING_EVEN: TariffId = TariffId(5);
/// Cold water.
pub const COLD_WATER: TariffId = TariffId(6);
/// Hot water: part 1 the water, part 2 the heat.
pub const HOT_WATER: TariffId = TariffId(7);
/// Sewage.
pub const SEWAGE: TariffId = TariffId(8);
/// Electricity in houses with gas stoves: one, two, three zones.
pub const ELECTRICITY: [TariffId; 3] = [TariffId(9), TariffId(10), TariffId(11)];
/// Electricity in houses with electric stoves: one, two, three zones.
pub const ELECTRICITY_STOVE: [TariffId; 3] = [TariffId(12), TariffId(13), TariffId(14)];
/// Gas.
pub const GAS: TariffId = TariffId(15);
/// Waste.
pub const WASTE: TariffId = TariffId(16);
/// Intercom, a month.
pub const INTERCOM: TariffId = TariffId(17);
/// Lift.
pub const LIFT: TariffId = TariffId(18);

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownTariff {
    /// The tariff.
    pub id: TariffId,
    /// The service.
    pub service: ServiceId,
    /// Short name for files and commands.
    pub code: &'static str,
    /// Printed name.
    pub name: &'static str,
    /// What the rates rest on.
    pub citation: &'static str,
    /// The rates.
    pub rates: Vec<Rate>,
}

/// A rate for a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Part of the tariff, see [`crate::calc::rules::Rules::tariffs`].
    pub part: i16,
    /// The days it holds.
    pub days: Days,
    /// Roubles a unit.
    pub value: Decimal,
}

/// Rates of one part from 1 July 2024, 2025 and 2026, in ten-thousandths of a rouble.
type Part = (i16, [i64; 3]);

/// A price list: tariff, service, code, name, parts.
type List = (TariffId, ServiceId, &'static str, &'static str, &'static [Part]);

/// Nothing here is a published tariff.
const INVENTED: &str = "Демонстрационный тариф, суммы вымышлены";

/// Heating in equal twelfths is the norm 0.0245 Gcal a m² × 7 months of heating / 12 × the price of a Gcal:
/// 0.0245 × 7 / 12 × 2 318.47 = 33.1348 (354 Прил. 2 ф. 2(1); dossier § 1.6 H2).
const LISTS: [List; 18] = [
    (
        MAINTENANCE[0],
        services::MAINTENANCE,
        "maintenance_left",
        "Содержание, Левый берег",
        &[(0, [289_000, 317_400, 339_600])],
    ),
    (
        MAINTENANCE[1],
        services::MAINTENANCE,
        "maintenance_right",
        "Содержание, Правый берег",
        &[(0, [272_000, 298_700, 319_500])],
    ),
    (
        CAPITAL_REPAIR,
        services::CAPITAL_REPAIR,
        "capital_repair",
        "Капитальный ремонт",
        &[(0, [132_000, 148_500, 160_500])],
    ),
    (HEATING, services::HEATING, "heating", "Тепловая энергия", &[(0, [19_683_000, 23_184_700, 25_842_000])]),
    (
        HEATING_EVEN,
        services::HEATING,
        "heating_even",
        "Отопление равными долями года",
        &[(0, [281_303, 331_348, 369_325])],
    ),
    (COLD_WATER, services::COLD_WATER, "cold_water", "Холодная вода", &[(0, [430_500, 473_600, 519_000])]),
    (
        HOT_WATER,
        services::HOT_WATER,
        "hot_water",
        "Горячая вода, два компонента",
        &[(1, [430_500, 473_600, 519_000]), (2, [19_683_000, 23_184_700, 25_842_000])],
    ),
    (SEWAGE, services::SEWAGE, "sewage", "Водоотведение", &[(0, [346_000, 380_900, 417_500])]),
    (
        ELECTRICITY[0],
        services::ELECTRICITY,
        "electricity",
        "Электроэнергия, газовые плиты",
        &[(0, [46_200, 51_200, 55_800])],
    ),
    (
        ELECTRICITY[1],
        services::ELECTRICITY,
        "electricity_2",
        "Электроэнергия, газовые плиты, две зоны",
        &[(0, [46_200, 51_200, 55_800]), (1, [56_000, 62_100, 67_700]), (2, [27_500, 30_500, 33_200])],
    ),
    (
        ELECTRICITY[2],
        services::ELECTRICITY,
        "electricity_3",
        "Электроэнергия, газовые плиты, три зоны",
        &[
            (0, [46_200, 51_200, 55_800]),
            (1, [61_700, 68_400, 74_600]),
            (2, [49_300, 54_700, 59_600]),
            (3, [27_500, 30_500, 33_200]),
        ],
    ),
    (
        ELECTRICITY_STOVE[0],
        services::ELECTRICITY,
        "electricity_stove",
        "Электроэнергия, электроплиты",
        &[(0, [32_300, 35_800, 39_100])],
    ),
    (
        ELECTRICITY_STOVE[1],
        services::ELECTRICITY,
        "electricity_stove_2",
        "Электроэнергия, электроплиты, две зоны",
        &[(0, [32_300, 35_800, 39_100]), (1, [39_200, 43_500, 47_400]), (2, [19_300, 21_400, 23_300])],
    ),
    (
        ELECTRICITY_STOVE[2],
        services::ELECTRICITY,
        "electricity_stove_3",
        "Электроэнергия, электроплиты, три зоны",
        &[
            (0, [32_300, 35_800, 39_100]),
            (1, [43_200, 47_900, 52_200]),
            (2, [34_500, 38_300, 41_700]),
            (3, [19_300, 21_400, 23_300]),
        ],
    ),
    (GAS, services::GAS, "gas", "Природный газ", &[(0, [80_500, 89_300, 96_900])]),
    (WASTE, services::WASTE, "waste", "Обращение с ТКО", &[(0, [6_984_000, 7_421_800, 7_896_800])]),
    (INTERCOM, services::INTERCOM, "intercom", "Домофон", &[(0, [500_000, 550_000, 600_000])]),
    (LIFT, services::LIFT, "lift", "Лифт", &[(0, [30_500, 34_200, 37_100])]),
];

/// The ranges between the first days of July; the last has no end.
fn years() -> [Days; 3] {
    let (second, third) = (day(2025, 7, 1), day(2026, 7, 1));
    [Days { from: RULES_FROM, to: second }, Days { from: second, to: third }, Days::since(third)]
}

fn rates(parts: &[Part]) -> Vec<Rate> {
    let of_part = |(part, values): &Part| {
        let part = *part;
        let values = values.map(|value| Decimal::new(value, 4).normalize());
        years().into_iter().zip(values).map(move |(days, value)| Rate { part, days, value })
    };
    parts.iter().flat_map(of_part).collect()
}

pub(super) fn all() -> Vec<TownTariff> {
    LISTS
        .into_iter()
        .map(|(id, service, code, name, parts)| TownTariff {
            id,
            service,
            code,
            name,
            citation: INVENTED,
            rates: rates(parts),
        })
        .collect()
}
