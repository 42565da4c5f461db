//! Issues a paper: what it says is gathered, checked and frozen. A mention that lacks refuses it, with all the others.

use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_handbook::HandbookKind;
use entity::training_signature;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Duration;

use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::events::canonical_text;
use crate::features::enrolments::seats::Seats;
use crate::features::papers::documents::{self, VERSION};
use crate::features::papers::events::{PaperEvent, What};
use crate::features::papers::gather::{About, Gathered, Material};
use crate::features::papers::record::{hash, reference};
use crate::features::papers::state::{Step, TABLE, is_current};
use crate::features::papers::{PaperError, Record};
use crate::rules::training::mentions;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The kind.
    pub kind: PaperKind,
    /// What it is about.
    pub about: About,
    /// Whether a contract is concluded at a distance.
    pub remote: bool,
}

/// Issues a paper of a session. The one of the same kind about the same thing, if there is one, is replaced.
///
/// # Errors
/// [`PaperError::Lacking`] with every mention that lacks, [`PaperError::Untimely`], [`PaperError::WrongBuyer`], the refusal
/// of the policy, what the database answers.
pub async fn issue(tx: &mut Tx, session: TrainingSessionId, order: Order) -> Result<Record, PaperError> {
    let _seats = Seats::lock(tx, session).await?;
    let material = Material::read(tx.app(), tx.conn(), session).await?;
    let grant = tx.authorize(Permission::PaperIssue, &material.facts())?;
    let gathered = material.about(tx.conn(), order.kind, order.about, order.remote).await?;
    Box::pin(issue_one(tx, &grant, &material, gathered)).await
}

/// Issues what was gathered, once nothing lacks.
pub(super) async fn issue_one(
    tx: &mut Tx,
    grant: &Grant,
    material: &Material,
    gathered: Gathered,
) -> Result<Record, PaperError> {
    let lacking = mentions::missing(&gathered.content);
    if !lacking.is_empty() {
        return Err(PaperError::Lacking(lacking));
    }
    let revision = replace(tx, grant, material, &gathered).await?;
    let seq = next_seq(tx, material.session.id).await?;
    let row = row(tx, material, &gathered, (seq, revision))?;
    let insert = training_document::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let mut signatures = Vec::new();
    for one in &gathered.signatories {
        let row = training_signature::Model {
            id: tx.new_id(),
            training_document_id: row.id,
            party: one.party,
            name: one.name.clone(),
            email: one.email.clone(),
            required: true,
            kind: None,
            drawing: String::new(),
            reason: String::new(),
            content_hash: None,
            account_id: None,
            reminded_at: None,
            signed_at: None,
        };
        let insert = training_signature::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        signatures.push(row);
    }
    let job = documents::order(&row, false);
    let record = Record { paper: row, session: material.session.clone(), signatures };
    let line = TABLE.next(None, Step::Issue)?;
    tx.record(grant, &PaperEvent::of(&record, What::Stepped(line)).doing(vec![job])).await?;
    if let Some(enrolment) = gathered.enrolment.filter(|_| hands_over(record.paper.kind)) {
        hand_over(tx, grant, material, &record, enrolment.id).await?;
    }
    Ok(record)
}

/// Whether a paper goes with what everybody is given.
const fn hands_over(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Contract | PaperKind::TripartiteConvention | PaperKind::Summons)
}

fn row(
    tx: &Tx,
    material: &Material,
    gathered: &Gathered,
    (seq, revision): (i32, i32),
) -> Result<training_document::Model, PaperError> {
    let mut content = gathered.content.clone();
    content.reference = reference(&material.session, seq);
    content.revision = revision;
    let text = canonical_text(&content)?;
    let until = tx.now() + Duration::days(material.rules.papers.sign_days.into());
    // nobody signs once the session has begun
    let until = material.session.starts_at.filter(|at| **at > tx.now()).map_or(until, |at| until.min(*at));
    let slot = if let About::Slot(id) = gathered.about { Some(id) } else { None };
    let subcontract = if let About::Subcontract(id) = gathered.about { Some(id) } else { None };
    let template = documents::template(content.kind).ok_or(PaperError::NotFound)?;
    Ok(training_document::Model {
        id: tx.new_id(),
        session_id: material.session.id,
        seq,
        enrolment_id: gathered.enrolment.as_ref().map(|row| row.id),
        buyer_id: gathered.buyer,
        structure_id: gathered.structure,
        account_id: gathered.account,
        slot_id: slot,
        subcontract_id: subcontract,
        handbook_id: None,
        kind: content.kind,
        revision,
        state: PaperState::ToTypeset,
        template: format!("{template}/{VERSION}"),
        content_hash: hash(&text),
        content: text,
        document_id: None,
        signed_document_id: None,
        sign_until: Some(until.into()).filter(|_| !gathered.signatories.is_empty()),
        sent_at: None,
        issued_by: tx.actor().account_id(),
        issued_at: tx.instant(),
        ended_at: None,
        deadline_at: None,
        version: 1,
    })
}

