//! The vocabulary of an explanation; the words themselves are in `words`.

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
    /// Days of the persons of premises.
    PersonDays,
    /// Days of the persons of all dwellings of the house.
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
