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
