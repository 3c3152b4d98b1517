//! The vocabulary of an explanation.

/// What a number of a calculation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Amount of a line or of one of its parts.
    Amount,
    /// Volume charged.
    Volume,
    /// Volume from the start of the month to a day inside it.
    VolumeUntil,
    /// Roubles from the first day of the month on which these terms hold.
    AmountUntil,
    /// Volume × days, before it is divided by the days of the month.
    VolumeDays,
    /// A product that is still to be divided.
    Product,
    /// Rate.
    Rate,
    /// Days of a part.
    Days,
    /// Days of the whole the part is taken of.
    DaysOfAll,
    /// Total area.
    AreaTotal,
    /// Living area.
    AreaLiving,
    /// Heated area.
    AreaHeated,
    /// Persons counted.
    Persons,
    /// One resident.
    Resident,
    /// Owners counted in place of residents.
    Owners,
    /// One owner.
    Owner,
    /// Norm a person or m².
    Norm,
    /// The increasing coefficient.
    Coefficient,
    /// Volume raised by it.
    Increased,
    /// Heat to warm one m³.
    HeatNorm,
    /// Consumption by readings.
    Consumption,
    /// A reading.
    Reading,
    /// Where the dial turns over.
    DialEnd,
    /// Transformer ratio.
    Ratio,
    /// Average monthly consumption.
    Average,
    /// Months an average is taken over.
    Months,
    /// What earlier months charged without a reading.
    Charged,
    /// Persons of all rooms of a communal flat.
    PersonsOfFlat,
    /// Persons of all dwellings of the house.
    PersonsOfHouse,
    /// Days of the persons of premises.
    PersonDays,
    /// The same of all dwellings of the house.
    PersonDaysOfHouse,
    /// Volume of one container.
    Capacity,
    /// Number of containers.
    ContainerCount,
    /// Removals a month.
    Removals,
    /// Part of the norm that other meters do not cover.
    RestOfNorm,
    /// Quantity.
    Quantity,
    /// Ready amount.
    Ready,
    /// Volume of the house meter.
    HouseVolume,
    /// What all premises used themselves.
    PremisesVolume,
    /// What is left for all together.
    CommonVolume,
    /// Heat of a m² without a meter.
    PerArea,
    /// Part of the year that is heated.
    SeasonShare,
    /// Area of common property.
    CommonArea,
    /// Where a range of consumption ends.
    RangeEnd,
    /// Share of a co-owner.
    Share,
    /// Area of all premises of the house.
    HouseArea,
    /// Area of one premises within it.
    PremisesArea,
    /// What one house counts for in its group.
    GroupShare,
    /// What all houses of a group count for.
    GroupBase,
    /// Area of a room's flat.
    FlatArea,
    /// Living area of all rooms of a flat.
    RoomsArea,
    /// One person away.
    Absent,
    /// Percent.
    Percent,
    /// What was charged too much.
    Excess,
    /// Hours.
    Hours,
    /// Hours of one interruption.
    Interruption,
    /// Hours allowed.
    AllowedHours,
    /// Hours over the allowed ones.
    ExcessHours,
    /// Whole units of them.
    WholeUnits,
    /// Hours of all the time charged for.
    HoursOfAll,
    /// Degrees off the norm.
    Degrees,
    /// Degrees × hours.
    DegreeHours,
    /// Days heat was given.
    HeatedDays,
    /// Degrees × those days.
    DegreeDays,
    /// Steps below the norm.
    Steps,
    /// Taken off.
    Reduction,
    /// Persons a privilege covers.
    Privileged,
    /// Social norm of area.
    SocialNorm,
    /// What a privilege covers of the volume.
    Covered,
    /// A privilege.
    Privilege,
    /// A subsidy.
    Subsidy,
    /// Members of a family.
    Family,
    /// Income of a family a month.
    Income,
    /// The same a head.
    HeadIncome,
    /// The minimum of subsistence.
    Minimum,
    /// Income a head in minima.
    Minima,
    /// The regional standard of cost a person.
    Standard,
    /// What the cost is taken for.
    Cost,
    /// The share of its income a family pays itself.
    OwnShare,
    /// What it pays itself.
    Own,
    /// What the account is asked for housing and utilities.
    Bill,
    /// What of it lies within the norms.
    BillWithinNorms,
    /// The same without privileges.
    BillWithoutPrivileges,
    /// What it is asked for one service.
    BillOfService,
}

