//! The papers of a handful of sessions, by the acts of the feature: conventions signed, waiting or refused, a contract, a
//! sub-contract, a session that is called, certificates of the one that has just ended. What nobody signs is typeset by its
//! work, after the start; what is signed here is first kept as a blank page, and its signed issue is typeset by its work.

use anyhow::Context;
use entity::enrolment::{self, EnrolmentState};
use entity::ids::TrainingSessionId;
use entity::training_buyer::{self, BuyerKind};
use entity::training_document::PaperKind;
use entity::training_session::{self, Delivery, SessionState};
use entity::{training_subcontract, training_trainer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::labels::CONVENTION_REFUSED;
use super::requests::Story;
use super::steps::blank_pdf;
use crate::authz::Actor;
use crate::features::papers::actions::{self, Order};
use crate::features::papers::gather::About;
use crate::features::papers::input::TypedAnswer;
use crate::features::papers::{PaperError, Record, documents, labels};
use crate::storage::issued::NewDocument;

/// What a signature looks like.
const DRAWING: &str = "M18 52L26 30L34 54L44 34L52 50L66 40L74 52L92 38L104 50L140 44M30 64L150 58";

/// How far a paper is brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    /// Nobody has signed.
    ToSign,
    /// The body has.
    Half,
    /// Everybody has.
    Signed,
    /// Whoever buys will not.
    Refused,
}

/// The conventions of the session that is called first, then those of a session where people still enrol.
const CALLED: [Reached; 4] = [Reached::Signed; 4];
const OPEN: [Reached; 4] = [Reached::ToSign, Reached::Half, Reached::Refused, Reached::Half];
/// People of the session that has just ended who have no certificate yet.
const LEFT: usize = 2;

/// Issues them all.
pub(super) async fn load(story: &Story<'_>) -> anyhow::Result<()> {
    if let Some(session) = first(story, SessionState::Confirmed).await? {
        conventions(story, session, &CALLED).await.context("signed conventions")?;
        summon(story, session).await.context("convocations")?;
    }
    if let Some(session) = first(story, SessionState::Open).await? {
        conventions(story, session, &OPEN).await.context("open conventions")?;
        contract(story, session).await.context("a contract")?;
    }
    subcontract(story).await.context("a sub-contract")?;
    certificates(story).await.context("certificates")
}

/// The first session in a state that somebody of the body teaches.
async fn first(story: &Story<'_>, state: SessionState) -> anyhow::Result<Option<TrainingSessionId>> {
    let conn = story.stage.app.db.bookkeeping();
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.eq(state))
        .filter(training_session::Column::Delivery.eq(Delivery::Own))
        .order_by_asc(training_session::Column::StartsAt)
        .all(conn)
        .await?;
    for session in sessions {
        let slots = entity::training_slot::Entity::find()
            .filter(entity::training_slot::Column::SessionId.eq(session.id))
            .all(conn)
            .await?;
        let taught = training_trainer::Entity::find()
            .filter(training_trainer::Column::SlotId.is_in(slots.iter().map(|slot| slot.id)))
            .one(conn)
            .await?;
        if taught.is_some() {
            return Ok(Some(session.id));
        }
    }
    Ok(None)
}

/// Issues a paper; none where the body says less of itself than the paper must.
async fn issue(
    story: &Story<'_>,
    session: TrainingSessionId,
    kind: PaperKind,
    about: About,
) -> anyhow::Result<Option<Record>> {
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    match Box::pin(actions::issue(&mut tx, session, Order { kind, about, remote: false })).await {
        Ok(record) => {
            tx.commit().await?;
            Ok(Some(record))
        }
        Err(PaperError::Lacking(lacking)) => {
            tracing::warn!(%kind, ?lacking, "no paper");
            Ok(None)
        }
        Err(error) => Err(anyhow::Error::new(error).context(kind.word())),
    }
}

/// Conventions of the first employers of a session, each as far as told.
async fn conventions(
    story: &Story<'_>,
    session: TrainingSessionId,
    reached: &[Reached],
) -> anyhow::Result<()> {
    let buyers = training_buyer::Entity::find()
        .filter(training_buyer::Column::SessionId.eq(session))
        .filter(training_buyer::Column::Kind.eq(BuyerKind::Employer))
        .order_by_asc(training_buyer::Column::Id)
        .all(story.stage.app.db.bookkeeping())
        .await?;
    let mut done = 0;
    for buyer in buyers {
        let Some(wanted) = reached.get(done) else { break };
        let issued = issue(story, session, PaperKind::Convention, About::Buyer(buyer.id)).await?;
        let Some(record) = issued else { continue };
        bring(story, &record, *wanted).await.with_context(|| record.reference())?;
        done += 1;
    }
    Ok(())
}

