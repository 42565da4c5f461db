//! A paper with its session, its frozen text and who signs it.

use entity::ids::{TrainingDocumentId, TrainingSessionId, TrainingSignatureId};
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_session;
use entity::training_signature::{self, Party};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use sha2::{Digest, Sha256};

use super::PaperError;
use super::state::{Step, TABLE, Transition};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Tx};
use crate::features::enrolments::dossier::facts_of;
use crate::features::enrolments::seats::Seats;
use crate::rules::training::mentions::{Signed, signed};
use crate::rules::training::paper::Content;

/// Name of the table, of which documents are about.
pub const SUBJECT: &str = "training_document";

/// A paper and what hangs on it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The row.
    pub paper: training_document::Model,
    /// Its session.
    pub session: training_session::Model,
    /// Who signs, in their order.
    pub signatures: Vec<training_signature::Model>,
}

/// What people call a paper: `SES-2026-0017-D3`.
#[must_use]
pub fn reference(session: &training_session::Model, seq: i32) -> String {
    format!("{}-D{seq}", session.number)
}

/// SHA-256 of a frozen text.
#[must_use]
pub fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

impl Record {
    /// The paper locked, the seats of its session before it as everywhere.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: TrainingDocumentId) -> Result<Self, PaperError> {
        let seen = training_document::Entity::find_by_id(id).one(tx.conn()).await?;
        let _seats = Seats::lock(tx, seen.ok_or(PaperError::NotFound)?.session_id).await?;
        let row = training_document::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), row.ok_or(PaperError::NotFound)?).await
    }

    /// A paper that the actor may see.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: TrainingDocumentId,
    ) -> Result<Self, PaperError> {
        let row = training_document::Entity::find_by_id(id).one(conn).await?;
        let record = Self::around(conn, row.ok_or(PaperError::NotFound)?).await?;
        let _seen = allows(actor, Permission::PaperView, &record.facts())?;
        Ok(record)
    }

    /// A paper, for the program.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], what the database answers.
    pub async fn by_id(conn: &impl ConnectionTrait, id: TrainingDocumentId) -> Result<Self, PaperError> {
        let row = training_document::Entity::find_by_id(id).one(conn).await?;
        Self::around(conn, row.ok_or(PaperError::NotFound)?).await
    }

    /// A paper by the number of its session and its order in it.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn by_number(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        number: &str,
        seq: i32,
    ) -> Result<Self, PaperError> {
        let session = session_by_number(conn, number).await?;
        let row = training_document::Entity::find()
            .filter(training_document::Column::SessionId.eq(session.id))
            .filter(training_document::Column::Seq.eq(seq))
            .one(conn)
            .await?;
        Self::get(conn, actor, row.ok_or(PaperError::NotFound)?.id).await
    }

    /// The paper of a signature.
    ///
    /// # Errors
    /// [`PaperError::LinkOver`], what the database answers.
    pub async fn of_signature(
        conn: &impl ConnectionTrait,
        id: TrainingSignatureId,
    ) -> Result<(Self, training_signature::Model), PaperError> {
        let row = training_signature::Entity::find_by_id(id).one(conn).await?;
        let row = row.ok_or(PaperError::LinkOver)?;
        let paper = training_document::Entity::find_by_id(row.training_document_id).one(conn).await?;
        Ok((Self::around(conn, paper.ok_or(PaperError::LinkOver)?).await?, row))
    }

    /// What hangs on a row.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        paper: training_document::Model,
    ) -> Result<Self, PaperError> {
        let session = training_session::Entity::find_by_id(paper.session_id).one(conn).await?;
        let session = session.ok_or(PaperError::NotFound)?;
        let signatures = training_signature::Entity::find()
            .filter(training_signature::Column::TrainingDocumentId.eq(paper.id))
            .order_by_asc(training_signature::Column::Id)
            .all(conn)
            .await?;
        Ok(Self { paper, session, signatures })
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        facts_of_paper(&self.paper, &self.session)
    }

    /// What people call it.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(&self.session, self.paper.seq)
    }

    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/sessions/{}/papiers/{}", self.session.number, self.paper.seq)
    }

    /// The frozen text; what was only handed has none.
    ///
    /// # Errors
    /// [`db::Error::Inconsistent`] when the row was altered.
    pub fn content(&self) -> Result<Content, PaperError> {
        let (id, paper) = (self.paper.id.to_string(), &self.paper);
        if hash(&paper.content) != paper.content_hash {
            let what = "the text is not that of its fingerprint";
            return Err(db::Error::Inconsistent { table: SUBJECT, id, what }.into());
        }
        Ok(serde_json::from_str(&paper.content)?)
    }

    /// Whether it was typeset from a frozen text, and not only handed.
    #[must_use]
    pub fn is_typeset(&self) -> bool {
        !matches!(self.paper.kind, PaperKind::WelcomeBooklet | PaperKind::HouseRules)
    }

    /// The signature of a party.
    #[must_use]
    pub fn signature_of(&self, party: Party) -> Option<&training_signature::Model> {
        self.signatures.iter().find(|one| one.party == party)
    }

    /// Whether everybody who has to sign did.
    #[must_use]
    pub fn signed(&self) -> Signed {
        let answers: Vec<_> = self.signatures.iter().map(|one| (one.required, one.kind)).collect();
        signed(&answers)
    }

    /// Whether it waits for signatures.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.paper.state == PaperState::ToSign
    }

    /// The line of the table for a step.
    ///
    /// # Errors
    /// [`PaperError::Step`] when the state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, PaperError> {
        Ok(TABLE.next(Some(self.paper.state), step)?)
    }

    /// Refuses an act on what was read before somebody changed it.
    ///
    /// # Errors
    /// [`PaperError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), PaperError> {
        if seen.is_some_and(|seen| seen != self.paper.version) { Err(PaperError::Stale) } else { Ok(()) }
    }

    /// Writes the row after a change, its version grown.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn save(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut training_document::Model),
    ) -> Result<(), PaperError> {
        change(&mut self.paper);
        self.paper.version += 1;
        let row = self.paper.clone().into_active_model().reset_all();
        training_document::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }
}

/// What the policy looks at for a paper.
#[must_use]
pub fn facts_of_paper(paper: &training_document::Model, session: &training_session::Model) -> Facts {
    Facts { structure: paper.structure_id, account: paper.account_id, ..facts_of(session) }
}

/// A session by its number.
///
/// # Errors
/// [`PaperError::NotFound`], what the database answers.
pub async fn session_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<training_session::Model, PaperError> {
    let found = training_session::Entity::find()
        .filter(training_session::Column::Number.eq(number))
        .one(conn)
        .await?;
    found.ok_or(PaperError::NotFound)
}

/// A session by its key.
///
/// # Errors
/// [`PaperError::NotFound`], what the database answers.
pub async fn session_by_id(
    conn: &impl ConnectionTrait,
    id: TrainingSessionId,
) -> Result<training_session::Model, PaperError> {
    training_session::Entity::find_by_id(id).one(conn).await?.ok_or(PaperError::NotFound)
}
