//! The parts of a charge as they are printed: zones, the water and heat of hot water, what lowers a charge.

use super::convert::{NotUnderstood, Sums};
use super::data;
use crate::calc::line::{Basis, Component};
use crate::document::invoice::Part;

/// A service as the table names it, with its parts.
pub(super) struct Printed {
    pub service: String,
    pub parts: Vec<Part>,
}

/// What the charge itself is called beside what is added to it and taken off.
const AMONG_OTHERS: &str = "начислено";

/// Names and measures the parts of a line. A single part is the service itself, whatever it is called.
///
/// # Errors
/// A part or a way to determine volume this program does not know.
pub(super) fn printed(line: &data::Line, sums: &Sums<'_>) -> Result<Printed, NotUnderstood> {
    let mut parts = line.parts.iter().map(|one| part(one, line, sums)).collect::<Result<Vec<_>, _>>()?;
    let service = match parts.as_mut_slice() {
        [only] if !only.name.is_empty() => {
            format!("{}, {}", line.service, std::mem::take(&mut only.name))
        }
        [_] => line.service.clone(),
        several => {
            several.iter_mut().filter(|part| part.name.is_empty()).for_each(|part| part.name = AMONG_OTHERS);
            line.service.clone()
        }
    };
    Ok(Printed { service, parts })
}

fn part(given: &data::Part, line: &data::Line, sums: &Sums<'_>) -> Result<Part, NotUnderstood> {
    let account = || sums.account.to_owned();
    let component = Component::from_code(given.component)
        .ok_or_else(|| NotUnderstood::Component { account: account(), code: given.component })?;
    let basis = Basis::from_code(given.basis)
        .ok_or_else(|| NotUnderstood::Basis { account: account(), code: given.basis })?;
    let is_measured = basis != Basis::Ready;
    let (unit, places) = measure(component, basis, line);
    Ok(Part {
        name: name(component),
        unit,
        volume: is_measured.then(|| {
            let mut volume = given.volume;
            volume.rescale(places);
            volume
        }),
        basis,
        rate: is_measured.then(|| given.rate.normalize()),
        charge: sums.money(given.amount)?,
    })
}

/// Unit and places of a volume: a service charged by area has an area, whatever it is measured in where it has a meter.
fn measure(component: Component, basis: Basis, line: &data::Line) -> (String, u32) {
    match (basis, component) {
        (Basis::Area, _) => ("м²".to_owned(), 2),
        (_, Component::Heat | Component::CatchUpHeat | Component::SurplusHeat) => {
            ("Гкал".to_owned(), line.heat_scale)
        }
        _ => (line.unit.clone(), line.scale),
    }
}

const fn name(component: Component) -> &'static str {
    match component {
        Component::Base => "",
        Component::Zone1 => "Т1",
        Component::Zone2 => "Т2",
        Component::Zone3 => "Т3",
        Component::Range2 => "второй диапазон",
        Component::Range3 => "третий диапазон",
        Component::Water => "вода",
        Component::Heat => "подогрев",
        Component::CatchUp => "зачёт начисленного по среднему",
        Component::CatchUpHeat => "зачёт начисленного по среднему, тепло",
        Component::Correction => "корректировка за прошлый год",
        Component::Surplus => "повышающий коэффициент",
        Component::SurplusHeat => "повышающий коэффициент, тепло",
        Component::FullRate => "доля по полному тарифу",
        Component::Undersupply => "снижение за качество и перерывы",
        Component::Absence => "временное отсутствие",
        Component::Fine => "штраф исполнителя",
        Component::PrivilegeFederal | Component::PrivilegeRegional | Component::PrivilegeMunicipal => {
            "льгота"
        }
        Component::PayoutFederal | Component::PayoutRegional | Component::PayoutMunicipal => {
            "компенсация, выплачивается отдельно"
        }
        Component::Subsidy => "субсидия",
        Component::SubsidyPayout => "субсидия, выплачивается отдельно",
    }
}
