//! The only writer of the domain: it authorizes, records and commits, all or nothing.

use std::sync::Arc;

use entity::{audit_event, audit_personal, job, mail};
use sea_orm::{
    ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::idempotency::Answer;
use super::{Db, Error};
use crate::app::App;
use crate::authz::{self, Actor, Denied, Facts, Grant, Permission};
use crate::events::{self, DomainEvent, EventLine, Job, Mail};
use crate::render::mail::MailTemplates;

/// One act in the making. Dropping it without [`Tx::commit`] undoes everything.
#[must_use = "a transaction that is not committed rolls back"]
pub struct Tx {
    conn: DatabaseTransaction,
    app: Arc<App>,
    actor: Actor,
    now: OffsetDateTime,
    recorded: bool,
    answer: Option<Answer>,
}

impl Tx {
    /// Begins.
    pub(crate) async fn begin(app: Arc<App>, actor: Actor) -> Result<Self, Error> {
        let conn = begin_bookkeeping(&app.db).await?;
        let now = app.now();
        Ok(Self { conn, app, actor, now, recorded: false, answer: None })
    }

    /// The connection of the transaction, for entity reads and changes.
    #[must_use]
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.conn
    }

    /// What every part of the program shares.
    #[must_use]
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The instant of the act.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// The same, as stored.
    #[must_use]
    pub fn instant(&self) -> entity::Instant {
        self.now.into()
    }

    /// A new key.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.app.new_id().into()
    }

    /// Asks the policy.
    ///
    /// # Errors
    /// The refusal of the policy.
    pub fn authorize(&self, permission: Permission, facts: &Facts) -> Result<Grant, Denied> {
        authz::allows(&self.actor, permission, facts)
    }

    /// Writes the journal line, the mails and the jobs of an event.
    ///
    /// # Errors
    /// When a text cannot be rendered or the database refuses.
    pub async fn record<E: DomainEvent + Sync>(&mut self, grant: &Grant, event: &E) -> Result<Uuid, Error> {
        let id = self.app.new_id();
        let subject = event.subject();
        let mails = self.mails(id, &subject, event.mails())?;
        let (payload, personal) = self.payload(id, event);
        let (state_before, state_after) = event.states();
        let (actor_kind, actor_id) = self.actor.journal_identity();
        let documents: Vec<_> = event.documents().iter().map(|d| json!([d.id, d.sha256])).collect();
        let line = EventLine {
            id,
            at: i64::try_from(self.now.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX),
            actor_kind: actor_kind.to_owned(),
            actor_id,
            role: grant.role().to_owned(),
            channel: self.actor.channel.word().to_owned(),
            permission: grant.permission().name().to_owned(),
            name: event.name().to_owned(),
            code: event.code().to_owned(),
            subject_kind: subject.kind.to_owned(),
            subject_id: subject.id,
            subject_label: subject.label,
            state_before,
            state_after,
            reason: event.reason().map(str::to_owned),
            payload,
            documents: Value::Array(documents),
            mails: mails.iter().map(|mail| json!(mail.id.clone().take())).collect(),
            request_id: self.actor.request_id.clone(),
        };
        audit_event::Entity::insert(row(&line)?).exec_without_returning(&self.conn).await?;
        if !personal.is_empty() {
            audit_personal::Entity::insert_many(personal).exec_without_returning(&self.conn).await?;
        }
        for mail in mails {
            insert_once(mail::Entity::insert(mail), mail::Column::Dedupe, &self.conn).await?;
        }
        for job in event.jobs() {
            self.schedule(job).await?;
        }
        self.recorded = true;
        Ok(id)
    }

    /// Keeps the answer to give again to the same idempotency key: committed with the act, so that a repeat finds it
    /// even when the process died before it answered.
    pub fn keep_answer(&mut self, answer: Answer) {
        self.answer = Some(answer);
    }

    /// Commits what was done, refused when nothing was recorded, then wakes the workers.
    ///
    /// # Errors
    /// [`Error::NothingRecorded`], [`Error::AlreadyExecuted`], or what the database answers.
    pub async fn commit(self) -> Result<(), Error> {
        if !self.recorded {
            return Err(Error::NothingRecorded);
        }
        if let Some(claim) = &self.actor.idempotency {
            claim.take(&self, self.answer.as_ref()).await?;
        }
        let app = Arc::clone(&self.app);
        self.conn.commit().await?;
        app.committed();
        app.wake.all();
        Ok(())
    }

    /// Commits what was done and gives it back; what was refused is undone, and stays refused.
    ///
    /// # Errors
    /// The refusal, and those of [`Tx::commit`].
    pub async fn conclude<T, E: From<Error>>(self, done: Result<T, E>) -> Result<T, E> {
        let done = done?;
        self.commit().await?;
        Ok(done)
    }

    fn payload(&self, event_id: Uuid, event: &impl DomainEvent) -> (Value, Vec<audit_personal::ActiveModel>) {
        let mut payload = event.payload();
        let mut rows = Vec::new();
        let mut references = serde_json::Map::new();
        for (field, value) in event.personal() {
            let salt = self.app.random_bytes::<16>().to_vec();
            references.insert(field.to_owned(), Value::String(events::personal_hash(&salt, &value)));
            rows.push(audit_personal::ActiveModel {
                id: Set(self.app.new_id()),
                event_id: Set(event_id.into()),
                field: Set(field.to_owned()),
                salt: Set(salt),
                value: Set(Some(value)),
                erased_at: Set(None),
            });
        }
        if let (Value::Object(object), false) = (&mut payload, references.is_empty()) {
            object.insert("personal".to_owned(), Value::Object(references));
        }
        (payload, rows)
    }

    fn mails(
        &self,
        event: Uuid,
        subject: &events::Subject,
        mails: Vec<Mail>,
    ) -> Result<Vec<mail::ActiveModel>, Error> {
        mails.into_iter().map(|mail| self.mail(event, subject, mail)).collect()
    }

    fn mail(&self, event: Uuid, subject: &events::Subject, mail: Mail) -> Result<mail::ActiveModel, Error> {
        // Every mail of every test is held to the sample that people are shown of it.
        debug_assert_eq!(
            MailTemplates::unlike_sample(mail.template, &mail.variables),
            Vec::<String>::new(),
            "{}",
            mail.template
        );
        let text = self.app.mails.render(mail.template, mail.reason, &mail.variables)?;
        let (calendar, method) = match &mail.invitation {
            Some(invitation) => {
                let (text, method) =
                    crate::render::ics::object(invitation, self.now, &self.app.config.mail_from);
                (Some(text), Some(method.to_owned()))
            }
            None => (None, None),
        };
        Ok(mail::ActiveModel {
            id: Set(self.new_id()),
            event_id: Set(event.into()),
            template: Set(mail.template.to_owned()),
            template_version: Set(text.version),
            recipient: Set(serde_json::to_value(&mail.to)?),
            reason: Set(mail.reason.to_owned()),
            subject: Set(text.subject),
            body_text: Set(text.text),
            body_html: Set(text.html),
            calendar: Set(calendar),
            calendar_method: Set(method),
            applies: Set(mail.applies.as_ref().map(serde_json::to_value).transpose()?),
            subject_kind: Set(subject.kind.to_owned()),
            subject_id: Set(subject.id),
            dedupe: Set(mail.dedupe),
            state: Set(mail::MailState::Pending),
            attempts: Set(0),
            due_at: Set(mail.due_at.unwrap_or(self.now).into()),
            lease_until: Set(None),
            answer: Set(None),
            created_at: Set(self.instant()),
            sent_at: Set(None),
        })
    }

    async fn schedule(&self, job: Job) -> Result<(), Error> {
        let row = job::ActiveModel {
            id: Set(self.new_id()),
            kind: Set(job.kind.to_owned()),
            payload: Set(job.payload),
            dedupe: Set(job.dedupe),
            state: Set(job::JobState::Pending),
            attempts: Set(0),
            due_at: Set(job.due_at.unwrap_or(self.now).into()),
            lease_until: Set(None),
            error: Set(None),
            created_at: Set(self.instant()),
            done_at: Set(None),
        };
        insert_once(job::Entity::insert(row), job::Column::Dedupe, &self.conn).await
    }
}

