//! Mails: rendered, sent, retried, shown.

mod delivery;
mod jobs;
mod recipients;
mod screens;
mod security;
mod templates;

use entity::ids::MailId;
use entity::{mail, mail_delivery};
use parchemin::authz::{Actor, Facts, Permission};
use parchemin::events::{DomainEvent, Mail, Recipient, Subject};
use parchemin::render::mail::MailTemplates;
use parchemin::worker;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use uuid::Uuid;

use crate::support::TestApp;

/// An act whose only effect is its mails.
struct Announced(Uuid, Vec<Mail>);

impl DomainEvent for Announced {
    fn name(&self) -> &'static str {
        "test.announced"
    }

    fn code(&self) -> &'static str {
        "TEST_ANNOUNCED"
    }

    fn subject(&self) -> Subject {
        Subject::new("agreement_request", self.0, "AGR-2025-0042")
    }

    fn mails(&self) -> Vec<Mail> {
        self.1.clone()
    }
}

/// The variables of the sample of a mail.
fn sample(name: &str) -> Value {
    MailTemplates::samples().into_iter().find(|(known, _)| known == name).unwrap().1
}

/// A short mail that any recipient may get.
fn letter(to: Recipient) -> Mail {
    let reason = "Vous recevez ce message parce que votre mot de passe a changé.";
    Mail::new("password-changed", to, reason, sample("password-changed"))
}

fn to(address: &str) -> Recipient {
    Recipient::Address { address: address.to_owned() }
}

impl TestApp {
    /// Commits an act about a request with one mail.
    async fn announce_about(&self, request: Uuid, mails: Vec<Mail>) -> MailId {
        self.commit(Announced(request, mails)).await[0]
    }

    /// Commits an act with these mails.
    async fn announce(&self, mails: Vec<Mail>) -> Vec<MailId> {
        self.commit(Announced(Uuid::from_u128(42), mails)).await
    }

    async fn commit(&self, act: Announced) -> Vec<MailId> {
        let known = self.mails().await.len();
        let mut tx = self.app.begin(Actor::system("test")).await.unwrap();
        let grant = tx.authorize(Permission::DocumentIssue, &Facts::default()).unwrap();
        tx.record(&grant, &act).await.unwrap();
        tx.commit().await.unwrap();
        self.mails().await[known..].iter().map(|mail| mail.id).collect()
    }

    async fn mails(&self) -> Vec<mail::Model> {
        mail::Entity::find().order_by_asc(mail::Column::Id).all(self.app.db.read()).await.unwrap()
    }

    async fn mail(&self, id: MailId) -> mail::Model {
        mail::Entity::find_by_id(id).one(self.app.db.read()).await.unwrap().unwrap()
    }

    async fn deliveries(&self, id: MailId) -> Vec<mail_delivery::Model> {
        mail_delivery::Entity::find()
            .filter(mail_delivery::Column::MailId.eq(id))
            .order_by_asc(mail_delivery::Column::Address)
            .all(self.app.db.read())
            .await
            .unwrap()
    }

    /// One pass of the outbox worker.
    async fn send(&self) -> usize {
        worker::mail::run_once(&self.app).await.unwrap()
    }
}
