//! The day of a session: who is in the room, what each candidate did, what the rules propose (domain reference, 1.7 to 1.9).
//!
//! A member is in the room once their identity was checked. The quorum is counted for the session, then for each candidate
//! without those who stay apart from them ([`crate::rules::jury::quorum`]); the decision that is proposed is that of the
//! rules of the referential ([`crate::rules::referential::decide`]).

mod closing;
mod fields;
pub mod files;
pub mod input;
pub mod known;
pub mod labels;
mod load;

pub use load::Day;

use std::collections::HashMap;
use std::sync::Arc;

use entity::candidate::{self, CandidateState, JuryDecision};
use entity::epreuve::Scale;
use entity::ids::{CandidateId, JuryMemberId, JuryPassageId};
use entity::jury_incident::{self, IncidentKind};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_passage::Presence;
use entity::jury_session::JuryState;
use entity::jury_vote::Vote;
use entity::{jury_mark, jury_ruling};
use time::OffsetDateTime;

use super::load::{Passing, Seated, Whole, counted, facts};
use super::state::{Event, Guard, InvalidStep, State};
use super::{JuryError, deadlines, labels as words};
use crate::app::App;
use crate::authz::{Actor, Denied, Facts, Grant, Permission, allows, may};
use crate::features::candidates::adaptations;
use crate::rules::deadline::day_in_zone;
use crate::rules::jury::quorum::{self, Ballot, Lack, Present};
use crate::rules::referential::{Attendance, Decision, Epreuve, Mark, Outcome, Sitting, Unit, decide};

/// The right of somebody on the day of a session: to run it for whoever presides, to sit for whoever has a seat, to look.
/// Whoever sees the session and may not is told so.
///
/// # Errors
/// The refusal of the policy.
pub fn right(actor: &Actor, whole: &Whole, permission: Permission) -> Result<Grant, JuryError> {
    let facts = if permission == Permission::JuryRun { whole.presided() } else { whole.seat_facts(actor) };
    match allows(actor, permission, &facts) {
        Err(Denied::Hidden(_)) if may(actor, Permission::JuryView, &whole.facts(actor)) => {
            Err(Denied::Forbidden(permission).into())
        }
        found => Ok(found?),
    }
}

/// Whether somebody has that right.
#[must_use]
pub fn holds(actor: &Actor, whole: &Whole, permission: Permission) -> bool {
    right(actor, whole, permission).is_ok()
}

/// States in which the files of the candidates and the measures agreed for them are shown.
const BEFORE_MINUTES: [State; 3] = [State::Summoned, State::Open, State::Deliberating];

/// The measures agreed for some candidates of a session, for whoever runs or sits in it with a vote, from the morning to the
/// end of the deliberation; nothing for anybody else. Reading them is kept in the journal.
///
/// # Errors
/// A value that does not open, what the database answers.
pub async fn measures(
    app: &Arc<App>,
    actor: &Actor,
    whole: &Whole,
    candidates: &[&candidate::Model],
) -> Result<HashMap<CandidateId, Vec<String>>, JuryError> {
    if !files::reads(actor, whole) {
        return Ok(HashMap::new());
    }
    let facts = whole.seat_facts(actor);
    let asked = (Permission::JuryDayView, &facts);
    Ok(adaptations::read_for_jury(app, actor, asked, candidates).await?)
}

impl Whole {
    /// Those who said that they come.
    pub fn accepted(&self) -> impl Iterator<Item = &Seated> {
        self.members.iter().filter(|one| one.row.state == MemberState::Accepted)
    }

    /// What the policy looks at, for whoever said that they come.
    #[must_use]
    pub fn seat_facts(&self, actor: &Actor) -> Facts {
        let own = actor.expert().filter(|own| self.accepted().any(|one| one.row.expert_id == *own));
        Facts { expert: own, ..facts(&self.session, &self.structure.region, self.certification.id) }
    }

    /// What the policy looks at, for whoever presides.
    #[must_use]
    pub fn presided(&self) -> Facts {
        let president = self.accepted().find(|one| one.row.seat == Seat::President);
        Facts {
            expert: president.map(|one| one.row.expert_id),
            ..facts(&self.session, &self.structure.region, self.certification.id)
        }
    }

