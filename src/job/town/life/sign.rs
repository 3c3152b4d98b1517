//! What stands before every release: the control of the month, made, read and signed.

use serde_json::{Value, json};

use crate::calc::period::Month;
use crate::job::door::{DoorError, Operation, Session};

/// What the operator of a made-up town says over the control: nobody planted an error in it.
const GROUND: &str = "Итоги и находки сверены";

/// Makes the control of a charged month, accepts what stops it and signs. `order` makes an operation of a kind and arguments.
///
/// # Errors
/// The refusal, or how the job ended.
pub async fn sign(
    session: &mut Session,
    month: Month,
    mut order: impl FnMut(&str, Value) -> Operation,
) -> Result<(), DoorError> {
    let control = order("billing.control", json!({ "month": month }));
    session.commit(&control).await?;
    session.follow(control.id, |_| ()).await?;
    let stops =
        "select coalesce(jsonb_agg(kind), '[]') from billing.control_kinds($1) where verdict = 'stop'";
    let kinds: Value = session.client.query_one(stops, &[&month.first_day()]).await?.get(0);
    let mut said =
        |kind: &str, args: Value| Operation { ground: Some(GROUND.to_owned()), ..order(kind, args) };
    if kinds != json!([]) {
        session.commit(&said("billing.control_accept", json!({ "month": month, "kinds": kinds }))).await?;
    }
    session.commit(&said("billing.control_sign", json!({ "month": month }))).await?;
    Ok(())
}
