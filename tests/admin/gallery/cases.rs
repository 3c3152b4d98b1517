//! What provokes each refusal. The ids are fixed: the page must not change from run to run.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::interleave::Session;
use crate::common::office::GROUND;
use crate::common::village::NORTH;
use crate::common::{Clerk, people, until};

/// A call of the door with an id of its own.
pub fn op(id: u128, kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(id))
}

fn area(name: &str, value: Value) -> Value {
    let mut fact = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "54.30", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    fact[name] = value;
    json!({ "facts": [fact] })
}

fn payment(name: &str, value: Value) -> Value {
    let mut row = json!({ "account": "41001", "amount": "10.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" });
    row[name] = value;
    json!({ "payments": [row] })
}

fn taken(name: &str, value: Value) -> Value {
    let mut row =
        json!({ "account": "41001", "amount": "10.00", "paid_on": "2026-04-02", "source": "касса" });
    row[name] = value;
    row
}

fn reading(name: &str, value: Value) -> Value {
    let mut fact = json!({ "meter_id": 51, "day": "2026-03-20", "value": "1020", "rolled_over": false, "source": "payer" });
    fact[name] = value;
    json!({ "facts": [fact] })
}

const AREA: &str = "cards.premises_area";
const PAYMENT: &str = "finance.payment";
const READING: &str = "meters.reading";

/// Arguments that are missing, misspelt, or make no sense.
pub async fn of_arguments(gallery: &mut Gallery) {
    let chief = Clerk::of(&gallery.office.db, crate::common::village::CHIEF).await;
    let plan = |name: &str, value: Value| {
        let mut fact = json!({ "account_id": 41001, "service_id": 1, "from": "2026-03-01", "is_off": false, "contract_id": 23, "method": "area_total", "tariff_id": 31 });
        fact[name] = value;
        json!({ "facts": [fact] })
    };
    let replacement = |name: &str, value: Value| {
        let mut args = json!({ "meter_id": 51, "day": "2026-03-10", "final": ["1018"], "serial": "Н-1", "initial": [0] });
        args[name] = value;
        args
    };
    let arrival = json!({ "person": { "last_name": "Новосёлова", "first_name": "Инна" }, "premises_id": 1011, "from": "2026-03-01" });
    let named = |surname: &str| json!({ "person": { "last_name": surname, "first_name": "Иван", "sex": "male" }, "premises_id": 1011, "from": "2026-03-01" });
    for (cause, kind, args) in [
        ("Сведения переданы не набором", AREA, json!([])),
        ("Имя сведений написано с ошибкой", AREA, area("aria_total", json!(1))),
        ("Список пуст или его нет", AREA, json!({ "facts": [] })),
        ("В списке не набор сведений", AREA, json!({ "facts": [1] })),
        ("Нет даты начала", AREA, area("from", Value::Null)),
        ("Дата написана иначе или такого дня нет", AREA, area("from", json!("2026-02-30"))),
        ("Окончание не позже начала", AREA, area("to", json!("2026-03-01"))),
        ("Нет обязательных сведений", AREA, area("area_total", Value::Null)),
        ("Вместо числа слово", AREA, area("area_heated", json!("NaN"))),
        ("Вместо номера не число", AREA, area("premises_id", json!("первая"))),
        ("Число не помещается", AREA, area("rooms", json!(100_000))),
        ("Число меньше нуля", AREA, area("area_heated", json!(-1))),
        ("Вместо «да» или «нет» слово", AREA, area("void", json!("может быть"))),
        ("Площади перепутаны", AREA, area("area_living", json!(60))),
        ("Месяц написан иначе", "billing.charge", json!({ "month": "март" })),
        ("Нет обязательных сведений", "billing.charge", json!({})),
        (
            "Код категории не из латинских букв",
            "billing.privilege_category",
            json!({ "code": "rjl!", "title": "Тест", "citation": "закон" }),
        ),
        ("Сумма с долями копейки", PAYMENT, payment("amount", json!("10.005"))),
        ("Платёж на ноль или меньше", PAYMENT, payment("amount", json!(0))),
        ("Вместо суммы слово", PAYMENT, payment("amount", json!("сто"))),
        ("Платёж неизвестно за что", PAYMENT, payment("part", json!("fine"))),
        ("Платят больше, чем бывает", "finance.payment_take", taken("amount", json!("99999999.5"))),
        ("Платят за месяц, до которого далеко", "finance.payment_take", taken("month", json!("2030-12"))),
        ("У прибора столько нет", READING, reading("register", json!(2))),
        ("Цифр больше, чем у прибора", READING, reading("value", json!(1_000_000))),
        ("Прибор тогда не стоял", READING, reading("day", json!("2020-01-01"))),
        (
            "День не из месяца ведомости",
            "meters.sheet_reading",
            json!({ "meter_id": 51, "register": 1, "period": "2026-03-01", "day": "2026-04-01", "value": "1021" }),
        ),
        ("Показания не списком", "meters.replacement", replacement("final", json!(1018))),
        ("Показаний не столько, сколько регистров", "meters.replacement", replacement("final", json!([]))),
        ("Такого способа начисления нет", "cards.account_plan", plan("method", json!("на глаз"))),
        ("Способ и тариф не указаны", "cards.account_plan", plan("method", Value::Null)),
        ("Ссылка на то, чего нет", "cards.account_plan", plan("contract_id", json!(99))),
        ("Не указан пол", "passport.arrival", arrival),
        ("Имя набрано латинскими буквами", "passport.arrival", named("Ivanov")),
        ("В русском имени латинская буква", "passport.arrival", named("Ив\u{61}нов")),
        ("Пробуют не изменение сведений", "analytics.what_if", json!({ "kind": PAYMENT, "fact": {} })),
    ] {
        gallery.refuses(cause, &chief, &op(1, kind, &args)).await;
    }
    gallery
        .refuses("Вопрос без номера", &chief, "select billing.explain_ask(null, '41001', '2026-03-01')")
        .await;
    of_logins(gallery).await;
}

