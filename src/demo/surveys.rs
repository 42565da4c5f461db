//! What people think of the sessions that ended: rows, as the actions leave them, without the messages of a year. Enough
//! people answered for most programmes to tell their results; too few did for one of them.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, ensure};
use entity::enrolment::{self, EnrolmentState};
use entity::ids::{
    EnrolmentId, ExpertId, SurveyAnswerId, SurveyId, SurveyInvitationId, TrainingBuyerId, TrainingSessionId,
    TrainingSlotId,
};
use entity::survey::{self, SurveyKind, SurveyState};
use entity::training_buyer::{self, BuyerKind};
use entity::training_session::{self, SessionState};
use entity::{Instant, survey_answer, survey_invitation, training_slot, training_trainer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

use super::Stage;
use crate::authz::hash_token;
use crate::features::settings;
use crate::features::surveys::labels::asked;
use crate::features::surveys::link;
use crate::features::surveys::questions::{self, Form, Question};
use crate::rules::deadline::add_months;
use crate::rules::training::settings::SurveyRules;

/// Rows written at once.
const AT_ONCE: usize = 100;
/// Of so many people asked, one does not answer.
const SILENT: usize = 4;
/// Days before today at which companies were asked, and until when they could answer.
const COMPANIES: (i64, i64) = (60, 30);
/// How many of them.
const ASKED: usize = 14;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    liked: Vec<String>,
    improve: Vec<String>,
}

/// Whom an invitation writes to.
enum To {
    Trainee(EnrolmentId),
    Trainer(ExpertId),
    Company(TrainingBuyerId, String),
}

/// Writes the surveys of the sessions that ended, and the one of the companies.
pub(super) async fn load(stage: &Stage<'_>) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let file: File = toml::from_str(include_str!("data/surveys.toml")).context("surveys.toml")?;
    ensure!(!file.liked.is_empty() && !file.improve.is_empty(), "nothing to say");
    let rules = settings::survey_rules(conn).await?;
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.is_in([SessionState::Ended, SessionState::Closed]))
        .order_by_asc(training_session::Column::EndsAt)
        .order_by_asc(training_session::Column::Id)
        .all(conn)
        .await?;
    let trainees = trainees(stage).await?;
    let trainers = trainers(stage).await?;
    // hardly anybody answered for the programme of the first session
    let quiet = sessions.first().map(|session| session.programme_id);
    let mut told = Told { stage, file, rules, now: stage.clock.real_now(), rows: Rows::default() };
    for session in &sessions {
        let Some(ended) = session.ends_at else { continue };
        let people: &[EnrolmentId] = trainees.get(&session.id).map(Vec::as_slice).unwrap_or_default();
        let most = if quiet == Some(session.programme_id) { 1 } else { usize::MAX };
        for kind in [SurveyKind::Hot, SurveyKind::Cold] {
            let to = people.iter().map(|id| To::Trainee(*id)).collect();
            let window = window(kind, *ended, &told.rules);
            told.survey((kind, Some(session)), window, to, most)?;
        }
        let to = trainers.get(&session.id).into_iter().flatten().map(|id| To::Trainer(*id)).collect();
        let window = window(SurveyKind::Trainers, *ended, &told.rules);
        told.survey((SurveyKind::Trainers, Some(session)), window, to, usize::MAX)?;
    }
    let companies = companies(stage, &sessions).await?;
    let at = |days: i64| stage.day(days).midnight().assume_utc() + Duration::hours(8);
    told.survey((SurveyKind::Companies, None), (at(COMPANIES.0), at(COMPANIES.1)), companies, usize::MAX)?;
    told.rows.write(stage).await
}

/// From when until when people answer.
fn window(kind: SurveyKind, ended: OffsetDateTime, rules: &SurveyRules) -> (OffsetDateTime, OffsetDateTime) {
    let (opens, days) = match kind {
        SurveyKind::Cold => {
            let later = add_months(ended.date(), i32::from(rules.cold_months));
            (ended.replace_date(later), rules.cold_days)
        }
        _ => (ended, rules.hot_days),
    };
    (opens, opens + Duration::days(days.into()))
}

