//! What time does by itself, and when: pure, so that a table tells it. `actions::deadlines` does it.
//!
//! A deadline of a structure ends at 23:59:59 where the structure is; a warning leaves in the morning there.

use entity::agreement::{self, AgreementState};
use entity::agreement_request::{self, RequestState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use time::macros::time;
use time::{Date, OffsetDateTime};

use super::dossier::Dossier;
use super::error::AgreementError;
use crate::db::Tx;
use crate::rules::deadline::{add_days, add_months, date_in_zone, end_of_day, instant};
use crate::rules::delays::AgreementDelays;

/// What must happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The structure is told that its draft will be abandoned.
    WarnDraft {
        /// Days without a change.
        idle_days: i64,
    },
    /// The draft is abandoned.
    ExpireDraft,
    /// The structure is reminded of the pieces asked for.
    RemindReturn {
        /// The delay is over.
        overdue: bool,
    },
    /// The file is closed for want of an answer.
    CloseIdle,
}

/// The next alarm of a request and its instant.
#[must_use]
pub fn next_alarm(
    request: &agreement_request::Model,
    zone: &str,
    delays: &AgreementDelays,
) -> Option<(OffsetDateTime, Alarm)> {
    match request.state {
        RequestState::Draft => draft_alarm(request, zone, delays),
        RequestState::Incomplete => return_alarm(request, zone, delays),
        _ => None,
    }
}

fn draft_alarm(
    request: &agreement_request::Model,
    zone: &str,
    delays: &AgreementDelays,
) -> Option<(OffsetDateTime, Alarm)> {
    let touched = date_in_zone(*request.touched_at, zone).ok()?;
    let given = usize::try_from(request.warned).unwrap_or_default();
    if let Some(days) = delays.draft_warning_days.get(given) {
        let at = morning(add_days(touched, i32::from(*days)), zone)?;
        return Some((at, Alarm::WarnDraft { idle_days: i64::from(*days) }));
    }
    let end = add_days(touched, i32::from(delays.draft_idle_days));
    Some((end_of_day(end, zone).ok()?, Alarm::ExpireDraft))
}

fn return_alarm(
    request: &agreement_request::Model,
    zone: &str,
    delays: &AgreementDelays,
) -> Option<(OffsetDateTime, Alarm)> {
    let due = date_in_zone(*request.return_due_at?, zone).ok()?;
    let given = usize::try_from(request.warned).unwrap_or_default();
    if let Some(days) = delays.return_warning_days.get(given) {
        let at = morning(add_days(due, -i32::from(*days)), zone)?;
        return Some((at, Alarm::RemindReturn { overdue: *days < 0 }));
    }
    let end = add_days(due, i32::from(delays.complement_grace_days));
    Some((end_of_day(end, zone).ok()?, Alarm::CloseIdle))
}

/// The ends of the delays that a request gives to its structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerEnds {
    /// To complete the file.
    pub return_due_at: Option<entity::Instant>,
    /// To comment the report; none once the comments came.
    pub comments_due_at: Option<entity::Instant>,
    /// To send what the committee waits for, a day.
    pub adjourned_until: Option<Date>,
    /// To appeal.
    pub appeal_until: Option<entity::Instant>,
}

impl AnswerEnds {
    /// The one that runs in a state.
    #[must_use]
    pub fn in_state(&self, state: RequestState, zone: &str) -> Option<OffsetDateTime> {
        match state {
            RequestState::Incomplete => self.return_due_at.map(|at| *at),
            RequestState::Adversarial => self.comments_due_at.map(|at| *at),
            RequestState::Adjourned => end_of_day(self.adjourned_until?, zone).ok(),
            RequestState::Refused => self.appeal_until.map(|at| *at),
            _ => None,
        }
    }
}

/// What must happen to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightAlarm {
    /// The structure is told that the end comes, so many months before.
    WarnExpiry {
        /// Months before the end.
        months: u16,
    },
    /// The period is over.
    Expire,
}

/// The next alarm of an agreement and its instant.
#[must_use]
pub fn next_right_alarm(
    agreement: &agreement::Model,
    zone: &str,
    delays: &AgreementDelays,
) -> Option<(OffsetDateTime, RightAlarm)> {
    use AgreementState as S;
    let alive = matches!(agreement.state, S::Active | S::ActiveWithReserves | S::Suspended | S::Pending);
    if !alive {
        return None;
    }
    let given = usize::try_from(agreement.warned).unwrap_or_default();
    let warned = if agreement.state == S::Pending { None } else { delays.expiry_warning_months.get(given) };
    if let Some(months) = warned {
        let day = add_months(agreement.ends_on, -i32::from(*months));
        return Some((morning(day, zone)?, RightAlarm::WarnExpiry { months: *months }));
    }
    Some((end_of_day(agreement.ends_on, zone).ok()?, RightAlarm::Expire))
}

/// The instant at which warnings leave on a day.
pub(super) fn morning(day: Date, zone: &str) -> Option<OffsetDateTime> {
    instant(day, time!(08:00), zone).ok()
}

/// Writes the instant of the next alarm on the request.
pub(super) async fn plan(
    tx: &Tx,
    dossier: &Dossier,
    delays: &AgreementDelays,
) -> Result<agreement_request::Model, AgreementError> {
    let alarm = next_alarm(&dossier.request, &dossier.structure.zone, delays);
    let mut row: agreement_request::ActiveModel = dossier.request.clone().into();
    row.deadline_at = Set(alarm.map(|(at, _)| at.into()));
    Ok(row.update(tx.conn()).await?)
}