/// Logins that are not made, and what is no operation of people.
async fn of_logins(gallery: &mut Gallery) {
    let admin = Clerk::of(&gallery.office.db, people::ADMIN).await;
    let user = |name: &str, value: Value| {
        let mut args = json!({ "login": "kv_t_nobody", "verifier": "SCRAM-SHA-256$", "full_name": "Н", "job": "Н", "groups": ["kvartal_cashier"] });
        args[name] = value;
        args
    };
    for (cause, args) in [
        ("Имя входа не по правилам", user("login", json!("Иванова"))),
        ("Пароль передан открыто", user("verifier", json!("пароль"))),
        ("Такой группы прав нет", user("groups", json!(["kvartal_owner"]))),
    ] {
        gallery.refuses(cause, &admin, &op(1, "admin.user_add", &args)).await;
    }
    gallery.refuses("Операция не для людей", &admin, &op(1, "admin.setup", &json!({ "facts": [{}] }))).await;
}

/// Things that are not there, or not for this operator.
pub async fn of_rights(gallery: &mut Gallery) {
    let db = &gallery.office.db;
    let (north, cashier, centre) = (
        Clerk::of(db, NORTH).await,
        Clerk::of(db, people::CASHIER).await,
        Clerk::of(db, people::CENTRE).await,
    );
    let handed = |must: bool| {
        format!("update admin_data.operator set must_change_password = {must} where login = '{NORTH}'")
    };
    gallery.office.root.batch_execute(&handed(true)).await.unwrap();
    gallery.refuses("Пароль ещё тот, что выдан", &north, &op(1, AREA, &area("rooms", json!(3)))).await;
    gallery.office.root.batch_execute(&handed(false)).await.unwrap();
    gallery.refuses("Операция другой должности", &cashier, &op(1, AREA, &json!({}))).await;
    gallery.guards("Вход сделан мимо программы", &op(1, AREA, &json!({}))).await;
    gallery
        .refuses("Помещение чужого участка", &north, &op(1, AREA, &area("premises_id", json!(1021))))
        .await;
    gallery
        .refuses(
            "Платёж на чужой или неверный счёт",
            &north,
            &op(1, PAYMENT, &payment("account", json!("42001"))),
        )
        .await;
    let correction = json!({ "account_id": 42001, "service_id": 1, "contract_id": 24, "amount": 1 });
    gallery.refuses("Корректировка чужого счёта", &north, &op(1, "billing.correction", &correction)).await;
    let replacement =
        json!({ "meter_id": 55, "day": "2026-03-10", "final": [1018], "serial": "Н-1", "initial": [0] });
    gallery.refuses("Прибор чужого участка", &north, &op(1, "meters.replacement", &replacement)).await;
    gallery.refuses("Счёт чужого участка", &north, "select cards.account_by_number('42001')").await;
    gallery.refuses("Такой операции нет", &north, &op(1, "cards.premise_area", &json!({}))).await;
    gallery
        .refuses(
            "Отмена неизвестной операции",
            &north,
            &op(1, "admin.undo", &json!({ "operation": "последняя" })),
        )
        .await;
    let cancel = format!("select admin.job_cancel('{}')", Uuid::nil());
    gallery.refuses("Отмена чужого или законченного задания", &north, &cancel).await;
    let again = format!("select admin.job_again('{}')", Uuid::nil());
    gallery.refuses("Повтор задания, которое идёт или сделано", &north, &again).await;
    let elsewhere = "update cards_data.account_holder set scope = (select id from admin_data.scope where company_id = 12) where account_id = 41001";
    gallery.office.root.batch_execute(elsewhere).await.unwrap();
    let payer = json!({ "facts": [{ "account_id": 41001, "from": "2026-03-01", "person_id": 62 }] });
    gallery
        .refuses(
            "Сведения всё время занимает другой, или они записаны за другим участком",
            &north,
            &op(1, "cards.account_holder", &payer),
        )
        .await;
    people::narrow(&gallery.office.root, people::CENTRE, Some(11), None).await;
    gallery
        .refuses(
            "Месяц всех закрывает тот, кто видит не всех",
            &centre,
            &op(1, "billing.release", &json!({ "month": "2026-03" })),
        )
        .await;
    people::narrow(&gallery.office.root, people::CENTRE, None, None).await;
}

