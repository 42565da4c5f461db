//! What a paper that everybody signed binds: the enrolments that wait for it are contracted, and with a convention, which
//! nobody withdraws from, confirmed. After the commit of the signature, one transaction for each person; done twice, it
//! moves them once.

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentState};
use entity::ids::{EnrolmentId, TrainingDocumentId};
use entity::training_document::{self, PaperKind};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::Tx;
use crate::events::Job;
use crate::features::enrolments::state::Step;
use crate::features::enrolments::{Dossier, EnrolmentEvent, What};
use crate::features::papers::{PaperError, Record};
use crate::features::settings;
use crate::rules::deadline::{day_in_zone, end_of_day};
use crate::rules::territory;
use crate::rules::training::withdrawal;

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
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentDeadline, &dossier.facts())?;
    if dossier.enrolment.state != EnrolmentState::Held {
        return Ok(false);
    }
    let signed_at = record.signatures.iter().filter_map(|one| one.signed_at).max();
    let signed_on = day_in_zone(signed_at.map_or(tx.now(), |at| *at), &record.session.zone);
    let content = record.content()?;
    let own = record.paper.kind == PaperKind::Contract;
    let until = if own {
        let rules = settings::withdrawal_rules(tx.conn()).await?;
        let calendar = territory::calendar(&record.session.department);
        Some(withdrawal::until(signed_on, content.remote, calendar, &rules))
    } else {
        None
    };
    let line = dossier.next(Step::Contract)?;
    let now = tx.instant();
    dossier.enrolment.state = line.to;
    dossier.enrolment.contracted_at = Some(now);
    dossier.enrolment.remote_contract = own && content.remote;
    dossier.enrolment.withdrawal_until = until;
    dossier.enrolment.held_until = None;
    dossier.enrolment.deadline_at =
        until.and_then(|day| end_of_day(day, &record.session.zone).ok()).map(Into::into);
    keep(tx, &mut dossier.enrolment).await?;
    tx.record(&grant, &told(&dossier, What::Stepped(line))).await?;
    if !own {
        let line = dossier.next(Step::Confirm)?;
        dossier.enrolment.state = line.to;
        dossier.enrolment.confirmed_at = Some(now);
        keep(tx, &mut dossier.enrolment).await?;
        tx.record(&grant, &told(&dossier, What::Stepped(line))).await?;
    }
    Ok(true)
}

fn told(dossier: &Dossier, what: What) -> EnrolmentEvent {
    EnrolmentEvent {
        enrolment: dossier.enrolment.clone(),
        session: dossier.session.clone(),
        link: None,
        what,
    }
}

async fn keep(tx: &Tx, row: &mut enrolment::Model) -> Result<(), PaperError> {
    row.version += 1;
    enrolment::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}
