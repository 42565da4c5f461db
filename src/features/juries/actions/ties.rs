//! What data tells, before the day, of those who are to sit: who may not any more (J1 to J3, J7), and for which candidates
//! the quorum cannot be reached without those who stay apart from them (J2, J3).

use sea_orm::ConnectionTrait;
use time::OffsetDateTime;

use super::super::JuryError;
use super::super::day::labels as words_of_day;
use super::super::labels;
use super::super::load::Whole;
use crate::authz::{Actor, Permission, may};
use crate::features::panels::composer::out_of_reach;
use crate::features::panels::labels as words_of_panels;
use crate::features::panels::{Panel, queries};
use crate::rules::jury::impartiality::{Finding, Reason, Severity, Verdict};

/// Who looks at what lacks, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    now: OffsetDateTime,
    /// Whether ties are told: to whoever may see how the seats are filled.
    ties: bool,
}

impl Look {
    /// What somebody sees of a session.
    #[must_use]
    pub fn of(actor: &Actor, whole: &Whole, now: OffsetDateTime) -> Self {
        Self { now, ties: may(actor, Permission::JuryPanelView, &whole.facts(actor)) }
    }

    /// What the program sees when it decides.
    #[must_use]
    pub const fn whole(now: OffsetDateTime) -> Self {
        Self { now, ties: true }
    }
}

/// Who may not sit any more, and each candidate whom too few members may judge, in words; without the ties for whoever may
/// not know them.
pub(super) async fn untenable(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    look: Look,
) -> Result<Vec<String>, JuryError> {
    let panel = Box::pin(Panel::around(conn, whole.session.clone())).await?;
    let seated = Box::pin(queries::seated(conn, &panel, look.now)).await?;
    // No habilitation is already told in words.
    let refuses =
        |one: &&Finding| one.severity >= Severity::Candidate && !matches!(one.reason, Reason::NotHabilitated);
    let mut said = Vec::new();
    for one in seated.iter().filter(|one| one.verdict == Verdict::Refused) {
        let name = one.member.expert.name();
        said.extend(one.outside.iter().map(|why| words_of_day::lacks::may_not_sit(&name, why)));
        let found = one.findings.iter().filter(refuses);
        let found = found.map(|found| words_of_panels::finding(&panel, found));
        said.extend(found.map(|why| words_of_day::lacks::may_not_sit(&name, &why)));
    }
    let unjudged = out_of_reach(&panel, &seated);
    said.extend(
        unjudged.into_iter().map(|(judged, lacks)| labels::lacks::out_of_reach(&judged.name, &lacks)),
    );
    if said.is_empty() || look.ties {
        return Ok(said);
    }
    Ok(vec![labels::lacks::PANEL_TO_CHANGE.to_owned()])
}
