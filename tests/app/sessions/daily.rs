//! What clerks do every day by one form: a payment taken by hand, a phone, a new name, another payer of an account.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// The cashier takes 500 roubles and is asked which; nothing and less than nothing are refused; taken back, they sum to nothing.
#[tokio::test]
async fn a_payment_is_taken_by_hand_and_taken_back() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CASHIER).await;
        seat.types("{F9}215 41001{Enter}").await;
        seat.sees("F7 принимает").await;
        seat.types("{F7}").await;
        seat.sees("Платёж: счёт 41001").await;
        seat.types("-5{Enter}").await;
        seat.sees("число должно быть больше нуля").await;
        seat.types("{Esc}500{Enter}").await;
        seat.goes_to("paid_on").await;
        seat.types("311219{Enter}").await;
        seat.goes_to("source").await;
        seat.types("касса 2{F2}").await;
        seat.sees("Принять 500,00 ₽ за 31.12.2019 по счёту 41001?").await;
        seat.types("1").await;
        seat.sees("открыт только с 01.01.2020").await;
        seat.goes_to("paid_on").await;
        seat.types("010120{F2}").await;
        seat.sees("Принять 500,00 ₽ за 01.01.2020 по счёту 41001?").await;
        seat.types("1").await;
        seat.sees("Записано").await;
        seat.sees("касса 2").await;
        seat.undoes().await;
        seat.hangs_up().await;
        let booked = "select string_agg(amount || ' ' || source, '; ' order by id) from finance_data.payment";
        let told: String = office.root.query_one(booked, &[]).await.unwrap().get(0);
        assert_eq!(told, "500.00 касса 2; -500.00 касса 2");
    };
    LocalSet::new().run_until(work).await;
}

/// A slip of the hand in a sum is asked for twice: nobody pays more than 20 000 who owes nothing. A month to come is another account's bill.
#[tokio::test]
async fn a_payment_nobody_makes_is_not_taken() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CASHIER).await;
        seat.types("{F9}215 41001{Enter}").await;
        seat.sees("F7 принимает").await;
        seat.types("{F7}").await;
        seat.sees("Платёж: счёт 41001").await;
        seat.rests().await;
        seat.types("50000{Enter}").await;
        seat.sees("50 000 больше 20 000").await;
        seat.types("{Enter}").await;
        seat.goes_to("month").await;
        seat.types("122030{F2}").await;
        seat.sees("Принять 50 000,00 ₽").await;
        seat.types("1").await;
        seat.sees("за 12.2030 ещё не платят").await;
        seat.goes_to("month").await;
        seat.types("0326{F2}").await;
        seat.sees("Принять 50 000,00 ₽").await;
        seat.types("1").await;
        seat.sees("Записано").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A dispatcher may not take money: the empty list does not send to F7, and the key says why.
#[tokio::test]
async fn nobody_is_sent_to_a_key_of_another_job() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}215 41001{Enter}").await;
        seat.sees("Оплат по этому счёту ещё не было").await;
        assert!(!seat.sight().contains("F7 принимает"), "{}", seat.sight());
        seat.types("{F7}").await;
        seat.sees("Нет права: «Платёж»").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The passport desk records a phone (spelled wrong first), a new surname, and makes another resident the payer.
#[tokio::test]
async fn a_phone_a_name_and_a_payer_are_recorded() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}210 41001{Enter}{F6}").await;
        seat.sees("Родился").await;
        seat.types("{Enter}").await;
        seat.sees("232 ").await;
        seat.types("{F9}записать телефон{Enter}").await;
        seat.sees("Телефон: ").await;
        seat.types("8 (921) 1{F2}").await;
        seat.sees("телефон — от 5 до 15 цифр").await;
        seat.goes_to("note").await;
        seat.goes_to("number").await;
        seat.types("+79211234567{F2}").await;
        seat.sees("Записано").await;
        seat.sees("567").await;
        seat.types("{F9}смена имени{Enter}").await;
        seat.sees("Смена имени: ").await;
        seat.types("Липова1{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("Липова{Enter}").await;
        seat.goes_to("from").await;
        seat.types("010326{Enter}свидетельство 5{F2}").await;
        seat.sees("Записано").await;
        seat.sees("Липова").await;
        seat.types("{F9}210 41001{Enter}{F9}плательщик{Enter}").await;
        seat.sees("Плательщик счёта 41001").await;
        seat.types("999{Enter}{Enter}010326{Enter}договор 7{F2}").await;
        seat.sees("нет такого: человек. Проверьте номер").await;
        seat.goes_to("person").await;
        seat.types("62{Enter}").await;
        seat.goes_to("from").await;
        seat.types("311219{F2}").await;
        seat.sees("открыт только с 01.01.2020").await;
        seat.goes_to("from").await;
        seat.types("010326{F2}").await;
        seat.sees("Записано").await;
        seat.hangs_up().await;
        let stands = "select (select number from passport_data.phone where person_id = 61 and retracted is null) || ' ' ||
            (select last_name from passport_data.person_name where person_id = 61 and retracted is null and valid_to = 'infinity') || ' ' ||
            (select person_id from cards_data.account_holder where account_id = 41001 and retracted is null and valid_to = 'infinity')";
        let told: String = office.root.query_one(stands, &[]).await.unwrap().get(0);
        assert_eq!(told, "+79211234567 Липова 62");
    };
    LocalSet::new().run_until(work).await;
}

/// Cold water of flat 1 was read on 20.01 and 20.02.2026, 1015 the last: a reading of a day between that is above it is doubted, as the next
/// month would have run backwards; nothing typed is lost.
#[tokio::test]
async fn a_reading_between_two_is_not_above_the_next() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}{F6}{F6}").await;
        seat.sees("ХВ-1").await;
        seat.types("{F7}").await;
        seat.sees("Показание прибора").await;
        seat.goes_to("day").await;
        seat.types("050226{Enter}").await;
        seat.rests().await;
        seat.types("1016{Enter}").await;
        seat.sees("даёт расход 6 от прежнего 1 010").await;
        seat.goes_to("value").await;
        seat.types("1014{F2}").await;
        seat.sees("Записано").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
