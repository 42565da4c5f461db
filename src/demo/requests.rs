//! Tells everything that happened, in the order of time, whatever the request it belongs to.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use entity::ids::{AgreementId, AgreementRequestId, CertificationId, CommitteeId, MissionId};
use entity::{certification, certification_version};
use sea_orm::EntityTrait;
use time::{Date, Duration, OffsetDateTime, Time};

use super::people::{Controllers, Later, People, happen};
use super::structures::Structures;
use super::{Stage, certifier, data, missions, programmes, referential, steps};
use crate::features::agreements::actions::deadlines;
use crate::features::agreements::actions::decision::plan_committee;
use crate::features::missions::actions::ring;
use crate::rules::deadline::instant;

/// Days between the planning of a committee and its meeting.
const PLANNED_AHEAD: i64 = 60;
/// Days before today at which the experts declare their time.
const TIME_DECLARED: i64 = 25;
/// Days before today at which the meetings of the past are recorded and the next ones prepared.
const MEETINGS_RECORDED: i64 = 20;
/// The first act of a day, in UTC.
const MORNING: Time = time::macros::time!(07:00);

/// The story being told.
pub(super) struct Story<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) people: People,
    pub(super) structures: Structures,
    pub(super) controllers: Controllers,
    certifications: HashMap<String, CertificationId>,
    versions: Vec<certification_version::Model>,
    /// Committees by the days before today at which they meet.
    pub(super) committees: HashMap<i64, CommitteeId>,
    /// Requests by their key in the file.
    pub(super) requests: HashMap<String, AgreementRequestId>,
    /// Rights by the key of their request.
    pub(super) rights: HashMap<String, AgreementId>,
    /// Missions by their person and title.
    pub(super) missions: HashMap<String, MissionId>,
}

