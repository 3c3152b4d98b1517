//! Whom people pay by a contract, and the limits of deviations: directories of the centre, changed at their screens.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// People pay Водоканал itself from April, and the centre again from May; where they pay the centre already there is nothing to end.
#[tokio::test]
async fn a_payee_comes_and_goes() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}541{Enter}").await;
        seat.sees("В-1").await;
        seat.types("В-1").await;
        seat.sees("строк 1 Отбор").await;
        seat.types("{F9}снова центру{Enter}").await;
        seat.sees("По договору В-1 платят центру").await;
        seat.types("010326{Enter}письмо 1{F2}").await;
        seat.sees("с 01.03.2026 прекращать нечего").await;
        seat.types("{F10}2{Enter}").await;
        seat.sees("Кому платят по договору В-1").await;
        seat.types("водоканал").await;
        seat.sees("строк 1 Отбор").await;
        seat.types("{Enter}").await;
        seat.sees("Получатель платы по договору В-1").await;
        seat.types("010326{Enter}{F2}").await;
        seat.sees("«Основание»: заполните поле").await;
        seat.types("письмо 2{F2}").await;
        seat.sees("Записано").await;
        // The list of organisations was a step to what is done: behind it stand the contracts again.
        seat.sees("01.03.2026").await;
        seat.types("{F9}снова центру{Enter}").await;
        seat.sees("По договору В-1 платят центру").await;
        seat.types("010526{Enter}письмо 3{F2}").await;
        seat.sees("Записано").await;
        seat.hangs_up().await;
        let stands =
            "select string_agg(valid_from || ' ' || valid_to || ' ' || void, '; ' order by valid_from)
            from cards_data.contract_payee where contract_id = 21 and retracted is null";
        let told: String = office.root.query_one(stands, &[]).await.unwrap().get(0);
        assert_eq!(told, "2026-03-01 2026-05-01 false; 2026-05-01 infinity true");
    };
    LocalSet::new().run_until(work).await;
}

/// An hour without cold water takes 0.2 % from April: no less than nothing, on the ground of a law, and past a bound at the price of a
/// service there is.
#[tokio::test]
async fn a_limit_is_changed() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}615{Enter}").await;
        seat.sees("ХВС: перерыв").await;
        seat.types("{F7}").await;
        seat.sees("Предел отклонения: ХВС: перерыв").await;
        seat.types("-1{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("0,2{F2}").await;
        seat.sees("заполните поле").await;
        seat.goes_to("from").await;
        seat.types("010426{Enter}ПП РФ № 354{Enter}письмо 4").await;
        seat.goes_to("priced").await;
        seat.types("~gold~{F2}").await;
        seat.sees("услуги с кодом «gold» нет").await;
        seat.goes_to("priced").await;
        seat.types("{Backspace}{Backspace}{Backspace}{Backspace}{F2}").await;
        seat.writes().await;
        seat.sees("0,2 ").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Bank details are printed on every bill: a number of another length is refused, and so is one whose key the bank does not have.
#[tokio::test]
async fn bank_details_have_the_digits_a_bank_gives() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}540{Enter}").await;
        seat.sees("Водоканал").await;
        seat.types("водоканал").await;
        seat.sees("строк 1 Отбор").await;
        seat.types("{F9}реквизиты{Enter}").await;
        seat.sees("Банковские реквизиты: ").await;
        seat.goes_to("from").await;
        seat.types("010326{Enter}письмо 5").await;
        for (account, bic, told) in [
            ("123", "049902707", "в номере счёта не двадцать цифр"),
            ("40702810800000000004", "1234", "в БИК не девять цифр"),
            ("40702810800000000005", "049902707", "счёт не подходит к БИК"),
            ("40702810800000000004", "049902707", "Записано"),
        ] {
            seat.goes_to("account").await;
            seat.types(&format!("{account}{{Enter}}{bic}{{F2}}")).await;
            seat.sees(told).await;
        }
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
