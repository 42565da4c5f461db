//! Juries: those of the past years, written as rows, then some to come, brought by the acts of the features as far as the
//! file says, then those of the last days, whose minutes wait for somebody.

mod blocs;
mod ground;
mod history;
mod pieces;
mod recent;
mod rows;

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use entity::agreement::{self, AgreementState};
use entity::agreement_request::AgreementRole;
use entity::college_seat::College;
use entity::ids::{CandidateId, ExpertId, JurySessionId};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_passage;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use time::{Date, Duration, PrimitiveDateTime};

use super::candidates::{self, Person, Place};
use super::data;
use super::labels::{JURY_REASON, JURY_ROOM};
use super::missions::link;
use super::requests::Story;
use crate::authz::Actor;
use crate::features::experts::input::TypedExpert;
use crate::features::experts::{self, ExpertError};
use crate::features::juries::actions::{self as juries, day};
use crate::features::juries::day::input::TypedPresence;
use crate::features::juries::input::{TypedPlan, TypedRequest, TypedWish};
use crate::features::missions::actions as missions;
use crate::features::panels::input::{Assignment, TypedSeat};
use crate::features::panels::{Panel, PanelError, actions as panels, composer};
use crate::features::ties;
use crate::rules::calendar::Calendar;
use crate::rules::deadline::local;
use crate::rules::jury::impartiality::Verdict;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// The certification that they are about: its mandataires preside over no other.
const CODE: &str = "CQP_SP";
/// First day of the seats of the colleges.
const SEATED_SINCE: &str = "2022-01-03";
/// Who presides over the jury of today.
const HOST: &str = "INT-0001";
/// Hour from which a jury of nine may be opened.
const OPENS_FROM: u8 = 7;
/// Candidates of that jury who came already.
const CAME: usize = 2;
/// Candidates whom a structure expects at least, named or not.
const FEWEST: usize = 2;
/// Seats of a jury to come.
const SEATS: [Seat; 3] = [Seat::President, Seat::Employers, Seat::Employees];

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    other_years: usize,
    year: Vec<Year>,
    names: Names,
    juror: Vec<Juror>,
    session: Vec<Coming>,
    ready: Vec<Ready>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    juries: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    family: Vec<String>,
    women: Vec<String>,
    men: Vec<String>,
    communes: Vec<String>,
    waiting: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Juror {
    first_names: String,
    family_name: String,
    email: String,
    phone: String,
    status: String,
    department: String,
    college: College,
    quality: String,
    appointed_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coming {
    reaches: Reaches,
    /// SIRET of the structure.
    structure: String,
    in_days: i64,
    candidates: usize,
}

impl Coming {
    /// The day on which it is held: one on which people work there, but for the jury of today.
    fn day(&self, today: Date, holidays: Calendar) -> Date {
        if self.reaches == Reaches::Open {
            return today;
        }
        holidays.next_working_day(today.saturating_add(Duration::days(self.in_days)))
    }
}

/// People whom no jury expects yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ready {
    structure: String,
    candidates: usize,
}

/// How far a jury to come is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reaches {
    Requested,
    Planned,
    /// Somebody is asked to preside.
    Asked,
    Confirmed,
    Summoned,
    /// It is held today.
    Open,
}

/// Those who sit for each college.
struct Jurors {
    employers: Vec<ExpertId>,
    employees: Vec<ExpertId>,
}

/// Everything.
pub(super) async fn load(story: &Story<'_>, known: &data::Experts) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/juries.toml")).context("juries.toml")?;
    let jurors = jurors(story, &file.juror).await.context("jurors")?;
    Box::pin(history::write(story, &file, known, &jurors)).await.context("past juries")?;
    let all = organisers(story).await?;
    let mut waiting = 0;
    for coming in &file.session {
        let place = at(story, &all, &coming.structure).with_context(|| coming.structure.clone())?;
        let mut own = Vec::new();
        for _ in 0..coming.candidates {
            own.push(Box::pin(candidate(story, &file.names, waiting, place)).await.context("candidate")?);
            waiting += 1;
        }
        let told = || format!("jury in {} days", coming.in_days);
        Box::pin(prepare(story, coming, place, own)).await.with_context(told)?;
    }
    for group in &file.ready {
        let place = at(story, &all, &group.structure).with_context(|| group.structure.clone())?;
        for _ in 0..group.candidates {
            Box::pin(candidate(story, &file.names, waiting, place)).await.context("candidate")?;
            waiting += 1;
        }
    }
    Box::pin(recent::load(story, &file, known, &jurors)).await.context("juries of the last days")
}

