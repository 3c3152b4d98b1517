//! Services, and the rates and norms they are charged by.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::profile::ChargeMethod;
use super::cells::{Cells, RATE, VOLUME};
use super::intake::{Intake, find, unique};
use super::reason::DAY;
use super::{Code, Reason, Source, Sourced};

/// A service (услуга).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its code in the old program.
    pub code: Code,
    /// Its code here: `heating`, `cold_water` …; that of the old program where the profile gives none.
    pub becomes: Code,
    /// Printed name.
    pub name: String,
    /// Printed unit of volume.
    pub unit: String,
    /// Places after the point that its volume has.
    pub scale: u32,
    /// Who is paid for it.
    pub provider: Code,
    /// How it is charged.
    pub method: ChargeMethod,
}

/// A rate (тариф): roubles a unit from a day until the next rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// The service.
    pub service: Code,
    /// The first day.
    pub from: NaiveDate,
    /// Roubles a unit, as stored: longer than printed where the old program kept it longer.
    pub rate: Decimal,
}

/// A norm (норматив): volume a person and month from a day until the next norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The service.
    pub service: Code,
    /// The first day.
    pub from: NaiveDate,
    /// Volume a person and month.
    pub value: Decimal,
}

/// The most places a volume is printed with: heat in gigacalories has six or seven.
const MOST_PLACES: u32 = 7;

impl Intake {
    pub(super) fn service(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let code = Code::from(cells.must("code")?.text);
        unique(&self.services, &self.data.services, &code, || format!("услуга «{code}»"))?;
        let becomes = cells.may("becomes")?.map_or_else(|| code.clone(), |cell| Code::from(cell.text));
        unique(&self.becomes, &self.data.services, &becomes, || format!("услуга, ставшая «{becomes}»,"))?;
        let provider = cells.must("provider")?.text;
        let place = find(&self.providers, "поставщика", provider)?;
        let method = cells.must("method")?;
        let row = Service {
            code: code.clone(),
            becomes: becomes.clone(),
            name: cells.must("name")?.text.to_owned(),
            unit: cells.must("unit")?.text.to_owned(),
            scale: cells.must("scale")?.whole(MOST_PLACES)?,
            provider: self
                .data
                .providers
                .get(place)
                .map_or_else(|| provider.into(), |it| it.row.code.clone()),
            method: ChargeMethod::of(method.text)
                .ok_or_else(|| method.wrong(format!("одно из: {}", ChargeMethod::WORDS.join(", "))))?,
        };
        self.services.insert(code, self.data.services.len());
        self.becomes.insert(becomes, self.data.services.len());
        self.data.services.push(Sourced { at, row });
        Ok(())
    }

    pub(super) fn tariff(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let (place, service) = self.service_of(cells)?;
        let from = cells.must("from")?.date()?;
        let key = (place, from);
        unique(&self.tariffs, &self.data.tariffs, &key, || {
            format!("тариф услуги «{service}» с {}", from.format(DAY))
        })?;
        let rate = cells.must("rate")?.positive(RATE)?;
        self.tariffs.insert(key, self.data.tariffs.len());
        self.data.tariffs.push(Sourced { at, row: Tariff { service, from, rate } });
        Ok(())
    }

    pub(super) fn norm(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let (place, service) = self.service_of(cells)?;
        let from = cells.must("from")?.date()?;
        let key = (place, from);
        unique(&self.norms, &self.data.norms, &key, || {
            format!("норматив услуги «{service}» с {}", from.format(DAY))
        })?;
        let value = cells.must("value")?.positive(VOLUME)?;
        self.norms.insert(key, self.data.norms.len());
        self.data.norms.push(Sourced { at, row: Norm { service, from, value } });
        Ok(())
    }

    /// The place and code of the service a row names.
    pub(super) fn service_of(&self, cells: &Cells<'_>) -> Result<(usize, Code), Reason> {
        let cell = cells.must("service")?;
        let place = find(&self.services, "услуги", cell.text)?;
        let code = self.data.services.get(place).map_or_else(|| cell.text.into(), |it| it.row.code.clone());
        Ok((place, code))
    }
}
