//! Who could have a seat: everybody who is entitled to it that day, with what the checks find, their time, how they reach
//! the place and what they carry; those who may be chosen first. A constant number of reads, whatever their number.

use std::collections::HashSet;

use entity::ids::{ExpertId, JuryMemberId};
use entity::jury_member::Seat;
use entity::{college_seat, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use super::knowledge::{Knowledge, valid_on};
use super::panel::{Judged, Panel, present};
use super::queries::Seated;
use super::{PanelError, labels};
use crate::features::missions::standing::{self, Standing};
use crate::rules::jury::impartiality::{self, Finding, Reason, Severity, Verdict};
use crate::rules::jury::quorum::{self, Lack, Present};

/// Somebody beside a seat.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Habilitation, time, distance and load, as for any mission.
    pub standing: Standing,
    /// The college that they sit for, when the seat asks for one.
    pub college: Option<college_seat::Model>,
    /// What the checks find.
    pub findings: Vec<Finding>,
    /// What else refuses: no habilitation or college, half-days that are taken; in words.
    pub refusals: Vec<String>,
    /// Other missions of the same half-days that wait for their answer, in words: who has none is chosen first.
    pub offered: Vec<String>,
    /// What it makes together.
    pub verdict: Verdict,
}

impl Choice {
    /// Everything that refuses, in words.
    #[must_use]
    pub fn reasons(&self, panel: &Panel) -> Vec<String> {
        let own = self.findings.iter().filter(|one| one.severity >= Severity::Candidate);
        let own = own.filter(|one| one.reason != Reason::NotHabilitated);
        self.refusals.iter().cloned().chain(own.map(|one| labels::finding(panel, one))).collect()
    }

    /// Everything that wants a written reason, in words.
    #[must_use]
    pub fn warnings(&self, panel: &Panel) -> Vec<String> {
        let own = self.findings.iter().filter(|one| one.severity > Severity::Opening);
        own.map(|one| labels::finding(panel, one)).collect()
    }

    /// Refuses what may not be.
    ///
    /// # Errors
    /// [`PanelError::Refused`], or [`PanelError::Warned`] without a reason.
    pub fn check(&self, panel: &Panel, reason: Option<&str>) -> Result<(), PanelError> {
        match self.verdict {
            Verdict::Refused => Err(PanelError::Refused(self.reasons(panel))),
            Verdict::Reasoned if reason.is_none() => Err(PanelError::Warned(self.warnings(panel))),
            Verdict::Reasoned | Verdict::Free => Ok(()),
        }
    }
}

/// The candidates whom too few of those who sit may judge, beyond what already lacks for everybody, each with what lacks for
/// them. Whoever may not sit any more is not counted: somebody else is to be found.
#[must_use]
pub fn out_of_reach<'a>(panel: &'a Panel, seated: &[Seated]) -> Vec<(&'a Judged, Vec<Lack>)> {
    let able: Vec<&Seated> = seated.iter().filter(|one| one.verdict != Verdict::Refused).collect();
    let people: Vec<Present> = able.iter().map(|one| present(&one.member)).collect();
    let session = quorum::of_session(&panel.rules, &people);
    let judged = |judged: &'a Judged| {
        let apart = able.iter().filter(|one| impartiality::apart(&one.findings).contains(&judged.id));
        let apart: Vec<JuryMemberId> = apart.map(|one| one.member.row.id).collect();
        let mut lacks = quorum::of_candidate(&panel.rules, &people, &apart);
        lacks.retain(|lack| !session.contains(lack));
        (!lacks.is_empty()).then_some((judged, lacks))
    };
    panel.candidates.iter().filter_map(judged).collect()
}

/// Everybody who could have a seat and does not sit yet, those who may be chosen first.
///
/// # Errors
/// [`PanelError::NoDate`], what the database answers.
pub async fn choices(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    seat: Seat,
    now: OffsetDateTime,
) -> Result<Vec<Choice>, PanelError> {
    let need = panel.need(seat)?;
    let colleges = panel.colleges(seat);
    let mut found = if colleges.is_empty() {
        standing::ranked(conn, &need, now).await?
    } else {
        let seats = college_seat::Entity::find()
            .filter(college_seat::Column::College.is_in(colleges))
            .filter(valid_on(panel.day()?))
            .all(conn)
            .await?;
        let people: HashSet<ExpertId> = seats.iter().map(|seat| seat.expert_id).collect();
        let people = expert::Entity::find().filter(expert::Column::Id.is_in(people)).all(conn).await?;
        standing::among(conn, &need, people, now).await?
    };
    found.retain(|one| !panel.sits(one.expert.id));
    let mut choices = weigh(conn, panel, seat, found, now).await?;
    // What was ranked stays so among those whom the checks hold equal.
    choices.sort_by_key(|one| (one.verdict, one.findings.len() + one.offered.len()));
    Ok(choices)
}

/// How one person stands beside a seat.
///
/// # Errors
/// [`PanelError::NoDate`], what the database answers.
pub async fn one(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    seat: Seat,
    person: &expert::Model,
    now: OffsetDateTime,
) -> Result<Choice, PanelError> {
    let found = standing::of(conn, &panel.need(seat)?, person, now).await?;
    let mut weighed = weigh(conn, panel, seat, vec![found], now).await?;
    weighed.pop().ok_or(PanelError::NotFound)
}

async fn weigh(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    seat: Seat,
    people: Vec<Standing>,
    now: OffsetDateTime,
) -> Result<Vec<Choice>, PanelError> {
    let ids: Vec<ExpertId> = people.iter().map(|one| one.expert.id).collect();
    let known = Knowledge::of(conn, panel, &ids, now).await?;
    Ok(people.into_iter().map(|one| choice(&known, panel, seat, one)).collect())
}

fn choice(known: &Knowledge, panel: &Panel, seat: Seat, standing: Standing) -> Choice {
    let id = standing.expert.id;
    let findings = known.findings(seat, id, None);
    let mut refusals = known.outside(panel, seat, id);
    // The mission tells the habilitation and the ties in the same words: what is left is about time.
    let told: HashSet<&str> = findings.iter().filter_map(|one| sentence(&one.reason)).collect();
    let time = standing.refusals.iter().filter(|said| !told.contains(said.as_str()));
    let time: Vec<String> = time.filter(|said| !refusals.contains(said)).cloned().collect();
    refusals.extend(time);
    if panel.sits(id) {
        refusals.push(labels::ALREADY_SITS.to_owned());
    }
    let weighed = impartiality::verdict(&findings, seat, panel.candidates.len());
    let verdict = if refusals.is_empty() { weighed } else { Verdict::Refused };
    let college = known.college(id, &panel.colleges(seat)).cloned();
    Choice { standing, college, findings, refusals, offered: known.offered(id), verdict }
}

fn sentence(reason: &Reason) -> Option<&str> {
    match reason {
        Reason::Structure(finding) => Some(&finding.sentence),
        _ => None,
    }
}
