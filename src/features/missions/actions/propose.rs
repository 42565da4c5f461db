//! Proposes a mission to someone.

use entity::ids::{ExpertId, MissionId};
use entity::mission::{self, MissionState};
use entity::{certification, mission_certification, mission_offer, site, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::{Date, Duration, OffsetDateTime};

use super::{make_link, seat};
use crate::authz::{Facts, Permission, visible};
use crate::db::{Tx, next_number};
use crate::features::missions::dossier::{
    Dossier, certification_of, certifications_of, locked_expert, site_of, structure_of,
};
use crate::features::missions::events::{MissionEvent, What};
use crate::features::missions::input::{Mode, NewMission, TypedMission};
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::offer::{self as offers, OfferStep};
use crate::features::missions::{MissionError, deadlines, labels, wording};
use crate::features::settings;
use crate::rules::deadline;
use crate::rules::territory;

/// A mission and the person it is offered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The mission.
    pub mission: TypedMission,
    /// Whom it is offered to.
    pub expert: ExpertId,
    /// Last day to answer; none for the usual delay.
    pub answer_by: Option<Date>,
    /// Why it is offered in spite of a warning.
    pub tie_reason: Option<String>,
    /// The cancelled mission that it resumes.
    pub resumes: Option<MissionId>,
}

/// What entitles the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// An habilitation, that of the object unless another is typed.
    Habilitation,
    /// The college that they sit for in juries, which whoever composes the jury has looked at.
    Seat,
    /// An habilitation; the structure is told by something else.
    Quietly,
}

/// Proposes a mission.
///
/// # Errors
/// Every fault; a person who may not hold it, in words; a warning without a reason; the refusals of every act.
pub async fn propose(tx: &mut Tx, proposal: &Proposal) -> Result<mission::Model, MissionError> {
    give(tx, proposal, By::Habilitation).await
}

/// Proposes to sit for a college in a jury: it asks for no habilitation, and all the rest is looked at.
///
/// # Errors
/// As [`propose`].
pub async fn propose_seat(tx: &mut Tx, proposal: &Proposal) -> Result<mission::Model, MissionError> {
    give(tx, proposal, By::Seat).await
}

/// Proposes a mission of which the structure is never told by it: an inspection tells it, or nobody does.
///
/// # Errors
/// As [`propose`].
pub async fn propose_quietly(tx: &mut Tx, proposal: &Proposal) -> Result<mission::Model, MissionError> {
    give(tx, proposal, By::Quietly).await
}

