//! The words of an explanation in Russian.

use super::Said;
use crate::calc::line::Component;
use crate::calc::period::Month;
use crate::calc::trace::text::day;
use crate::calc::trace::{FactKind, Rule, RuleData, What};

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

words! {
    /// What a rule says, in one phrase.
    rule, RULES of Rule {
        Area => "площадь × тариф",
        AreaNorm => "площадь × норматив × тариф",
        Persons => "число проживающих × норматив × тариф",
        Owners => "никто не зарегистрирован, поэтому считается число собственников",
        Meter => "расход по прибору учёта × тариф",
        RollOver => "прибор перешёл через ноль: ёмкость шкалы − прежнее показание + новое",
        Average => "показаний нет, поэтому берётся среднемесячный расход прибора",
        HeatAverage => "прежний расход дома × дни отопления и мороз этого месяца ÷ прежние",
        OutOfOrder => "прибор по акту не учитывается: берётся прежний среднемесячный расход",
        Unverified => "срок поверки прибора истёк: берётся прежний среднемесячный расход",
        NormAfterAverage => "показаний нет дольше, чем допускается среднее, или среднее не из чего взять: берётся норматив",
        Increased => "прибор можно было поставить, но его нет или он не в порядке: норматив × (коэффициент − 1) × тариф",
        Tampering => "вмешательство в работу прибора: норматив, увеличенный в несколько раз",
        CatchUp => "показания возобновились: из расхода вычтено начисленное с прошлого показания без показаний",
        BeyondDepth => "показание старше срока перерасчёта: расход — в первом пересчитанном месяце",
        Communal => "расход по прибору коммунальной квартиры делится по числу проживающих",
        CommunalHeat => "тепло по прибору коммунальной квартиры делится по жилой площади комнат",
        HotWater => "объём горячей воды × тариф компонента «вода»",
        HotWaterHeat => "объём горячей воды × норматив тепла на подогрев × тариф компонента «тепло»",
        Waters => "объём водоотведения равен сумме объёмов холодной и горячей воды",
        Quantity => "количество × тариф",
        Ready => "сумма получена готовой от поставщика",
        HouseMeter => "объём общедомового прибора × площадь помещения ÷ площадь всех помещений × тариф",
        Group => "групповой прибор: его объём делится между домами по принятой основе",
        Heating => "тепло помещения (свой прибор или площадь × расход на м²) + доля площади в остальном тепле дома × тариф",
        HeatingEvenly => "площадь × норматив × доля отопительных месяцев в году × тариф",
        HouseHotWater => "тепло на приготовление горячей воды в доме × объём помещения ÷ объём всех помещений × тариф",
        Common => "объём на общее имущество × площадь помещения ÷ площадь всех помещений × тариф",
        CommonUtility => "объём на общедомовые нужды × доля площади помещения × тариф",
        WithinNorm => "по прибору дома на общедомовые нужды ушло больше норматива; без решения собственников делится только норматив",
        CommonBack => "прибор дома показал меньше, чем начислено помещениям: разница уменьшает плату жилых помещений, но не ниже нуля",
        Containers => "объём контейнеров дома × доля помещения в жильцах или площади × тариф",
        Correction => "корректировка за прошлый год: по прибору дома или контейнерам − начислено",
        Range => "расход сверх предела первого диапазона оплачивается по тарифу следующего",
        Absence => "временное отсутствие дольше пяти полных дней: норматив × дни отсутствия ÷ дни месяца × тариф",
        Undersupply => "перерывы и ненадлежащее качество: плата за месяц × процент снижения",
        Interruption => "за каждый час сверх допустимого перерыва",
        RoomTemperature => "за каждый час отклонения и каждый градус",
        WaterTemperature => "за каждый час отклонения и каждый полный шаг температуры",
        AsColdWater => "вода холоднее +40 °C оплачивается по тарифу холодной воды",
        Deviation => "за каждый час отклонения",
        WholeTime => "плата за всё время ненадлежащего качества не взимается",
        Repair => "плановый ремонт: за время перерыва норматив не начисляется",
        UpToAll => "снижение не больше самой платы",
        Privilege => "льгота: плата в пределах нормы на долю льготников × процент",
        FullRate => "доля человека по полному тарифу: объём на его долю × разница цен",
        Subsidy => "субсидия по решению соцзащиты: в доле платы за каждую услугу",
        SubsidyBelarus | SubsidyUkraine => "субсидия: плата в пределах норм − доля дохода семьи",
        SubsidyUpToBill => "субсидия не больше платы за месяц",
        Fine => "штраф исполнителя: процент излишне начисленного",
    }
}

