//! Consumption norms (нормативы потребления).

use rust_decimal::Decimal;

use super::services;
use crate::calc::ids::{NormId, ServiceId};
use crate::calc::period::Days;
use crate::calc::rules::NormValue;
use crate::job::town::calendar::RULES_FROM;

/// Cold water where hot water comes from the network.
pub const COLD_WATER: NormId = NormId(1);
/// Cold water where hot water is made of it in the flat.
pub const COLD_WATER_HEATER: NormId = NormId(2);
/// Hot water: part 0 the water, part 2 the heat of one m³.
pub const HOT_WATER: NormId = NormId(3);
/// Electricity in houses with gas stoves, by rooms and persons.
pub const ELECTRICITY: NormId = NormId(4);
/// Electricity in houses with electric stoves, by rooms and persons.
pub const ELECTRICITY_STOVE: NormId = NormId(5);
/// Gas for cooking.
pub const GAS: NormId = NormId(6);
/// Gas for cooking and heating water.
pub const GAS_HEATER: NormId = NormId(7);
/// Waste.
pub const WASTE: NormId = NormId(8);
/// The social norm of area, m² a person: what privileges for housing and heating stay within.
pub const SOCIAL_AREA: NormId = NormId(9);

/// A norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownNorm {
    /// The norm.
    pub id: NormId,
    /// The service.
    pub service: ServiceId,
    /// Short name for files and commands.
    pub code: &'static str,
    /// Printed name.
    pub name: &'static str,
    /// What the values rest on.
    pub citation: &'static str,
    /// The values: part (see [`crate::calc::rules::Rules::norms`]), days, value.
    pub values: Vec<(i16, Days, NormValue)>,
}

/// Nothing here is a published norm.
const INVENTED: &str = "Демонстрационный норматив, значения вымышлены";

/// A norm that does not depend on rooms and persons: its parts with their values.
type Plain = (NormId, ServiceId, &'static str, &'static str, &'static [(i16, i64)]);

/// Norms that do not depend on rooms and persons: part and value in ten-thousandths of the unit.
///
/// Gas: 10.2 m³ a person for cooking, 17.9 more for heating water (dossier § 1.9). Waste: 2.04 m³ a year is
/// 0.17 a month exactly.
const PLAIN: [Plain; 6] = [
    (COLD_WATER, services::COLD_WATER, "cold_water", "Холодная вода, горячая из сети", &[(0, 43_300)]),
    (
        COLD_WATER_HEATER,
        services::COLD_WATER,
        "cold_water_heater",
        "Холодная вода, газовый водонагреватель",
        &[(0, 71_600)],
    ),
    (
        HOT_WATER,
        services::HOT_WATER,
        "hot_water",
        "Горячая вода и тепло на её подогрев",
        &[(0, 31_900), (2, 651)],
    ),
    (GAS, services::GAS, "gas", "Газ, плита", &[(0, 102_000)]),
    (GAS_HEATER, services::GAS, "gas_heater", "Газ, плита и водонагреватель", &[(0, 281_000)]),
    (WASTE, services::WASTE, "waste", "ТКО", &[(0, 1_700)]),
];

/// kWh a person and month: a line for one room, two, three, four and more; a column for 1, 2, 3, 4, 5 and more
/// persons (dossier § 1.2: the norm of electricity is a table).
type Table = [[i64; 5]; 4];

const GAS_STOVE: Table =
    [[110, 68, 53, 43, 37], [142, 88, 68, 55, 48], [160, 99, 77, 62, 54], [172, 107, 83, 67, 58]];

const ELECTRIC_STOVE: Table =
    [[155, 96, 74, 60, 53], [186, 115, 89, 73, 63], [205, 127, 98, 80, 70], [217, 135, 104, 85, 74]];

fn of_any(value: i64) -> NormValue {
    NormValue { rooms: 0, persons: 0, value: Decimal::new(value, 4).normalize() }
}

fn lines(table: &Table) -> Vec<(i16, Days, NormValue)> {
    let line = |(rooms, columns): (i16, &[i64; 5])| {
        (1..).zip(*columns).map(move |(persons, value)| {
            (0, Days::since(RULES_FROM), NormValue { rooms, persons, value: Decimal::from(value) })
        })
    };
    (1..).zip(table).flat_map(line).collect()
}

pub(super) fn all() -> Vec<TownNorm> {
    let plain = PLAIN.into_iter().map(|(id, service, code, name, values)| TownNorm {
        id,
        service,
        code,
        name,
        citation: INVENTED,
        values: values.iter().map(|(part, value)| (*part, Days::since(RULES_FROM), of_any(*value))).collect(),
    });
    let tables = [
        (ELECTRICITY, "electricity", "Электроэнергия, газовые плиты", &GAS_STOVE),
        (ELECTRICITY_STOVE, "electricity_stove", "Электроэнергия, электроплиты", &ELECTRIC_STOVE),
    ]
    .into_iter()
    .map(|(id, code, name, table)| TownNorm {
        id,
        service: services::ELECTRICITY,
        code,
        name,
        citation: INVENTED,
        values: lines(table),
    });
    plain.chain(tables).chain([social_area()]).collect()
}

/// 33 m² for one, 42 for two, 18 for each of three and more (dossier § 5.1).
fn social_area() -> TownNorm {
    let line = |(persons, value): (i16, i64)| {
        let value = NormValue { rooms: 0, persons, value: Decimal::from(value) };
        (0, Days::since(RULES_FROM), value)
    };
    TownNorm {
        id: SOCIAL_AREA,
        service: services::MAINTENANCE,
        code: "social_area",
        name: "Социальная норма площади на человека",
        citation: INVENTED,
        values: [(1, 33), (2, 21), (3, 18)].map(line).to_vec(),
    }
}
