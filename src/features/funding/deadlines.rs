//! What a funding waits for: pure, so that a table tells it.

use entity::funding::{self, FundingState, Scheme};
use entity::funding_piece::FundingPieceKind;
use entity::training_session::{self, SessionState};
use time::Date;

use crate::rules::deadline::add_days;
use crate::rules::training::funding::{asked_after, asks_agreement, lacking};

/// Days before a session from which an agreement that lacks is shown.
const AGREEMENT_DAYS: i32 = 30;
/// Days after a session in which its pieces go to the funder.
const PIECES_DAYS: i32 = 30;

/// What a funding waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The number of the agreement, before the session begins.
    Agreement,
    /// The pieces that are due once it has ended.
    Pieces,
}

/// What is known of a funding and of its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where the funding stands.
    pub state: FundingState,
    /// Its scheme.
    pub scheme: Scheme,
    /// Whether the funder pays the certifier.
    pub subrogation: bool,
    /// Where the session stands.
    pub session: SessionState,
    /// First day of the session.
    pub starts_on: Option<Date>,
    /// Its last day.
    pub ends_on: Option<Date>,
}

impl Known {
    /// What two rows tell.
    #[must_use]
    pub const fn of(row: &funding::Model, session: &training_session::Model) -> Self {
        Self {
            state: row.state,
            scheme: row.scheme,
            subrogation: row.subrogation,
            session: session.state,
            starts_on: session.starts_on,
            ends_on: session.ends_on,
        }
    }
}

/// What a funding waits for on a day, and by when. `sent` are its pieces that were sent.
#[must_use]
pub fn wait(known: Known, sent: &[FundingPieceKind], today: Date) -> Option<(Wait, Date)> {
    match (known.state, known.session) {
        (_, SessionState::Cancelled | SessionState::Postponed) => None,
        (FundingState::ToRequest | FundingState::Requested, _) if asks_agreement(known.scheme) => {
            let starts_on = known.starts_on?;
            (add_days(starts_on, -AGREEMENT_DAYS) <= today).then_some((Wait::Agreement, starts_on))
        }
        (FundingState::Agreed, SessionState::Ended | SessionState::Closed) => {
            let due_on = add_days(known.ends_on?, PIECES_DAYS);
            let asked = asked_after(known.scheme, known.subrogation);
            (!lacking(asked, sent).is_empty()).then_some((Wait::Pieces, due_on))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_agreement_is_waited_for_before_the_session_and_pieces_after() {
        use FundingPieceKind::{CompletionCertificate as Certificate, Invoice};
        use FundingState as F;
        use SessionState as S;
        let known = |state, scheme, subrogation, session| Known {
            state,
            scheme,
            subrogation,
            session,
            starts_on: Some(date!(2026 - 04 - 14)),
            ends_on: Some(date!(2026 - 04 - 15)),
        };
        let (before, near, after) = (date!(2026 - 03 - 14), date!(2026 - 03 - 15), date!(2026 - 04 - 20));
        let agreement = Some((Wait::Agreement, date!(2026 - 04 - 14)));
        let pieces = Some((Wait::Pieces, date!(2026 - 05 - 15)));
        let plan = Scheme::SkillsPlan;
        let cases: [(Known, &[FundingPieceKind], Date, Option<(Wait, Date)>); 11] = [
            (known(F::ToRequest, plan, false, S::Open), &[], before, None),
            (known(F::ToRequest, plan, false, S::Open), &[], near, agreement),
            (known(F::Requested, plan, false, S::Confirmed), &[], after, agreement),
            (known(F::ToRequest, Scheme::Employer, false, S::Open), &[], near, None),
            (known(F::Requested, plan, false, S::Cancelled), &[], near, None),
            (known(F::Agreed, plan, false, S::Confirmed), &[], near, None),
            (known(F::Agreed, plan, false, S::Ended), &[], after, pieces),
            (known(F::Agreed, plan, false, S::Ended), &[Certificate], after, None),
            (known(F::Agreed, plan, true, S::Closed), &[Certificate], after, pieces),
            (known(F::Agreed, plan, true, S::Closed), &[Certificate, Invoice], after, None),
            (known(F::Settled, plan, true, S::Closed), &[], after, None),
        ];
        for (known, sent, today, expected) in cases {
            assert_eq!(wait(known, sent, today), expected, "{known:?} {today}");
        }
        let undated = Known { starts_on: None, ..known(F::ToRequest, plan, false, S::Project) };
        assert_eq!(wait(undated, &[], near), None);
    }
}
