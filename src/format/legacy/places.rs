//! Streets, premises and the accounts that are billed for them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cells::{AREA, Cells};
use super::intake::{Intake, find, unique};
use super::{Code, Reason, Source, Sourced};

/// A street by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Street {
    /// Its code in the old program.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// Its city, where the file tells.
    pub city: Option<String>,
}

/// An address down to the premises. The parts are text as the old program has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Address {
    /// City, town or village.
    pub city: String,
    /// Street.
    pub street: String,
    /// House with its suffix.
    pub house: String,
    /// Flat or room; `None` for a house of one dwelling.
    pub flat: Option<String>,
}

/// Areas in m², as far as known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Areas {
    /// Total area.
    pub total: Option<Decimal>,
    /// Living area.
    pub living: Option<Decimal>,
    /// Heated area.
    pub heated: Option<Decimal>,
}

/// A flat, a room or a house of one dwelling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Premises {
    /// Where.
    pub address: Address,
    /// How large: from the accounts, or else from the bases of services charged by area.
    pub areas: Areas,
}

/// A personal account (лицевой счёт).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number, as text: leading zeros count.
    pub number: Code,
    /// Surname of the payer.
    pub last_name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// The place of its premises in [`super::LegacyData::premises`].
    pub premises: usize,
    /// Persons that charges count.
    pub persons: Option<Decimal>,
    /// The first day, where known.
    pub opened: Option<NaiveDate>,
    /// The day after the last, where closed.
    pub closed: Option<NaiveDate>,
}

/// More persons than this on one account are a slip of the pen.
pub(super) const MOST_PERSONS: u32 = 999;

impl Intake {
    pub(super) fn street(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let code = Code::from(cells.must("code")?.text);
        unique(&self.streets, &self.data.streets, &code, || format!("улица «{code}»"))?;
        let (name, city) = (cells.must("name")?.text.to_owned(), cells.text("city")?);
        self.streets.insert(code.clone(), self.data.streets.len());
        self.data.streets.push(Sourced { at, row: Street { code, name, city } });
        Ok(())
    }

    pub(super) fn account(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let number = Code::from(cells.must("number")?.text);
        unique(&self.accounts, &self.data.accounts, &number, || format!("лицевой счёт {number}"))?;
        let address = self.address(cells)?;
        let area = |field| cells.may(field)?.map(|cell| cell.positive(AREA)).transpose();
        let areas =
            Areas { total: area("area_total")?, living: area("area_living")?, heated: area("area_heated")? };
        let day = |field| cells.may(field)?.map(|cell| cell.date()).transpose();
        let (opened, closed) = (day("opened")?, day("closed")?);
        if let (Some(opened), Some(closed)) = (opened, closed)
            && closed < opened
        {
            return Err(Reason::ClosedBeforeOpened { opened, closed });
        }
        let persons = cells.may("persons")?.map(|cell| cell.whole(MOST_PERSONS)).transpose()?;
        let (last_name, first_name) = (cells.text("last_name")?, cells.text("first_name")?);
        let patronymic = cells.text("patronymic")?;
        let premises = self.premises(address, areas)?;
        let persons = persons.map(Decimal::from);
        let row = Account {
            number: number.clone(),
            last_name,
            first_name,
            patronymic,
            premises,
            persons,
            opened,
            closed,
        };
        self.accounts.insert(number, self.data.accounts.len());
        self.data.accounts.push(Sourced { at, row });
        Ok(())
    }

    fn address(&self, cells: &Cells<'_>) -> Result<Address, Reason> {
        let known = match cells.may("street_code")? {
            None => None,
            Some(code) => self.data.streets.get(find(&self.streets, "улицы", code.text)?),
        };
        let part = |field: &str, what, known: Option<&str>| {
            let known = cells.text(field)?.or_else(|| known.map(str::to_owned));
            known.ok_or(Reason::Address { what })
        };
        Ok(Address {
            city: part("city", "города", known.and_then(|street| street.row.city.as_deref()))?,
            street: part("street", "улицы", known.map(|street| street.row.name.as_str()))?,
            house: part("house", "дома", None)?,
            flat: cells.text("flat")?,
        })
    }

    /// The place of the premises at an address, which the areas must agree with. Nothing changes on a refusal.
    fn premises(&mut self, address: Address, areas: Areas) -> Result<usize, Reason> {
        let Some(&place) = self.premises.get(&address) else {
            self.premises.insert(address.clone(), self.data.premises.len());
            self.data.premises.push(Premises { address, areas });
            return Ok(self.data.premises.len() - 1);
        };
        if let Some(premises) = self.data.premises.get_mut(place) {
            let mut known = premises.areas.clone();
            agree("общая площадь помещения", &mut known.total, areas.total)?;
            agree("жилая площадь помещения", &mut known.living, areas.living)?;
            agree("отапливаемая площадь помещения", &mut known.heated, areas.heated)?;
            premises.areas = known;
        }
        Ok(place)
    }
}

/// Takes what is told for the first time; refuses what differs from what was told before.
pub(super) fn agree(
    what: &'static str,
    known: &mut Option<Decimal>,
    told: Option<Decimal>,
) -> Result<(), Reason> {
    match (*known, told) {
        (Some(known), Some(found)) if known != found => Err(Reason::Differs { what, found, known }),
        (None, told) => {
            *known = told;
            Ok(())
        }
        _ => Ok(()),
    }
}
