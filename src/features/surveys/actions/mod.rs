//! The changes of surveys, one per file. The row of the survey is locked first.

mod answer;
mod ask_partners;
mod close;
mod decline;
mod open;
mod plan;
mod remind;
mod reopen;
pub mod ring;

pub use answer::answer;
pub use ask_partners::ask_partners;
pub use close::close;
pub use decline::decline;
pub use plan::plan;
pub use remind::remind;
pub use reopen::reopen;

use entity::ids::SurveyId;
use entity::survey::{self, SurveyKind};
use entity::{Instant, survey_invitation, training_session};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::{Duration, OffsetDateTime};

use super::SurveyError;
use super::events::{Asked, SurveyEvent, To, What};
use super::link;
use super::state::{Step, TABLE, Transition};
use crate::authz::{Facts, Grant, Permission, hash_token};
use crate::db::Tx;
use crate::features::enrolments::dossier::facts_of;
use crate::rules::training::settings::SurveyRules;

/// A survey locked for a change, and its session.
struct Opened {
    survey: survey::Model,
    session: Option<training_session::Model>,
}

impl Opened {
    async fn of(tx: &Tx, id: SurveyId) -> Result<Self, SurveyError> {
        let found = survey::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        let survey = found.ok_or(SurveyError::NotFound)?;
        let session = session_of(tx.conn(), &survey).await?;
        Ok(Self { survey, session })
    }

    /// The same, by the team, with the version that it saw.
    async fn allowed(tx: &Tx, id: SurveyId, seen: Option<i32>) -> Result<(Self, Grant), SurveyError> {
        let opened = Self::of(tx, id).await?;
        let grant = tx.authorize(Permission::SurveyManage, &opened.facts())?;
        if seen.is_some_and(|seen| seen != opened.survey.version) {
            return Err(SurveyError::Stale);
        }
        Ok((opened, grant))
    }

    fn facts(&self) -> Facts {
        self.session.as_ref().map(facts_of).unwrap_or_default()
    }

    fn next(&self, step: Step) -> Result<&'static Transition, SurveyError> {
        Ok(TABLE.next(Some(self.survey.state), step)?)
    }

    /// Writes the survey, its version grown.
    async fn save(&mut self, tx: &Tx) -> Result<(), SurveyError> {
        self.survey.version += 1;
        let row = self.survey.clone().into_active_model().reset_all();
        survey::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }

    /// Records what happened.
    async fn record(self, tx: &mut Tx, grant: &Grant, what: What) -> Result<survey::Model, SurveyError> {
        let event = SurveyEvent { survey: self.survey, session: self.session, what };
        tx.record(grant, &event).await?;
        Ok(event.survey)
    }
}

/// The session of a survey, when it is about one.
async fn session_of(
    conn: &impl ConnectionTrait,
    survey: &survey::Model,
) -> Result<Option<training_session::Model>, SurveyError> {
    match survey.session_id {
        Some(id) => Ok(training_session::Entity::find_by_id(id).one(conn).await?),
        None => Ok(None),
    }
}

/// When the alarm of an open survey rings next: a reminder, or its end.
fn next_alarm(now: OffsetDateTime, closes_at: Instant, rules: &SurveyRules) -> Instant {
    let reminder = now + Duration::days(rules.reminder_days.into());
    if reminder < *closes_at { reminder.into() } else { closes_at }
}

/// A new invitation, whose hash alone is kept.
async fn invite(
    tx: &Tx,
    survey: SurveyId,
    to: To,
    (enrolment, buyer): (Option<entity::ids::EnrolmentId>, Option<entity::ids::TrainingBuyerId>),
) -> Result<Asked, SurveyError> {
    let id = tx.new_id();
    let token = link::token(tx.app(), id)?;
    let row = survey_invitation::Model {
        id,
        survey_id: survey,
        enrolment_id: enrolment,
        buyer_id: buyer,
        funding_id: None,
        expert_id: match &to {
            To::Trainer(id) => Some(*id),
            To::Trainee(_) | To::Partner(_) => None,
        },
        email: match &to {
            To::Partner(address) => address.clone(),
            To::Trainee(_) | To::Trainer(_) => String::new(),
        },
        token_hash: hash_token(&token),
        sent_at: Some(tx.instant()),
        reminded_at: None,
        reminders: 0,
        answered: false,
        declined_at: None,
    };
    let row = row.into_active_model().reset_all();
    survey_invitation::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(Asked { to, link: link::address(tx.app(), id)? })
}

/// Whom an invitation writes to.
fn recipient(row: &survey_invitation::Model) -> Option<To> {
    let trainee = row.enrolment_id.map(To::Trainee);
    let partner = Some(row.email.clone()).filter(|email| !email.is_empty()).map(To::Partner);
    trainee.or_else(|| row.expert_id.map(To::Trainer)).or(partner)
}

/// The invitation of a link, with its survey locked.
async fn by_token(tx: &Tx, token: &str) -> Result<(Opened, survey_invitation::Model), SurveyError> {
    let wanted = survey_invitation::Column::TokenHash.eq(hash_token(token));
    let seen = survey_invitation::Entity::find().filter(wanted.clone()).one(tx.conn()).await?;
    let opened = Opened::of(tx, seen.ok_or(SurveyError::LinkUnknown)?.survey_id).await?;
    // Read again once the survey is locked: it may have been used in between.
    let row = survey_invitation::Entity::find().filter(wanted).one(tx.conn()).await?;
    Ok((opened, row.ok_or(SurveyError::LinkUnknown)?))
}

/// A survey that begins.
fn begun(
    tx: &Tx,
    kind: SurveyKind,
    session: Option<&training_session::Model>,
    (opens_at, closes_at): (OffsetDateTime, OffsetDateTime),
) -> survey::Model {
    let questions = super::labels::asked::of(kind);
    survey::Model {
        id: tx.new_id(),
        session_id: session.map(|session| session.id),
        programme_id: session.map(|session| session.programme_id),
        kind,
        state: entity::survey::SurveyState::Planned,
        questions: serde_json::to_value(questions).unwrap_or_default(),
        opens_at: opens_at.into(),
        closes_at: closes_at.into(),
        invited: 0,
        answered: 0,
        deadline_at: Some(opens_at.into()),
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
    }
}
