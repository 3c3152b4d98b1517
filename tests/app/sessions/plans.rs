//! What a house is charged: its plan, its common property, a service taken from many houses at once.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

async fn at_the_plan(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::CENTRE).await;
    seat.types("{F9}210 42001{Enter}{F9}Открыть дом{Enter}").await;
    seat.sees("Жил.").await;
    seat.types("{F9}Порядок{Enter}").await;
    seat.sees("Порядок начисления: ").await;
    seat
}

/// Upkeep of house 2 by living area: 58.00 instead of 94.00 m² × 31.74, of two accounts 511.01 and 631.63 less. A contract nobody made is
/// refused, and what is typed stays.
#[tokio::test]
async fn a_house_is_charged_otherwise() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_plan(&office).await;
        seat.types("{Enter}").await;
        seat.sees("Порядок начисления: Содержание").await;
        seat.types("жилая{Enter}{Enter}УК-9{Enter}{Enter}{Enter}010326{Enter}{Enter}решение 5{F2}").await;
        seat.sees("договора «УК-9» с «south» нет").await;
        seat.goes_to("contract").await;
        seat.types("УК-2{F2}").await;
        seat.sees("-1 142,64").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// House 2 has no upkeep from March: 94.00 × 31.74, rounded by account, is 2 983.56 less. Before it was charged there is nothing to end.
#[tokio::test]
async fn a_house_loses_a_service() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_plan(&office).await;
        seat.types("{F8}").await;
        seat.sees("Услуги больше нет: Содержание").await;
        seat.types("010110{Enter}010111{Enter}решение 5{F2}").await;
        seat.sees("лицевые счета ведутся только с 01.01.2020").await;
        seat.types("{F10}2{F8}010326{Enter}{Enter}решение 5{F2}").await;
        seat.sees("-2 983,56").await;
        seat.writes().await;
        office.settle().await;
        seat.sees("Холодное водоснабжение").await;
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The common property of house 2 is 80 m² from March: no less than nothing, and more than all its premises (94.00) is typed twice.
#[tokio::test]
async fn common_property_is_measured_again() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_plan(&office).await;
        seat.types("{F9}Площадь{Enter}").await;
        seat.sees("Площадь общего имущества: ").await;
        seat.types("-5{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("800{Enter}").await;
        seat.sees("94").await;
        assert!(seat.sight().contains("ещё раз"), "{}", seat.sight());
        seat.types("80{Enter}010326{Enter}обмер 5{F2}").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The list of the services of a street, upkeep of both its houses marked: 10 058.40 of March.
async fn upkeep_marked(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::CENTRE).await;
    seat.types("{F9}226{Enter}").await;
    seat.sees("Садовая").await;
    seat.types("{Down}{Down}{Enter}").await;
    seat.sees("Услуги домов").await;
    seat.types("содержание").await;
    seat.sees("показано 2 из 2").await;
    seat.types("{F9}{Ins}").await;
    seat.sees("10 058,40").await;
    seat.types("1").await;
    seat.sees("Отмечено всё: 2").await;
    seat
}

/// All houses of a street by living area, from the list of streets: 3 913.54 less on seven accounts is seen before, and undone as one.
#[tokio::test]
async fn a_street_is_changed_at_once() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = upkeep_marked(&office).await;
        seat.types("{F2}").await;
        seat.sees("Порядок начисления отмеченных домов").await;
        seat.types("на глаз{Enter}").await;
        seat.sees("нет в списке").await;
        seat.types("жилая{Enter}{Enter}{Enter}{Enter}{Enter}010326{Enter}{Enter}решение 5{F2}").await;
        seat.sees("-3 913,54").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Upkeep is taken from both houses at once; an end before the beginning is told when it is left, and all comes back as one.
#[tokio::test]
async fn a_street_loses_a_service() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = upkeep_marked(&office).await;
        seat.types("{F9}Исключить{Enter}").await;
        seat.sees("Исключение услуги из отмеченных домов").await;
        seat.types("010326{Enter}010226{Enter}").await;
        seat.sees("нужно позже, чем «С какого дня» (01.03.2026)").await;
        seat.types("010426{Enter}решение 5{F2}").await;
        seat.sees("-10 058,40").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
