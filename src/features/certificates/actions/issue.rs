//! Delivers what the jury of a session decided: a certificate to who acquired everything, an attestation to who acquired a
//! part. Somebody whose civil status lacks something is told with what lacks and is delivered nothing; the others are.

use entity::certificate::{self, CertificateKind, CertificateState};
use entity::certificate_batch::{self, BatchState};
use entity::ids::{CertificateBatchId, CertificateId, JuryPassageId, JurySessionId};
use entity::jury_session::JuryState;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use time::Date;

use super::holder_of;
use crate::authz::{Grant, Permission};
use crate::db::{Tx, next_number};
use crate::features::certificates::content::{Content, Sealed};
use crate::features::certificates::events::{BatchEvent, BatchWhat, CertificateEvent, What};
use crate::features::certificates::gather::{Delivery, Left, Passage, Source};
use crate::features::certificates::{CertificateError, labels};
use crate::rules::certificate_number::{DRAWN, Draft, prefix};
use crate::rules::fold::searchable;
use crate::worker::seal::keys::JournalKey;

/// What was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The files to typeset together.
    pub batch: certificate_batch::Model,
    /// The certificates, in the order of the session.
    pub certificates: Vec<certificate::Model>,
    /// What lacks to those who were delivered nothing, one line for each.
    pub lacking: Vec<String>,
}

/// Delivers everything that a session gives, that was not delivered yet and that may be. Whoever lacks something is left for
/// another delivery, once their civil status is whole.
///
/// # Errors
/// [`CertificateError::SessionNotValidated`], [`CertificateError::Incomplete`] with everything that lacks when nobody is left
/// to whom something may be delivered, [`CertificateError::NothingToIssue`], the refusal of the policy, what the database answers.
pub async fn issue(tx: &mut Tx, key: &JournalKey, id: JurySessionId) -> Result<Issued, CertificateError> {
    let locked = entity::jury_session::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    locked.ok_or(CertificateError::NotFound)?;
    let source = Source::load(tx.conn(), id).await?;
    let grant = tx.authorize(Permission::CertificateIssue, &source.facts())?;
    if !matches!(source.session.state, JuryState::Validated | JuryState::Closed) {
        return Err(CertificateError::SessionNotValidated);
    }
    let on = source.delivery_day(tx.app().today());
    let delivered = delivered(tx, id).await?;
    let Left { ready, lacking } = source.left(&tx.app().config, &delivered, on);
    match (ready.is_empty(), lacking.is_empty()) {
        (true, true) => return Err(CertificateError::NothingToIssue),
        (true, false) => return Err(CertificateError::Incomplete(lacking)),
        (false, _) => {}
    }
    let batch = certificate_batch::Model {
        id: tx.new_id(),
        session_id: id,
        state: BatchState::Waiting,
        total: i32::try_from(ready.len()).unwrap_or(i32::MAX),
        done: 0,
        archive_id: None,
        failure: None,
        asked_by: tx.actor().account_id(),
        asked_at: tx.instant(),
        ended_at: None,
    };
    let insert = certificate_batch::Entity::insert(batch.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let mut certificates = Vec::with_capacity(ready.len());
    for (passage, kind) in ready {
        let one = New { source: &source, passage, kind, on, batch: Some(batch.id), supersedes: None };
        certificates.push(one.deliver(tx, &grant, key).await?);
    }
    let event = BatchEvent { batch: &batch, session: &source.session.number, what: BatchWhat::Issued };
    tx.record(&grant, &event).await?;
    Ok(Issued { batch, certificates, lacking })
}

/// What was delivered already, passage by passage: whoever had a part keeps it when corrected minutes give everything.
async fn delivered(
    tx: &Tx,
    id: JurySessionId,
) -> Result<Vec<(JuryPassageId, CertificateKind)>, CertificateError> {
    let known: Vec<(Option<JuryPassageId>, CertificateKind)> = certificate::Entity::find()
        .filter(certificate::Column::SessionId.eq(id))
        .select_only()
        .columns([certificate::Column::PassageId, certificate::Column::Kind])
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(known.into_iter().filter_map(|(passage, kind)| Some((passage?, kind))).collect())
}

/// One certificate to deliver.
pub(super) struct New<'a> {
    pub(super) source: &'a Source,
    pub(super) passage: &'a Passage,
    pub(super) kind: CertificateKind,
    pub(super) on: Date,
    pub(super) batch: Option<CertificateBatchId>,
    pub(super) supersedes: Option<&'a certificate::Model>,
}

