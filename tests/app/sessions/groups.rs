//! A meter of several houses: made, divided otherwise, joined and left, at its screens.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// The group meters of house 1.
async fn at_the_list(office: &Office) -> Seat {
    let mut seat = Seat::of(office, people::ACCOUNTANT).await;
    seat.types("{F9}210 41001{Enter}{F9}Открыть дом{Enter}").await;
    seat.sees("Жил.").await;
    seat.types("{F9}Групповые{Enter}").await;
    seat.sees("Дом не стоит на групповом приборе").await;
    seat
}

/// A meter of heat for house 1 and itself is refused, what is typed stays; the second house is chosen by its number, the service by its
/// name. House 2 leaves in April and is taken back in May, not twice; the volume is divided by persons.
#[tokio::test]
async fn a_group_meter_is_made_joined_and_left() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = at_the_list(&office).await;
        seat.types("{F7}101{Enter}").await;
        seat.sees("Новый групповой прибор").await;
        seat.types("5{Enter}г-1{Enter}{Enter}площади{Enter}010326{Enter}0{Enter}акт 5{F2}").await;
        seat.sees("дом указан дважды").await;
        seat.goes_to("hid").await;
        seat.types("{F4}садовая 2").await;
        seat.sees("показано 1 из 1").await;
        seat.types("{Enter}{F2}").await;
        seat.writes().await;
        seat.sees("Г-1").await;
        seat.types("{Enter}").await;
        seat.sees("Групповой прибор Г-1").await;
        seat.types("{F7}102{Enter}010426{Enter}{Enter}акт 6{F2}").await;
        seat.sees("дом уже считает групповой прибор Г-1 с 01.03.2026").await;
        seat.types("{F10}2{Down}{F8}010426{Enter}акт 7{F2}").await;
        seat.writes().await;
        seat.types("{F7}102{Enter}010526{Enter}{Enter}акт 8{F2}").await;
        seat.writes().await;
        seat.types("{F9}Делить{Enter}").await;
        seat.sees("По чему делится").await;
        seat.types("проживающим{Enter}010226{Enter}акт 9{F2}").await;
        seat.sees("на 01.02.2026 не установлен").await;
        seat.goes_to("from").await;
        seat.types("010426{F2}").await;
        seat.writes().await;
        seat.hangs_up().await;
        let houses = "select string_agg(house_id || ' ' || valid_from, '; ' order by house_id, valid_from)
            from meters_data.group_house where retracted is null and not void";
        let told: String = office.root.query_one(houses, &[]).await.unwrap().get(0);
        assert_eq!(told, "101 2026-03-01; 102 2026-03-01; 102 2026-05-01");
    };
    LocalSet::new().run_until(work).await;
}
