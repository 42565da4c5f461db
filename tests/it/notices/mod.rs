//! Notifications: what becomes of a message for each person.

mod delivery;
mod digest;
mod pages;
mod preferences;
mod unsubscribe;

use std::collections::BTreeSet;

use entity::ids::MailId;
use entity::{mail, notice};
use parchemin::authz::{Actor, Facts, Permission};
use parchemin::events::{CLASSES, DomainEvent, Mail, Recipient, Subject};
use parchemin::mailer::Mailer;
use parchemin::render::mail::MailTemplates;
use parchemin::worker;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp};

const REASON: &str = "Vous recevez ce message parce que vous suivez ce dossier.";
/// Something to do.
const WORK: &str = "agreement-received";
/// A date that comes near.
const REMINDER: &str = "right-ending";
/// A decision.
const LEGAL: &str = "agreement-granted";

/// An act whose only effect is its mails.
struct News(Vec<Mail>);

impl DomainEvent for News {
    fn name(&self) -> &'static str {
        "test.news"
    }

    fn code(&self) -> &'static str {
        "TEST_NEWS"
    }

    fn subject(&self) -> Subject {
        Subject::new("agreement_request", Uuid::from_u128(42), "AGR-2025-0042")
    }

    fn mails(&self) -> Vec<Mail> {
        self.0.clone()
    }
}

/// A message of a template, with its sample and the reason of these tests.
fn letter(template: &'static str, to: Recipient) -> Mail {
    let mut sample = MailTemplates::samples().into_iter().find(|(name, _)| name == template).unwrap().1;
    sample.as_object_mut().unwrap().remove("reason");
    Mail::new(template, to, REASON, sample)
}

/// Commits an act that writes one message of a template to someone.
async fn write(t: &TestApp, template: &'static str, to: Recipient) -> mail::Model {
    commit(t, letter(template, to)).await
}

/// Commits an act that writes one message.
async fn commit(t: &TestApp, mail: Mail) -> mail::Model {
    let mut tx = t.app.begin(Actor::system("test")).await.unwrap();
    let grant = tx.authorize(Permission::DocumentIssue, &Facts::default()).unwrap();
    tx.record(&grant, &News(vec![mail])).await.unwrap();
    tx.commit().await.unwrap();
    mail::Entity::find().order_by_desc(mail::Column::Id).one(t.app.db.read()).await.unwrap().unwrap()
}

fn to(person: &Person) -> Recipient {
    Recipient::Account { id: person.id }
}

/// A message as the outbox has it now.
async fn stored(t: &TestApp, id: MailId) -> mail::Model {
    mail::Entity::find_by_id(id).one(t.app.db.read()).await.unwrap().unwrap()
}

/// One pass of the outbox worker.
async fn send(t: &TestApp) {
    worker::mail::run_once(&t.app).await.unwrap();
}

/// The messages that left, oldest first.
fn sent(t: &TestApp) -> Vec<String> {
    let Mailer::Memory(captured) = &t.app.mailer else { panic!("mails are kept in memory") };
    captured.lock().unwrap().iter().map(|mail| mail.raw.clone()).collect()
}

async fn notices(t: &TestApp) -> Vec<notice::Model> {
    notice::Entity::find().order_by_asc(notice::Column::Id).all(t.app.db.read()).await.unwrap()
}

/// Records wishes of a person over none.
async fn wish(t: &TestApp, person: &Person, work: &str, reminder: &str) {
    let wishes = json!({ "work": work, "reminder": reminder });
    let answer = t.patch(person, PREFERENCES, Some(0), &wishes).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

const PREFERENCES: &str = "/users/me/notification-preferences";

/// What applies to a person.
async fn preferences(t: &TestApp, person: &Person) -> Value {
    t.get(person, PREFERENCES).await.body
}

#[test]
fn every_message_has_its_class() {
    let written: BTreeSet<_> = MailTemplates::samples().into_iter().map(|(name, _)| name).collect();
    let classed: BTreeSet<_> = CLASSES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(written, classed);
    assert_eq!(classed.len(), CLASSES.len(), "a message has one class");
}
