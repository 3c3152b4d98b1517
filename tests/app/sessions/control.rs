//! The control before printing at its screen: made, refused a signature, accepted with a ground, signed, and the month goes out.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

#[tokio::test]
async fn a_month_is_controlled_accepted_signed_and_released_at_screens() {
    let work = async {
        let office = Office::of(village().await).await;
        office.charge("2026-03").await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.sees("Меню").await;
        seat.types("{F9}410{Enter}").await;
        seat.sees("03.2026").await;
        seat.types("{F9}Выпуст{Enter}").await;
        seat.sees("Выпустить 03.2026?").await;
        seat.types("1").await;
        seat.sees("ещё не проведён").await;
        seat.types("{F9}Контроль{Enter}").await;
        seat.sees("413").await;
        seat.types("{F2}").await;
        seat.sees("стоп").await;
        seat.types("{F9}Подписать{Enter}").await;
        seat.sees("никем не принято: Реквизиты").await;
        // The first kind that stops is under the cursor: a ground is asked for, though the screen shows one of its own.
        seat.types("{F9}Принять{Enter}сверено с банком{Enter}").await;
        seat.sees("Выполнено: Принять находки").await;
        let left = "select coalesce(jsonb_agg(kind), '[]') from billing.control_kinds('2026-03-01') where verdict = 'stop'";
        let left: serde_json::Value = office.seen(left).await;
        if left != serde_json::json!([]) {
            let rest = serde_json::json!({ "month": "2026-03", "kinds": left });
            office.centre.does("billing.control_accept", rest).await;
            seat.types("{F5}").await;
            seat.sees("2       2").await;
        }
        // Signed, it is not made again by a slip: that would take the signature away.
        seat.types("{F9}Подписать{Enter}").await;
        seat.sees("1 Да").await;
        seat.types("1").await;
        seat.sees("Основание").await;
        seat.types("сверено{Enter}").await;
        seat.sees("Выполнено: Подписать").await;
        seat.types("{F2}").await;
        seat.sees("проводить его заново незачем").await;
    };
    LocalSet::new().run_until(work).await;
}
