//! «Почему?» at a desk in English: what the program says of an amount is English, what the town calls its own stays.

use std::rc::Rc;
use std::time::Duration;

use kvartal::app::hands::Hands;
use kvartal::app::library::Library;
use kvartal::app::outbox::Folders;
use kvartal::app::play::Player;
use kvartal::db::desk::session::Place;
use kvartal::locale::Lang;
use tokio::task::LocalSet;

use crate::common::{Office, people, village};

/// 54.30 m² × 31.74 = 1 723.48, on a terminal of 60×20 that speaks English.
#[tokio::test]
async fn an_amount_is_explained_in_english() {
    let work = async {
        let office = Office::of(village().await).await;
        office
            .root
            .execute("update admin_data.operator set must_change_password = false", &[])
            .await
            .unwrap();
        office.charge("2026-03").await;
        let home = tempfile::tempdir().unwrap();
        let library = Rc::new(Library::of(None, Lang::En));
        let hands = Hands::new(office.db.root_address(), Place::default(), Folders::below(home.path()));
        let hands = hands.with_library(Rc::clone(&library), Duration::from_secs(3600));
        let mut player = Player::new(hands, &library, Lang::En, (60, 20));
        player.log_in(people::ACCOUNTANT, people::PASSWORD).await.unwrap();
        player.press("F9").await.unwrap();
        player.write("210 41001").await.unwrap();
        player.press("Enter Enter").await.unwrap();
        let why = player.canvas().text();
        for said in [
            ", March 2026: 54,› = 1 723,48 ₽",
            "Rule: area × rate (Housing Code art. 154, 156)",
            "Charged: 1 723,482 → 1 723,48 ₽ (to 2 places)",
            "Total area: 54,3 m² (area, from 01.01.2020, record",
            "Rate: 31,74 ₽/m² (from",
        ] {
            assert!(why.replace('\u{a0}', " ").contains(said), "{said}:\n{why}");
        }
        for russian in ["Правило", "Начислено", "площадь", "Тариф", "запись"]
        {
            assert!(!why.contains(russian), "{russian}:\n{why}");
        }
        player.leave().await;
    };
    LocalSet::new().run_until(work).await;
}