    /// The candidates who came, and on whom the jury decides: not those whom the certifier put out for fraud meanwhile.
    pub fn came(&self) -> impl Iterator<Item = &Passing> {
        let came = |one: &&Passing| one.row.presence == Presence::Present;
        self.passages.iter().filter(came).filter(|one| one.candidate.state != CandidateState::Excluded)
    }

    /// The passage of a key.
    ///
    /// # Errors
    /// [`JuryError::NotFound`].
    pub fn passing(&self, id: JuryPassageId) -> Result<&Passing, JuryError> {
        self.passages.iter().find(|one| one.row.id == id).ok_or(JuryError::NotFound)
    }

    /// The same, to be changed.
    ///
    /// # Errors
    /// [`JuryError::NotFound`].
    pub fn passing_mut(&mut self, id: JuryPassageId) -> Result<&mut Passing, JuryError> {
        self.passages.iter_mut().find(|one| one.row.id == id).ok_or(JuryError::NotFound)
    }

    /// Refuses what is done in other states than these.
    ///
    /// # Errors
    /// The state does not allow it.
    pub fn during(&self, states: &[JuryState]) -> Result<(), JuryError> {
        let from = self.session.state;
        if states.contains(&from) {
            return Ok(());
        }
        Err(InvalidStep { from: Some(from), step: Event::Deliberate }.into())
    }

    /// Refuses what is done before the day of the session.
    ///
    /// # Errors
    /// [`JuryError::TooEarly`].
    pub fn on_its_day(&self, now: OffsetDateTime) -> Result<(), JuryError> {
        match deadlines::day(&self.session) {
            Some(day) if day_in_zone(now, &self.session.zone) < day => Err(JuryError::TooEarly(day)),
            _ => Ok(()),
        }
    }
}

/// States in which results are entered.
pub const HEARING: [State; 2] = [State::Open, State::Deliberating];

impl Day {
    /// Those who are in the room, as the quorum counts them.
    #[must_use]
    pub fn here(&self) -> Vec<Present> {
        self.sitting().map(|one| counted(&one.row)).collect()
    }

    /// Those who are in the room.
    pub fn sitting(&self) -> impl Iterator<Item = &Seated> {
        self.whole.accepted().filter(|one| one.row.identity_checked_at.is_some())
    }

    /// Those who said that they come and are not in the room.
    pub fn away(&self) -> impl Iterator<Item = &Seated> {
        self.whole.accepted().filter(|one| one.row.identity_checked_at.is_none())
    }

    /// Those who stay apart from a candidate.
    #[must_use]
    pub fn apart(&self, id: JuryPassageId) -> Vec<JuryMemberId> {
        let own = self.abstentions.iter().filter(|one| one.passage_id == id);
        own.map(|one| one.member_id).collect()
    }