/// Where a structure organises juries.
fn at<'p>(story: &Story<'_>, places: &'p [Place], siret: &str) -> Option<&'p Place> {
    let known = story.structures.get(siret)?.id;
    places.iter().find(|place| place.structure == known)
}

/// Records those who sit for the colleges, who declare their interests.
async fn jurors(story: &Story<'_>, file: &[Juror]) -> anyhow::Result<Jurors> {
    let mut jurors = Jurors { employers: Vec::new(), employees: Vec::new() };
    for one in file {
        let typed = TypedExpert {
            family_name: one.family_name.clone(),
            first_names: one.first_names.clone(),
            email: one.email.clone(),
            phone: one.phone.clone(),
            status: one.status.clone(),
            department: one.department.clone(),
            ..TypedExpert::default()
        };
        let new = typed.read().map_err(ExpertError::Invalid)?;
        let seat = TypedSeat {
            college: one.college.word(),
            quality: one.quality.clone(),
            appointed_by: one.appointed_by.clone(),
            since: SEATED_SINCE.to_owned(),
            until: String::new(),
        };
        let seat = seat.read().map_err(PanelError::from)?;
        let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
        let id = experts::actions::create(&mut tx, &new).await?.id;
        panels::record_seat(&mut tx, id, &seat).await?;
        ties::actions::declare_year(&mut tx, id, true, "").await?;
        tx.commit().await?;
        match one.college {
            College::Employers => jurors.employers.push(id),
            College::Employees => jurors.employees.push(id),
            College::Other => {}
        }
    }
    Ok(jurors)
}

/// Where candidates are enrolled and juries of the certification are organised today: the agreement of the structure allows
/// both.
async fn organisers(story: &Story<'_>) -> anyhow::Result<Vec<Place>> {
    let conn = story.stage.app.db.bookkeeping();
    let held = agreement::Entity::find()
        .filter(agreement::Column::State.is_in([AgreementState::Active, AgreementState::ActiveWithReserves]))
        .filter(agreement::Column::Role.is_in([AgreementRole::Organise, AgreementRole::TrainAndOrganise]))
        .all(conn)
        .await?;
    let versions = entity::certification_version::Entity::find().all(conn).await?;
    let certification: HashMap<_, _> =
        versions.into_iter().map(|row| (row.id, row.certification_id)).collect();
    let own = Some(&story.version(CODE)?.certification_id);
    let mut places = candidates::places(story).await?;
    places.retain(|place| {
        certification.get(&place.version) == own
            && held.iter().any(|one| {
                one.structure_id == place.structure && certification.get(&one.certification_version_id) == own
            })
    });
    Ok(places)
}

/// Enrols somebody whose file is admitted.
async fn candidate(
    story: &Story<'_>,
    names: &Names,
    rank: usize,
    place: &Place,
) -> anyhow::Result<CandidateId> {
    let family = &names.waiting[rank % names.waiting.len()];
    let (first, sex) = if rank.is_multiple_of(2) {
        (&names.women[rank % names.women.len()], "F")
    } else {
        (&names.men[rank % names.men.len()], "M")
    };
    let birth = format!("{}-{:02}-{:02}", 1975 + rank, 1 + rank % 12, 3 + rank);
    let commune = &names.communes[rank % names.communes.len()];
    let person = Person::admitted((family, first), sex, &birth, commune);
    Box::pin(candidates::follow(story, &person, place)).await
}

