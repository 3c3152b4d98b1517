//! A person moves, at the screens: the flat is found by its address, the old registration ends by the same operation.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// Nina Zhasminova moves from flat 3 to flat 2. Nothing is left out; on a day before she came here it is told; what is typed stays.
#[tokio::test]
async fn a_person_is_registered_at_another_address() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}{F3}~Жасминова~{Enter}").await;
        seat.sees("Телефоны").await;
        seat.types("{F7}").await;
        seat.sees("Регистрация по другому адресу: Жасминова").await;
        seat.types("{F2}").await;
        seat.sees("«Куда»: заполните поле").await;
        seat.types("садовая{Enter}").await;
        seat.sees("«Куда»: выберите из списка, F4").await;
        seat.goes_to("premises").await;
        seat.types("{F4}").await;
        seat.sees("Какое помещение").await;
        seat.types("садовая 1 3").await;
        seat.sees("41003").await;
        seat.types("{Enter}").await;
        seat.rests().await;
        let whither = |line: &str| line.contains("Куда") && line.contains("кв. 3");
        assert!(seat.sight().lines().any(whither), "no number of the base: {}", seat.sight());
        seat.types("{Enter}160326{Enter}{Enter}дочь{Enter}заявление 9{F2}").await;
        seat.sees("уже зарегистрирован здесь с 01.01.2020").await;
        seat.goes_to("premises").await;
        seat.types("{F4}садовая 1 2{Enter}{F2}").await;
        seat.sees("41003").await;
        seat.writes_and_undoes(&office).await;
        seat.sees("кв. 3").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Over the doors of a house the number of a flat is typed, or who pays: Enter opens the account.
#[tokio::test]
async fn a_flat_is_found_by_its_number() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}210 41001{Enter}{F9}Открыть дом{Enter}").await;
        seat.sees("Жил.").await;
        seat.types("3{Enter}").await;
        seat.sees("Счёт 41003").await;
        seat.types("{F10}").await;
        seat.sees("Жил.").await;
        seat.types("{Esc}Вер{Esc}Груш{Enter}").await;
        seat.sees("Счёт 41002").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