    /// What the quorum of the session lacks, with those who are in the room.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        quorum::of_session(&self.whole.rules, &self.here())
    }

    /// What the quorum lacks for one candidate.
    #[must_use]
    pub fn lacks_for(&self, id: JuryPassageId) -> Vec<Lack> {
        quorum::of_candidate(&self.whole.rules, &self.here(), &self.apart(id))
    }

    /// Those who vote on a candidate.
    pub fn voters(&self, id: JuryPassageId) -> impl Iterator<Item = &Seated> {
        let apart = self.apart(id);
        self.sitting().filter(move |one| quorum::votes(one.row.seat) && !apart.contains(&one.row.id))
    }

    /// The ballots of everybody in the room who votes, those who stay apart saying nothing.
    #[must_use]
    pub fn ballots(&self, votes: &[(JuryMemberId, Vote)]) -> Vec<Ballot> {
        let voting = self.sitting().filter(|one| quorum::votes(one.row.seat));
        let vote =
            |row: &jury_member::Model| votes.iter().find(|(id, _)| *id == row.id).map(|(_, vote)| *vote);
        voting.map(|one| Ballot { seat: one.row.seat, vote: vote(&one.row) }).collect()
    }

    /// The épreuve of a code.
    #[must_use]
    pub fn epreuve(&self, code: &str) -> Option<&Epreuve> {
        self.document.epreuves.iter().find(|one| one.code == code)
    }

    /// What a candidate got in an épreuve.
    #[must_use]
    pub fn mark(&self, id: JuryPassageId, code: &str) -> Option<&jury_mark::Model> {
        let key = self.keys.get(code)?;
        self.marks.iter().find(|one| one.passage_id == id && one.epreuve_id == *key)
    }

    /// What the jury ruled on a unit of a candidate.
    #[must_use]
    pub fn ruling(&self, id: JuryPassageId, unit: &str) -> Option<&jury_ruling::Model> {
        self.rulings.iter().find(|one| one.passage_id == id && one.unit == unit)
    }

    /// Title of a unit: a bloc, or a skill where the version has none.
    #[must_use]
    pub fn unit_title(&self, code: &str) -> Option<&str> {
        let bloc = self.document.blocs.iter().find(|one| one.code == code).map(|one| one.title.as_str());
        let skill =
            || self.document.skills.iter().find(|one| one.code == code).map(|one| one.wording.as_str());
        if self.document.blocs.is_empty() { skill() } else { bloc }
    }

    /// What the rules say of a candidate.
    #[must_use]
    pub fn outcome(&self, one: &Passing) -> Outcome {
        let id = one.row.id;
        let marks: Vec<(&str, Mark)> = self
            .document
            .epreuves
            .iter()
            .filter_map(|epreuve| {
                let found = self.mark(id, &epreuve.code)?;
                Some((epreuve.code.as_str(), on_scale(epreuve.scale, found.value)))
            })
            .collect();
        let ruled = self.rulings.iter().filter(|ruling| ruling.passage_id == id);
        let rulings: Vec<(&str, bool)> = ruled.map(|one| (one.unit.as_str(), one.acquired)).collect();
        let kept: Vec<&str> =
            self.kept.get(&one.candidate.id).into_iter().flatten().map(String::as_str).collect();
        let sitting = Sitting {
            attendance: attendance(one.row.presence),
            hindered: !self.lacks_for(id).is_empty(),
            fraud: false,
            marks: &marks,
            rulings: &rulings,
            kept: &kept,
        };
        decide(&self.document, &sitting)
    }

    /// Whether the units are blocs: they are skills where the version has none.
    #[must_use]
    pub fn has_blocs(&self) -> bool {
        !self.document.blocs.is_empty()
    }

    /// What the rules propose for somebody who is there and was heard; nothing before, nor without a referential.
    #[must_use]
    pub fn proposal(&self, one: &Passing) -> Option<JuryDecision> {
        let heard = one.row.presence == Presence::Present && one.row.heard_at.is_some();
        (heard && !self.units().is_empty()).then(|| stored(self.outcome(one).decision))
    }

    /// Whether somebody is suspected of a fraud on which nothing is decided: the certifier did not put them out, and the jury
    /// gives no reason of its decision.
    #[must_use]
    pub fn is_suspected(&self, one: &Passing) -> bool {
        let told = one.row.decision_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        let settled = one.candidate.state == CandidateState::Excluded || told;
        !settled && self.suspicions().any(|incident| incident.passage_id == Some(one.row.id))
    }

    /// The suspected frauds that were not withdrawn.
    pub fn suspicions(&self) -> impl Iterator<Item = &jury_incident::Model> {
        let fraud = |one: &&jury_incident::Model| one.kind == IncidentKind::Fraud;
        self.incidents.iter().filter(fraud).filter(|one| one.withdrawn_at.is_none())
    }

    /// Whether something was observed about a unit that is not acquired: on the unit, or on an épreuve that assesses it.
    #[must_use]
    pub fn is_observed(&self, id: JuryPassageId, unit: &Unit) -> bool {
        if self.ruling(id, &unit.code).is_some_and(|one| !one.comment.is_empty()) {
            return true;
        }
        let skills = self.document.skills.iter();
        let own = skills
            .filter(|skill| skill.code == unit.code || skill.bloc.as_deref() == Some(unit.code.as_str()));
        let own: Vec<&str> = own.map(|skill| skill.code.as_str()).collect();
        let assesses = |epreuve: &&Epreuve| {
            epreuve.blocs.contains(&unit.code)
                || epreuve.skills.iter().any(|code| own.contains(&code.as_str()))
        };
        let mut assessed = self.document.epreuves.iter().filter(assesses);
        assessed.any(|epreuve| self.mark(id, &epreuve.code).is_some_and(|one| !one.comment.is_empty()))
    }

    /// What keeps the next act of the president from being done, in words.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        match self.whole.session.state {
            State::Summoned => self.missing_to_open(),
            State::Open => self.missing_to_deliberate(),
            State::Deliberating => self.missing_to_close(),
            _ => Vec::new(),
        }
    }

    /// What keeps the session from being opened, in words.
    #[must_use]
    pub fn missing_to_open(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.sitting().next().is_none() {
            told.push(words::lacks::guard(Guard::MembersIdentified).to_owned());
        }
        told.extend(self.lacks().into_iter().map(labels::lacks::lack));
        let undeclared = self.sitting().filter(|one| one.row.impartial_at.is_none());
        told.extend(undeclared.map(|one| labels::lacks::undeclared(&one.expert.name())));
        told
    }

    /// What keeps the deliberation from beginning, in words.
    #[must_use]
    pub fn missing_to_deliberate(&self) -> Vec<String> {
        self.whole.passages.iter().filter_map(labels::lacks::unheard).collect()
    }

    /// What keeps the deliberation from being closed, in words: one decision for everybody who came, with its quorum, the
    /// reason of it when they are suspected of a fraud, and an observation for each unit that is not acquired.
    #[must_use]
    pub fn missing_to_close(&self) -> Vec<String> {
        self.whole.came().flat_map(|one| self.missing_for(one)).collect()
    }

    fn missing_for(&self, one: &Passing) -> Vec<String> {
        let name = super::wording::name(&one.candidate);
        let Some(decision) = one.row.decision else { return vec![labels::lacks::undecided(&name)] };
        if decision == JuryDecision::Adjourned {
            return Vec::new();
        }
        let mut told: Vec<String> = Vec::new();
        if !self.lacks_for(one.row.id).is_empty() {
            told.push(labels::lacks::quorum_lost(&name));
        }
        if self.is_suspected(one) {
            told.push(labels::lacks::fraud_unsettled(&name));
        }
        told.extend(self.unobserved_for(one));
        told
    }

    /// The units that are not acquired and of which nothing is said, for everybody about whom the jury decided, in words.
    #[must_use]
    pub fn unobserved(&self) -> Vec<String> {
        let decided =
            |one: &&Passing| one.row.decision.is_some_and(|decision| decision != JuryDecision::Adjourned);
        self.whole.came().filter(decided).flat_map(|one| self.unobserved_for(one)).collect()
    }

    fn unobserved_for(&self, one: &Passing) -> Vec<String> {
        let name = super::wording::name(&one.candidate);
        let units = self.outcome(one).units;
        let silent = units.iter().filter(|unit| unit.acquired == Some(false) && !unit.optional);
        let silent = silent.filter(|unit| !self.is_observed(one.row.id, unit));
        silent.map(|unit| labels::lacks::unobserved(&name, &unit.code, self.has_blocs())).collect()
    }
}

/// A stored value as a mark of its scale.
#[must_use]
pub const fn on_scale(scale: Scale, value: i32) -> Mark {
    match scale {
        Scale::Binary => Mark::Acquired(value != 0),
        Scale::FourLevels => Mark::Level(value),
        Scale::Numeric => Mark::Points(value),
    }
}

/// A decision of the rules, as it is stored.
#[must_use]
pub const fn stored(decision: Decision) -> JuryDecision {
    match decision {
        Decision::Total => JuryDecision::Total,
        Decision::Partial => JuryDecision::Partial,
        Decision::Refused => JuryDecision::Refused,
        Decision::Adjourned => JuryDecision::Adjourned,
        Decision::Absent => JuryDecision::Absent,
        Decision::AbsentExcused => JuryDecision::AbsentExcused,
        Decision::Fraud => JuryDecision::Fraud,
    }
}

/// Whoever is still expected is taken for present: the proposal says what would be decided.
const fn attendance(presence: Presence) -> Attendance {
    match presence {
        Presence::Absent => Attendance::Absent,
        Presence::AbsentExcused => Attendance::AbsentExcused,
        Presence::Expected | Presence::Present => Attendance::Present,
    }
}
