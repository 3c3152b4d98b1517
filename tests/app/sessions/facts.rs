//! Facts of law and of cards, entered at their screens as an operator would, with what is wrong too.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// An account's services against months: March 2026 is charged, 54.30 m² × 31.74 = 1 723.48 for upkeep; the months before are empty.
/// Enter on the amount of March explains March.
#[tokio::test]
async fn services_stand_against_months() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}").await;
        seat.types("{F9}Услуги по месяцам{Enter}").await;
        seat.sees("03.2026").await;
        seat.sees("1 723,48").await;
        assert!(seat.sight().contains("11.2025") && seat.sight().contains("Содержание"), "{}", seat.sight());
        seat.types("{Right}{Right}{Right}{Right}{Right}{Right}{Enter}").await;
        seat.sees("54,30").await;
        // The half-year before has no books.
        seat.types("{Esc}{F9}Полгода раньше{Enter}").await;
        seat.sees("09.2025").await;
        assert!(!seat.sight().contains("1 723,48"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The norm of cold water becomes 4.5 m³ from April: below nothing and without a resolution it is not taken; the difference is shown,
/// then the list and the history say so.
#[tokio::test]
async fn a_norm_is_changed_at_its_list() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}530{Enter}").await;
        seat.sees("4,33").await;
        seat.types("{F7}-1{Enter}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("4,5{Enter}010426{Enter}{F2}").await;
        assert!(seat.desk.message.is_refusal, "{}", seat.sight());
        seat.types("Постановление 12-пк{Enter}письмо 7{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.sees("4,5 ").await;
        seat.types("{Enter}").await;
        seat.sees("31.03.2026").await;
        seat.sees("Постановление 12-пк").await;
        seat.hangs_up().await;
        let count = "select count(*) from cards_data.norm_value where norm_id = 42 and value = 4.5 and valid_from = '2026-04-01' and retracted is null";
        assert_eq!(office.db.root().await.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 1);
    };
    LocalSet::new().run_until(work).await;
}

/// The day bills are due becomes the 20th from 2027: what is not a number is not taken; the list tells what will be.
#[tokio::test]
async fn a_parameter_is_set_ahead() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}520{Enter}").await;
        seat.types("{F3}вносится{F2}").await;
        seat.sees("01.02.2026").await;
        seat.types("{F7}двадцать{Enter}").await;
        seat.sees("это не число").await;
        seat.types("20{Enter}010127{Enter}ЖК РФ, ст. 155{Enter}письмо 8{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.sees("01.01.2027").await;
        seat.types("{Enter}").await;
        seat.sees("31.12.2026").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A meter failed on 10 March: a word that is no reason is not taken; then the meter does not count, until it is put right on the 25th.
#[tokio::test]
async fn a_meter_that_failed_does_not_count() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}{F3}~ХВ-1~{Enter}").await;
        seat.sees("Прибор ХВ-1").await;
        seat.types("{F9}не учитывается{Enter}").await;
        seat.sees("Причина").await;
        seat.types("поломка{Enter}").await;
        seat.sees("нет в списке").await;
        seat.types("отказ{Enter}100326{Enter}{Enter}5 от 10.03.2026{Enter}заявление{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.types("{F9}снова{Enter}").await;
        seat.sees("10.03.2026").await;
        seat.types("250326{Enter}акт ввода{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.rests().await;
        seat.hangs_up().await;
        let stands = "select string_agg(valid_from || ' ' || valid_to || ' ' || kind || ' ' || act, '; ')
            from meters_data.meter_outage where meter_id = 51 and retracted is null and not void";
        let told: String = office.db.root().await.query_one(stands, &[]).await.unwrap().get(0);
        assert_eq!(told, "2026-03-10 2026-03-25 failure 5 от 10.03.2026");
    };
    LocalSet::new().run_until(work).await;
}

/// Five thirds are no share: refused with the sentence of the rule, what is typed stays; a third is one.
#[tokio::test]
async fn a_share_is_no_more_than_the_whole() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}").await;
        seat.types("{F9}Доля{Enter}").await;
        seat.sees("Доля плательщика").await;
        seat.types("5{Enter}3{Enter}010326{Enter}выписка ЕГРН{F2}").await;
        seat.sees("доля не может быть больше целого").await;
        seat.types("{Up}{Up}{Up}1{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.rests().await;
        seat.hangs_up().await;
        let stands = "select string_agg(numerator || '/' || denominator, '; ') from cards_data.account_share where account_id = 41001 and retracted is null";
        assert_eq!(office.db.root().await.query_one(stands, &[]).await.unwrap().get::<_, String>(0), "1/3");
    };
    LocalSet::new().run_until(work).await;
}

/// No meter of cold water can be had in flat 3: entered at the services of the account, for the premises.
#[tokio::test]
async fn an_act_that_no_meter_can_be_had() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41003{Enter}").await;
        seat.types("{F6}{F6}{F6}").await;
        seat.sees("[Услуги]").await;
        seat.types("{Down}{F9}установить нельзя{Enter}").await;
        seat.sees("Холодное водоснабжение").await;
        seat.types("010326{Enter}{Enter}{Enter}").await;
        seat.sees("«Акт»: заполните поле").await;
        seat.types("обследование 3{Enter}заявление{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.rests().await;
        seat.hangs_up().await;
        let stands = "select string_agg(premises_id || ' ' || service_id || ' ' || act, '; ') from meters_data.meter_exemption where retracted is null";
        let told: String = office.db.root().await.query_one(stands, &[]).await.unwrap().get(0);
        assert_eq!(told, "1013 2 обследование 3");
    };
    LocalSet::new().run_until(work).await;
}

/// An act that is withdrawn takes no interval: its empty list does not send to F7, and the key says why.
#[tokio::test]
async fn a_withdrawn_act_takes_no_interval() {
    let work = async {
        let office = Office::of(village().await).await;
        let act = serde_json::json!({
            "house_id": 101, "service_id": 2, "deficiency": "cold_interruption", "number": "А-1", "drawn_on": "2026-03-05",
            "from_day": "2026-03-03", "from_time": "08:00", "to_day": "2026-03-03", "to_time": "18:00",
        });
        office.accountant.does("claims.act", act).await;
        let id: i64 = office.seen("select act_id from claims.act_list").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}{F9}220{Enter}{F9}610{Enter}").await;
        seat.sees("А-1").await;
        seat.types("{Enter}").await;
        seat.sees("Акт А-1 от").await;
        office.accountant.does("claims.act_withdraw", serde_json::json!({ "act_id": id })).await;
        seat.types("{F5}").await;
        seat.sees("В акте нет промежутков").await;
        assert!(!seat.sight().contains("F7 добавляет"), "{}", seat.sight());
        seat.types("{F7}").await;
        seat.sees("Акт отозван").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