/// The door: grounds, numbers, what was shown, what was undone.
pub async fn of_the_door(gallery: &mut Gallery) {
    gallery.office.charge("2026-03").await;
    let db = &gallery.office.db;
    let (anna, vera) = (Clerk::of(db, people::ACCOUNTANT).await, Clerk::of(db, people::COLLEAGUE).await);
    let mut door = Door::open(&db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let no_ground =
        format!("select admin.operate('{}', '{AREA}', '{}')", Uuid::nil(), area("rooms", json!(3)));
    gallery.refuses("Не указано основание", &anna, &no_ground).await;
    gallery.guards("Функция вызвана без операции", "select admin.current_operation()").await;

    let shown = Operation {
        id: Uuid::from_u128(10),
        kind: AREA.to_owned(),
        args: area("rooms", json!(3)),
        ground: Some(GROUND.to_owned()),
    };
    door.preview(&shown).await.unwrap();
    gallery
        .refuses("Одобрено одно, записывается другое", &anna, &op(10, AREA, &area("rooms", json!(4))))
        .await;
    vera.batch_execute(&op(11, AREA, &area("area_total", json!("60.00")))).await.unwrap();
    gallery.refuses("Дом изменили между просмотром и записью", &anna, &op(10, AREA, &shown.args)).await;
    let ask = format!("select admin.preview_ask('{}', '{AREA}', '{}', '{GROUND}')", shown.id, shown.args);
    gallery.refuses("Номер просмотра занят", &vera, &ask).await;
    gallery.refuses("Номер операции занят", &anna, &op(11, AREA, &shown.args)).await;
    let explain = format!("select billing.explain_ask('{}', '41001', '2026-03-01')", Uuid::from_u128(12));
    vera.batch_execute(&explain).await.unwrap();
    gallery.refuses("Номер вопроса занят", &vera, &explain).await;

    vera.batch_execute(&op(13, AREA, &area("area_total", json!("61.00")))).await.unwrap();
    let undo = |id: u128| op(1, "admin.undo", &json!({ "operation": Uuid::from_u128(id) }));
    gallery.refuses("Всё, что изменила операция, изменено позже", &vera, &undo(11)).await;
    vera.batch_execute(&op(14, PAYMENT, &payment("amount", json!("1.00")))).await.unwrap();
    vera.batch_execute(&op(15, "admin.undo", &json!({ "operation": Uuid::from_u128(14) }))).await.unwrap();
    gallery.refuses("Платёж уже отменён", &vera, &undo(14)).await;
    gallery.refuses("Отмена отмены", &vera, &undo(15)).await;
    let correction = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": 1 });
    vera.batch_execute(&op(16, "billing.correction", &correction)).await.unwrap();
    vera.batch_execute(&op(17, "admin.undo", &json!({ "operation": Uuid::from_u128(16) }))).await.unwrap();
    gallery.refuses("Корректировка уже отменена", &vera, &undo(16)).await;
    gallery.office.settle().await;
}

/// Months out of their turn. March is charged; April is opened too.
pub async fn of_months(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let step = |kind: &str, month: &str| op(1, kind, &json!({ "month": month }));
    gallery.refuses("Месяц ещё не начат", &centre, &step("billing.charge", "2030-01")).await;
    gallery.refuses("Месяц раньше первого в базе", &centre, &step("billing.charge", "2020-01")).await;
    gallery.refuses("Закрытие до выпуска", &centre, &step("billing.seal", "2026-03")).await;
    gallery
        .office
        .root
        .batch_execute("insert into billing_data.month (month) values ('2026-04-01'), ('2026-05-01')")
        .await
        .unwrap();
    let invoice = "select billing.invoice_data('41001', '2026-03-01')";
    gallery.refuses("Платёжный документ до выпуска", &centre, invoice).await;
    gallery.refuses("Выпуск до расчёта", &centre, &step("billing.release", "2026-04")).await;
    gallery.refuses("Расчёт не по порядку", &centre, &step("billing.charge", "2026-05")).await;
    gallery
        .refuses(
            "Один дом до расчёта всего месяца",
            &centre,
            &op(1, "billing.charge", &json!({ "month": "2026-04", "house": "101" })),
        )
        .await;
    gallery
        .refuses(
            "Расчёт неизвестного дома",
            &centre,
            &op(1, "billing.charge", &json!({ "month": "2026-03", "house": "999" })),
        )
        .await;
    gallery
        .refuses(
            "Расчёт неизвестного счёта",
            &centre,
            &op(1, "billing.charge", &json!({ "month": "2026-03", "account": "999" })),
        )
        .await;
    gallery.office.charge("2026-04").await;
    gallery.refuses("Выпуск не по порядку", &centre, &step("billing.release", "2026-04")).await;
    gallery.guards("Нет параметра на этот месяц", "select billing.due_date('1990-01-01')").await;

    gallery.office.dismiss().await;
    let touched = op(20, AREA, &area("area_total", json!("62.00")));
    Clerk::of(&gallery.office.db, people::ACCOUNTANT).await.batch_execute(&touched).await.unwrap();
    gallery
        .refuses("Выпуск поверх неучтённого изменения", &centre, &step("billing.release", "2026-03"))
        .await;
    gallery.office.hire();
    gallery.office.release("2026-03").await;
    super::invoices::of_invoices(gallery, &centre).await;
    gallery.refuses("Повторный выпуск", &centre, &step("billing.release", "2026-03")).await;
    gallery.refuses("Расчёт выпущенного месяца", &centre, &step("billing.charge", "2026-03")).await;
    gallery.office.release("2026-04").await;
    gallery.refuses("Закрытие не по порядку", &centre, &step("billing.seal", "2026-04")).await;
    gallery.office.dismiss().await;
    gallery.office.centre.does("billing.seal", json!({ "month": "2026-03" })).await;
    gallery.refuses("Закрытие до конца предыдущего", &centre, &step("billing.seal", "2026-04")).await;
    gallery.office.hire();
    gallery.office.settle().await;
    gallery.refuses("Повторное закрытие", &centre, &step("billing.seal", "2026-03")).await;
    gallery.guards("Окаменение невыпущенного", "select billing.petrify(999)").await;
}

/// Jobs and previews that come to a bad end.
pub async fn of_the_worker(gallery: &mut Gallery) {
    let failure = "select failure from admin_data.job where id = $1";
    let job = Uuid::from_u128(30);
    let strange = "insert into admin_data.operation (id, known, kind, operator, digest) select $1, nextval('admin_data.known_seq'), 'admin.setup', 'kv_test_centre', ''";
    gallery.office.root.execute(strange, &[&job]).await.unwrap();
    let order = "insert into admin_data.job (id, kind, args, operator) values ($1, 'billing.tomorrow', '{}', 'kv_test_centre')";
    gallery.office.root.execute(order, &[&job]).await.unwrap();
    gallery.office.root.batch_execute("notify kvartal_job").await.unwrap();
    gallery.office.settle().await;
    let kept = gallery.office.root.query_one(failure, &[&job]).await.unwrap().get(0);
    gallery.kept("Задание новее обработчика", kept);

    let break_it = "create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'поломка'; end $$;
        create trigger fail before insert on billing_data.run_batch for each row execute function public.fail();
        create trigger fail before insert on cards_data.house_area for each row execute function public.fail();";
    gallery.office.root.batch_execute(break_it).await.unwrap();
    let job = gallery.office.centre.does("billing.charge", json!({ "month": "2026-05" })).await;
    gallery.office.settle().await;
    let kept = gallery.office.root.query_one(failure, &[&job]).await.unwrap().get(0);
    gallery.kept("База отвергла запись", kept);
    let refusal = "select refusal from admin_data.preview where id = $1";
    let question = Uuid::from_u128(31);
    let ask = |kind: &str, args: &Value| {
        format!("select admin.preview_ask('{question}', '{kind}', '{args}', '{GROUND}')")
    };
    let house = json!({ "facts": [{ "house_id": 101, "from": "2026-03-01", "area_common": 1 }] });
    gallery.office.accountant.batch_execute(&ask("cards.house_area", &house)).await.unwrap();
    gallery.office.settle().await;
    let kept = gallery.office.root.query_one(refusal, &[&question]).await.unwrap().get(0);
    gallery.kept("База отвергла пробную запись", kept);
    gallery.office.root.batch_execute("drop function public.fail() cascade").await.unwrap();

    let gate = Session::of_root(&gallery.office.db).await;
    gate.run("begin; select from billing_data.unit where id = 101 for update").await.unwrap();
    gallery.office.accountant.batch_execute(&ask(AREA, &area("rooms", json!(5)))).await.unwrap();
    until("the worker has given up waiting", async || {
        let state = "select state = 'refused' from admin_data.preview where id = $1";
        gallery.office.root.query_one(state, &[&question]).await.unwrap().get(0)
    })
    .await;
    gate.run("commit").await.unwrap();
    let kept = gallery.office.root.query_one(refusal, &[&question]).await.unwrap().get(0);
    gallery.kept("Просмотр дома, который кто-то держит", kept);

    gallery
        .office
        .root
        .batch_execute("update cards_data.premises set unit_id = 0 where id = 1011")
        .await
        .unwrap();
    let job = gallery.office.centre.does("billing.charge", json!({ "month": "2026-05" })).await;
    gallery.office.settle().await;
    let kept = gallery.office.root.query_one(failure, &[&job]).await.unwrap().get(0);
    gallery.kept("Часть счетов скрыта или потеряла дом", kept);
    gallery
        .office
        .root
        .batch_execute("update cards_data.premises set unit_id = 101 where id = 1011")
        .await
        .unwrap();
}

/// March is sealed, April released.
pub async fn of_stone(gallery: &mut Gallery) {
    let cashier = Clerk::of(&gallery.office.db, people::CASHIER).await;
    gallery
        .refuses(
            "Кассовый день закрытого месяца",
            &cashier,
            &op(1, PAYMENT, &payment("cash_day", json!("2026-03-31"))),
        )
        .await;
    gallery.guards("Правка выпущенных строк", "update billing_data.line set amount = 0 where run = (select run from billing_data.month where month = '2026-03-01')").await;
    gallery
        .guards(
            "Возврат месяца назад",
            "update billing_data.month set state = 'charged' where month = '2026-03-01'",
        )
        .await;
    gallery
        .guards(
            "Остатки поверх остатков",
            "insert into billing_data.balance select month, scope, account_id, 99, contract_id, 0, 0, 0, 0, 0, 0, 0, 0 from billing_data.balance limit 1",
        )
        .await;
    gallery
        .guards(
            "Остатки месяца, которого нет",
            "insert into billing_data.balance select '2099-01-01', scope, account_id, 99, contract_id, 0, 0, 0, 0, 0, 0, 0, 0 from billing_data.balance limit 1",
        )
        .await;
    let penalty = |month: &str, through: &str| {
        format!(
            "insert into billing_data.penalty values ('{month}', '{through}', 1, 41001, 1, 23, '2026-03-01', '2026-04-15', 1, 1, 1)"
        )
    };
    gallery.guards("Пени в выпущенном месяце", &penalty("2026-04-01", "2026-05-31")).await;
    gallery.guards("Пени поверх пеней", &penalty("2026-05-01", "2026-03-31")).await;
    let again =
        format!("set session authorization {}; select billing.run_start('2026-03-01', null)", people::WORKER);
    gallery.guards("Обработчик берётся за выпущенный месяц", &again).await;
}