impl New<'_> {
    /// Numbers, freezes, signs, keeps and records it.
    pub(super) async fn deliver(
        &self,
        tx: &mut Tx,
        grant: &Grant,
        key: &JournalKey,
    ) -> Result<certificate::Model, CertificateError> {
        let delivery = Delivery {
            salt: tx.app().random_bytes(),
            number: number(tx, &self.source.certification.code, self.kind, self.on.year()).await?,
            on: self.on,
            replaces: self.supersedes.map(|old| old.number.clone()),
        };
        let config = &tx.app().config;
        let content = self.source.content(config, self.passage, self.kind, delivery);
        let content = content.map_err(|lacking| {
            CertificateError::Incomplete(vec![labels::lacking(&self.passage.candidate.number, &lacking)])
        })?;
        let sealed = content.seal(key.signing())?;
        let row = self.row(tx, &content, sealed, key.id());
        let insert = certificate::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        let holder = holder_of(tx, &row, &self.passage.candidate, &content)?;
        let what = What::Issued { holder, alone: self.batch.is_none() };
        tx.record(grant, &CertificateEvent { certificate: &row, before: None, what }).await?;
        Ok(row)
    }

    fn row(&self, tx: &Tx, content: &Content, sealed: Sealed, key_id: &str) -> certificate::Model {
        let (session, name) = (&self.source.session, content.holder.name());
        let usual = content.holder.usual_name.as_deref().unwrap_or_default();
        certificate::Model {
            id: tx.new_id::<CertificateId>(),
            number: content.number.clone(),
            kind: self.kind,
            candidate_id: Some(self.passage.candidate.id),
            passage_id: Some(self.passage.row.id),
            session_id: Some(session.id),
            batch_id: self.batch,
            certification_id: self.source.certification.id,
            certification_version_id: session.certification_version_id,
            structure_id: Some(session.structure_id),
            state: CertificateState::Valid,
            initials: content.holder.initials(),
            search: searchable(&format!("{} {name} {usual} {}", content.number, session.number)),
            holder_name: name,
            content: sealed.text,
            content_hash: sealed.hash.to_vec(),
            signature: sealed.signature,
            key_id: key_id.to_owned(),
            decided_on: self.source.decided_on(self.passage, self.on),
            delivered_on: self.on,
            document_id: None,
            supersedes_id: self.supersedes.map(|old| old.id),
            public: self.supersedes.is_none_or(|old| old.public),
            badge_index: None,
            external_ref: None,
            created_at: tx.instant(),
            version: 1,
        }
    }
}

/// The next number of a certification and year: attestations have a series of their own.
async fn number(tx: &Tx, code: &str, kind: CertificateKind, year: i32) -> Result<String, CertificateError> {
    let mut begins = prefix(code);
    if kind == CertificateKind::Blocs {
        begins = prefix(&format!("{begins}BC"));
    }
    let taken = next_number(tx, &format!("CERT-{begins}"), year).await?;
    let serial = taken.rsplit('-').next().and_then(|serial| serial.parse().ok()).unwrap_or_default();
    let draft = Draft::new(&begins, year, serial, tx.app().random_bytes::<DRAWN>());
    let keyed = tx.app().keyed_hash("certificates.number", draft.text())?;
    Ok(draft.finish(&keyed).to_string())
}
