//! A new service of the centre, at its screens.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// A guard at 2.50 for every m²: 2.50 × 316.90 is 792.25 of seven accounts. A contract nobody made is refused unless it is said to be new,
/// and what is typed stays; undone, the list has it no more.
#[tokio::test]
async fn a_service_is_begun_at_its_screen() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}548{Enter}").await;
        seat.sees("Содержание").await;
        seat.types("{F7}").await;
        seat.sees("Новая услуга центра").await;
        seat.types("Охрана двора{Enter}guard{Enter}м²{Enter}2{Enter}прочее{Enter}7{Enter}общая{Enter}").await;
        seat.goes_to("provider").await;
        seat.types("power{Enter}ОХ-1{Enter}").await;
        seat.goes_to("rate").await;
        seat.types("2,5{Enter}").await;
        seat.goes_to("citation").await;
        seat.types("протокол 3{Enter}010326{Enter}всем{Enter}протокол 3{F2}").await;
        seat.sees("договора «ОХ-1» с «power» нет").await;
        seat.goes_to("is_new").await;
        seat.types("да{F2}").await;
        seat.sees("792,25").await;
        seat.writes().await;
        office.settle().await;
        seat.sees("Охрана двора").await;
        seat.undoes().await;
        seat.sees("Содержание").await;
        seat.rests().await;
        assert!(!seat.sight().contains("Охрана двора"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
