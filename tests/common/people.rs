//! Who logs into a test's database: ordinary operators, never a superuser. All see every company and district
//! until a test narrows that; all have the same password.

use kvartal::db::connect::Client;

/// The password of every login of the fixture.
pub const PASSWORD: &str = "квартал-проверка";

/// The login of the worker, which owns nothing and may act as any operator.
pub const WORKER: &str = "kvartal_worker";

/// Login, name, job, group.
type Person = (&'static str, &'static str, &'static str, &'static str);

pub const ADMIN: &str = "kv_test_admin";
pub const ACCOUNTANT: &str = "kv_test_accountant";
/// A second one, for two operators on one card.
pub const COLLEAGUE: &str = "kv_test_colleague";
pub const CASHIER: &str = "kv_test_cashier";
pub const CENTRE: &str = "kv_test_centre";
pub const PASSPORT: &str = "kv_test_passport";

const PEOPLE: [Person; 6] = [
    (ADMIN, "Проверкина Анна", "Администратор", "kvartal_admin"),
    (ACCOUNTANT, "Проверкина Вера", "Бухгалтер", "kvartal_accountant"),
    (COLLEAGUE, "Проверкина Дарья", "Бухгалтер", "kvartal_accountant"),
    (CASHIER, "Проверкина Ольга", "Кассир", "kvartal_cashier"),
    (CENTRE, "Проверкина Зоя", "Оператор центра", "kvartal_centre"),
    (PASSPORT, "Проверкина Ия", "Паспортистка", "kvartal_passport"),
];

/// Makes the logins where the server has none yet and enters them into this database.
pub async fn settle(root: &Client) {
    for (login, name, job, group) in PEOPLE {
        root.batch_execute(&format!(
            "do $$ begin
                 if not exists (select from pg_roles where rolname = '{login}') then create role {login} login; end if;
             end $$;
             grant {group} to {login};
             grant {login} to {WORKER};
             alter role {login} password '{PASSWORD}';
             insert into admin_data.operator (login, full_name, job, must_change_password)
             values ('{login}', '{name}', '{job}', false);
             insert into admin_data.operator_scope (login) values ('{login}');
             insert into admin_data.terminal (login, kind, host) values ('{login}', 'xterm', ''), ('{login}', 'xterm-256color', '');"
        ))
        .await
        .unwrap();
    }
    root.batch_execute(&format!("alter role {WORKER} password '{PASSWORD}'")).await.unwrap();
}

/// Lets an operator see one company in one district only; `None` stands for every one.
pub async fn narrow(root: &Client, login: &str, company: Option<i64>, district: Option<i64>) {
    root.execute("delete from admin_data.operator_scope where login = $1", &[&login]).await.unwrap();
    let scope = "insert into admin_data.operator_scope (login, company_id, district_id) values ($1, $2, $3)";
    root.execute(scope, &[&login, &company, &district]).await.unwrap();
}
