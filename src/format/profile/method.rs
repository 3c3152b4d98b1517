//! How a service of the old program is charged here, in the words of a profile.

/// What the base of a charge means, and so how the service is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargeMethod {
    /// The base is the total area.
    AreaTotal,
    /// The base is the living area.
    AreaLiving,
    /// The base is the heated area.
    AreaHeated,
    /// The base is the number of persons; charged by the norm.
    Persons,
    /// The base is a quantity that holds until it is changed: animals, aerials.
    Quantity,
    /// The base is a volume of this month only.
    MonthVolume,
    /// The base is the amount itself, given by an outside supplier for this month only.
    Ready,
}

impl ChargeMethod {
    /// Every method.
    pub const ALL: [Self; 7] = [
        Self::AreaTotal,
        Self::AreaLiving,
        Self::AreaHeated,
        Self::Persons,
        Self::Quantity,
        Self::MonthVolume,
        Self::Ready,
    ];
    /// Their names in a profile, in the same order.
    pub const WORDS: [&'static str; 7] =
        ["area_total", "area_living", "area_heated", "persons", "quantity", "month_volume", "ready"];

    /// The method of a name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().zip(Self::ALL).find(|(known, _)| **known == word).map(|(_, method)| method)
    }
}
