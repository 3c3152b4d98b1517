//! The rules a line may follow, each with its place in the law; what they say is in `words`.

/// A rule of charging. Named in traces; the citation is for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Area × rate.
    Area,
    /// Area × norm × rate.
    AreaNorm,
    /// Persons × norm × rate.
    Persons,
    /// Owners stand for absent residents.
    Owners,
    /// Readings of a flat meter.
    Meter,
    /// The dial passed its end.
    RollOver,
    /// Average of a silent meter.
    Average,
    /// Average of a house meter of heat.
    HeatAverage,
    /// Average of a meter that does not count by an act.
    OutOfOrder,
    /// Average of a meter whose verification ran out.
    Unverified,
    /// Norm after the averages, or where no average can be had.
    NormAfterAverage,
    /// The increasing coefficient of a norm.
    Increased,
    /// Norm after interference with a meter.
    Tampering,
    /// Readings came back after averages.
    CatchUp,
    /// A reading of a month too far back to be recalculated.
    BeyondDepth,
    /// Share of a communal flat's meter.
    Communal,
    /// Share of the heat of a communal flat.
    CommunalHeat,
    /// Water of two-component hot water.
    HotWater,
    /// Heat of two-component hot water.
    HotWaterHeat,
    /// Sewage by the waters.
    Waters,
    /// Counted quantity.
    Quantity,
    /// Ready amount.
    Ready,
    /// House meter shared by area.
    HouseMeter,
    /// Meter of several houses.
    Group,
    /// Heating by the meters of the house and its flats.
    Heating,
    /// Heating without a house meter, charged evenly.
    HeatingEvenly,
    /// Heat of hot water made in the house.
    HouseHotWater,
    /// Common needs.
    Common,
    /// Common needs as a utility.
    CommonUtility,
    /// Common needs above their norm are not shared.
    WithinNorm,
    /// A house meter that told less than its premises were charged.
    CommonBack,
    /// Solid waste by containers.
    Containers,
    /// The yearly correction.
    Correction,
    /// A range of a month's consumption.
    Range,
    /// Temporary absence.
    Absence,
    /// Undersupply and bad quality.
    Undersupply,
    /// Hours over the allowed interruption.
    Interruption,
    /// Degrees a room was off its norm.
    RoomTemperature,
    /// Steps hot water was below its norm.
    WaterTemperature,
    /// Hot water as cold as cold water.
    AsColdWater,
    /// Hours of a deviation.
    Deviation,
    /// The whole time of bad quality.
    WholeTime,
    /// Planned repair.
    Repair,
    /// A reduction may not exceed the charge.
    UpToAll,
    /// A privilege.
    Privilege,
    /// The full tariff of one person among several.
    FullRate,
    /// A subsidy.
    Subsidy,
    /// A subsidy by the law of Belarus.
    SubsidyBelarus,
    /// A subsidy by the law of Ukraine.
    SubsidyUkraine,
    /// A subsidy may not exceed the bill.
    SubsidyUpToBill,
    /// The fine of the executor.
    Fine,
}

impl Rule {
    /// The place in the law; «354» is the Rules approved by ПП РФ 06.05.2011 № 354. Empty where the law is
    /// silent and the rule is the practice of billing centres.
    #[must_use]
    pub const fn citation(self) -> &'static str {
        match self {
            Self::Area => "ЖК ст. 154, 156",
            Self::AreaNorm => "354 п. 42(1), Прил. 2 ф. 2",
            Self::Persons => "354 п. 42, Прил. 2 ф. 4",
            Self::Owners => "354 п. 56(2)",
            Self::Meter => "354 п. 42, Прил. 2 ф. 1",
            Self::Average | Self::OutOfOrder | Self::Unverified => "354 п. 59",
            Self::HeatAverage => "354 п. 59(1)",
            Self::NormAfterAverage => "354 п. 60",
            Self::Increased => "354 пп. 42, 60, Прил. 2 ф. 4(1); ПП РФ 25.11.2025 № 1871",
            Self::Tampering => "354 пп. 62, 81(11)",
            Self::Communal => "354 Прил. 2 ф. 7",
            Self::CommunalHeat => "354 Прил. 2 ф. 7–9",
            Self::HotWater | Self::HotWaterHeat => "354 п. 42, Прил. 2 ф. 23–26",
            Self::Waters => "354 п. 42",
            Self::HouseMeter => "354 п. 42(1), Прил. 2 ф. 3",
            Self::Heating => "354 п. 42(1), Прил. 2 ф. 3–3(4)",
            Self::HeatingEvenly => "354 п. 42(1), Прил. 2 ф. 2(1)",
            Self::HouseHotWater => "354 п. 54, Прил. 2 ф. 20",
            Self::Common => "ЖК ст. 156 ч. 9.1–9.3; ПП РФ 13.08.2006 № 491 п. 29(1)–29(5)",
            Self::CommonUtility => "354 пп. 40, 44, 48, Прил. 2 ф. 10–15",
            Self::WithinNorm => "354 п. 44",
            Self::CommonBack => "354 п. 47",
            Self::Containers => "354 Прил. 2 ф. 9(3), 9(4)",
            Self::Correction => "354 п. 42(1); ЖК ст. 156 ч. 9.2",
            Self::Range => "ПП РФ 29.12.2011 № 1178, п. 63(1)",
            Self::Absence => "354 пп. 86–97, 148(44)",
            Self::Undersupply | Self::Interruption | Self::Deviation => "354 п. 98, Прил. 1",
            Self::RoomTemperature => "354 Прил. 1 п. 15",
            Self::WaterTemperature | Self::AsColdWater => "354 Прил. 1 п. 5",
            Self::WholeTime => "354 п. 101",
            Self::Repair => "354 пп. 98–100",
            Self::UpToAll => "354 п. 98",
            Self::Fine => "ЖК ст. 156 ч. 11, 157 ч. 6",
            Self::Subsidy => "ЖК ст. 159; ПП РФ 14.12.2005 № 761",
            Self::SubsidyBelarus => "Указ Президента Республики Беларусь 29.08.2016 № 322",
            Self::SubsidyUkraine => "постановление КМУ 21.10.1995 № 848",
            Self::SubsidyUpToBill => "",
            Self::Privilege | Self::FullRate => "",
            Self::BeyondDepth => "354 п. 61; ГК ст. 196",
            Self::RollOver | Self::CatchUp | Self::Quantity | Self::Ready | Self::Group => "",
        }
    }
}
