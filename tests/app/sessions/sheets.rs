//! A form of two sheets: turned by PgDn and by the cursor, saved whole, what is missing is told of both.

use tokio::task::LocalSet;

use super::seat::Seat;
use crate::common::{Office, people, village};

#[tokio::test]
async fn a_person_is_registered_with_a_document_on_the_second_sheet() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::PASSPORT).await;
        seat.types("{F9}{F3}~Берёзк~{Enter}{F6}{F7}").await;
        seat.sees("Регистрация нового жителя · лист 1/2").await;
        seat.types("Орлова{F2}").await;
        seat.sees("Не заполнено: Имя (лист 1), Пол (лист 1), Родился (лист 1), Основание (лист 1)").await;
        seat.types("Анна{Enter}Петровна{Enter}~female~{Enter}010590{Enter}дочь{Enter}010326{Enter}{Enter}{Enter}заявление 7").await;
        seat.types("{PgDn}").await;
        seat.sees("лист 2/2").await;
        assert!(!seat.sight().contains("Кем приходится"), "{}", seat.sight());
        seat.types(
            "г. Томск{Enter}{Enter}{Enter}{Enter}Россия{Enter}~passport~{Enter}4510{Enter}123456{Enter}",
        )
        .await;
        // The cursor goes over the edge of a sheet, both ways; what was typed stays.
        seat.types("{PgUp}").await;
        seat.sees("Орлова").await;
        seat.types("{PgDn}{Up}").await;
        seat.sees("лист 1/2").await;
        seat.types("{Down}").await;
        seat.sees("лист 2/2").await;
        seat.sees("123456").await;
        seat.types("{F2}").await;
        seat.sees("Водоотведение").await;
        seat.types("{F2}").await;
        seat.sees("Орлова").await;
        let told = "select string_agg(b.birth_town || ' ' || c.country || ' ' || d.kind || ' ' || d.series || ' ' || d.number, ';')
            from passport_data.person_birth b
            join passport_data.citizenship c using (person_id) join passport_data.identity_document d using (person_id)
            where b.birth_town = 'г. Томск'";
        let told: Option<String> = office.root.query_one(told, &[]).await.unwrap().get(0);
        assert_eq!(told.as_deref(), Some("г. Томск Россия passport 4510 123456"));
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