/// Brings a paper as far as told.
async fn bring(story: &Story<'_>, record: &Record, reached: Reached) -> anyhow::Result<()> {
    keep(story, record).await?;
    if reached == Reached::ToSign {
        return Ok(());
    }
    if reached != Reached::Refused {
        answer(story, &story.people.manager, record, "drawn").await?;
    }
    let own = story.structures.values().find(|known| Some(known.id) == record.paper.structure_id);
    match (reached, own) {
        (Reached::Signed, Some(own)) => answer(story, &own.actor, record, "plain").await,
        (Reached::Refused, Some(own)) => answer(story, &own.actor, record, "refused").await,
        _ => Ok(()),
    }
}

/// Keeps a page for a paper, which sends it to whoever signs it.
async fn keep(story: &Story<'_>, record: &Record) -> anyhow::Result<()> {
    let (app, paper) = (story.stage.app, &record.paper);
    let template = documents::template(paper.kind).context("no template")?;
    let content = blank_pdf(&record.reference());
    let size = i64::try_from(content.len())?;
    let new = NewDocument {
        id: app.new_id().into(),
        kind: template.to_owned(),
        template,
        title: labels::kind(paper.kind).to_owned(),
        file_name: format!("{}.pdf", record.reference()),
        sha256: app.storage.put(content).await?,
        size,
        media_type: "application/pdf",
        archival: false,
        at: *paper.issued_at,
    };
    let mut tx = app.begin(Actor::system(documents::JOB)).await?;
    Box::pin(actions::keep_document(&mut tx, paper.id, new, false)).await?;
    Ok(tx.commit().await?)
}

async fn answer(story: &Story<'_>, actor: &Actor, record: &Record, way: &str) -> anyhow::Result<()> {
    let typed = TypedAnswer {
        way: way.to_owned(),
        drawing: if way == "drawn" { DRAWING.to_owned() } else { String::new() },
        reason: if way == "refused" { CONVENTION_REFUSED.to_owned() } else { String::new() },
        seen: String::new(),
    };
    let mut tx = story.stage.app.begin(actor.clone()).await?;
    Box::pin(actions::sign(&mut tx, record.paper.id, None, &typed)).await?;
    Ok(tx.commit().await?)
}

/// Calls everybody of a session.
async fn summon(story: &Story<'_>, session: TrainingSessionId) -> anyhow::Result<()> {
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    match Box::pin(actions::summon(&mut tx, session)).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(PaperError::Lacking(lacking)) => {
            tracing::warn!(?lacking, "no convocation");
            Ok(())
        }
        Err(PaperError::Nobody) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The contract of somebody who pays for themselves: the body has signed, they have not.
async fn contract(story: &Story<'_>, session: TrainingSessionId) -> anyhow::Result<()> {
    let conn = story.stage.app.db.bookkeeping();
    let person = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session))
        .filter(enrolment::Column::State.eq(EnrolmentState::Held))
        .filter(enrolment::Column::StructureId.is_null())
        .order_by_asc(enrolment::Column::Seq)
        .one(conn)
        .await?;
    let Some(person) = person else { return Ok(()) };
    match issue(story, session, PaperKind::Contract, About::Enrolment(person.id)).await? {
        Some(record) => bring(story, &record, Reached::Half).await,
        None => Ok(()),
    }
}

/// The sub-contract of a session to come that is entrusted to a structure of the register, which has still to sign it.
async fn subcontract(story: &Story<'_>) -> anyhow::Result<()> {
    let conn = story.stage.app.db.bookkeeping();
    let open = training_session::Entity::find()
        .filter(training_session::Column::State.eq(SessionState::Open))
        .filter(training_session::Column::Delivery.eq(Delivery::Entrusted))
        .all(conn)
        .await?;
    let row = training_subcontract::Entity::find()
        .filter(training_subcontract::Column::SessionId.is_in(open.iter().map(|row| row.id)))
        .filter(training_subcontract::Column::EndedAt.is_null())
        .filter(training_subcontract::Column::StructureId.is_not_null())
        .one(conn)
        .await?;
    let Some(row) = row else { return Ok(()) };
    match issue(story, row.session_id, PaperKind::Subcontract, About::Subcontract(row.id)).await? {
        Some(record) => bring(story, &record, Reached::Half).await,
        None => Ok(()),
    }
}

/// Certificates of completion of the session that ended last, but for the last people; the first has an attestation too.
async fn certificates(story: &Story<'_>) -> anyhow::Result<()> {
    let conn = story.stage.app.db.bookkeeping();
    let ended = training_session::Entity::find()
        .filter(training_session::Column::State.eq(SessionState::Ended))
        .order_by_desc(training_session::Column::EndsAt)
        .one(conn)
        .await?;
    let Some(session) = ended else { return Ok(()) };
    let people = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session.id))
        .filter(enrolment::Column::State.eq(EnrolmentState::Completed))
        .order_by_asc(enrolment::Column::Seq)
        .all(conn)
        .await?;
    let certified = people.len().saturating_sub(LEFT);
    for (place, person) in people.iter().take(certified).enumerate() {
        let about = About::Enrolment(person.id);
        issue(story, session.id, PaperKind::CompletionCertificate, about).await?;
        if place == 0 {
            issue(story, session.id, PaperKind::EndAttestation, about).await?;
        }
    }
    Ok(())
}