/// Asks for a jury and brings it as far as the file says.
async fn prepare(
    story: &Story<'_>,
    coming: &Coming,
    place: &Place,
    candidates: Vec<CandidateId>,
) -> anyhow::Result<()> {
    let (app, manager) = (story.stage.app, &story.people.manager);
    let is_today = coming.reaches == Reaches::Open;
    let known = story.structures.get(&coming.structure).context("structure")?;
    let day = iso(coming.day(story.stage.today, known.calendar));
    let wish = TypedWish { day: day.clone(), half: "morning".to_owned() };
    let typed = TypedRequest {
        structure: place.structure,
        site: None,
        version: place.version,
        expected: coming.candidates.max(FEWEST).to_string(),
        wishes: if is_today { Vec::new() } else { vec![wish] },
        mode: "on_site".to_owned(),
        room: JURY_ROOM.to_owned(),
        accessibility: String::new(),
        note: String::new(),
        candidates,
    };
    let mut tx = app.begin(place.actor.clone()).await?;
    let id = juries::request(&mut tx, &typed).await?.id;
    tx.commit().await?;
    if coming.reaches < Reaches::Planned {
        return Ok(());
    }
    let plan = TypedPlan {
        day,
        starts_time: starts_time(story, coming),
        ends_time: String::new(),
        mode: "on_site".to_owned(),
        place: String::new(),
        room: JURY_ROOM.to_owned(),
    };
    let mut tx = app.begin(manager.clone()).await?;
    juries::plan(&mut tx, id, None, &plan).await?;
    tx.commit().await?;
    match coming.reaches {
        Reaches::Requested | Reaches::Planned => return Ok(()),
        Reaches::Asked => {
            Box::pin(seat(story, id, Seat::President, None, false)).await?;
            return Ok(());
        }
        Reaches::Confirmed | Reaches::Summoned | Reaches::Open => {}
    }
    let host = story.controllers.get(HOST).filter(|_| is_today);
    for one in SEATS {
        let wanted = host.filter(|_| one == Seat::President).map(|(expert, _)| *expert);
        Box::pin(seat(story, id, one, wanted, true)).await.with_context(|| one.word())?;
    }
    let mut tx = app.begin(manager.clone()).await?;
    juries::confirm(&mut tx, id, None).await?;
    if coming.reaches >= Reaches::Summoned {
        Box::pin(juries::convoke(&mut tx, id, None)).await?;
    }
    tx.commit().await?;
    match host {
        Some((_, host)) => open(story, id, host).await.context("the day"),
        None => Ok(()),
    }
}

/// Hour at which a jury begins: at nine; that of today sooner when the loading is at night, since it is open at its end.
fn starts_time(story: &Story<'_>, coming: &Coming) -> String {
    let now = local(story.stage.clock.real_now(), PARIS).map_or(OPENS_FROM, PrimitiveDateTime::hour);
    let hour = if coming.reaches == Reaches::Open && now < OPENS_FROM { now + 2 } else { 9 };
    format!("{hour:02}:00")
}

/// Opens the jury of today: its members are in the room, the first candidates came.
async fn open(story: &Story<'_>, id: JurySessionId, host: &Actor) -> anyhow::Result<()> {
    let app = story.stage.app;
    let conn = app.db.bookkeeping();
    let members = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.eq(id))
        .filter(jury_member::Column::State.eq(MemberState::Accepted))
        .all(conn)
        .await?;
    let passages = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.eq(id))
        .order_by_asc(jury_passage::Column::Position)
        .all(conn)
        .await?;
    story.stage.set(0, 7 * 60);
    let mut tx = app.begin(host.clone()).await?;
    for member in members {
        let here = day::CheckIn { identity: true, impartial: true, remote: false };
        day::check_in(&mut tx, id, member.id, here).await?;
    }
    day::open(&mut tx, id, None).await?;
    for passage in passages.into_iter().take(CAME) {
        let came = TypedPresence {
            presence: "present".to_owned(),
            document: "identity_card".to_owned(),
            reason: String::new(),
        };
        Box::pin(day::record_presence(&mut tx, id, passage.id, None, &came)).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks the first person who may have a seat, or the one who is wanted; they accept by the link of the mail when told to.
async fn seat(
    story: &Story<'_>,
    id: JurySessionId,
    seat: Seat,
    wanted: Option<ExpertId>,
    accepts: bool,
) -> anyhow::Result<()> {
    let (app, manager) = (story.stage.app, &story.people.manager);
    let conn = app.db.bookkeeping();
    let panel = Panel::get(conn, manager, id).await?;
    let choices = composer::choices(conn, &panel, seat, app.now()).await?;
    let asked = choices.iter().filter(|one| wanted.is_none_or(|wanted| one.standing.expert.id == wanted));
    let chosen = asked.clone().find(|one| one.verdict != Verdict::Refused).with_context(|| {
        let reasons: BTreeSet<String> = asked.flat_map(|one| one.reasons(&panel)).collect();
        format!("nobody may sit as {}: {reasons:?}", seat.word())
    })?;
    let reason = if chosen.verdict == Verdict::Free { "" } else { JURY_REASON };
    let wanted = Assignment {
        seat,
        expert: chosen.standing.expert.id,
        reason: reason.to_owned(),
        remote: false,
        answer_by: None,
    };
    let mut tx = app.begin(manager.clone()).await?;
    let member = Box::pin(panels::assign(&mut tx, id, None, &wanted)).await?;
    tx.commit().await?;
    if let Some(mission) = member.mission_id.filter(|_| accepts) {
        let mut tx = app.begin(Actor::system("missions.link")).await?;
        let via = link(tx.conn(), mission).await?;
        missions::accept(&mut tx, mission, None, via).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