words! {
    /// What a number is.
    what, WHATS of What {
        Amount => "начислено",
        Volume => "объём",
        VolumeUntil => "объём с начала месяца",
        AmountUntil => "плата с начала месяца",
        VolumeDays => "объём × дни",
        Product => "произведение",
        Rate => "тариф",
        Days => "дни",
        DaysOfAll => "всего дней",
        AreaTotal => "общая площадь",
        AreaLiving => "жилая площадь",
        AreaHeated => "отапливаемая площадь",
        Persons => "проживающие",
        Resident => "проживающий",
        Owners => "собственники",
        Owner => "собственник",
        Norm => "норматив",
        Coefficient => "повышающий коэффициент",
        Increased => "объём с коэффициентом",
        HeatNorm => "норматив тепла на подогрев",
        Consumption => "расход по показаниям",
        Reading => "показание",
        DialEnd => "ёмкость шкалы",
        Ratio => "коэффициент трансформации",
        Average => "среднемесячный расход",
        Months => "месяцы",
        Charged => "начислено без показаний",
        PersonsOfFlat => "проживающие во всей квартире",
        PersonDays => "дни проживания",
        PersonDaysOfHouse => "дни проживания во всём доме",
        Capacity => "объём контейнера",
        ContainerCount => "контейнеры",
        Removals => "вывозов за месяц",
        RestOfNorm => "остаток норматива",
        Quantity => "количество",
        Ready => "готовая сумма",
        HouseVolume => "объём дома",
        PremisesVolume => "объём всех помещений",
        CommonVolume => "остальной объём дома",
        PerArea => "расход на м² без прибора",
        SeasonShare => "доля отопительных месяцев в году",
        CommonArea => "площадь общего имущества",
        RangeEnd => "предел диапазона",
        Share => "доля",
        HouseArea => "площадь всех помещений дома",
        PremisesArea => "площадь помещения",
        GroupShare => "доля дома в группе",
        GroupBase => "все дома группы",
        FlatArea => "площадь квартиры",
        RoomsArea => "жилая площадь всех комнат",
        Absent => "отсутствующий",
        Percent => "процент",
        Excess => "излишне начислено",
        Hours => "часы",
        Interruption => "перерыв",
        AllowedHours => "допустимый перерыв",
        ExcessHours => "часы сверх допустимых",
        WholeUnits => "полных единиц времени",
        HoursOfAll => "всего часов",
        Degrees => "отклонение",
        DegreeHours => "градусо-часы",
        HeatedDays => "дни отопления",
        DegreeDays => "градусо-сутки отопления",
        Steps => "полных шагов",
        Reduction => "снижение",
        Privileged => "льготников",
        SocialNorm => "социальная норма площади",
        Covered => "в пределах нормы",
        Privilege => "льгота",
        Subsidy => "субсидия",
        Family => "членов семьи",
        Income => "доход семьи в месяц",
        HeadIncome => "доход на человека",
        Minimum => "прожиточный минимум",
        Minima => "доход в прожиточных минимумах",
        Standard => "стандарт стоимости на человека",
        Cost => "стоимость по стандарту",
        OwnShare => "доля расходов семьи",
        Own => "платит сама семья",
        Bill => "плата за жильё и коммунальные услуги",
        BillWithinNorms => "плата в пределах норм",
        BillWithoutPrivileges => "та же плата без льгот",
        BillOfService => "плата за эту услугу",
    }
}

words! {
    /// A kind of fact.
    fact, FACTS of FactKind {
        Area => "площадь",
        Residence => "регистрация",
        Owner => "собственность",
        Reading => "показание",
        Meter => "прибор",
        Quantity => "количество",
        Ready => "готовая сумма",
        Absence => "отсутствие",
        Undersupply => "акт",
        Privilege => "право на льготу",
        Overcharge => "решение",
        Subsidy => "решение о субсидии",
        Containers => "контейнеры дома",
    }
}

words! {
    /// A kind of dated data.
    data, DATA of RuleData {
        Rate => "тариф",
        Norm => "норматив",
        Parameter => "параметр",
        Limit => "таблица отклонений",
        PrivilegeRule => "правило льготы",
    }
}

