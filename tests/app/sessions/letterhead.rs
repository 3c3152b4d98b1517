//! What papers and bills carry beside figures: who signs, where to turn, what stands at the end of the sheet, for how long a paper holds.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// The head of an organisation is recorded, another follows, and the change is undone. Nothing is left out, no name has digits.
#[tokio::test]
async fn who_signs_is_recorded() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}540{Enter}Север{F9}подписывает{Enter}").await;
        seat.sees("Подписи: УК «Север»").await;
        seat.sees("главный бухгалтер").await;
        seat.types("{Enter}").await;
        seat.sees("руководитель").await;
        seat.types("{F2}").await;
        seat.sees("«Должность»: заполните поле").await;
        seat.types("Директор{Enter}Сосн0ва{Enter}").await;
        seat.sees("бывают только буквы").await;
        seat.types("Соснова{Enter}Анна{Enter}Львовна{Enter}010326{Enter}приказ 5{F2}").await;
        seat.sees("Записано").await;
        seat.sees("Соснова Анна Львовна").await;
        seat.types("{Enter}{Enter}Пихтова{Enter}Вера{Enter}{Enter}010426{Enter}приказ 6{F2}").await;
        seat.sees("Записано").await;
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// Telephones of an organisation as its bills print them: one there must be.
#[tokio::test]
async fn where_to_turn_is_recorded() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}540{Enter}Север{F9}Как обратиться{Enter}").await;
        seat.sees("Как обратиться: УК «Север»").await;
        seat.types("{F2}").await;
        seat.sees("«Телефон»: заполните поле").await;
        seat.types("+7 3999 12-34-56{Enter}112{Enter}{Enter}{Enter}пн–пт 9–18{Enter}010326{F2}").await;
        seat.sees("Записано").await;
        let told = "select phone || ', ' || dispatch_phone || ', ' || hours from cards_data.organisation_contact where organisation_id = 11";
        assert_eq!(office.value::<String>(told).await, "+7 3999 12-34-56, 112, пн–пт 9–18");
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A paragraph of the bill gets the next number, is changed in its place and ended from a day on.
#[tokio::test]
async fn a_paragraph_of_the_bill_is_recorded() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}540{Enter}Север{F9}Сведения{Enter}").await;
        seat.sees("F7 записывает первый").await;
        for (text, number) in [("Поверка приборов бесплатна", 1), ("Пункт приёма переехал", 2)]
        {
            seat.types("{F7}").await;
            seat.sees(&format!("Абзац №       {number}")).await;
            seat.types("{F2}").await;
            seat.sees("«Текст»: заполните поле").await;
            seat.types(&format!("{text}{{Enter}}{{Enter}}010326{{Enter}}письмо 7{{F2}}")).await;
            seat.sees("Записано").await;
        }
        let told =
            "select string_agg(note_no || ' ' || text, ', ' order by note_no) from billing_data.invoice_note
            where organisation_id = 11 and retracted is null and not void";
        assert_eq!(
            office.value::<String>(told).await,
            "1 Поверка приборов бесплатна, 2 Пункт приёма переехал"
        );
        seat.types("{F8}").await;
        seat.sees("Убрать абзац квитанции").await;
        seat.types("010426{Enter}письмо 8{F2}").await;
        seat.sees("Записано").await;
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A certificate that is issued no longer is refused to the clerk; a negative term is told at once.
#[tokio::test]
async fn terms_of_a_paper_are_changed() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}555{Enter}").await;
        seat.sees("Справка о составе семьи").await;
        seat.types("{Enter}0{Enter}-5{Enter}").await;
        seat.sees("не может быть отрицательным").await;
        seat.types("30{Enter}010320{Enter}приказ 9{F2}").await;
        seat.sees("Записано").await;
        let told =
            "select valid_days::int from passport_data.paper_terms where not is_issued and retracted is null";
        assert_eq!(office.value::<i32>(told).await, 30);
        seat.undoes().await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