/// Who followed each session.
async fn trainees(stage: &Stage<'_>) -> anyhow::Result<HashMap<TrainingSessionId, Vec<EnrolmentId>>> {
    let followed = [EnrolmentState::Present, EnrolmentState::Completed, EnrolmentState::DroppedOut];
    let rows = enrolment::Entity::find()
        .filter(enrolment::Column::State.is_in(followed))
        .order_by_asc(enrolment::Column::Seq)
        .all(stage.app.db.bookkeeping())
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.session_id).or_default().push(row.id);
    }
    Ok(found)
}

/// Who taught each session.
async fn trainers(stage: &Stage<'_>) -> anyhow::Result<HashMap<TrainingSessionId, BTreeSet<ExpertId>>> {
    let conn = stage.app.db.bookkeeping();
    let slots = training_slot::Entity::find().all(conn).await?;
    let slots: HashMap<TrainingSlotId, TrainingSessionId> =
        slots.into_iter().map(|slot| (slot.id, slot.session_id)).collect();
    let rows = training_trainer::Entity::find()
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    let mut found: HashMap<_, BTreeSet<_>> = HashMap::new();
    for row in rows {
        if let Some(session) = slots.get(&row.slot_id) {
            found.entry(*session).or_default().insert(row.expert_id);
        }
    }
    Ok(found)
}

/// Companies of those sessions, once each.
async fn companies(stage: &Stage<'_>, sessions: &[training_session::Model]) -> anyhow::Result<Vec<To>> {
    let rows = training_buyer::Entity::find()
        .filter(training_buyer::Column::Kind.eq(BuyerKind::Employer))
        .filter(training_buyer::Column::Email.ne(""))
        .filter(training_buyer::Column::SessionId.is_in(sessions.iter().map(|row| row.id)))
        .order_by_asc(training_buyer::Column::Id)
        .all(stage.app.db.bookkeeping())
        .await?;
    let mut seen = BTreeSet::new();
    let once = rows.into_iter().filter(|row| seen.insert(row.email.clone()));
    Ok(once.take(ASKED).map(|row| To::Company(row.id, row.email)).collect())
}

/// The rows to write.
#[derive(Default)]
struct Rows {
    surveys: Vec<survey::Model>,
    invitations: Vec<survey_invitation::Model>,
    answers: Vec<survey_answer::Model>,
}

impl Rows {
    async fn write(self, stage: &Stage<'_>) -> anyhow::Result<()> {
        let conn = stage.app.db.bookkeeping();
        for lot in self.surveys.chunks(AT_ONCE) {
            let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
            survey::Entity::insert_many(lot).exec_without_returning(conn).await?;
        }
        for lot in self.invitations.chunks(AT_ONCE) {
            let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
            survey_invitation::Entity::insert_many(lot).exec_without_returning(conn).await?;
        }
        for lot in self.answers.chunks(AT_ONCE) {
            let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
            survey_answer::Entity::insert_many(lot).exec_without_returning(conn).await?;
        }
        Ok(())
    }
}

/// The surveys being told.
struct Told<'a> {
    stage: &'a Stage<'a>,
    file: File,
    rules: SurveyRules,
    now: OffsetDateTime,
    rows: Rows,
}

