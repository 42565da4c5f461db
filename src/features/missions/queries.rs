//! Reads of missions. Every list starts from what the actor may see.

use std::collections::HashMap;

use entity::expense_claim::ClaimState;
use entity::ids::{DocumentId, ExpertId, MissionId};
use entity::mission::{self, MissionObject, MissionState};
use entity::mission_offer::{self, OfferState};
use entity::{document, expense_claim, expense_line, expert, mission_link, structure};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;

use super::MissionError;
use super::dossier::Dossier;
use super::standing::{self, Need, Standing};
use super::state::{is_held, is_over, is_vacant};
use crate::authz::{Actor, hash_token, visible};
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
    /// Of this person.
    pub expert: Option<ExpertId>,
    /// Nobody has it and somebody should.
    pub vacant: bool,
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
}

fn narrowed(filter: &Filter) -> Condition {
    use mission::Column;
    let mut condition = Condition::all().add(contains_words(Column::Search, &filter.q));
    if !filter.states.is_empty() {
        condition = condition.add(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(object) = filter.object {
        condition = condition.add(Column::Object.eq(object));
    }
    if let Some(expert) = filter.expert {
        condition = condition.add(Column::ExpertId.eq(expert));
    }
    if filter.vacant {
        condition = condition.add(Column::State.is_in(MissionState::all().filter(|state| is_vacant(*state))));
    }
    condition
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
    let select = mission::Entity::find().filter(visible::missions(actor)).filter(narrowed(filter));
    let rows = keyset(select, Some(Column::Number), Column::Id, true, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: row.number.clone(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// The missions of one person: to answer, to come and under way, then behind; each the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Offers that wait for an answer.
    pub offered: Vec<Found>,
    /// Accepted, under way, or with something left to do.
    pub coming: Vec<Found>,
    /// The others.
    pub past: Vec<Found>,
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
        } else if is_over(state) || is_vacant(state) {
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
    let experts: HashMap<_, _> = experts.into_iter().map(|one| (one.id, one)).collect();
    let structures: HashMap<_, _> = structures.into_iter().map(|one| (one.id, one.name)).collect();
    let found = |mission: mission::Model| {
        let expert = experts.get(&mission.expert_id);
        Found {
            expert_name: expert
                .map(|one| format!("{} {}", one.first_names, one.family_name))
                .unwrap_or_default(),
            expert_number: expert.map(|one| one.number.clone()).unwrap_or_default(),
            structure_name: mission.structure_id.and_then(|id| structures.get(&id).cloned()),
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

/// The documents of a mission, newest first.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    id: MissionId,
) -> Result<Vec<document::Model>, db::Error> {
    let rows = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("mission"))
        .filter(document::Column::SubjectId.eq(id.0))
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
    dossier: &Dossier,
    id: DocumentId,
) -> Result<document::Model, MissionError> {
    let found = document::Entity::find_by_id(id)
        .filter(document::Column::SubjectKind.eq("mission"))
        .filter(document::Column::SubjectId.eq(dossier.mission.id.0))
        .one(conn)
        .await?;
    found.ok_or(MissionError::NotFound)
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The offer waits for an answer.
    Open(Box<Dossier>),
    /// The person of the link had accepted.
    Accepted,
    /// The person of the link had declined, or dropped out.
    Declined,
    /// The delay is over.
    Expired,
    /// Somebody else has the mission, or it was taken back.
    Gone,
    /// The mission does not take place.
    Cancelled,
    /// No such link.
    Unknown,
}

/// The mission of a link and how its offer stands. Reading changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn reply(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Reply, MissionError> {
    let Some((offer, mission)) = behind(conn, token).await? else { return Ok(Reply::Unknown) };
    let over = offer.due_at.is_none_or(|due| *due <= now);
    Ok(match offer.state {
        OfferState::Sent if over => Reply::Expired,
        OfferState::Sent => Reply::Open(Box::new(Dossier::around(conn, mission).await?)),
        _ if mission.state == MissionState::Cancelled => Reply::Cancelled,
        OfferState::Accepted => Reply::Accepted,
        OfferState::Declined | OfferState::DroppedOut => Reply::Declined,
        OfferState::Expired => Reply::Expired,
        OfferState::Withdrawn | OfferState::Waiting => Reply::Gone,
    })
}

/// The offer and the mission of a link.
async fn behind(
    conn: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<(mission_offer::Model, mission::Model)>, MissionError> {
    let link = mission_link::Entity::find()
        .filter(mission_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(link) = link else { return Ok(None) };
    let offer = mission_offer::Entity::find_by_id(link.offer_id).one(conn).await?;
    let Some(offer) = offer else { return Ok(None) };
    let mission = mission::Entity::find_by_id(offer.mission_id).one(conn).await?;
    Ok(mission.map(|mission| (offer, mission)))
}

/// The mission that a link answers, for the act itself: none when the offer is over.
///
/// # Errors
/// [`MissionError::OfferOver`], what the database answers.
pub async fn answerable(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<MissionId, MissionError> {
    match reply(conn, token, now).await? {
        Reply::Open(dossier) => Ok(dossier.mission.id),
        _ => Err(MissionError::OfferOver),
    }
}

/// What became, for this expert, of a mission that they no longer see; none when it was never offered to them.
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

/// Days of past missions kept in calendars.
const BEHIND: time::Duration = time::Duration::days(180);

/// The missions that a person holds, for their calendar: recent, present and to come.
///
/// # Errors
/// What the database answers.
pub async fn held_by(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    now: OffsetDateTime,
) -> Result<Vec<Dossier>, MissionError> {
    use mission::Column;
    let rows = mission::Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::State.is_in(MissionState::all().filter(|state| is_held(*state))))
        .filter(Column::EndsAt.gte(entity::Instant::from(now - BEHIND)))
        .order_by_asc(Column::StartsAt)
        .limit(MOST)
        .all(conn)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(Dossier::around(conn, row).await?);
    }
    Ok(found)
}

/// Whose agenda a secret address opens: nobody's once it is closed, or once the person may not sign in any more.
///
/// # Errors
/// What the database answers.
pub async fn owner_of_feed(conn: &impl ConnectionTrait, token: &str) -> Result<Option<ExpertId>, db::Error> {
    use entity::account::{self, AccountState};
    use entity::agenda_feed::{Column, Entity};
    let feed = Entity::find()
        .filter(Column::TokenHash.eq(hash_token(token)))
        .filter(Column::RevokedAt.is_null())
        .one(conn)
        .await?;
    let Some(feed) = feed else { return Ok(None) };
    let account = account::Entity::find()
        .filter(account::Column::ExpertId.eq(feed.expert_id))
        .filter(account::Column::State.eq(AccountState::Active))
        .one(conn)
        .await?;
    Ok(account.map(|_| feed.expert_id))
}

/// Since when the agenda of a person has an address; none without one.
///
/// # Errors
/// What the database answers.
pub async fn feed_since(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
) -> Result<Option<OffsetDateTime>, db::Error> {
    use entity::agenda_feed::{Column, Entity};
    let found = Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::RevokedAt.is_null())
        .one(conn)
        .await?;
    Ok(found.map(|row| *row.created_at))
}

/// The claim of a mission and its lines.
///
/// # Errors
/// What the database answers.
pub async fn claim(
    conn: &impl ConnectionTrait,
    mission: MissionId,
) -> Result<Option<(expense_claim::Model, Vec<expense_line::Model>)>, db::Error> {
    let which = expense_claim::Column::MissionId.eq(mission);
    let Some(claim) = expense_claim::Entity::find().filter(which).one(conn).await? else { return Ok(None) };
    let lines = expense_line::Entity::find()
        .filter(expense_line::Column::ClaimId.eq(claim.id))
        .order_by_asc(expense_line::Column::Position)
        .all(conn)
        .await?;
    Ok(Some((claim, lines)))
}

/// Something to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// The mission.
    pub mission: mission::Model,
    /// The claim.
    pub claim: expense_claim::Model,
    /// Name of the person.
    pub expert_name: String,
    /// Number of the person.
    pub expert_number: String,
}

/// Every claim whose service was done and that is not paid, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn payable(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Payable>, db::Error> {
    let claims = expense_claim::Entity::find()
        .filter(expense_claim::Column::State.eq(ClaimState::Certified))
        .order_by_asc(expense_claim::Column::CertifiedAt)
        .all(conn)
        .await?;
    let missions = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(mission::Column::Id.is_in(claims.iter().map(|claim| claim.mission_id)))
        .all(conn)
        .await?;
    let mut found: HashMap<_, _> =
        named(conn, missions).await?.into_iter().map(|one| (one.mission.id, one)).collect();
    let payable = |claim: expense_claim::Model| {
        let one = found.remove(&claim.mission_id)?;
        Some(Payable {
            mission: one.mission,
            claim,
            expert_name: one.expert_name,
            expert_number: one.expert_number,
        })
    };
    Ok(claims.into_iter().filter_map(payable).collect())
}
