//! The journal: sealed in order, found altered whenever it is, exported, proved, erased in part.

mod api;
mod chain;
mod erase;
mod export;
mod jobs;
mod pages;
mod readings;
pub(crate) mod samples;
mod seal;
mod tamper;

use std::sync::Arc;

use entity::ids::AuditEventId;
use parchemin::app::App;
use parchemin::authz::{Actor, Facts, Permission};
use parchemin::events::{DomainEvent, Subject};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

/// Something that happened, for tests.
struct Noted {
    number: usize,
    phone: Option<&'static str>,
}

impl DomainEvent for Noted {
    fn name(&self) -> &'static str {
        "journal.noted"
    }

    fn code(&self) -> &'static str {
        "NOTED"
    }

    fn subject(&self) -> Subject {
        Subject::new(
            "note",
            Uuid::from_u128(u128::try_from(self.number).unwrap()),
            format!("NOTE-{}", self.number),
        )
    }

    fn payload(&self) -> Value {
        json!({ "number": self.number })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        self.phone.iter().map(|phone| ("phone", (*phone).to_owned())).collect()
    }
}

/// Records one event per transaction.
async fn note(app: &Arc<App>, count: usize) -> Vec<AuditEventId> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(note_one(app, Noted { number, phone: None }).await);
    }
    ids
}

async fn note_one(app: &Arc<App>, event: Noted) -> AuditEventId {
    let mut tx = app.begin(Actor::system("test")).await.unwrap();
    let grant = tx.authorize(Permission::JournalSeal, &Facts::default()).unwrap();
    let id = tx.record(&grant, &event).await.unwrap();
    tx.commit().await.unwrap();
    id.into()
}

/// Records many events in one transaction.
async fn note_together(app: &Arc<App>, count: usize) {
    let mut tx = app.begin(Actor::system("test")).await.unwrap();
    let grant = tx.authorize(Permission::JournalSeal, &Facts::default()).unwrap();
    for number in 0..count {
        tx.record(&grant, &Noted { number, phone: None }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// What someone with full access to the database does: every protection away.
pub async fn unprotect(t: &TestApp) {
    let statements: &[&str] = if t.app.db.is_sqlite() {
        &[
            "PRAGMA foreign_keys = OFF",
            "DROP TRIGGER audit_event_no_update",
            "DROP TRIGGER audit_event_no_delete",
            "DROP TRIGGER audit_leaf_no_update",
            "DROP TRIGGER audit_leaf_no_delete",
            "DROP TRIGGER audit_seal_no_update",
            "DROP TRIGGER audit_seal_no_delete",
            "DROP TRIGGER audit_event_pending",
        ]
    } else {
        &[
            "DROP TRIGGER audit_event_append_only ON audit_event",
            "DROP TRIGGER audit_leaf_append_only ON audit_leaf",
            "DROP TRIGGER audit_seal_append_only ON audit_seal",
            "DROP TRIGGER audit_event_pending ON audit_event",
            "ALTER TABLE audit_leaf DROP CONSTRAINT audit_leaf_event_id_fkey",
        ]
    };
    for statement in statements {
        run(t, statement).await;
    }
}

pub async fn run(t: &TestApp, sql: &str) {
    t.app.db.bookkeeping().execute_unprepared(sql).await.unwrap();
}

/// A key as each database writes it.
pub fn literal(t: &TestApp, id: AuditEventId) -> String {
    if t.app.db.is_sqlite() { format!("x'{}'", id.0.simple()) } else { format!("'{id}'") }
}

/// What the command prints, and its exit code.
async fn verified(t: &TestApp) -> (String, i32) {
    parchemin::features::journal::cli::verify(&t.app, false, None).await
}
