//! Meters of a house, taken down, sealed, verified: at their screens, with what is wrong too.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// The card of a meter of cold water.
async fn at_the_meter(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::ACCOUNTANT).await;
    seat.types("{F9}{F3}~ХВ-1~{Enter}").await;
    seat.sees("Прибор ХВ-1").await;
    seat
}

/// A meter is taken down on 10 March: not before its last reading of 20 February, not below its 1015 m³.
#[tokio::test]
async fn a_meter_is_taken_down() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_meter(&office).await;
        seat.types("{F9}Снять{Enter}").await;
        seat.sees("Снятие прибора ХВ-1").await;
        // Believed by the readings around that day: 1010 of January and 1015 of February, not by today's alone.
        seat.types("100226{Enter}").await;
        seat.rests().await;
        seat.types("1018{Enter}").await;
        seat.sees("даёт расход 8 от прежнего 1 010, обычно до 5").await;
        seat.goes_to("final1").await;
        seat.types("1014{Enter}{Enter}{Enter}{Enter}акт 7{F2}").await;
        seat.sees("есть показание от 20.02.2026").await;
        seat.goes_to("day").await;
        seat.types("100326{Enter}").await;
        seat.rests().await;
        seat.types("1010{Enter}").await;
        seat.sees("1 015").await;
        seat.types("1018{Enter}{F2}").await;
        seat.writes().await;
        office.settle().await;
        seat.sees("10.03.2026").await;
        seat.types("{F9}Снять{Enter}").await;
        seat.sees("Снятие прибора ХВ-1").await;
        seat.types("150326{Enter}1020{Enter}{Enter}{Enter}{Enter}акт 8{F2}").await;
        seat.sees("с 15.03.2026 прекращать нечего").await;
        seat.types("{F10}2").await;
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A seal stands from the day it was put on: no day of the future, none when the meter did not stand yet.
#[tokio::test]
async fn a_meter_is_sealed() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = at_the_meter(&office).await;
        seat.types("{F9}пломбу{Enter}").await;
        seat.sees("Пломба прибора ХВ-1").await;
        seat.types("31122030{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("190124{Enter}а-15{F2}").await;
        seat.sees("на 19.01.2024 не установлен").await;
        seat.goes_to("from").await;
        seat.types("200124{F2}").await;
        seat.sees("А-15").await;
        seat.sees("20.01.2024").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A verification of 1 March until 2032: it does not end before it begins; the card tells it.
#[tokio::test]
async fn a_meter_is_verified() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = at_the_meter(&office).await;
        seat.types("{F9}поверку{Enter}").await;
        seat.sees("Поверка прибора ХВ-1").await;
        seat.types("010326{Enter}010226{Enter}").await;
        seat.sees("01.03.2026").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("010332{Enter}С-77{Enter}акт 9{F2}").await;
        seat.writes().await;
        seat.sees("01.03.2032").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A meter of heat for house 2, which had none: its number stands elsewhere, its reading is no word.
#[tokio::test]
async fn a_house_meter_is_installed() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 42001{Enter}{F9}Открыть дом{Enter}").await;
        seat.sees("Жил.").await;
        seat.types("{F9}Общедомовые{Enter}").await;
        seat.sees("Общедомовых приборов нет").await;
        seat.types("{F7}").await;
        seat.sees("Общедомовой прибор какой услуги").await;
        seat.types("{Down}{Down}{Down}{Down}{Enter}").await;
        seat.sees("Общедомовой прибор: Отопление").await;
        seat.types("~одпу-1~{Enter}{Enter}{Enter}{Enter}010326{Enter}ноль{Enter}").await;
        seat.sees("это не число").await;
        seat.types("0{Enter}{Enter}{Enter}акт 7{F2}").await;
        seat.sees("прибор ОДПУ-1 уже стоит").await;
        seat.goes_to("serial").await;
        seat.types("~одпу-2~{F2}").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
