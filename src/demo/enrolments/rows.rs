//! The rows of the people of the sessions, as the actions leave them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::enrolment::{self, EnrolmentCause, EnrolmentState as E, EnrolmentWay, TraineeStatus};
use entity::ids::{StructureId, TrainingBuyerId};
use entity::training_session::{self, SessionState as S};
use time::{Duration, OffsetDateTime};

use super::people::Somebody;
use crate::app::App;
use crate::features::enrolments::state::{has_begun, is_bound, is_live};
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::fold::{fold, searchable};

/// What somebody is in, in turn, by the state of the session. The last that is not over takes what is left of the seats.
pub(super) const fn state_of(session: S, turn: usize) -> E {
    const OPEN: [E; 8] = [
        E::Held,
        E::Confirmed,
        E::Held,
        E::Requested,
        E::Confirmed,
        E::Contracted,
        E::CancelledByClient,
        E::Held,
    ];
    const CONFIRMED: [E; 8] = [
        E::Confirmed,
        E::Confirmed,
        E::Offered,
        E::Confirmed,
        E::Contracted,
        E::Confirmed,
        E::Expired,
        E::Confirmed,
    ];
    const RUNNING: [E; 6] = [E::Present, E::Present, E::Present, E::Absent, E::Present, E::DroppedOut];
    const DONE: [E; 9] = [
        E::Completed,
        E::Completed,
        E::Completed,
        E::Absent,
        E::Completed,
        E::Completed,
        E::DroppedOut,
        E::Completed,
        E::CancelledByClient,
    ];
    match session {
        S::Project | S::Open => OPEN[turn % OPEN.len()],
        S::Confirmed => CONFIRMED[turn % CONFIRMED.len()],
        S::InProgress => RUNNING[turn % RUNNING.len()],
        S::Ended | S::Closed => DONE[turn % DONE.len()],
        S::Postponed => E::Postponed,
        S::Cancelled => E::CancelledByProvider,
    }
}

/// What is known of one person before the row is written.
pub(super) struct Told<'a> {
    pub(super) now: OffsetDateTime,
    pub(super) session: &'a training_session::Model,
    pub(super) seq: i32,
    pub(super) state: E,
    pub(super) rank: Option<i32>,
    pub(super) buyer: TrainingBuyerId,
    pub(super) structure: Option<StructureId>,
}

impl Told<'_> {
    /// When the person came: one after the other, some weeks before the session and never to come.
    fn came_at(&self) -> OffsetDateTime {
        let starts = self.session.starts_at.map_or(self.now, |at| *at);
        let first = (starts - Duration::days(56)).min(self.now - Duration::days(9));
        first + Duration::hours(i64::from(self.seq) * 5)
    }

    /// A moment to come, before the session begins.
    fn soon(&self, days: i64) -> OffsetDateTime {
        let soon = self.now + Duration::days(days);
        self.session
            .starts_at
            .map_or(soon, |starts| if *starts > self.now { soon.min(*starts) } else { soon })
    }

    const fn cause(&self) -> Option<EnrolmentCause> {
        match self.state {
            E::CancelledByClient => Some(EnrolmentCause::Employer),
            E::CancelledByProvider => Some(EnrolmentCause::Provider),
            E::Expired => Some(EnrolmentCause::NoAnswer),
            E::DroppedOut => Some(EnrolmentCause::Work),
            _ => None,
        }
    }
}

/// The row of somebody.
pub(super) fn row(app: &App, told: &Told<'_>, person: Somebody) -> anyhow::Result<enrolment::Model> {
    let session = told.session;
    let came = told.came_at();
    // as the act of enrolling tells one person from another
    let first = fold(&person.first_names);
    let first = first.split(' ').next().unwrap_or_default();
    let text = format!("{}|{first}|{}", fold(&person.family_name), person.birth_date);
    let key = URL_SAFE_NO_PAD.encode(app.keyed_hash("enrolments.person", &text)?);
    let signed = is_bound(told.state) || has_begun(told.state);
    let signed_at = (came + Duration::days(3)).min(told.now);
    let withdraws = told.state == E::Contracted;
    let withdrawal = withdraws.then(|| add_days(day_in_zone(told.now, &session.zone), 6));
    let confirmed = signed && !withdraws;
    let deadline = match told.state {
        E::Held => Some(told.soon(6)),
        E::Offered => Some(told.soon(3)),
        E::Contracted => Some(told.soon(7)),
        _ => None,
    };
    let over = !is_live(told.state) || matches!(told.state, E::Completed | E::DroppedOut);
    let ended = session.ends_at.filter(|_| has_begun(told.state)).map_or(came + Duration::days(5), |at| *at);
    let known = !matches!(told.state, E::Expired | E::Requested);
    Ok(enrolment::Model {
        id: app.new_id().into(),
        session_id: session.id,
        seq: told.seq,
        state: told.state,
        way: if told.structure.is_some() { EnrolmentWay::Structure } else { EnrolmentWay::Public },
        buyer_id: told.buyer,
        structure_id: told.structure,
        account_id: None,
        search: searchable(&format!(
            "{} {} {}-{}",
            person.family_name, person.first_names, session.number, told.seq
        )),
        family_name: person.family_name,
        first_names: person.first_names,
        birth_date: person.birth_date,
        person_key: key,
        email: person.email,
        phone: String::new(),
        postal_address: String::new(),
        job: person.job,
        status: if told.structure.is_some() {
            TraineeStatus::PrivateEmployee
        } else {
            TraineeStatus::Individual
        },
        guardian_name: String::new(),
        guardian_email: String::new(),
        guardian_phone: String::new(),
        adaptation_asked: person.needs_adaptation,
        consented_at: came.into(),
        rank: told.rank,
        waiting_since: told.rank.map(|_| came.into()),
        held_until: deadline.filter(|_| told.state == E::Held).map(Into::into),
        email_confirmed_at: known.then(|| (came + Duration::hours(2)).into()),
        positioned_at: signed.then(|| (came + Duration::days(1)).into()),
        contracted_at: signed.then(|| signed_at.into()),
        remote_contract: withdraws,
        withdrawal_until: withdrawal,
        confirmed_at: confirmed.then(|| signed_at.into()),
        summoned_at: None,
        ended_at: over.then(|| ended.min(told.now).into()),
        cause: told.cause(),
        reason: None,
        price_cents: session.price_cents,
        fee_cents: None,
        replaces_id: None,
        moved_from_id: None,
        deadline_at: deadline.map(Into::into),
        external_ref: None,
        created_by: None,
        created_at: came.into(),
        erased_at: None,
        version: 1,
    })
}
