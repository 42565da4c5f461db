//! Reads of missions. Every list starts from what the actor may see.

use std::collections::HashMap;

use entity::habilitation::Duty;
use entity::ids::{DocumentId, ExpertId, MissionId};
use entity::mission::{self, MissionObject, MissionState};
use entity::mission_offer::{self, OfferState};
use entity::{certification, document, expert, structure};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};

mod declared;
mod due;
mod expenses;
mod feed;
mod jury;
mod past;
mod replies;
mod resumed;
mod touched;
mod waiting;

pub use declared::contradicted;
pub use due::answers_due;
pub use expenses::{Claim, Payable, claim, corrections, payable};
pub use feed::{BEHIND, feed_since, held_by, owner_of_feed};
pub use jury::jury_of;
pub use past::as_of;
pub use replies::{Reply, answerable, reply};
pub use resumed::resumption;
pub use touched::{Planned, Touched, touched};
pub use waiting::{OpenClaim, PayableClaims, Unsettled, counts, open_claims, payable_claims, unsettled};

use super::dossier::{self, Dossier};
use super::standing::{self, Need, Standing};
use super::state::{is_reported, is_vacant};
use super::{MissionError, documents as papers};
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// Most missions on the page of one person.
const MOST: u64 = 100;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, the title, the place or the name.
    pub q: String,
    /// In one of these states; none for all.
    pub states: Vec<MissionState>,
    /// For this object.
    pub object: Option<MissionObject>,
    /// Of those in juries, only to preside, or only to sit.
    pub presides: Option<bool>,
    /// Of this person.
    pub expert: Option<ExpertId>,
    /// Nobody has it and somebody should.
    pub vacant: bool,
    /// Whether it has ended at an instant and its report is awaited; none for all.
    pub report_awaited: Option<(bool, OffsetDateTime)>,
    /// As they were at the end of this day, which is behind; as they are when none.
    pub on: Option<Date>,
}

/// A mission of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The mission.
    pub mission: mission::Model,
    /// Name of the person.
    pub expert_name: String,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the structure.
    pub structure_name: Option<String>,
    /// Every certification that it is for, the first one first.
    pub certifications: Vec<certification::Model>,
}

impl Found {
    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mission = &self.mission;
        let first = mission.certification_id;
        let others = self.certifications.iter().map(|one| one.id).filter(|id| Some(*id) != first).collect();
        dossier::facts_of(mission.expert_id, mission.structure_id, (first, others), &mission.region)
    }
}

