//! What a paper that everybody signed binds: the enrolments that wait for it are contracted, and with a convention, which
//! nobody withdraws from, confirmed. After the commit of the signature, one transaction for each person; done twice, it
//! moves them once.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentState};
use entity::ids::{EnrolmentId, TrainingDocumentId};
use entity::training_document::{self, PaperKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::app::App;
use crate::authz::Actor;
use crate::db::Tx;
use crate::events::Job;
use crate::features::enrolments::actions::contract;
use crate::features::enrolments::input::TypedContract;
use crate::features::enrolments::{Dossier, EnrolmentError};
use crate::features::papers::{PaperError, Record};
use crate::rules::deadline::day_in_zone;
use crate::rules::typed_date::iso;

/// Name of the work.
pub const CONTRACTED: &str = "papers.contracted";
const ACTOR: &str = "papers.contracted";

/// The work that a paper signed by all leaves.
#[must_use]
pub(super) fn contracted(paper: &training_document::Model) -> Job {
    let mut job = Job::now(CONTRACTED, json!({ "paper_id": paper.id }));
    job.dedupe = Some(format!("paper:{}:contracted", paper.id));
    job
}

/// Moves the people of a paper that everybody signed. Gives how many were moved.
///
/// # Errors
/// What the database answers; who was moved stays moved.
pub async fn apply_contract(app: &Arc<App>, id: TrainingDocumentId) -> Result<usize, PaperError> {
    let record = Record::by_id(app.db.read(), id).await?;
    let people = enrolment::Entity::find().filter(enrolment::Column::State.eq(EnrolmentState::Held));
    let people = match (record.paper.enrolment_id, record.paper.buyer_id) {
        (Some(person), _) => people.filter(enrolment::Column::Id.eq(person)),
        (None, Some(buyer)) => people.filter(enrolment::Column::BuyerId.eq(buyer)),
        (None, None) => return Ok(0),
    };
    let people = people.order_by_asc(enrolment::Column::Seq).all(app.db.read()).await?;
    let mut moved = 0;
    for person in people {
        let mut tx = app.begin(Actor::system(ACTOR)).await?;
        if Box::pin(bind(&mut tx, &record, person.id)).await? {
            tx.commit().await?;
            moved += 1;
        }
    }
    Ok(moved)
}

async fn bind(tx: &mut Tx, record: &Record, id: EnrolmentId) -> Result<bool, PaperError> {
    if Dossier::locked(tx, id).await?.enrolment.state != EnrolmentState::Held {
        return Ok(false);
    }
    let signed_at = record.signatures.iter().filter_map(|one| one.signed_at.map(|at| *at)).max();
    let signed_on = day_in_zone(signed_at.unwrap_or(tx.now()), &record.session.zone);
    let remote = record.paper.kind == PaperKind::Contract && record.content()?.remote;
    match contract(tx, id, None, &TypedContract { signed_on: iso(signed_on), remote }).await {
        Ok(_) => Ok(true),
        // The session has begun, or the person may not follow it: the team decides.
        Err(EnrolmentError::Closed | EnrolmentError::Lacking(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
