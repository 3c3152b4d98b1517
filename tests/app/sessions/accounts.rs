//! Accounts closed and opened again, plans of their own, ready charges: at their screens, with what is wrong too.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// Flat 2 leaves on 16 March: 38.00 × 31.74 × 15 ÷ 31 = 583.61 of 1 206.12 for upkeep. No account is closed before it was opened, on no
/// ground, nor opened while it is open; closed, it is opened again from April.
#[tokio::test]
async fn an_account_is_closed_and_opened_again() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41002{Enter}{F9}Закрыть{Enter}").await;
        seat.sees("Закрытие счёта 41002").await;
        seat.types("160326{Enter}{F2}").await;
        seat.sees("«Основание»: заполните поле").await;
        seat.types("заявление 5").await;
        seat.goes_to("from").await;
        seat.types("311219{F2}").await;
        seat.sees("31.12.2019").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.goes_to("from").await;
        seat.types("160326{F2}").await;
        seat.sees("-622,51").await;
        seat.writes().await;
        seat.sees("закрыт").await;
        office.settle().await;
        seat.types("{F9}Возобновить{Enter}").await;
        seat.sees("Счёт 41002 открывается снова").await;
        seat.types("150326{Enter}заявление 6{F2}").await;
        seat.sees("открыт с 01.01.2020 и не").await;
        seat.goes_to("from").await;
        seat.types("311219{F2}").await;
        seat.sees("открыт только с 01.01.2020").await;
        seat.goes_to("from").await;
        seat.types("010426{F2}").await;
        seat.writes_and_undoes(&office).await;
        seat.undoes().await;
        seat.sees("открыт").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Upkeep of flat 2 by its living area: 19.50 instead of 38.00 m², 587.19 less. Another service's tariff is not taken; what the house
/// gives already is not put back to it.
#[tokio::test]
async fn an_account_has_a_plan_of_its_own() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41002{Enter}{F6}{F6}{F6}").await;
        seat.sees("[Услуги]").await;
        seat.types("{F9}Свой порядок{Enter}").await;
        seat.sees("Свой порядок счёта 41002: Содержание").await;
        seat.types("жилая{Enter}{Enter}{Enter}~waste~{Enter}{Enter}010326{Enter}{Enter}решение 5{F2}").await;
        seat.sees("тарифа «waste» у услуги").await;
        seat.goes_to("tariff").await;
        seat.types("~maintenance~{F2}").await;
        seat.sees("-587,19").await;
        seat.writes_and_undoes(&office).await;
        seat.types("{F9}Свой порядок{Enter}").await;
        seat.sees("Свой порядок счёта 41002: Содержание").await;
        seat.types("{Enter}{Enter}{Enter}{Enter}{Enter}010326{Enter}{Enter}решение 5{F9}как дому{Enter}")
            .await;
        seat.sees("с 01.03.2026 прекращать нечего").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// What the provider of waste counted for March becomes 400.00: 19.63 more. A month that ends before it begins is told at once; a service
/// that is charged by area takes no ready sum.
#[tokio::test]
async fn a_provider_counts_itself() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 42001{Enter}{F6}{F6}{F6}").await;
        seat.sees("[Услуги]").await;
        seat.types("{F9}Готовое{Enter}").await;
        seat.sees("Готовое начисление: Содержание").await;
        seat.types("400{Enter}0326{Enter}0426{Enter}реестр 5{F2}").await;
        seat.sees("начисляется по способу «готовое»").await;
        seat.types("{F10}2").await;
        seat.types("{Down}{Down}{Down}{Down}{Down}{F9}Готовое{Enter}").await;
        seat.sees("Готовое начисление: Обращение с ТКО").await;
        seat.types("400{Enter}0326{Enter}0226{Enter}").await;
        seat.sees("03.2026").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("0426{Enter}реестр 5{F2}").await;
        seat.sees("19,63").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
