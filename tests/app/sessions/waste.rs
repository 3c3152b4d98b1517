//! Containers of a house for its waste, at their screens; and what balances of a month come to.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people};

/// House 1 of the village, charged for waste by containers from March.
async fn office() -> Office {
    let office = Office::with_containers().await;
    office.charge("2026-03").await;
    office
}

/// The service stands there; a day inside a month is refused, what is typed stays. April has one removal more; from May they are gone.
#[tokio::test]
async fn containers_are_recorded_changed_and_gone() {
    let work = async {
        let office = office().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}{F9}Открыть дом{Enter}").await;
        seat.sees("Жил.").await;
        seat.types("{F9}Контейнеры{Enter}").await;
        seat.sees("Контейнеров не записано").await;
        seat.types("{F7}").await;
        seat.sees("Новые контейнеры").await;
        seat.sees("Обращение с ТКО").await;
        seat.types("{F4}").await;
        seat.sees("Какая услуга").await;
        assert!(!seat.sight().contains("Аванс"), "{}", seat.sight());
        seat.types("{Esc}").await;
        seat.goes_to("container").await;
        seat.types("смешанные{Enter}8{Enter}1{Enter}3{Enter}150326{Enter}{Enter}договор 5{F2}").await;
        seat.sees("целые месяцы").await;
        seat.goes_to("from").await;
        seat.types("010326{F2}").await;
        seat.writes().await;
        seat.sees("смешанные").await;
        seat.sees("24").await;
        seat.types("{Enter}").await;
        seat.sees("Контейнеры: смешанные").await;
        seat.goes_to("removals").await;
        seat.types("4{Enter}010426{Enter}010526{Enter}акт 6{F2}").await;
        seat.writes().await;
        seat.types("{F8}").await;
        seat.sees("Контейнеров больше нет").await;
        seat.types("010526{Enter}договор 7{F2}").await;
        seat.writes().await;
        seat.hangs_up().await;
        let stands = "select string_agg(valid_from || ' ' || coalesce(removals::int::text, '-'), '; ' order by valid_from)
            from cards_data.waste_container where retracted is null";
        let told: String = office.root.query_one(stands, &[]).await.unwrap().get(0);
        assert_eq!(told, "2026-03-01 3; 2026-04-01 4; 2026-05-01 -");
    };
    LocalSet::new().run_until(work).await;
}

/// Records mixed waste of house 1, or that there is none any more.
async fn mixed(office: &Office, from: &str, removals: Option<i32>) {
    let mut fact = serde_json::json!({ "house_id": 101, "service_id": 8, "sort": "смешанные", "from": from });
    match removals {
        Some(removals) => {
            fact["capacity"] = "8".into();
            fact["containers"] = 1.into();
            fact["removals"] = removals.into();
        }
        None => fact["void"] = true.into(),
    }
    office.centre.asserts("cards.waste_container", fact).await;
}

/// Somebody else takes the containers away while their dialog is open: it goes, and says why. Where something is typed it stays, under the
/// name it had.
#[tokio::test]
async fn a_dialog_of_what_is_gone_goes_too() {
    let work = async {
        let office = office().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        for (typed, stays) in [("", false), ("5", true)] {
            mixed(&office, "2026-03-01", Some(3)).await;
            seat.types("{F9}210 41001{Enter}{F9}Открыть дом{Enter}{F9}Контейнеры{Enter}").await;
            seat.sees("смешанные").await;
            seat.types("{Enter}").await;
            seat.sees("Контейнеры: смешанные").await;
            seat.goes_to("removals").await;
            seat.types(typed).await;
            mixed(&office, "2026-03-01", None).await;
            seat.sees("больше нет: его убрала другая операция").await;
            assert_eq!(seat.sight().contains("Контейнеры: смешанные"), stays, "{}", seat.sight());
        }
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// House 2 is charged for waste by the norm: there is nothing to record containers for, and the way to them says so.
#[tokio::test]
async fn nothing_is_charged_by_containers_there() {
    let work = async {
        let office = office().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 42001{Enter}{F9}Открыть дом{Enter}").await;
        seat.sees("Жил.").await;
        seat.types("{F9}Контейнеры{Enter}").await;
        seat.sees("По контейнерам дому ничего не начисляется").await;
        assert!(seat.sight().contains("220 "), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A job that has ended is not asked about before it refuses.
#[tokio::test]
async fn a_job_that_has_ended_says_so_at_once() {
    let work = async {
        let office = office().await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}910{Enter}").await;
        seat.sees("готово").await;
        seat.types("{F8}").await;
        seat.sees("останавливать нечего").await;
        assert!(!seat.sight().contains("Вопрос"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The sums of March by provider, then by house.
#[tokio::test]
async fn balances_are_added_up_by_provider_and_by_house() {
    let work = async {
        let office = office().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}461{Enter}").await;
        seat.sees("Водоканал").await;
        seat.types("{F9}По домам{Enter}").await;
        seat.sees("Сальдо по домам").await;
        seat.sees("д. 1").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
