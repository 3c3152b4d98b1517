//! The operators of a town: one of every job, and a second accountant in the other company. Their password is no
//! secret: the town is made up, and its server answers this machine only.

use postgres_protocol::password::scram_sha_256;
use serde_json::{Value, json};

use crate::cli::CliError;
use crate::db::config::Address;
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::job::door::{Operation, Session};
use crate::job::setup;
use crate::job::town::Town;
use crate::job::town::directory::organisations::COMPANIES;
use crate::job::town::life::Hands;

/// The password of every demo operator.
pub const PASSWORD: &str = "kvartal-demo";

/// Somebody of the town who may log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// The login.
    pub login: &'static str,
    /// Last name, first name, patronymic.
    pub full_name: &'static str,
    /// The job, as the menu names it.
    pub job: &'static str,
    /// The group role.
    group: &'static str,
    /// Sees this managing company only; without one everything.
    pub company: Option<i64>,
}

/// The administrator, who makes all others.
pub const ADMIN: Operator = operator("kv_admin", "Тихонова Елена Павловна", "администратор", "kvartal_admin");
/// Who runs the months.
pub const CENTRE: Operator =
    operator("kv_centre", "Орехова Марина Львовна", "оператор центра", "kvartal_centre");
/// The accountants, one of each company.
pub const ACCOUNTANTS: [Operator; 2] = [
    Operator {
        company: Some(COMPANIES[0]),
        ..operator("kv_accountant", "Зимина Ольга Юрьевна", "бухгалтер", "kvartal_accountant")
    },
    Operator {
        company: Some(COMPANIES[1]),
        ..operator("kv_accountant2", "Лаптева Вера Игоревна", "бухгалтер", "kvartal_accountant")
    },
];
/// Who registers people.
pub const PASSPORT: Operator =
    operator("kv_passport", "Голубева Нина Сергеевна", "паспортистка", "kvartal_passport");
/// Who takes payments.
pub const CASHIER: Operator = operator("kv_cashier", "Седова Алла Викторовна", "кассир", "kvartal_cashier");
/// Who answers the phone.
pub const DISPATCHER: Operator =
    operator("kv_dispatcher", "Носов Игорь Петрович", "диспетчер", "kvartal_dispatcher");
/// Who follows debts.
pub const DEBT: Operator =
    operator("kv_debt", "Рудаков Антон Олегович", "сотрудник претензионного отдела", "kvartal_debt");

/// All of them, the administrator first.
pub const ALL: [Operator; 8] =
    [ADMIN, CENTRE, ACCOUNTANTS[0], ACCOUNTANTS[1], PASSPORT, CASHIER, DISPATCHER, DEBT];

const fn operator(
    login: &'static str,
    full_name: &'static str,
    job: &'static str,
    group: &'static str,
) -> Operator {
    Operator { login, full_name, job, group, company: None }
}

/// Makes the operators of a town: the administrator by setup, all others by the administrator. `owner` is a session of the
/// base's owner, `address` leads to the same base.
///
/// # Errors
/// What the database refused.
pub async fn settle(owner: &mut Client, address: &Address, town: &Town) -> Result<(), CliError> {
    setup::administrator(owner, ADMIN.login, ADMIN.full_name, PASSWORD).await.map_err(CliError::refused)?;
    waive(owner).await?;
    let session = open(address, &ADMIN).await?;
    for one in &ALL[1..] {
        let operation = Operation {
            id: town.operation_id(&format!("operator {}", one.login)),
            kind: "admin.user_add".to_owned(),
            args: args(one),
            ground: None,
        };
        session.commit(&operation).await?;
    }
    waive(owner).await
}

/// Who looks at a demo is not made to think of a password first.
async fn waive(owner: &Client) -> Result<(), CliError> {
    let sql = "update admin_data.operator set must_change_password = false";
    owner.execute(sql, &[]).await.map(drop).map_err(|error| CliError::refused(DbError::from(error)))
}

fn args(one: &Operator) -> Value {
    let scope = one.company.map_or_else(|| json!({}), |company| json!({ "company_id": company }));
    json!({
        "login": one.login,
        "verifier": scram_sha_256(PASSWORD.as_bytes()),
        "full_name": one.full_name,
        "job": one.job,
        "groups": [one.group],
        "scopes": [scope],
    })
}

/// The sessions a town lives through.
///
/// # Errors
/// Who was not let in.
pub async fn hands(address: &Address) -> Result<Hands, CliError> {
    let mut accountants = Vec::new();
    for one in &ACCOUNTANTS {
        let session = open(address, one).await?;
        accountants.extend(one.company.map(|company| (company, session)));
    }
    Ok(Hands {
        centre: open(address, &CENTRE).await?,
        cashier: open(address, &CASHIER).await?,
        passport: open(address, &PASSPORT).await?,
        accountants,
    })
}

async fn open(address: &Address, one: &Operator) -> Result<Session, CliError> {
    Ok(Session::open(&address.with_login(one.login, PASSWORD), "kvartal demo").await?)
}