words! {
    /// What is said behind the name of the service: nothing for its own charge.
    component, COMPONENTS of Component {
        Base => "",
        Zone1 => " (зона 1)",
        Zone2 => " (зона 2)",
        Zone3 => " (зона 3)",
        Range2 => " (второй диапазон)",
        Range3 => " (третий диапазон)",
        Water => " (вода)",
        Heat => " (тепло)",
        CatchUp => " (зачёт начисленного без показаний)",
        CatchUpHeat => " (зачёт тепла, начисленного без показаний)",
        Correction => " (корректировка за год)",
        Surplus => " (повышающий коэффициент)",
        SurplusHeat => " (повышающий коэффициент, тепло)",
        FullRate => " (по полному тарифу)",
        Undersupply => " (недопоставка и качество)",
        Absence => " (временное отсутствие)",
        Fine => " (штраф исполнителя)",
        PrivilegeFederal | PrivilegeRegional | PrivilegeMunicipal => " (льгота)",
        PayoutFederal | PayoutRegional | PayoutMunicipal => " (денежная компенсация, не в квитанции)",
        Subsidy => " (субсидия)",
        SubsidyPayout => " (субсидия деньгами, не в квитанции)",
    }
}

/// A month and its year.
pub fn month(month: Month) -> String {
    super::named(month, &MONTHS)
}

/// The same with the letter behind the year, as papers write it.
fn month_of_year(of: Month) -> String {
    format!("{} г.", month(of))
}

/// Units are written as the directory of services has them.
pub fn unit(unit: &str) -> String {
    unit.to_owned()
}

/// Citations are written as the law is cited.
pub fn citation(citation: &str) -> String {
    citation.to_owned()
}

/// A sentence with its places filled.
pub fn said(said: &Said<'_>) -> String {
    match said {
        Said::Rule(rule) => format!("Правило: {rule}"),
        Said::InParts { volume, amount } => format!("{volume}, начислено по частям {amount} ₽"),
        Said::Named(name) => format!("«{name}»"),
        Said::Places(places) => format!("до {places} знаков"),
        Said::Between(first, last) if first == last => format!("от {}", day(*first)),
        Said::Between(first, last) => format!("с {} по {}", day(*first), day(*last)),
        Said::From(first) => format!("с {}", day(*first)),
        Said::Until(last) => format!("по {}", day(*last)),
        Said::Row(row) => format!("запись {row}"),
        Said::Released(of) => format!("закреплено при выпуске за {}", month(*of)),
        Said::Premises(count) => format!("помещений: {count}"),
        Said::Debt { days, balance } => format!("{days} дн., долг {balance} ₽"),
        Said::Grace => "первые дни просрочки без пеней".to_owned(),
        Said::Moratorium => "мораторий, пени не начисляются".to_owned(),
        Said::Gone(line) => format!("{line}: расчёт этой строки не даёт"),
        Said::Recalculation { of, sum } => format!("Перерасчёт за {}: {sum} ₽", month_of_year(*of)),
        Said::Because { title, on, ground: None } => format!("{title} от {}", day(*on)),
        Said::Because { title, on, ground: Some(ground) } => format!("{title} от {}, {ground}", day(*on)),
        Said::Penalty { of, sum, through, accrued } => format!(
            "Пени на долг за {}: {sum} ₽ — начислено по {} {accrued} ₽",
            month_of_year(*of),
            day(*through)
        ),
        Said::BookedBefore(sum) => format!("учтено раньше {sum} ₽"),
        Said::Agreed { sum, parts, percent, document } => {
            format!("Соглашение: {sum} ₽ на {parts} мес., {percent} % годовых — {document}")
        }
        Said::Stopped { of, sum } => format!("Рассрочка платы за {} прекращена: {sum} ₽", month_of_year(*of)),
        Said::Interest { of, sum } => {
            format!("Проценты за рассрочку платы за {}: {sum} ₽", month_of_year(*of))
        }
        Said::InterestOf { rest, percent } => format!("отложено {rest} ₽ × {percent} % ÷ 12 месяцев"),
        Said::Part { part, parts, of, sum } => {
            format!("Часть {part} из {parts} платы за {}: {sum} ₽", month_of_year(*of))
        }
        Said::PutOff { of, sum } => {
            format!("Рассрочка платы за {}: {sum} ₽ отложено на следующие месяцы", month_of_year(*of))
        }
    }
}
