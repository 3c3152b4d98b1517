//! Months of the village: histories, races, seals.

mod histories;