/// Something that happens.
#[derive(Clone, Copy)]
enum Act<'f> {
    Expert(Later<'f>),
    Plan(&'f data::Committee),
    Meetings,
    Time,
    Paper(certifier::Paper),
    Referentials,
    Step(&'f data::Request, usize),
    SignForStructure(&'f data::Request),
    SignForCertifier(&'f data::Request),
    CloseReserve(&'f data::Request, usize),
    Mission(&'f missions::Mission, usize),
}

impl<'a> Story<'a> {
    /// A story about to begin.
    pub(super) async fn new(
        stage: &'a Stage<'a>,
        people: People,
        structures: Structures,
        controllers: Controllers,
    ) -> anyhow::Result<Self> {
        let conn = stage.app.db.bookkeeping();
        let rows = certification::Entity::find().all(conn).await?;
        let certifications = rows.into_iter().map(|row| (row.code, row.id)).collect();
        let versions = certification_version::Entity::find().all(conn).await?;
        let (committees, requests, rights) = (HashMap::new(), HashMap::new(), HashMap::new());
        let missions = HashMap::new();
        Ok(Self {
            stage,
            people,
            structures,
            controllers,
            certifications,
            versions,
            committees,
            requests,
            rights,
            missions,
        })
    }

    /// Tells it, day after day; what the deadlines do by themselves is done at its time.
    pub(super) async fn tell(
        &mut self,
        file: &data::Requests,
        missions: &missions::Missions,
        later: &[Later<'_>],
    ) -> anyhow::Result<()> {
        let mut agenda = self.agenda(file, missions, later)?;
        agenda.sort_by_key(|(at, _)| *at);
        let mut last = agenda.first().map_or(self.stage.today, |(at, _)| at.date());
        for (at, act) in agenda {
            while last < at.date() {
                last = last.saturating_add(Duration::days(1));
                self.stage.clock.set(last.with_time(time::macros::time!(06:00)).assume_utc());
                deadlines::run(self.stage.app).await.context("deadlines")?;
                ring::run(self.stage.app).await.context("deadlines of missions")?;
            }
            self.stage.clock.set(at);
            Box::pin(self.play(act)).await?;
        }
        Ok(())
    }

    fn agenda<'f>(
        &self,
        file: &'f data::Requests,
        missions: &'f missions::Missions,
        later: &[Later<'f>],
    ) -> anyhow::Result<Vec<(OffsetDateTime, Act<'f>)>> {
        let mut agenda = Vec::new();
        let mut minutes: BTreeMap<Date, i64> = BTreeMap::new();
        let mut morning = |day: Date| {
            let minute = minutes.entry(day).or_default();
            *minute += 3;
            day.with_time(MORNING).assume_utc() + Duration::minutes(*minute)
        };
        // What the files of the experts already hold was recorded on the first day of the story.
        let first_day = self.stage.app.now().date();
        let after_heads = first_day.next_day().unwrap_or(first_day);
        for later in later {
            agenda.push((morning(later.day(self.stage)?.max(after_heads)), Act::Expert(*later)));
        }
        for paper in certifier::PAPERS {
            agenda.push((morning(self.stage.day(paper.days_ago)), Act::Paper(paper)));
        }
        agenda.push((morning(self.stage.day(referential::PUBLISHED)), Act::Referentials));
        agenda.push((morning(self.stage.day(TIME_DECLARED)), Act::Time));
        agenda.push((morning(self.stage.day(MEETINGS_RECORDED)), Act::Meetings));
        for committee in &file.committee {
            agenda.push((morning(self.stage.day(committee.days_ago + PLANNED_AHEAD)), Act::Plan(committee)));
        }
        for mission in &missions.mission {
            for (index, step) in mission.steps.iter().enumerate() {
                agenda.push((morning(self.stage.day(step.days_ago)), Act::Mission(mission, index)));
            }
        }
        for request in &file.request {
            let mut after = OffsetDateTime::UNIX_EPOCH;
            for (index, step) in request.timeline.iter().enumerate() {
                let at = match step.event {
                    data::Event::RecordVisit => visit_end(self, request)?,
                    data::Event::Grant
                    | data::Event::GrantWithReserves
                    | data::Event::Adjourn
                    | data::Event::Refuse => morning(self.stage.working_day(step.days_ago)),
                    _ => morning(self.stage.day(step.days_ago)),
                };
                after = at.max(after + Duration::minutes(1));
                agenda.push((after, Act::Step(request, index)));
            }
            let signed = request.agreement.as_ref();
            let mut add = |days: Option<i64>, act| {
                agenda.extend(days.map(|days| (morning(self.stage.day(days)), act)));
            };
            add(signed.and_then(|right| right.signed_by_structure_days_ago), Act::SignForStructure(request));
            add(signed.and_then(|right| right.signed_by_certifier_days_ago), Act::SignForCertifier(request));
            for (index, reserve) in request.reserve.iter().enumerate() {
                add(reserve.closed_days_ago, Act::CloseReserve(request, index));
            }
        }
        Ok(agenda)
    }

    async fn play(&mut self, act: Act<'_>) -> anyhow::Result<()> {
        match act {
            Act::Expert(later) => {
                let happened =
                    happen(self.stage, &self.people, &self.structures, &self.certifications, later);
                Box::pin(happened).await
            }
            Act::Plan(committee) => self.plan(committee).await,
            Act::Meetings => super::meetings::record(self.stage, &self.people).await.context("meetings"),
            Act::Time => {
                super::availability::declare(self.stage, &self.controllers).await.context("availability")
            }
            Act::Paper(paper) => {
                certifier::record(self.stage, &self.people, paper).await.context("certifier")
            }
            Act::Referentials => {
                referential::publish(self.stage, &self.people).await.context("referentials")?;
                Box::pin(programmes::publish(self.stage, &self.people)).await.context("programmes")
            }
            Act::Mission(mission, index) => missions::play(self, mission, index).await,
            Act::Step(request, index) => {
                let what = || format!("{} {:?}", request.key, request.timeline[index].event);
                steps::play(self, request, index).await.with_context(what)
            }
            Act::SignForStructure(request) => {
                steps::sign(self, request, false).await.with_context(|| format!("{} sign", request.key))
            }
            Act::SignForCertifier(request) => {
                steps::sign(self, request, true).await.with_context(|| format!("{} countersign", request.key))
            }
            Act::CloseReserve(request, index) => steps::close_reserve(self, request, index)
                .await
                .with_context(|| format!("{} lift", request.key)),
        }
    }

    async fn plan(&mut self, committee: &data::Committee) -> anyhow::Result<()> {
        let day = self.stage.working_day(committee.days_ago);
        let mut tx = self.stage.app.begin(self.people.manager.clone()).await?;
        let row = plan_committee(&mut tx, day, &committee.zone, &committee.place).await?;
        tx.commit().await?;
        self.committees.insert(committee.days_ago, row.id);
        Ok(())
    }

    /// The version of a certification that takes requests now.
    pub(super) fn version(&self, code: &str) -> anyhow::Result<&certification_version::Model> {
        let certification = self.certifications.get(code).with_context(|| code.to_owned())?;
        let today = self.stage.app.now().date();
        let open = |version: &&certification_version::Model| {
            version.certification_id == *certification
                && version.valid_from <= today
                && version.valid_until.is_none_or(|until| until >= today)
        };
        self.versions.iter().find(open).with_context(|| format!("no version of {code} on {today}"))
    }
}

/// When the visit of a request is over.
fn visit_end(story: &Story<'_>, request: &data::Request) -> anyhow::Result<OffsetDateTime> {
    let visit = request.visit.as_ref().context("no visit")?;
    let at = steps::visit_instant(story, request, visit, visit.days_ago)?;
    Ok(at + Duration::minutes(visit.duration_minutes))
}

/// A local hour as an instant.
pub(super) fn local_instant(day: Date, hour: u8, minute: u8, zone: &str) -> anyhow::Result<OffsetDateTime> {
    Ok(instant(day, Time::from_hms(hour, minute, 0)?, zone)?)
}