async fn next_seq(tx: &Tx, session: TrainingSessionId) -> Result<i32, PaperError> {
    let last = training_document::Entity::find()
        .filter(training_document::Column::SessionId.eq(session))
        .order_by_desc(training_document::Column::Seq)
        .one(tx.conn())
        .await?;
    Ok(last.map_or(0, |row| row.seq) + 1)
}

/// Replaces what was issued before of the same kind about the same thing. Gives the number of the new issue.
async fn replace(
    tx: &mut Tx,
    grant: &Grant,
    material: &Material,
    gathered: &Gathered,
) -> Result<i32, PaperError> {
    use training_document::Column;
    let of_kind = training_document::Entity::find()
        .filter(Column::SessionId.eq(material.session.id))
        .filter(Column::Kind.eq(gathered.content.kind));
    let same = match gathered.about {
        About::Buyer(id) => of_kind.filter(Column::BuyerId.eq(id)).filter(Column::EnrolmentId.is_null()),
        About::Enrolment(id) => of_kind.filter(Column::EnrolmentId.eq(id)),
        About::Slot(id) => of_kind.filter(Column::SlotId.eq(id)),
        About::Subcontract(id) => of_kind.filter(Column::SubcontractId.eq(id)),
    };
    let rows = same.order_by_asc(Column::Revision).all(tx.conn()).await?;
    let last = rows.last().map_or(0, |row| row.revision);
    let now = tx.instant();
    for row in rows.into_iter().filter(|row| is_current(row.state)) {
        let mut record = Record::around(tx.conn(), row).await?;
        let line = record.next(Step::Replace)?;
        record
            .save(tx, |paper| {
                paper.state = line.to;
                paper.ended_at = Some(now);
                paper.deadline_at = None;
            })
            .await?;
        tx.record(grant, &PaperEvent::of(&record, What::Stepped(line))).await?;
    }
    Ok(last + 1)
}

/// Keeps which version of what everybody is given somebody received, once for each version.
async fn hand_over(
    tx: &mut Tx,
    grant: &Grant,
    material: &Material,
    with: &Record,
    enrolment: EnrolmentId,
) -> Result<(), PaperError> {
    use training_document::Column;
    for (handbook, kind) in [
        (HandbookKind::WelcomeBooklet, PaperKind::WelcomeBooklet),
        (HandbookKind::HouseRules, PaperKind::HouseRules),
    ] {
        let Some(version) = material.handbook(handbook) else { continue };
        let known = training_document::Entity::find()
            .filter(Column::EnrolmentId.eq(enrolment))
            .filter(Column::HandbookId.eq(version.id))
            .one(tx.conn())
            .await?;
        if known.is_some() {
            continue;
        }
        let text = canonical_text(&serde_json::json!({ "kind": handbook.word(), "number": version.number }))?;
        let row = training_document::Model {
            id: tx.new_id(),
            seq: next_seq(tx, material.session.id).await?,
            handbook_id: Some(version.id),
            kind,
            revision: 1,
            state: PaperState::Issued,
            template: String::new(),
            content_hash: hash(&text),
            content: text,
            document_id: Some(version.document_id),
            sign_until: None,
            sent_at: Some(tx.instant()),
            ..with.paper.clone()
        };
        let insert = training_document::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        let record = Record { paper: row, session: with.session.clone(), signatures: Vec::new() };
        tx.record(grant, &PaperEvent::of(&record, What::Handed)).await?;
    }
    Ok(())
}