impl Told<'_> {
    /// One survey, with who was asked and what they answered: so many of them at most.
    fn survey(
        &mut self,
        (kind, session): (SurveyKind, Option<&training_session::Model>),
        (opens_at, closes_at): (OffsetDateTime, OffsetDateTime),
        to: Vec<To>,
        most: usize,
    ) -> anyhow::Result<()> {
        let state = match self.now {
            now if now < opens_at => SurveyState::Planned,
            now if now < closes_at => SurveyState::Open,
            _ => SurveyState::Closed,
        };
        let id: SurveyId = self.stage.app.new_id().into();
        let asked = asked::of(kind);
        let to = if state == SurveyState::Planned { Vec::new() } else { to };
        let (invited, mut answered) = (to.len(), 0);
        for (place, one) in to.into_iter().enumerate() {
            let answers = answered < most && place % SILENT != SILENT - 1;
            if answers {
                answered += 1;
                self.answer(id, &asked, opens_at)?;
            }
            self.invite(id, one, (opens_at, state, answers))?;
        }
        let reminder = self.now + Duration::days(self.rules.reminder_days.into());
        self.rows.surveys.push(survey::Model {
            id,
            session_id: session.map(|session| session.id),
            programme_id: session.map(|session| session.programme_id),
            kind,
            state,
            questions: serde_json::to_value(&asked)?,
            opens_at: opens_at.into(),
            closes_at: closes_at.into(),
            invited: i32::try_from(invited)?,
            answered: i32::try_from(answered)?,
            deadline_at: match state {
                SurveyState::Planned => Some(opens_at.into()),
                SurveyState::Open => Some(reminder.min(closes_at).into()),
                SurveyState::Closed => None,
            },
            created_by: None,
            created_at: opens_at.min(self.now).into(),
            version: 1,
        });
        Ok(())
    }

    fn invite(
        &mut self,
        survey: SurveyId,
        to: To,
        (sent_at, state, answered): (OffsetDateTime, SurveyState, bool),
    ) -> anyhow::Result<()> {
        let id: SurveyInvitationId = self.stage.app.new_id().into();
        let reminded = !answered && state == SurveyState::Closed;
        let reminded_at = sent_at + Duration::days(self.rules.reminder_days.into());
        let (mut enrolment, mut expert, mut company) = (None, None, None);
        match to {
            To::Trainee(id) => enrolment = Some(id),
            To::Trainer(id) => expert = Some(id),
            To::Company(id, email) => company = Some((id, email)),
        }
        self.rows.invitations.push(survey_invitation::Model {
            id,
            survey_id: survey,
            enrolment_id: enrolment,
            buyer_id: company.as_ref().map(|(id, _)| *id),
            funding_id: None,
            expert_id: expert,
            email: company.map(|(_, email)| email).unwrap_or_default(),
            token_hash: hash_token(&link::token(self.stage.app, id)?),
            sent_at: Some(sent_at.into()),
            reminded_at: reminded.then(|| Instant::from(reminded_at)),
            reminders: i32::from(reminded),
            answered,
            declined_at: None,
        });
        Ok(())
    }

    /// What somebody answered, read as it would be from the form.
    fn answer(&mut self, survey: SurveyId, asked: &[Question], since: OffsetDateTime) -> anyhow::Result<()> {
        let rank = self.rows.answers.len();
        let typed = |key: &str| self.typed(asked, key, rank);
        let answered = questions::read(asked, typed).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
        let after = Duration::days(i64::try_from(rank % 5)?);
        self.rows.answers.push(survey_answer::Model {
            // drawn, as by the act: its place in the table says nothing of who answered
            id: SurveyAnswerId(
                uuid::Builder::from_random_bytes(self.stage.app.random_bytes::<16>()).into_uuid(),
            ),
            survey_id: survey,
            answers: serde_json::to_value(&answered.values)?,
            score: answered.score,
            answered_on: (since + after).min(self.now).date(),
        });
        Ok(())
    }

    /// What is in the field of a question: rather content people, of whom some write a word.
    fn typed(&self, asked: &[Question], key: &str, rank: usize) -> String {
        let Some(place) = asked.iter().position(|question| question.key == key) else { return String::new() };
        let mark = rank * 7 + place * 3;
        let scale = match mark % 10 {
            0 => "3",
            1..=4 => "4",
            _ if rank % 23 == 11 => "2",
            _ => "5",
        };
        match asked[place].form {
            Form::Scale => scale.to_owned(),
            Form::YesNo if mark % 11 == 3 => "non".to_owned(),
            Form::YesNo => "oui".to_owned(),
            Form::Text => {
                let texts = if key == "liked" { &self.file.liked } else { &self.file.improve };
                if rank.is_multiple_of(3) { texts[mark % texts.len()].clone() } else { String::new() }
            }
        }
    }
}
