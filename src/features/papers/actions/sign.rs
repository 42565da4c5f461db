//! Somebody signs a paper, or refuses with a reason: the body and whoever has an account from it, the others by their link.
//! « Fully signed » is computed from the required signatories.

use entity::ids::{TrainingDocumentId, TrainingSignatureId};
use entity::training_document::PaperKind;
use entity::training_signature::{self, Party, SignatureKind};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use crate::authz::{Actor, Grant, Permission};
use crate::db::Tx;
use crate::events::Job;
use crate::features::papers::actions::contract::contracted;
use crate::features::papers::events::{PaperEvent, What};
use crate::features::papers::input::{TypedAnswer, Way};
use crate::features::papers::state::Step;
use crate::features::papers::{PaperError, Record, documents, letters};
use crate::rules::training::mentions;

/// What an answer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// It is a refusal.
    pub refused: bool,
    /// Everybody who has to has signed.
    pub last: bool,
}

/// As whom somebody with an account signs a paper: for the body, for the structure that buys or delivers, for themselves.
#[must_use]
pub fn party_of(actor: &Actor, record: &Record) -> Option<Party> {
    let waits = |party: &Party| record.signature_of(*party).is_some_and(|one| one.kind.is_none());
    let own = record.paper.structure_id.is_some_and(|own| actor.structures().any(|one| one == own));
    let oneself = record.paper.account_id.is_some() && record.paper.account_id == actor.account_id();
    if actor.is_staff() {
        return Some(Party::Provider).filter(waits);
    }
    let parties: &[Party] = match (own, oneself) {
        (true, _) => &[Party::Buyer, Party::Subcontractor],
        (false, true) => &[Party::Trainee],
        (false, false) => &[],
    };
    parties.iter().copied().find(waits)
}

/// Keeps the answer of somebody who has an account.
///
/// # Errors
/// The faults, [`PaperError::NotSignatory`], [`PaperError::AlreadyAnswered`], [`PaperError::OtherText`], the state, the
/// refusal of the policy, what the database answers.
pub async fn sign(
    tx: &mut Tx,
    id: TrainingDocumentId,
    seen: Option<i32>,
    typed: &TypedAnswer,
) -> Result<Signed, PaperError> {
    let record = Record::locked(tx, id).await?;
    let permission = if tx.actor().is_staff() { Permission::PaperSign } else { Permission::PaperAnswer };
    let grant = tx.authorize(permission, &record.facts())?;
    record.check_version(seen)?;
    let way = typed.read()?;
    // the state tells first: a paper that is signed by all waits for nobody
    record.next(Step::Complete)?;
    let party = party_of(tx.actor(), &record).ok_or(PaperError::NotSignatory)?;
    answer(tx, &grant, record, party, (way, typed)).await
}

/// The same, by the link of a message.
///
/// # Errors
/// [`PaperError::LinkOver`], then as [`sign`].
pub async fn sign_by_link(
    tx: &mut Tx,
    signature: TrainingSignatureId,
    typed: &TypedAnswer,
) -> Result<Signed, PaperError> {
    let (seen, row) = Record::of_signature(tx.conn(), signature).await?;
    let record = Record::locked(tx, seen.paper.id).await?;
    let grant = tx.authorize(Permission::PaperAnswer, &record.facts())?;
    if !record.is_open() || row.party == Party::Provider {
        return Err(PaperError::LinkOver);
    }
    let way = typed.read()?;
    answer(tx, &grant, record, row.party, (way, typed)).await
}

async fn answer(
    tx: &mut Tx,
    grant: &Grant,
    mut record: Record,
    party: Party,
    (way, typed): (Way, &TypedAnswer),
) -> Result<Signed, PaperError> {
    let shown = hex::encode(&record.paper.content_hash);
    if !typed.seen.trim().is_empty() && typed.seen.trim() != shown {
        return Err(PaperError::OtherText);
    }
    let row = record.signature_of(party).ok_or(PaperError::NotSignatory)?;
    if row.kind.is_some() {
        return Err(PaperError::AlreadyAnswered);
    }
    let signed = signature(tx, row.clone(), &record, way);
    let update = training_signature::Entity::update(signed.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    let refused = signed.kind == Some(SignatureKind::Refused);
    let what = What::Answered {
        party,
        kind: signed.kind.unwrap_or(SignatureKind::Link),
        reason: signed.reason.clone(),
    };
    for one in &mut record.signatures {
        if one.party == party {
            *one = signed.clone();
        }
    }
    record
        .save(tx, |paper| {
            if refused {
                paper.deadline_at = None;
            }
        })
        .await?;
    let mails = if refused {
        vec![letters::refused(tx.app(), &record, &record.content()?, party, &signed.reason)]
    } else {
        Vec::new()
    };
    tx.record(grant, &PaperEvent::of(&record, what).telling(mails)).await?;
    let last = record.signed() == mentions::Signed::Fully;
    if last {
        complete(tx, grant, record).await?;
    }
    Ok(Signed { refused, last })
}

fn signature(
    tx: &Tx,
    row: training_signature::Model,
    record: &Record,
    way: Way,
) -> training_signature::Model {
    let account = tx.actor().account_id();
    let (kind, drawing, reason) = match way {
        Way::Drawn(path) => (SignatureKind::Drawn, path, String::new()),
        Way::Plain if account.is_some() => (SignatureKind::Account, String::new(), String::new()),
        Way::Plain => (SignatureKind::Link, String::new(), String::new()),
        Way::Refused(reason) => (SignatureKind::Refused, String::new(), reason),
    };
    training_signature::Model {
        kind: Some(kind),
        drawing,
        reason,
        content_hash: Some(record.paper.content_hash.clone()),
        account_id: account,
        signed_at: Some(tx.instant()),
        ..row
    }
}

/// Nobody lacks: the signed issue is typeset, and what it binds follows.
async fn complete(tx: &mut Tx, grant: &Grant, mut record: Record) -> Result<(), PaperError> {
    let line = record.next(Step::Complete)?;
    record
        .save(tx, |paper| {
            paper.state = line.to;
            paper.deadline_at = None;
        })
        .await?;
    let mut jobs: Vec<Job> = vec![documents::order(&record.paper, true)];
    let binds = matches!(
        record.paper.kind,
        PaperKind::Contract | PaperKind::Convention | PaperKind::TripartiteConvention
    );
    if binds {
        jobs.push(contracted(&record.paper));
    }
    tx.record(grant, &PaperEvent::of(&record, What::Stepped(line)).doing(jobs)).await?;
    Ok(())
}
