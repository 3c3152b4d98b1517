//! The gallery of refusals: each is provoked once, and `docs/errors.md` shows what an operator then reads. A refusal in
//! `sql/` that nobody provokes fails the test.

mod archive;
mod cases;
mod control;
mod depth;
mod desk;
mod facts;
mod inbox;
mod invoices;
mod law;
mod page;
mod papers;
mod people;
mod prints;
mod sources;

use kvartal::db::error::{DbError, Refusal};
use serde_json::Value;
use tokio_postgres::Client;

use crate::common::{Office, kept, village};

use super::arguments::in_plain_russian;

/// A refusal that was provoked, and by what.
struct Shown {
    cause: &'static str,
    refusal: Refusal,
}

/// Collects refusals as they are provoked.
struct Gallery {
    office: Office,
    shown: Vec<Shown>,
}

impl Gallery {
    async fn open() -> Self {
        Self { office: Office::of(village().await).await, shown: Vec::new() }
    }

    /// A statement of a session that must be refused by a sentence.
    async fn refuses(&mut self, cause: &'static str, client: &Client, statement: &str) {
        let Err(error) = client.batch_execute(statement).await else {
            panic!("{cause}: not refused: {statement}")
        };
        match DbError::from(error) {
            DbError::Refused(refusal) => self.shows(cause, refusal),
            other => panic!("{cause}: {statement}: {other:?}"),
        }
        client.batch_execute("rollback").await.unwrap();
    }

    /// A statement of the superuser: what guards the tables themselves.
    async fn guards(&mut self, cause: &'static str, statement: &str) {
        let root = self.office.db.root().await;
        self.refuses(cause, &root, statement).await;
    }

    fn shows(&mut self, cause: &'static str, mut refusal: Refusal) {
        in_plain_russian(&refusal);
        refusal.message = without_clock(&refusal.message);
        refusal.detail = refusal.detail.as_deref().map(without_clock);
        self.shown.push(Shown { cause, refusal });
    }

    /// What a failed job or a refused preview kept.
    fn kept(&mut self, cause: &'static str, refusal: Option<Value>) {
        let refusal = refusal.unwrap_or_else(|| panic!("{cause}: not refused"));
        self.shows(cause, serde_json::from_value(refusal).unwrap());
    }
}

#[tokio::test]
async fn every_refusal_is_shown() {
    let mut gallery = Gallery::open().await;
    cases::of_arguments(&mut gallery).await;
    cases::of_rights(&mut gallery).await;
    cases::of_the_door(&mut gallery).await;
    control::of_control(&mut gallery).await;
    cases::of_months(&mut gallery).await;
    control::of_a_released_month(&mut gallery).await;
    depth::of_depth(&mut gallery).await;
    cases::of_the_worker(&mut gallery).await;
    cases::of_stone(&mut gallery).await;
    desk::of_the_desk(&mut gallery).await;
    papers::of_papers(&mut gallery).await;
    law::of_privileges(&mut gallery).await;
    law::of_subsidies(&mut gallery).await;
    law::of_acts(&mut gallery).await;
    facts::of_meters(&mut gallery).await;
    facts::of_accounts(&mut gallery).await;
    facts::of_bank_details(&mut gallery).await;
    facts::of_owners(&mut gallery).await;
    facts::of_plans(&mut gallery).await;
    facts::of_services(&mut gallery).await;
    people::of_operators(&mut gallery).await;
    people::of_organisations(&mut gallery).await;
    archive::of_documents(&mut gallery).await;
    prints::of_prints(&mut gallery).await;
    inbox::of_files(&mut gallery).await;
    facts::of_groups(&mut gallery).await;
    for (code, template) in sources::refusals() {
        let provoked = gallery
            .shown
            .iter()
            .any(|one| one.refusal.code == code && sources::fits(&template, &one.refusal.message));
        assert!(provoked, "nobody provokes {code} «{template}»");
    }
    kept("docs/errors.md", &page::page(&gallery.shown));
}

/// The moment of an operation, told beside who did it, is the same in every run: what is kept must not depend on
/// the clock.
fn without_clock(sentence: &str) -> String {
    const MASK: &str = "00.00.0000 00:00";
    let letters: Vec<char> = sentence.chars().collect();
    let is_moment = |at: usize| {
        let found = letters[at..].iter().map(|c| if c.is_ascii_digit() { '0' } else { *c });
        found.take(MASK.len()).eq(MASK.chars()) && matches!(letters.get(at + MASK.len()), Some(')' | ','))
    };
    match (0..letters.len()).find(|at| is_moment(*at)) {
        Some(at) => {
            let (before, rest) = (&letters[..at], &letters[at + MASK.len()..]);
            before.iter().chain(&"20.03.2026 10:00".chars().collect::<Vec<_>>()).chain(rest).collect()
        }
        None => sentence.to_owned(),
    }
}