/// Begins a transaction that is no act of the domain, such as the sealing of the journal.
///
/// On SQLite it is IMMEDIATE: a deferred one that reads first fails when it writes.
#[expect(clippy::disallowed_methods, reason = "the one place where a transaction begins")]
pub(crate) async fn begin_bookkeeping(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    if !db.is_sqlite() {
        return db.write.begin().await;
    }
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    db.write.begin_with_options(immediate).await
}

/// Inserts a row unless one with the same deduplication key exists.
async fn insert_once<A, C>(
    insert: sea_orm::Insert<A>,
    dedupe: C,
    conn: &DatabaseTransaction,
) -> Result<(), Error>
where
    A: sea_orm::ActiveModelTrait,
    C: sea_orm::sea_query::IntoIden,
{
    let once = sea_orm::sea_query::OnConflict::column(dedupe).do_nothing().to_owned();
    insert.on_conflict(once).exec_without_returning(conn).await?;
    Ok(())
}

fn row(line: &EventLine) -> Result<audit_event::ActiveModel, Error> {
    Ok(audit_event::ActiveModel {
        id: Set(line.id.into()),
        at: Set(OffsetDateTime::from_unix_timestamp_nanos(i128::from(line.at) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
            .into()),
        actor_kind: Set(line.actor_kind.clone()),
        actor_id: Set(line.actor_id),
        role: Set(line.role.clone()),
        channel: Set(line.channel.clone()),
        permission: Set(line.permission.clone()),
        name: Set(line.name.clone()),
        code: Set(line.code.clone()),
        subject_kind: Set(line.subject_kind.clone()),
        subject_id: Set(line.subject_id),
        subject_label: Set(line.subject_label.clone()),
        state_before: Set(line.state_before.clone()),
        state_after: Set(line.state_after.clone()),
        reason: Set(line.reason.clone()),
        payload: Set(events::canonical_text(&line.payload)?),
        documents: Set(events::canonical_text(&line.documents)?),
        mails: Set(events::canonical_text(&line.mails)?),
        request_id: Set(line.request_id.clone()),
        hash: Set(line.leaf_hash()?.to_vec()),
    })
}
