//! Accounts, owners, plans and meters entered at their screens as an operator would, with what is wrong too; shown before, undone after.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// A meter of cold water for flat 3, from its account: letters are no reading, and nothing is left out.
#[tokio::test]
async fn a_meter_is_installed() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41003{Enter}{F6}{F6}").await;
        seat.sees("[Приборы]").await;
        seat.types("{F9}Установить{Enter}").await;
        seat.sees("Прибор какой услуги").await;
        seat.types("{Enter}").await;
        seat.sees("Установка прибора: Холодное").await;
        seat.types("{Enter}ХВ-9{Enter}{Enter}{Enter}100326{Enter}ноль{Enter}").await;
        seat.sees("это не число").await;
        seat.types("0,5{Enter}{Enter}{Enter}{F2}").await;
        seat.sees("«Основание»: заполните поле").await;
        seat.types("акт 7{F2}").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A meter is replaced from its card: less than it told before is asked about first, and the old one's readings stay.
#[tokio::test]
async fn a_meter_is_replaced() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}{F3}~ХВ-1~{Enter}").await;
        seat.sees("Прибор ХВ-1").await;
        seat.types("{F9}Заменить{Enter}").await;
        seat.sees("Замена прибора ХВ-1").await;
        // Believed by the readings around that day: 1010 of January and 1015 of February, not by today's alone.
        seat.types("100226{Enter}").await;
        seat.rests().await;
        seat.types("1018{Enter}").await;
        seat.sees("даёт расход 8 от прежнего 1 010, обычно до 5").await;
        seat.goes_to("day").await;
        seat.types("120326{Enter}").await;
        seat.rests().await;
        seat.types("1010{Enter}").await;
        seat.sees("1 015").await;
        seat.types("1018{Enter}{Enter}{Enter}{Enter}ХВ-1Н{Enter}{Enter}0{Enter}{Enter}{Enter}акт 7{F2}")
            .await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// An account for a new flat, from the card of its house: 40.50 × 31.74 = 1 285.47 more; without an area it is told
/// what is missing, and what is typed stays.
#[tokio::test]
async fn an_account_is_opened() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}{F9}Открыть дом{Enter}").await;
        seat.sees("Жил.").await;
        seat.types("{F7}").await;
        seat.sees("42003").await;
        seat.types("5{Enter}{Enter}квартира{Enter}{Enter}{Enter}1{Enter}{Enter}{Enter}{Enter}{Enter}010326{Enter}заявление{PgDn}").await;
        seat.sees("новый: фамилия").await;
        seat.types("{Enter}Новикова{Enter}Анна{Enter}{F2}").await;
        seat.sees("помещения 5 в доме нет").await;
        // Back to the first sheet, and on to the area.
        seat.types("{PgUp}").await;
        seat.goes_to("total").await;
        seat.types("40,5{F2}").await;
        seat.sees("1 285,47").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The owner of flat 1 keeps a half; two thirds beside it are refused with the sentence of the rule, what is typed stays; a third is taken.
#[tokio::test]
async fn an_owner_is_recorded() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}210 41001{Enter}{F9}Собственники{Enter}").await;
        seat.sees("1/1").await;
        seat.types("{F9}Изменить долю{Enter}").await;
        seat.sees("Изменение доли").await;
        // Before the right began it has no share to change.
        seat.types("1{Enter}2{Enter}010319{Enter}").await;
        seat.sees("не может быть раньше, чем «с» (01.01.2020)").await;
        seat.types("010326{Enter}выписка{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.sees("1/2").await;
        seat.types("{F7}").await;
        seat.sees("Новый собственник").await;
        seat.types("62{Enter}").await;
        seat.sees("Вишнякова").await;
        seat.types("{Enter}{Enter}{Enter}{Enter}2{Enter}3{Enter}010326{Enter}выписка{F2}").await;
        seat.sees("вместе больше целого").await;
        seat.types("{Up}{Up}{Up}1{F2}").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Two antennas instead of one, 120 more; a fine of half of 100; both from the services of the account.
#[tokio::test]
async fn a_quantity_and_a_fine() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41002{Enter}{F6}{F6}{F6}").await;
        seat.sees("[Услуги]").await;
        seat.types("{Down}{Down}{Down}{Down}{Down}{F9}Количество{Enter}").await;
        seat.sees("Количество: Антенна").await;
        seat.types("-1{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("2{Enter}010326{Enter}{Enter}заявление{F2}").await;
        seat.sees("120,00").await;
        seat.writes_and_undoes(&office).await;
        seat.types("{F9}Записать штраф{Enter}").await;
        seat.sees("Штраф исполнителя: Антенна").await;
        seat.types("100{Enter}{Enter}жалоба 3{Enter}акт 8{F2}").await;
        seat.sees("-50,00").await;
        seat.writes_and_undoes(&office).await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
