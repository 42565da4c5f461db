//! What time does by itself to a session, and what waits for the team: pure, so that a table tells it.
//!
//! The delays are those of the referential, in calendar days before the jury: who presides, the members, the candidates,
//! the files. In the morning where the jury is, the candidates of a confirmed session are called, then the members have
//! what they read.

use entity::jury_session::{self, JuryState};
use time::macros::time;
use time::{Date, OffsetDateTime, Time};

use crate::rules::deadline::{add_days, day_in_zone, instant};
use crate::rules::referential::JuryRules;

/// The hour at which the program acts, where the jury is.
const MORNING: Time = time!(8:00);
/// Days to answer a request.
const ANSWER_DAYS: i32 = 15;

/// What the program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Calls the candidates.
    Convoke,
    /// Gives their files to the members.
    SendFiles,
}

/// The day of a session, where it is; none before it is planned.
#[must_use]
pub fn day(session: &jury_session::Model) -> Option<Date> {
    session.starts_at.map(|at| day_in_zone(*at, &session.zone))
}

/// What the program does next, and when.
#[must_use]
pub fn next_alarm(session: &jury_session::Model, rules: &JuryRules) -> Option<(OffsetDateTime, Alarm)> {
    let (days, alarm) = match session.state {
        JuryState::Confirmed => (rules.candidates_days, Alarm::Convoke),
        JuryState::Summoned if session.files_sent_at.is_none() => (rules.files_days, Alarm::SendFiles),
        _ => return None,
    };
    let day = add_days(day(session)?, -days);
    Some((instant(day, MORNING, &session.zone).ok()?, alarm))
}

/// The next morning where the jury is: when what could not be done is tried again.
#[must_use]
pub fn tomorrow(session: &jury_session::Model, now: OffsetDateTime) -> Option<OffsetDateTime> {
    instant(add_days(day_in_zone(now, &session.zone), 1), MORNING, &session.zone).ok()
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A date and a room, or a refusal.
    Plan,
    /// Somebody who presides.
    President,
    /// Enough members.
    Members,
    /// To be confirmed.
    Confirm,
    /// Its candidates to be called, which the program could not do.
    Convoke,
}

/// What a session waits for and by when; `presided` says whether whoever presides accepted, `lacks` whether others lack
/// for a quorum.
#[must_use]
pub fn wait(
    session: &jury_session::Model,
    rules: &JuryRules,
    (presided, lacks): (bool, bool),
    today: Date,
) -> Option<(Wait, Date)> {
    let before = |days: i32| day(session).map(|day| add_days(day, -days));
    match session.state {
        JuryState::Requested => {
            let asked = day_in_zone(*session.requested_at, &session.zone);
            Some((Wait::Plan, add_days(asked, ANSWER_DAYS)))
        }
        JuryState::Postponed => Some((Wait::Plan, before(rules.candidates_days)?)),
        JuryState::Planned if !presided => Some((Wait::President, before(rules.president_days)?)),
        JuryState::Planned if lacks => Some((Wait::Members, before(rules.members_days)?)),
        JuryState::Planned => Some((Wait::Confirm, before(rules.candidates_days)?)),
        JuryState::Confirmed => {
            let due = before(rules.candidates_days)?;
            (due < today).then_some((Wait::Convoke, due))
        }
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Alarm, JuryRules, JuryState, Wait, jury_session, next_alarm, tomorrow, wait};
    use entity::jury_session::JuryMode;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    /// A session of the morning of 14 April, in Cayenne.
    pub(in crate::features::juries) fn session(state: JuryState) -> jury_session::Model {
        jury_session::Model {
            id: Uuid::nil().into(),
            number: "JUR-2026-0001".to_owned(),
            structure_id: Uuid::nil().into(),
            site_id: None,
            certification_version_id: Uuid::nil().into(),
            referential_id: None,
            state,
            expected: 4,
            mode: JuryMode::OnSite,
            place: String::new(),
            room: String::new(),
            department: "973".to_owned(),
            region: "03".to_owned(),
            zone: "America/Cayenne".to_owned(),
            starts_at: Some(datetime!(2026-04-14 12:00 UTC).into()),
            ends_at: Some(datetime!(2026-04-14 15:00 UTC).into()),
            accessibility: String::new(),
            request_note: String::new(),
            reason: None,
            requested_by: None,
            requested_at: datetime!(2026-03-02 09:00 UTC).into(),
            confirmed_at: None,
            summoned_at: None,
            files_sent_at: None,
            opened_at: None,
            heard_at: None,
            frozen_at: None,
            signed_at: None,
            checked_by: None,
            validated_by: None,
            delivered_on: None,
            closed_at: None,
            remarks: String::new(),
            sequence: 0,
            deadline_at: None,
            external_ref: None,
            version: 1,
            search: String::new(),
        }
    }

    #[test]
    fn the_program_acts_in_the_morning_where_the_jury_is() {
        use JuryState as S;
        let rules = JuryRules::default();
        for (state, expected) in [
            (S::Planned, None),
            (S::Confirmed, Some((datetime!(2026-03-30 11:00 UTC), Alarm::Convoke))),
            (S::Summoned, Some((datetime!(2026-04-07 11:00 UTC), Alarm::SendFiles))),
            (S::Open, None),
        ] {
            assert_eq!(next_alarm(&session(state), &rules), expected, "{state}");
        }
        let sent = datetime!(2026-04-07 11:00 UTC);
        let told = jury_session::Model { files_sent_at: Some(sent.into()), ..session(S::Summoned) };
        assert_eq!(next_alarm(&told, &rules), None);
        assert_eq!(tomorrow(&told, sent), Some(datetime!(2026-04-08 11:00 UTC)));
    }

    #[test]
    fn what_waits_follows_the_delays_of_the_referential() {
        use JuryState as S;
        let rules = JuryRules::default();
        let today = date!(2026 - 03 - 20);
        for (state, known, expected) in [
            (S::Requested, (false, true), Some((Wait::Plan, date!(2026 - 03 - 17)))),
            (S::Planned, (false, true), Some((Wait::President, date!(2026 - 03 - 15)))),
            (S::Planned, (true, true), Some((Wait::Members, date!(2026 - 03 - 24)))),
            (S::Planned, (true, false), Some((Wait::Confirm, date!(2026 - 03 - 30)))),
            (S::Confirmed, (true, false), None),
            (S::Cancelled, (true, false), None),
        ] {
            assert_eq!(wait(&session(state), &rules, known, today), expected, "{state}");
        }
        let late = wait(&session(S::Confirmed), &rules, (true, false), date!(2026 - 04 - 01));
        assert_eq!(late, Some((Wait::Convoke, date!(2026 - 03 - 30))));
    }
}
