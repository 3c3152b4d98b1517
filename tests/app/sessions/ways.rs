//! Ways about the desk: what undo takes back, which tab a key belongs to, a code typed on a card, the palette in both languages.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

/// A norm is changed, then a category is made, which nobody can undo: the key says so and offers the norm. On the card of an
/// operation it is that operation, and one that is never undone says so before a ground is asked for.
#[tokio::test]
async fn the_key_undoes_what_is_shown_or_the_last_that_can_be() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}530{Enter}{F7}4,5{Enter}010426{Enter}Постановление 12-пк{Enter}письмо 7{F2}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.sees("Записано").await;
        seat.types("{F9}450{Enter}{F7}Тест{Enter}test{Enter}закон{Enter}{F2}").await;
        // Nobody confirms what is refused afterwards.
        seat.sees("«Основание»: заполните поле").await;
        assert!(seat.desk.overlay.is_none(), "{}", seat.sight());
        seat.types("письмо 8{F2}").await;
        // It is asked about first: it is never taken back.
        seat.sees("с кодом test").await;
        seat.types("1").await;
        seat.sees("Выполнено: Записать категорию").await;
        seat.types("{F9}{F2}").await;
        seat.sees("«Записать категорию» не отменяется").await;
        seat.sees("Отмена: Изменить норматив. Основание").await;
        seat.types("{Esc}{F9}900{Enter}{Tab}{Tab}{Tab}{Tab}{F9}{F2}").await;
        assert!(seat.desk.message.is_refusal && seat.desk.overlay.is_none(), "{}", seat.sight());
        seat.types("{Enter}").await;
        seat.sees("Операция: Новая категория льготы").await;
        seat.types("{F9}{F2}").await;
        seat.sees("уберите её правила").await;
        assert!(seat.desk.overlay.is_none(), "{}", seat.sight());
        seat.types("{Esc}{Down}{Enter}{F9}{F2}").await;
        seat.sees("Отмена: Изменение норматива. Основание").await;
        seat.types("ошибка{Enter}").await;
        seat.sees("F2 записать").await;
        seat.types("{F2}").await;
        seat.sees("Операция отменена").await;
        // What was undone is not offered again.
        seat.types("{Esc}{Esc}{F9}{F2}").await;
        assert!(seat.desk.overlay.is_none() && seat.sight().contains("не отменяется"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// F7 of the residents is not the F7 of the charges, though that tab was looked at before; it says where it belongs.
#[tokio::test]
async fn a_key_belongs_to_the_tab_in_front() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}210 41001{Enter}{F6}").await;
        seat.sees("Берёзкина").await;
        seat.types("{F6}{F6}{F6}{F6}{F7}").await;
        seat.sees("«Зарегистрировать нового» — на вкладке «Жильцы»: F6").await;
        assert!(!seat.sight().contains("Регистрация нового жителя"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A row of the search is of an account, a house or a meter, by one number: the card of the account found passes its own house on.
#[tokio::test]
async fn a_card_that_was_searched_for_knows_its_house() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}{F3}Берёзк{Enter}").await;
        seat.sees("Берёзкина").await;
        seat.types("{F9}610{Enter}").await;
        seat.sees("Акты о перерывах и качестве: ").await;
        seat.sees(", д. 1").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// A code typed on a card opens for the card's subject, or for the row under the cursor; where nothing can give it, it says so.
#[tokio::test]
async fn a_code_on_a_card_opens_for_its_subject() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}231{Enter}").await;
        seat.sees("открывается из карточки или списка").await;
        seat.types("{F9}210 41001{Enter}{F9}231{Enter}").await;
        seat.sees("Регистрация нового жителя").await;
        seat.types("{Esc}{F9}233{Enter}").await;
        seat.sees("открывается из карточки или списка").await;
        seat.types("{F6}").await;
        seat.sees("Берёзкина").await;
        seat.types("{F9}233{Enter}").await;
        seat.sees("Снятие с учёта: ").await;
        seat.types("{Esc}{F9}220{Enter}").await;
        seat.sees("Дом ").await;
        seat.hangs_up().await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}210 41001{Enter}{F9}212{Enter}").await;
        seat.sees("Изменение площади").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The palette finds by words of either language, screens of cards too; the end of the session is never its first row.
#[tokio::test]
async fn the_palette_knows_both_languages() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}210 41001{Enter}{F6}").await;
        seat.sees("Берёзкина").await;
        for (typed, found) in [
            ("регистр", "Зарегистрировать нового"),
            ("regis", "Зарегистрировать нового"),
            ("regis", "Регистрация нового жителя"),
            ("снять", "Снять с учёта"),
            ("off", "Снять с учёта"),
            ("off", "Снятие с учёта"),
        ] {
            seat.types(&format!("{{F9}}{typed}")).await;
            seat.sees(found).await;
            seat.types("{Esc}").await;
        }
        seat.types("{F9}end{Enter}").await;
        assert!(!seat.left, "the session goes on: {}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}

/// The penalties of everybody open on the last month that has any, not on the one being collected; the account's services by months
/// take its number behind their code.
#[tokio::test]
async fn lists_of_a_month_open_where_there_is_something() {
    let work = async {
        let office = Office::of(village().await).await;
        crate::billing::penalty_booked::closes(&office, &["2026-03", "2026-04", "2026-05", "2026-06"]).await;
        office.book("2026-07").await;
        let mut seat = Seat::of(&office, people::ACCOUNTANT).await;
        seat.types("{F9}421{Enter}").await;
        // August is collected; seven accounts have penalties in July, see `billing::penalty`.
        seat.sees("Месяц 08.2026").await;
        seat.sees("В счетах за  07.2026  Счетов         7").await;
        seat.types("{Esc}{F9}460 41001{Enter}").await;
        seat.sees("Услуги по месяцам: счёт 41001").await;
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
