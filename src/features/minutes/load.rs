//! The minutes of a session with their signatures, their documents and the session around them.

use std::collections::HashMap;

use entity::ids::{ExpertId, JuryMemberId, JuryMinutesId, JurySessionId};
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::{document, jury_check, jury_minutes, jury_session, jury_signature};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::MinutesError;
use super::content::{Content, Member, hash};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Tx};
use crate::features::juries::Whole;
use crate::features::juries::load::{Seated, facts};

/// Name of the table, of which documents are about.
pub const SUBJECT: &str = "jury_minutes";

/// Frozen minutes and what hangs on them.
#[derive(Clone, Debug)]
pub struct Record {
    /// The row.
    pub row: jury_minutes::Model,
    /// What they say.
    pub content: Content,
    /// Who signed, or refused, in order.
    pub signatures: Vec<jury_signature::Model>,
    /// Their documents, oldest first.
    pub documents: Vec<document::Model>,
    /// Their controls, the latest last.
    pub checks: Vec<jury_check::Model>,
}

/// A session and its minutes.
#[derive(Clone, Debug)]
pub struct Book {
    /// The session.
    pub whole: Whole,
    /// Its minutes, the latest first.
    pub records: Vec<Record>,
}

impl Record {
    /// The signature of a member, or their refusal.
    #[must_use]
    pub fn signature_of(&self, member: JuryMemberId) -> Option<&jury_signature::Model> {
        self.signatures.iter().find(|one| one.member_id == member)
    }

    /// Who signs: those who were there and have a vote.
    pub fn signers(&self) -> impl Iterator<Item = &Member> {
        self.content.members.iter()
    }

    /// Whether they wait for signatures.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.row.state == MinutesState::ToSign
    }
}

impl Book {
    /// The session locked until the end of the transaction, and its minutes.
    ///
    /// # Errors
    /// No such session, what the database answers.
    pub async fn locked(tx: &Tx, id: JurySessionId) -> Result<Self, MinutesError> {
        let whole = Whole::locked(tx, id).await?;
        Self::around(tx.conn(), whole).await
    }