impl What {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Amount => "начислено",
            Self::Volume => "объём",
            Self::VolumeUntil => "объём с начала месяца",
            Self::AmountUntil => "плата с начала месяца",
            Self::VolumeDays => "объём × дни",
            Self::Product => "произведение",
            Self::Rate => "тариф",
            Self::Days => "дни",
            Self::DaysOfAll => "всего дней",
            Self::AreaTotal => "общая площадь",
            Self::AreaLiving => "жилая площадь",
            Self::AreaHeated => "отапливаемая площадь",
            Self::Persons => "проживающие",
            Self::Resident => "проживающий",
            Self::Owners => "собственники",
            Self::Owner => "собственник",
            Self::Norm => "норматив",
            Self::Coefficient => "повышающий коэффициент",
            Self::Increased => "объём с коэффициентом",
            Self::HeatNorm => "норматив тепла на подогрев",
            Self::Consumption => "расход по показаниям",
            Self::Reading => "показание",
            Self::DialEnd => "ёмкость шкалы",
            Self::Ratio => "коэффициент трансформации",
            Self::Average => "среднемесячный расход",
            Self::Months => "месяцы",
            Self::Charged => "начислено без показаний",
            Self::PersonsOfFlat => "проживающие во всей квартире",
            Self::PersonsOfHouse => "проживающие во всём доме",
            Self::RestOfNorm => "остаток норматива",
            Self::Quantity => "количество",
            Self::Ready => "готовая сумма",
            Self::HouseVolume => "объём дома",
            Self::PremisesVolume => "объём всех помещений",
            Self::CommonVolume => "остальной объём дома",
            Self::PerArea => "расход на м² без прибора",
            Self::SeasonShare => "доля отопительных месяцев в году",
            Self::CommonArea => "площадь общего имущества",
            Self::RangeEnd => "предел диапазона",
            Self::Share => "доля",
            Self::HouseArea => "площадь всех помещений дома",
            Self::GroupShare => "доля дома в группе",
            Self::GroupBase => "все дома группы",
            Self::PremisesArea => "площадь помещения",
            Self::FlatArea => "площадь квартиры",
            Self::RoomsArea => "жилая площадь всех комнат",
            Self::Absent => "отсутствующий",
            Self::Percent => "процент",
            Self::Excess => "излишне начислено",
            Self::Hours => "часы",
            Self::Interruption => "перерыв",
            Self::AllowedHours => "допустимый перерыв",
            Self::ExcessHours => "часы сверх допустимых",
            Self::WholeUnits => "полных единиц времени",
            Self::HoursOfAll => "всего часов",
            Self::Degrees => "отклонение",
            Self::DegreeHours => "градусо-часы",
            Self::Steps => "полных шагов",
            Self::Reduction => "снижение",
            Self::Privileged => "льготников",
            Self::SocialNorm => "социальная норма площади",
            Self::Covered => "в пределах нормы",
            Self::Privilege => "льгота",
            rest => rest.word_of_containers(),
        }
    }

    /// The words of containers of waste and of the season of heating.
    const fn word_of_containers(self) -> &'static str {
        match self {
            Self::PersonDays => "дни проживания",
            Self::PersonDaysOfHouse => "дни проживания во всём доме",
            Self::Capacity => "объём контейнера",
            Self::ContainerCount => "контейнеры",
            Self::Removals => "вывозов за месяц",
            Self::HeatedDays => "дни отопления",
            Self::DegreeDays => "градусо-сутки отопления",
            of_subsidy => of_subsidy.word_of_subsidy(),
        }
    }

    /// The words of a subsidy and its formula.
    const fn word_of_subsidy(self) -> &'static str {
        match self {
            Self::Family => "членов семьи",
            Self::Income => "доход семьи в месяц",
            Self::HeadIncome => "доход на человека",
            Self::Minimum => "прожиточный минимум",
            Self::Minima => "доход в прожиточных минимумах",
            Self::Standard => "стандарт стоимости на человека",
            Self::Cost => "стоимость по стандарту",
            Self::OwnShare => "доля расходов семьи",
            Self::Own => "платит сама семья",
            Self::Bill => "плата за жильё и коммунальные услуги",
            Self::BillWithinNorms => "плата в пределах норм",
            Self::BillWithoutPrivileges => "та же плата без льгот",
            Self::BillOfService => "плата за эту услугу",
            _ => "субсидия",
        }
    }
}

/// Kinds of facts a leaf may be read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Areas of premises.
    Area,
    /// A residence.
    Residence,
    /// Ownership.
    Owner,
    /// A reading of a meter.
    Reading,
    /// A meter in its place.
    Meter,
    /// A counted quantity.
    Quantity,
    /// A ready amount.
    Ready,
    /// A temporary absence.
    Absence,
    /// An interval of an act of undersupply.
    Undersupply,
    /// A privilege of a person.
    Privilege,
    /// What was charged too much.
    Overcharge,
    /// A subsidy.
    Subsidy,
    /// Containers of a house.
    Containers,
}

impl FactKind {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Area => "площадь",
            Self::Residence => "регистрация",
            Self::Owner => "собственность",
            Self::Reading => "показание",
            Self::Meter => "прибор",
            Self::Quantity => "количество",
            Self::Ready => "готовая сумма",
            Self::Absence => "отсутствие",
            Self::Undersupply => "акт",
            Self::Privilege => "право на льготу",
            Self::Overcharge => "решение",
            Self::Subsidy => "решение о субсидии",
            Self::Containers => "контейнеры дома",
        }
    }
}

/// Kinds of dated data a leaf may be read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleData {
    /// A rate of a tariff.
    Rate,
    /// A value of a norm.
    Norm,
    /// A parameter.
    Parameter,
    /// A line of the table of undersupply.
    Limit,
    /// A rule of a privilege.
    PrivilegeRule,
}

impl RuleData {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rate => "тариф",
            Self::Norm => "норматив",
            Self::Parameter => "параметр",
            Self::Limit => "таблица отклонений",
            Self::PrivilegeRule => "правило льготы",
        }
    }
}