fn narrowed(filter: &Filter) -> Condition {
    use mission::Column;
    let mut condition = Condition::all().add(contains_words(Column::Search, &filter.q));
    if let Some(object) = filter.object {
        condition = condition.add(Column::Object.eq(object));
    }
    if let Some(presides) = filter.presides {
        let not = Condition::any().add(Column::Duty.is_null()).add(Column::Duty.ne(Duty::Mandataire));
        let as_president = Condition::all().add(Column::Duty.eq(Duty::Mandataire));
        condition = condition.add(if presides { as_president } else { not });
    }
    if filter.on.is_some() {
        // The others look at what may have changed since.
        return condition;
    }
    if !filter.states.is_empty() {
        condition = condition.add(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(expert) = filter.expert {
        condition = condition.add(Column::ExpertId.eq(expert));
    }
    if filter.vacant {
        condition = condition.add(Column::State.is_in(MissionState::all().filter(|state| is_vacant(*state))));
    }
    if let Some((awaited, now)) = filter.report_awaited {
        let reports = report_awaited(now);
        condition = condition.add(if awaited { reports } else { reports.not() });
    }
    condition
}

/// Told done, or over without having been told done, and not reported.
fn report_awaited(now: OffsetDateTime) -> Condition {
    use mission::Column;
    let over = Condition::all()
        .add(Column::State.eq(MissionState::InProgress))
        .add(Column::EndsAt.lt(entity::Instant::from(now)));
    Condition::any().add(Column::State.eq(MissionState::Done)).add(over)
}

/// The missions that the actor may see, the latest number first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    use mission::Column;
    let mut select = mission::Entity::find().filter(visible::missions(actor)).filter(narrowed(filter));
    let past = match filter.on {
        Some(day) => Some(past::on(conn, actor, day, None).await?),
        None => None,
    };
    if let Some(past) = &past {
        select = select.filter(Column::Id.is_in(past.kept(filter)));
    }
    let mut rows = keyset(select, Some(Column::Number), Column::Id, true, page).all(conn).await?;
    if let Some(past) = &past {
        for row in &mut rows {
            past.put_back(row);
        }
    }
    let page = Page::cut(rows, page.limit, |row| Cursor { value: row.number.clone(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// The missions of one person: to answer, to come and under way, those whose fee and expenses may be claimed, those
/// behind, then those that came to nothing; each the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Offers that wait for an answer.
    pub offered: Vec<Found>,
    /// Accepted, under way, or with something left to do.
    pub coming: Vec<Found>,
    /// Reported, and nothing claimed yet.
    pub to_claim: Vec<Found>,
    /// Done, with nothing left to do for the person.
    pub past: Vec<Found>,
    /// Declined, left without an answer, withdrawn or cancelled, whatever their dates.
    pub closed: Vec<Found>,
}

/// The agenda of a person, if the actor may see it.
///
/// # Errors
/// What the database answers.
pub async fn agenda(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    expert: ExpertId,
) -> Result<Agenda, db::Error> {
    use mission::Column;
    let rows = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(Column::ExpertId.eq(expert))
        .order_by_desc(Column::StartsAt)
        .limit(MOST)
        .all(conn)
        .await?;
    let mut agenda = Agenda::default();
    for found in named(conn, rows).await? {
        let state = found.mission.state;
        if state == MissionState::Proposed {
            agenda.offered.insert(0, found);
        } else if state == MissionState::ReportReceived {
            agenda.to_claim.insert(0, found);
        } else if is_vacant(state) || state == MissionState::Cancelled {
            agenda.closed.push(found);
        } else if is_reported(state) {
            agenda.past.push(found);
        } else {
            agenda.coming.insert(0, found);
        }
    }
    Ok(agenda)
}

async fn named(conn: &impl ConnectionTrait, rows: Vec<mission::Model>) -> Result<Vec<Found>, db::Error> {
    let experts = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().filter_map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let mut certifications = dossier::all_of(conn, &rows).await?;
    let experts: HashMap<_, _> = experts.into_iter().map(|one| (one.id, one)).collect();
    let structures: HashMap<_, _> = structures.into_iter().map(|one| (one.id, one.name)).collect();
    let found = |mission: mission::Model| {
        let expert = experts.get(&mission.expert_id);
        Found {
            expert_name: expert.map(expert::Model::name).unwrap_or_default(),
            expert_number: expert.map(|one| one.number.clone()).unwrap_or_default(),
            structure_name: mission.structure_id.and_then(|id| structures.get(&id).cloned()),
            certifications: certifications.remove(&mission.id).unwrap_or_default(),
            mission,
        }
    };
    Ok(rows.into_iter().map(found).collect())
}

/// The names of the people of the offers of a mission.
///
/// # Errors
/// What the database answers.
pub async fn people_of(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
) -> Result<HashMap<ExpertId, expert::Model>, db::Error> {
    let ids = dossier.offers.iter().map(|offer| offer.expert_id);
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Everyone who could hold the mission instead, the first to ask first; whoever had it and gave it up comes last.
///
/// # Errors
/// What the database answers.
pub async fn candidates(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
    now: OffsetDateTime,
) -> Result<Vec<Standing>, MissionError> {
    let already = |id: ExpertId| {
        dossier.offers.iter().any(|offer| offer.expert_id == id && offer.state != OfferState::Waiting)
    };
    let mut found = standing::ranked(conn, &Need::of(dossier), now).await?;
    found.retain(|one| one.expert.id != dossier.mission.expert_id);
    found.sort_by_key(|one| already(one.expert.id));
    Ok(found)
}

/// The documents of a mission, newest first. An expert reads those made since their own answer: earlier ones are about
/// whoever had the mission before.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
) -> Result<Vec<document::Model>, db::Error> {
    let rows = document::Entity::find()
        .filter(documents_for(actor, dossier))
        .order_by_desc(document::Column::CreatedAt)
        .order_by_desc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

/// One document of a mission that the actor may see.
///
/// # Errors
/// [`MissionError::NotFound`], what the database answers.
pub async fn document(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
    id: DocumentId,
) -> Result<document::Model, MissionError> {
    let found = document::Entity::find_by_id(id).filter(documents_for(actor, dossier)).one(conn).await?;
    found.ok_or(MissionError::NotFound)
}

fn documents_for(actor: &Actor, dossier: &Dossier) -> Condition {
    use document::Column;
    let of_mission = Condition::all()
        .add(Column::SubjectKind.eq("mission"))
        .add(Column::Kind.ne(papers::WITHDRAWN))
        .add(Column::SubjectId.eq(dossier.mission.id.0))
        .add(certifying(dossier.mission.done_at));
    if actor.is_staff() || actor.expert() != Some(dossier.mission.expert_id) {
        return of_mission;
    }
    match dossier.accepted_offer().and_then(|offer| offer.answered_at) {
        Some(since) => of_mission.add(Column::CreatedAt.gte(since)),
        None => of_mission.add(Column::Id.is_null()),
    }
}

/// A certificate of presence counts since the mission was last said done: one of before was made by mistake.
fn certifying(done_at: Option<entity::Instant>) -> Condition {
    use document::Column;
    let others = Condition::any().add(Column::Kind.ne(papers::PRESENCE));
    match done_at {
        Some(at) => others.add(Column::CreatedAt.gte(at)),
        None => others,
    }
}

/// Whether a mission that this expert no longer sees was once offered to them.
///
/// # Errors
/// What the database answers.
pub async fn once_offered(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<bool, MissionError> {
    let Some(own) = actor.expert() else { return Ok(false) };
    let offered = mission_offer::Entity::find()
        .select_only()
        .column(mission_offer::Column::MissionId)
        .filter(mission_offer::Column::ExpertId.eq(own))
        .filter(mission_offer::Column::State.ne(OfferState::Waiting))
        .into_query();
    let found = mission::Entity::find()
        .filter(mission::Column::Number.eq(number))
        .filter(mission::Column::Id.in_subquery(offered))
        .one(conn)
        .await?;
    Ok(found.is_some())
}

/// The mails about a mission made since a mark: template and recipient.
///
/// # Errors
/// What the database answers.
pub async fn told_since(
    conn: &impl ConnectionTrait,
    id: MissionId,
    mark: uuid::Uuid,
) -> Result<Vec<(String, serde_json::Value)>, db::Error> {
    use entity::mail::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::SubjectKind.eq("mission"))
        .filter(Column::SubjectId.eq(id.0))
        .filter(Column::Id.gt(mark))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.template, row.recipient)).collect())
}

/// To whom messages about several things were made since a mark, in the order of the sentences: shown before the act is
/// confirmed.
///
/// # Errors
/// What the database answers.
pub async fn told_about(
    conn: &impl ConnectionTrait,
    things: &[uuid::Uuid],
    mark: uuid::Uuid,
) -> Result<Vec<serde_json::Value>, db::Error> {
    use entity::mail::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::SubjectId.is_in(things.iter().copied()))
        .filter(Column::Id.gt(mark))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.recipient).collect())
}