    /// The minutes of the session of a number, for somebody who may read minutes.
    ///
    /// # Errors
    /// [`MinutesError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
    ) -> Result<Self, MinutesError> {
        let whole = Whole::by_number(conn, actor, number).await?;
        let _seen = allows(actor, Permission::MinutesView, &whole.facts(actor))?;
        Self::around(conn, whole).await
    }

    /// The same, of a key.
    ///
    /// # Errors
    /// As [`Book::by_number`].
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: JurySessionId,
    ) -> Result<Self, MinutesError> {
        let whole = Whole::get(conn, actor, id).await?;
        let _seen = allows(actor, Permission::MinutesView, &whole.facts(actor))?;
        Self::around(conn, whole).await
    }

    /// The minutes of a session, whoever asks: for the program.
    ///
    /// # Errors
    /// No such session, what the database answers.
    pub async fn of(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Self, MinutesError> {
        let found = jury_session::Entity::find_by_id(id).one(conn).await?;
        let whole = Whole::around(conn, found.ok_or(MinutesError::NotFound)?).await?;
        Self::around(conn, whole).await
    }

    async fn around(conn: &impl ConnectionTrait, whole: Whole) -> Result<Self, MinutesError> {
        let rows = jury_minutes::Entity::find()
            .filter(jury_minutes::Column::SessionId.eq(whole.session.id))
            .order_by_desc(jury_minutes::Column::Revision)
            .all(conn)
            .await?;
        let ids: Vec<JuryMinutesId> = rows.iter().map(|row| row.id).collect();
        let mut signatures = signatures(conn, &ids).await?;
        let documents = document::Entity::find()
            .filter(document::Column::SubjectKind.eq(SUBJECT))
            .filter(document::Column::SubjectId.is_in(ids.iter().map(|id| id.0)))
            .order_by_asc(document::Column::Id)
            .all(conn)
            .await?;
        let checks = jury_check::Entity::find()
            .filter(jury_check::Column::MinutesId.is_in(ids.iter().copied()))
            .order_by_asc(jury_check::Column::Id)
            .all(conn)
            .await?;
        let record = |row: jury_minutes::Model| -> Result<Record, MinutesError> {
            Ok(Record {
                content: Content::read(&row.content)?,
                signatures: signatures.remove(&row.id).unwrap_or_default(),
                documents: documents.iter().filter(|one| one.subject_id == row.id.0).cloned().collect(),
                checks: checks.iter().filter(|one| one.minutes_id == row.id).cloned().collect(),
                row,
            })
        };
        let records = rows.into_iter().map(record).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { whole, records })
    }

    /// The minutes that count now; none before the deliberation is closed.
    #[must_use]
    pub fn current(&self) -> Option<&Record> {
        self.records.first()
    }

    /// The minutes that wait for signatures.
    ///
    /// # Errors
    /// [`MinutesError::NothingToSign`]; a frozen text that is not the one of its fingerprint.
    pub fn open(&self) -> Result<&Record, MinutesError> {
        let found = self.current().filter(|record| record.is_open());
        let record = found.ok_or(MinutesError::NothingToSign)?;
        if hash(&record.row.content) != record.row.content_hash {
            let (id, what) = (record.row.id.to_string(), "the text is not that of its fingerprint");
            return Err(db::Error::Inconsistent { table: SUBJECT, id, what }.into());
        }
        Ok(record)
    }

    /// Somebody of the jury, by the key of their seat.
    #[must_use]
    pub fn seated(&self, member: JuryMemberId) -> Option<&Seated> {
        self.whole.members.iter().find(|one| one.row.id == member)
    }

    /// What the policy looks at for whoever reads.
    #[must_use]
    pub fn facts(&self, actor: &Actor) -> Facts {
        self.whole.facts(actor)
    }

    /// The same for whoever presides.
    #[must_use]
    pub fn facts_of_president(&self, actor: &Actor) -> Facts {
        let presides = |own: &ExpertId| self.whole.president().is_some_and(|one| one.row.expert_id == *own);
        let expert = actor.expert().filter(presides);
        Facts {
            expert,
            ..facts(&self.whole.session, &self.whole.structure.region, self.whole.certification.id)
        }
    }

    /// The same for whoever signs.
    #[must_use]
    pub fn facts_of_signer(&self, actor: &Actor) -> Facts {
        let expert = actor.expert().filter(|own| self.seat_of(*own).is_some());
        Facts {
            expert,
            ..facts(&self.whole.session, &self.whole.structure.region, self.whole.certification.id)
        }
    }

    /// The seat on which somebody signs the current minutes.
    #[must_use]
    pub fn seat_of(&self, expert: ExpertId) -> Option<JuryMemberId> {
        let mut signers = self.current().into_iter().flat_map(Record::signers);
        signers.find_map(|member| {
            let seated = self.seated(member.id.into())?;
            (seated.row.expert_id == expert).then_some(seated.row.id)
        })
    }

    /// Whether somebody has a seat in this jury, whatever became of it.
    #[must_use]
    pub fn sat(&self, actor: &Actor) -> bool {
        actor.expert().is_some_and(|own| self.whole.members.iter().any(|one| one.row.expert_id == own))
    }

    /// Whether these are the minutes of a jury that sat.
    #[must_use]
    pub fn is_of_a_jury(&self) -> bool {
        self.current().is_some_and(|record| record.row.kind == MinutesKind::Minutes)
    }
}

async fn signatures(
    conn: &impl ConnectionTrait,
    ids: &[JuryMinutesId],
) -> Result<HashMap<JuryMinutesId, Vec<jury_signature::Model>>, MinutesError> {
    let rows = jury_signature::Entity::find()
        .filter(jury_signature::Column::MinutesId.is_in(ids.iter().copied()))
        .order_by_asc(jury_signature::Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.minutes_id).or_default().push(row);
    }
    Ok(found)
}
