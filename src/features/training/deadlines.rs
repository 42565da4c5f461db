//! What time does by itself to a session, and what waits for the team: pure, so that a table tells it.

use entity::training_session::{self, SessionState};
use time::{Date, OffsetDateTime};

use crate::rules::deadline::{add_days, day_in_zone};

/// Days before a session at which the team decides whether it is held.
const DECIDE_DAYS: i32 = 15;
/// Days after a session in which its proofs are gathered.
const CLOSE_DAYS: i32 = 30;
/// Days to find other dates.
const RESCHEDULE_DAYS: i32 = 30;

/// What the program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Its first half-day begins.
    Start,
    /// Its last half-day has ended.
    Finish,
}

/// What the program does next, and when.
#[must_use]
pub fn next_alarm(session: &training_session::Model) -> Option<(OffsetDateTime, Alarm)> {
    match session.state {
        SessionState::Confirmed => Some((*session.starts_at?, Alarm::Start)),
        SessionState::InProgress => Some((*session.ends_at?, Alarm::Finish)),
        _ => None,
    }
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// To be opened, or given up.
    Open,
    /// To be confirmed, postponed or cancelled.
    Decide,
    /// Other dates.
    Reschedule,
    /// Its proofs, then to be closed.
    Close,
}

/// What a session waits for and by when.
#[must_use]
pub fn wait(session: &training_session::Model) -> Option<(Wait, Date)> {
    let before = || session.starts_on.map(|day| add_days(day, -DECIDE_DAYS));
    match session.state {
        SessionState::Project => Some((Wait::Open, before()?)),
        SessionState::Open => Some((Wait::Decide, before()?)),
        SessionState::Postponed => {
            let since = day_in_zone(*session.opened_at.unwrap_or(session.created_at), &session.zone);
            Some((Wait::Reschedule, add_days(since, RESCHEDULE_DAYS)))
        }
        SessionState::Ended => Some((Wait::Close, add_days(session.ends_on?, CLOSE_DAYS))),
        SessionState::Confirmed
        | SessionState::InProgress
        | SessionState::Closed
        | SessionState::Cancelled => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Alarm, SessionState, Wait, next_alarm, training_session, wait};
    use entity::programme::Theme;
    use entity::programme_version::Modality;
    use entity::training_session::{Delivery, SessionKind};
    use time::macros::{date, datetime};
    use uuid::Uuid;

    /// A session of 14 and 15 April, in Cayenne.
    fn session(state: SessionState) -> training_session::Model {
        training_session::Model {
            id: Uuid::nil().into(),
            number: "SES-2026-0001".to_owned(),
            programme_id: Uuid::nil().into(),
            programme_version_id: Uuid::nil().into(),
            title: "Maintien des compétences SST".to_owned(),
            theme: Theme::HealthSafety,
            kind: SessionKind::Inter,
            delivery: Delivery::Own,
            state,
            public: true,
            structure_id: None,
            room_id: None,
            modality: Modality::OnSite,
            place: "Salle des Palmistes".to_owned(),
            commune: "Cayenne".to_owned(),
            department: "973".to_owned(),
            region: "03".to_owned(),
            zone: "America/Cayenne".to_owned(),
            access: String::new(),
            accessibility: String::new(),
            remote_url: String::new(),
            to_bring: String::new(),
            starts_on: Some(date!(2026 - 04 - 14)),
            ends_on: Some(date!(2026 - 04 - 15)),
            starts_at: Some(datetime!(2026-04-14 12:00 UTC).into()),
            ends_at: Some(datetime!(2026-04-15 20:00 UTC).into()),
            enrol_until: None,
            duration_minutes: 840,
            seats_min: 4,
            seats_max: 10,
            price_cents: None,
            price_note: String::new(),
            funding_note: String::new(),
            eu_funded: false,
            welcome_id: None,
            rules_id: None,
            contact: String::new(),
            officer_id: None,
            series_id: None,
            postponed_from_id: None,
            cause: None,
            reason: None,
            opened_at: Some(datetime!(2026-02-02 02:00 UTC).into()),
            confirmed_at: None,
            summoned_at: None,
            started_at: None,
            ended_at: None,
            closed_at: None,
            cancelled_at: None,
            sequence: 0,
            deadline_at: None,
            external_ref: None,
            created_by: None,
            created_at: datetime!(2026-01-12 09:00 UTC).into(),
            version: 1,
            search: String::new(),
        }
    }

    #[test]
    fn the_program_starts_and_ends_what_is_confirmed() {
        use SessionState as S;
        for (state, expected) in [
            (S::Project, None),
            (S::Open, None),
            (S::Confirmed, Some((datetime!(2026-04-14 12:00 UTC), Alarm::Start))),
            (S::InProgress, Some((datetime!(2026-04-15 20:00 UTC), Alarm::Finish))),
            (S::Ended, None),
            (S::Cancelled, None),
        ] {
            assert_eq!(next_alarm(&session(state)), expected, "{state}");
        }
        let undated = training_session::Model { starts_at: None, ..session(S::Confirmed) };
        assert_eq!(next_alarm(&undated), None);
    }

    #[test]
    fn the_team_decides_a_fortnight_before_and_closes_in_a_month() {
        use SessionState as S;
        for (state, expected) in [
            (S::Project, Some((Wait::Open, date!(2026 - 03 - 30)))),
            (S::Open, Some((Wait::Decide, date!(2026 - 03 - 30)))),
            (S::Confirmed, None),
            (S::Postponed, Some((Wait::Reschedule, date!(2026 - 03 - 03)))),
            (S::Ended, Some((Wait::Close, date!(2026 - 05 - 15)))),
            (S::Closed, None),
        ] {
            assert_eq!(wait(&session(state)), expected, "{state}");
        }
    }
}