async fn give(tx: &mut Tx, proposal: &Proposal, by: By) -> Result<mission::Model, MissionError> {
    let mut typed = proposal.mission.clone();
    let structure = structure_of(tx.conn(), typed.structure).await?;
    let site = site_of(tx.conn(), typed.site).await?;
    let asked = typed.certifications();
    let certification = certification_of(tx.conn(), asked.first().copied()).await?;
    let also = certifications_of(tx.conn(), asked.get(1..).unwrap_or_default()).await?;
    if let (Some(structure), "") = (&structure, typed.department.trim()) {
        // Hours are those of the place: it must be known before they are read.
        typed.department.clone_from(&structure.department);
    }
    let region = territory::department(typed.department.trim()).and_then(|found| found.region);
    let facts = Facts {
        structure: typed.structure,
        region: region.map(str::to_owned),
        certification: asked.first().copied(),
        ..Facts::default()
    };
    let grant = tx.authorize(Permission::MissionManage, &facts)?;
    for other in asked.iter().skip(1) {
        let _each =
            tx.authorize(Permission::MissionManage, &Facts { certification: Some(*other), ..facts.clone() })?;
    }
    let resumes = resumed(tx, proposal.resumes).await?;
    let mut new = typed.read().map_err(|mut faults| {
        faults.extend(typed.behind(tx.now()));
        faults
    })?;
    if by == By::Seat {
        new.duty = None;
    }
    if new.place.is_empty() {
        new.place = match typed.mode {
            Some(Mode::Remote) => labels::mode(Mode::Remote).to_owned(),
            _ => address(structure.as_ref(), site.as_ref()),
        };
    }
    if typed.mode == Some(Mode::OnSite) && new.department.is_empty() {
        return Err(MissionError::fault("/department", "missing", labels::faults::DEPARTMENT_WANTED));
    }
    let certified = certification.is_some() && also.len() == new.also.len();
    unknown(&new, structure.as_ref(), site.as_ref(), certified)?;
    if new.dates.starts_at <= tx.now() {
        return Err(MissionError::fault("/starts_on", "in-the-past", labels::faults::IN_THE_PAST));
    }
    let expert = locked_expert(tx, proposal.expert).await?;
    let reason = proposal.tie_reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let need = Need {
        object: new.object,
        duty: new.duty,
        structure: structure.clone(),
        certification: new.certification,
        also: new.also.clone(),
        region: new.region.to_owned(),
        department: new.department.to_owned(),
        dates: new.dates.clone(),
        except: None,
    };
    standing::of(tx.conn(), &need, &expert, tx.now()).await?.check(reason)?;
    let rules = settings::mission_rules(tx.conn()).await?;
    let due = due(tx.now(), proposal.answer_by, rules.answer_days, &expert.zone, new.dates.starts_at)?;
    let number = next_number(tx, "MIS", tx.now().year()).await?;
    let name = expert.name();
    let mut mission = row(tx, &new, number, &name);
    mission.fee_cents = new.fee_cents.unwrap_or_else(|| rules.usual_fees.of(new.object));
    mission.expert_id = expert.id;
    mission.resumes_id = resumes;
    mission.quiet = by == By::Quietly;
    mission.tie_override = reason.map(str::to_owned);
    let offer = mission_offer::Model {
        id: tx.new_id(),
        mission_id: mission.id,
        expert_id: expert.id,
        position: 1,
        state: offers::TABLE.next(None, OfferStep::Propose)?.to,
        tie_override: mission.tie_override.clone(),
        answer_hours: None,
        sent_at: Some(tx.instant()),
        due_at: Some(due.into()),
        reminded: 0,
        answered_at: None,
        decline_reason: None,
        note: None,
    };
    let alarm = deadlines::next_alarm(&mission, Some(&offer), &expert.zone, &rules, tx.now());
    mission.deadline_at = alarm.map(|(at, _)| at.into());
    let insert = mission::Entity::insert(mission.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    share(tx, &mission, &also).await?;
    let insert = mission_offer::Entity::insert(offer.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let link = make_link(tx, &offer).await?;
    let offers = vec![offer.clone()];
    let dossier = Dossier { mission, expert, structure, site, certification, also, offers };
    let what = What::Offered { offer: &offer, link: &link };
    let event = MissionEvent::of_act(tx, &dossier, offers::PROPOSED, what);
    tx.record(&grant, &event).await?;
    Ok(dossier.mission)
}

/// The mission to resume: a cancelled one that the actor sees, and that no jury composes.
async fn resumed(tx: &Tx, id: Option<MissionId>) -> Result<Option<MissionId>, MissionError> {
    let Some(id) = id else { return Ok(None) };
    let which = mission::Entity::find_by_id(id).filter(visible::missions(tx.actor()));
    let found = which.one(tx.conn()).await?;
    if found.is_none_or(|one| one.state != MissionState::Cancelled) {
        return Err(MissionError::fault("/resumes_id", "unknown", labels::faults::RESUMES_UNKNOWN));
    }
    seat::refuse_others(tx, id).await?;
    Ok(Some(id))
}

/// Keeps the other certifications that a mission is for.
async fn share(tx: &Tx, mission: &mission::Model, also: &[certification::Model]) -> Result<(), MissionError> {
    for one in also {
        let row = mission_certification::Model {
            id: tx.new_id(),
            mission_id: mission.id,
            certification_id: one.id,
        };
        let insert = mission_certification::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// The address of the site or of the structure.
pub(in crate::features::missions) fn address(
    structure: Option<&structure::Model>,
    site: Option<&site::Model>,
) -> String {
    let at = |address: &str, postal_code: &str, commune: &str| format!("{address}, {postal_code} {commune}");
    match (site, structure) {
        (Some(site), _) => at(&site.address, &site.postal_code, &site.commune),
        (None, Some(one)) => at(&one.address, &one.postal_code, &one.commune),
        (None, None) => String::new(),
    }
}

fn unknown(
    new: &NewMission,
    structure: Option<&structure::Model>,
    site: Option<&site::Model>,
    certification: bool,
) -> Result<(), MissionError> {
    let foreign = site.is_some_and(|site| Some(site.structure_id) != new.structure);
    let message = if new.structure.is_some() && structure.is_none() {
        ("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE)
    } else if new.site.is_some() && (site.is_none() || foreign) {
        ("/site_id", "unknown", labels::faults::UNKNOWN_SITE)
    } else if new.certification.is_some() && !certification {
        ("/certification_id", "unknown", labels::faults::UNKNOWN_CERTIFICATION)
    } else if new.place.is_empty() {
        ("/place", "missing", labels::faults::PLACE_WANTED)
    } else {
        return Ok(());
    };
    Err(MissionError::fault(message.0, message.1, message.2))
}

/// The last instant to answer: the end of a day where the person lives, never after the start.
pub(super) fn due(
    now: OffsetDateTime,
    answer_by: Option<Date>,
    days: u16,
    home: &str,
    starts_at: OffsetDateTime,
) -> Result<OffsetDateTime, MissionError> {
    let today = deadline::day_in_zone(now, home);
    let day = answer_by.unwrap_or_else(|| deadline::add_days(today, days.into()));
    if day < today {
        return Err(MissionError::fault("/answer_by", "in-the-past", labels::faults::ANSWER_IN_THE_PAST));
    }
    if answer_by.is_some_and(|day| day > deadline::day_in_zone(starts_at, home)) {
        return Err(MissionError::fault("/answer_by", "after-start", labels::faults::ANSWER_AFTER_START));
    }
    let end = deadline::end_of_day(day, home).unwrap_or(now + Duration::days(1));
    Ok(end.min(starts_at))
}

fn row(tx: &Tx, new: &NewMission, number: String, name: &str) -> mission::Model {
    mission::Model {
        id: tx.new_id(),
        search: wording::search(&number, &new.title, &new.place, name),
        number,
        object: new.object,
        title: new.title.clone(),
        expert_id: ExpertId(uuid::Uuid::nil()),
        duty: new.duty,
        structure_id: new.structure,
        site_id: new.site,
        certification_id: new.certification,
        place: new.place.clone(),
        department: new.department.to_owned(),
        region: new.region.to_owned(),
        zone: new.dates.zone.clone(),
        starts_at: new.dates.starts_at.into(),
        ends_at: new.dates.ends_at.into(),
        persons: new.persons.clone(),
        instructions: new.instructions.clone(),
        fee_cents: new.fee_cents.unwrap_or_default(),
        expenses_ceiling_cents: new.expenses_ceiling_cents,
        state: MissionState::Proposed,
        tie_override: None,
        reason: None,
        report: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        accepted_at: None,
        done_at: None,
        reported_at: None,
        sequence: 0,
        deadline_at: None,
        satisfaction: None,
        report_reminded: 0,
        external_ref: None,
        resumes_id: None,
        quiet: false,
        version: 1,
    }
}
