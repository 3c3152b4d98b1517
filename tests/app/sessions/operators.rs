//! Operators and organisations that are made at the desk.

use tokio::task::LocalSet;
use uuid::Uuid;

use super::seat::Seat;
use crate::common::{Office, people, village};

const ONE_TIME: &str = "одноразовый-7";

/// Nothing in the base, and no record of a session, holds the password that was typed, nor its verifier.
async fn is_kept_nowhere(office: &Office, login: &str) {
    let everywhere = "select string_agg(t, ' ') from (
        select coalesce(args::text, '') || coalesce(result::text, '') as t from admin_data.operation_args
        union all select coalesce(resume::text, '') from admin_data.session
        union all select args::text from admin_data.preview) all_texts";
    let texts: String = office.value(everywhere).await;
    assert!(!texts.contains(ONE_TIME) && !texts.contains("SCRAM"), "{texts}");
    assert!(texts.contains(login));
}

/// The administrator makes a cashier with a one-time password. Two different passwords, a short one, a bad login are refused and nothing
/// typed is lost; the newcomer logs in with the password and must change it; then she is switched off at her card.
#[tokio::test]
async fn an_operator_is_made_at_the_desk() {
    let work = async {
        let office = Office::of(village().await).await;
        let login = format!("kv_t_{}", &Uuid::new_v4().simple().to_string()[..12]);
        let mut seat = Seat::of(&office, people::ADMIN).await;
        seat.types("{F9}963{Enter}").await;
        seat.sees("Проверкина Вера").await;
        seat.types("{F7}").await;
        seat.sees("Новый оператор").await;
        seat.goes_to("full_name").await;
        seat.types("Новикова Нонна{Enter}Кассир{Enter}").await;
        seat.goes_to("cashier").await;
        seat.types("1").await;
        seat.goes_to("password").await;
        seat.types("короче{Enter}короче{F2}").await;
        seat.sees("не короче 8 знаков").await;
        seat.goes_to("password").await;
        seat.types(&format!("{ONE_TIME}{{Enter}}другой-пароль{{F2}}")).await;
        seat.sees("введён дважды по-разному").await;
        seat.goes_to("again").await;
        seat.types(&format!("{ONE_TIME}{{F2}}")).await;
        seat.sees("Имя входа «kv_» не годится").await;
        assert!(!seat.sight().contains(ONE_TIME), "{}", seat.sight());
        seat.goes_to("login").await;
        seat.types(&format!("~{login}~")).await;
        seat.keeps().await;
        seat.types("{F2}").await;
        seat.sees("Выполнено: Завести оператора").await;
        is_kept_nowhere(&office, &login).await;

        let mut newcomer = Seat::at(office.db.root_address());
        newcomer.types(&format!("~{login}~{{Enter}}{ONE_TIME}{{Enter}}")).await;
        newcomer.sees("Смена пароля").await;
        newcomer.types(&format!("{ONE_TIME}{{Enter}}новый-пароль-1{{Enter}}новый-пароль-1{{F2}}")).await;
        newcomer.sees("Пароль изменён").await;

        seat.types("Новикова").await;
        seat.sees("строк 1").await;
        seat.types("{Enter}").await;
        seat.sees("Кассир").await;
        seat.types("{F8}").await;
        seat.sees("1 Да").await;
        seat.types("1").await;
        seat.sees("отключён").await;
        // An open desk is told at once, and reads nothing more.
        newcomer.sees("отключён").await;
        newcomer.types("{F9}210 41001{Enter}").await;
        newcomer.rests().await;
        assert!(newcomer.desk.message.is_refusal, "{}", newcomer.sight());
        newcomer.hangs_up().await;
        seat.hangs_up().await;
        office.db.root().await.batch_execute(&format!("drop role {login}")).await.unwrap();
    };
    LocalSet::new().run_until(work).await;
}

/// A payee nobody had yet: a slip in the ИНН is told at the keyboard, one in the account by the door, and what is typed stays. It stands in
/// the list, its card tells its account; undone, it is gone.
#[tokio::test]
async fn an_organisation_is_made_at_the_desk() {
    let work = async {
        let office = Office::of(village().await).await;
        let mut seat = Seat::of(&office, people::CENTRE).await;
        seat.types("{F9}540{Enter}").await;
        seat.sees("Водоканал").await;
        seat.types("{F7}").await;
        seat.sees("Новая организация").await;
        seat.types("ООО «Домофон»{Enter}phone{Enter}прочая{Enter}9901007778{Enter}").await;
        seat.sees("контрольные цифры ИНН не сходятся").await;
        seat.goes_to("tin").await;
        seat.types("9901007777{Enter}990101001{Enter}Энск{Enter}40702810600000000124{Enter}049902707{Enter}Банк{Enter}30101810000000000707{Enter}").await;
        seat.goes_to("from").await;
        seat.types("010326{Enter}договор 7{Enter}договор 7{F2}").await;
        seat.sees("счёт не подходит к БИК").await;
        seat.goes_to("account").await;
        seat.types("40702810600000000123{F2}").await;
        seat.writes().await;
        seat.types("домофон").await;
        seat.sees("строк 1").await;
        seat.types("{Enter}").await;
        seat.sees("40702810600000000123").await;
        seat.types("{Esc}").await;
        seat.undoes().await;
        seat.rests().await;
        assert!(!seat.sight().contains("ООО «Домофон»"), "{}", seat.sight());
        seat.hangs_up().await;
    };
    LocalSet::new().run_until(work).await;
}
