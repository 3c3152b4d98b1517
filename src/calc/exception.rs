//! Why an account, or one service of it, could not be charged as planned. An open account never silently
//! disappears from a run: it has lines, or a reason.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{AccountId, ServiceId};
use super::rules::Parameter;

/// One account that needs a person's attention.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Exception {
    /// The account.
    pub account: AccountId,
    /// The service; `None` where the reason concerns the account as a whole.
    pub service: Option<ServiceId>,
    /// The reason.
    pub reason: ExceptionReason,
}

/// What is missing or does not fit. The text is one sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionReason {
    /// An open account without a single line.
    #[error("счёт открыт, но не начислена ни одна услуга: проверьте план услуг дома и исключения счёта")]
    NothingCharged,
    /// A plan names a service the rules do not know.
    #[error("услуги нет в справочнике: заведите её или уберите из плана")]
    NoService,
    /// No rate on some day of the plan. Part 0 is the only part of most tariffs.
    #[error("на {} нет тарифа{}: введите ставку с этого дня", day(*.since), part_name(*.part))]
    NoRate {
        /// Part of the tariff.
        part: i16,
        /// The first day without a rate.
        since: NaiveDate,
    },
    /// The plan names no norm, or the norm has no value for this flat.
    #[error("на {} нет норматива потребления для этого помещения: укажите норматив в плане услуги или его значение", day(*.since))]
    NoNorm {
        /// The first day without a norm.
        since: NaiveDate,
    },
    /// No areas of the premises on some day.
    #[error("на {} не указана площадь помещения: введите её в карточке помещения", day(*.since))]
    NoArea {
        /// The first day without an area.
        since: NaiveDate,
    },
    /// Nobody lives here and no owner is known, so there is nobody to count.
    #[error("на {} никто не зарегистрирован и не указан ни один собственник: введите проживающих или собственников", day(*.since))]
    Nobody {
        /// The first such day.
        since: NaiveDate,
    },
    /// A reading is below the one before and no passing of the dial's end was confirmed; it was not used.
    #[error("показание прибора № {serial} от {} меньше предыдущего и не принято: исправьте его или подтвердите переход через ноль", day(*.on))]
    ReadingDecreased {
        /// Serial number of the meter.
        serial: String,
        /// Day of the reading.
        on: NaiveDate,
    },
    /// Used in months too far back to be recalculated, told by a late reading, and the account that was open then is closed in the first
    /// month that is: nobody is charged for it, or given back.
    #[error("прибор № {serial}: {} {unit} до {} не учтены, счёт закрыт раньше: исправьте сальдо с основанием", super::trace::text::number(*.volume), before.format("%m.%Y"))]
    NobodysVolume {
        /// Serial number of the meter.
        serial: String,
        /// How much; below zero where it was charged and not used.
        volume: Decimal,
        /// Its unit.
        unit: String,
        /// The first day that is recalculated.
        before: NaiveDate,
    },
    /// A shop or an office without readings, where the house knows a norm of dwellings only.
    #[error(
        "нежилое помещение без показаний: норматив жилых к нему не применяется, задайте счёту свой порядок с объёмом по договору"
    )]
    ShopWithoutVolume,
    /// The house meter has neither readings, nor an average, nor a norm to fall back to.
    #[error("по общедомовому прибору нет показаний, среднего и норматива: введите показания")]
    HouseMeterSilent,
    /// The house has no areas to share a volume by.
    #[error("в доме не указано ни одной площади: объём общедомового прибора не на что делить")]
    HouseWithoutArea,
    /// Waste is charged by containers, and neither they nor a norm are known.
    #[error(
        "ТКО считается по контейнерам, но на месяц не указаны ни контейнеры дома, ни норматив накопления: введите их"
    )]
    NoContainers,
    /// Sewage is charged by the waters, but no water is charged and no norm is given.
    #[error(
        "водоотведение считается по воде, но вода по счёту не начисляется: задайте воду или норматив водоотведения"
    )]
    NoWaters,
    /// A parameter of law or region has no value in this month.
    #[error("на месяц расчёта не задан параметр «{0}»: введите его значение в справочнике параметров")]
    NoParameter(Parameter),
    /// A room names a flat that is not in its house.
    #[error("комната относится к квартире, которой нет в этом доме: исправьте карточку помещения")]
    FlatMissing,
    /// A fine of the executor for a service the account is not charged for this month.
    #[error(
        "штраф исполнителя указан по услуге, которая в этом месяце по счёту не начисляется: проверьте услугу и месяц"
    )]
    FineWithoutService,
    /// The table of undersupply has no line for a measured value.
    #[error(
        "акт недопоставки: для измеренного значения нет строки в таблице допустимых отклонений: проверьте акт или таблицу"
    )]
    NoLimit,
    /// Hot water below the bound is paid as cold water, and no price of cold water is known.
    #[error(
        "вода холоднее предела оплачивается по цене холодной, а её тарифа нет: введите ставку или план холодной воды дома"
    )]
    NoColdRate,
    /// A privilege needs a norm its rule or plan does not name.
    #[error(
        "льгота считается по норме, но норма не указана: проверьте правило льготы и норматив в плане услуги"
    )]
    PrivilegeWithoutNorm,
    /// A result does not fit a sum of money.
    #[error("результат расчёта слишком велик для денежной суммы: проверьте показания, площадь и тариф")]
    TooLarge,
}

fn day(day: NaiveDate) -> impl std::fmt::Display {
    day.format("%d.%m.%Y")
}

fn part_name(part: i16) -> String {
    if part == 0 { String::new() } else { format!(" (часть {part})") }
}

impl ExceptionReason {
    /// A short stable name, for lists and counts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingCharged => "nothing_charged",
            Self::NoService => "no_service",
            Self::NoRate { .. } => "no_rate",
            Self::NoNorm { .. } => "no_norm",
            Self::NoArea { .. } => "no_area",
            Self::Nobody { .. } => "nobody",
            Self::ReadingDecreased { .. } => "reading_decreased",
            Self::NobodysVolume { .. } => "nobodys_volume",
            Self::ShopWithoutVolume => "shop_without_volume",
            Self::HouseMeterSilent => "house_meter_silent",
            Self::HouseWithoutArea => "house_without_area",
            Self::NoContainers => "no_containers",
            Self::NoWaters => "no_waters",
            Self::NoParameter(_) => "no_parameter",
            Self::FlatMissing => "flat_missing",
            Self::FineWithoutService => "fine_without_service",
            Self::NoLimit => "no_limit",
            Self::NoColdRate => "no_cold_rate",
            Self::PrivilegeWithoutNorm => "privilege_without_norm",
            Self::TooLarge => "too_large",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::day;

    #[test]
    fn a_reason_is_one_sentence_with_its_day() {
        let reason = ExceptionReason::NoRate { part: 2, since: day("2026-07-05") };
        assert_eq!(reason.to_string(), "на 05.07.2026 нет тарифа (часть 2): введите ставку с этого дня");
        let reason = ExceptionReason::NoParameter(Parameter::MeterAveragePeriods);
        assert!(reason.to_string().contains("«периодов подряд по среднему расходу прибора»"));
    }
}
