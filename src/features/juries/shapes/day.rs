//! The shapes of the day of a session: what is sent, what is answered.

mod bodies;

use std::collections::HashMap;

use entity::ids::CandidateId;
use entity::{jury_incident, jury_mark};
use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::actions::day::Received;
use super::super::day::{Day, labels};
use super::super::load::{Passing, Seated};
use super::super::wording;
use super::answers::JuryLine;
use super::words::{ChangeWord, IncidentWord, PresenceWord, SeatWord};
use crate::features::candidates::shapes::{CandidatePieceOut, DecisionWord, DocumentWord};
use crate::rules::referential::Unit;
pub use bodies::{
    JuryAbstentionIn, JuryChangeIn, JuryChangesIn, JuryCheckInIn, JuryDecisionIn, JuryIncidentIn,
    JuryIncidentWithdrawalIn, JuryNoQuorumIn, JuryPresenceIn, JuryVoteIn,
};

/// What became of a change.
#[derive(Clone, Debug, Object)]
pub struct JuryChangeOut {
    /// Its key.
    pub id: Uuid,
    /// What became of it.
    pub outcome: ChangeWord,
    /// What the field says now.
    pub value: String,
    /// Version of the passage now.
    pub version: i32,
    /// Why it was not applied; empty when it was.
    pub message: String,
}

impl From<&Received> for JuryChangeOut {
    fn from(one: &Received) -> Self {
        Self {
            id: one.id.0,
            outcome: one.outcome.into(),
            value: one.value.clone(),
            version: one.version,
            message: one.message.clone(),
        }
    }
}

/// What became of what a tablet sent, in the same order.
#[derive(Clone, Debug, Object)]
pub struct JuryChangesOut {
    /// The changes.
    pub changes: Vec<JuryChangeOut>,
}

/// Somebody of the jury, on the day.
#[derive(Clone, Debug, Object)]
pub struct JuryDayMemberOut {
    /// Key of the seat.
    pub id: Uuid,
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Name.
    pub name: String,
    /// The seat.
    pub seat: SeatWord,
    /// At a distance.
    pub remote: bool,
    /// When their identity was checked; none when they are not in the room.
    pub identity_checked_at: Option<OffsetDateTime>,
    /// When they declared their impartiality.
    pub impartial_at: Option<OffsetDateTime>,
}

impl From<&Seated> for JuryDayMemberOut {
    fn from(one: &Seated) -> Self {
        Self {
            id: one.row.id.0,
            expert_id: one.expert.id.0,
            name: one.expert.name(),
            seat: one.row.seat.into(),
            remote: one.row.remote,
            identity_checked_at: one.row.identity_checked_at.map(|at| *at),
            impartial_at: one.row.impartial_at.map(|at| *at),
        }
    }
}

/// A result in an épreuve.
#[derive(Clone, Debug, Object)]
pub struct JuryMarkOut {
    /// Code of the épreuve.
    pub epreuve: String,
    /// 0 or 1, a level, or points.
    pub value: i32,
    /// What the jury says of it.
    pub comment: String,
}

/// A bloc, or a skill where the version has none.
#[derive(Clone, Debug, Object)]
pub struct JuryUnitOut {
    /// Code.
    pub code: String,
    /// Whether the certification is obtained without it.
    pub optional: bool,
    /// Whether it is acquired; none when that is not known.
    pub acquired: Option<bool>,
    /// What the jury ruled above the results.
    pub ruling: Option<bool>,
    /// What the jury observed.
    pub remark: String,
}

/// A candidate on the day.
#[derive(Clone, Debug, Object)]
pub struct JuryDayPassageOut {
    /// Key of the passage.
    pub id: Uuid,
    /// Key of the candidate.
    pub candidate_id: Uuid,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// Their turn.
    pub position: i32,
    /// Their hour.
    pub starts_at: Option<OffsetDateTime>,
    /// Whether they came.
    pub presence: PresenceWord,
    /// The document that was seen.
    pub identity_document: Option<DocumentWord>,
    /// Measures agreed for them, never what they come from: told to the members of the jury who read the day, and by no act.
    pub accommodations: Vec<String>,
    /// When they were heard.
    pub heard_at: Option<OffsetDateTime>,
    /// Results.
    pub marks: Vec<JuryMarkOut>,
    /// Units, as the rules find them.
    pub units: Vec<JuryUnitOut>,
    /// Keys of the seats of those who stay apart.
    pub apart: Vec<Uuid>,
    /// What the quorum lacks for this candidate, in words.
    pub quorum_lacks: Vec<String>,
    /// What the rules propose, once the candidate was heard; none without a referential.
    pub proposal: Option<DecisionWord>,
    /// The decision.
    pub decision: Option<DecisionWord>,
    /// Why.
    pub decision_reason: Option<String>,
    /// What the jury observed.
    pub observations: String,
    /// What it recommends.
    pub recommendations: String,
    /// Version of the passage.
    pub version: i32,
}

impl JuryDayPassageOut {
    fn of(day: &Day, one: &Passing) -> Self {
        let (row, id) = (&one.row, one.row.id);
        let outcome = day.outcome(one);
        let mark = |found: &jury_mark::Model, code: &str| JuryMarkOut {
            epreuve: code.to_owned(),
            value: found.value,
            comment: found.comment.clone(),
        };
        let epreuves = day.document.epreuves.iter();
        let marks = epreuves.filter_map(|one| Some(mark(day.mark(id, &one.code)?, &one.code)));
        let unit = |unit: &Unit| {
            let ruling = day.ruling(id, &unit.code);
            JuryUnitOut {
                code: unit.code.clone(),
                optional: unit.optional,
                acquired: unit.acquired,
                ruling: ruling.map(|one| one.acquired),
                remark: ruling.map(|one| one.comment.clone()).unwrap_or_default(),
            }
        };
        Self {
            id: id.0,
            candidate_id: one.candidate.id.0,
            number: one.candidate.number.clone(),
            name: wording::name(&one.candidate),
            position: row.position,
            starts_at: row.starts_at.map(|at| *at),
            presence: row.presence.into(),
            identity_document: DocumentWord::of(row.identity_document),
            accommodations: Vec::new(),
            heard_at: row.heard_at.map(|at| *at),
            marks: marks.collect(),
            units: outcome.units.iter().map(unit).collect(),
            apart: day.apart(id).into_iter().map(|id| id.0).collect(),
            quorum_lacks: day.lacks_for(id).into_iter().map(labels::lacks::lack).collect(),
            proposal: day.proposal(one).map(Into::into),
            decision: row.decision.map(Into::into),
            decision_reason: row.decision_reason.clone(),
            observations: row.observations.clone(),
            recommendations: row.recommendations.clone(),
            version: row.version,
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Object)]
pub struct JuryIncidentOut {
    /// Key.
    pub id: Uuid,
    /// What kind.
    pub kind: IncidentWord,
    /// Key of the passage; none for the whole session.
    pub passage_id: Option<Uuid>,
    /// When.
    pub happened_at: OffsetDateTime,
    /// What happened.
    pub description: String,
    /// When it was withdrawn, recorded by mistake; it does not go into the minutes.
    pub withdrawn_at: Option<OffsetDateTime>,
    /// Why it was.
    pub withdrawn_reason: Option<String>,
}

impl From<&jury_incident::Model> for JuryIncidentOut {
    fn from(row: &jury_incident::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            passage_id: row.passage_id.map(|id| id.0),
            happened_at: *row.happened_at,
            description: row.description.clone(),
            withdrawn_at: row.withdrawn_at.map(|at| *at),
            withdrawn_reason: row.withdrawn_reason.clone(),
        }
    }
}

/// The pieces of a candidate that whoever asks reads.
#[derive(Clone, Debug, Object)]
pub struct JuryPiecesOut {
    /// The pieces.
    pub items: Vec<CandidatePieceOut>,
}

/// The day of a session.
#[derive(Clone, Debug, Object)]
pub struct JuryDayOut {
    /// The session.
    pub session: JuryLine,
    /// Those who said that they come.
    pub members: Vec<JuryDayMemberOut>,
    /// What the quorum lacks with those who are in the room, in words.
    pub quorum_lacks: Vec<String>,
    /// The candidates, in the order of their turns.
    pub passages: Vec<JuryDayPassageOut>,
    /// What happened, in order.
    pub incidents: Vec<JuryIncidentOut>,
    /// What lacks before the next act of the president, in words.
    pub missing: Vec<String>,
    /// From when it may be opened: null unless its candidates are called.
    pub opens_at: Option<OffsetDateTime>,
}

impl JuryDayOut {
    /// A day as it is answered.
    #[must_use]
    pub fn of(day: &Day) -> Self {
        Self {
            session: (&day.whole.session).into(),
            members: day.whole.accepted().map(Into::into).collect(),
            quorum_lacks: day.lacks().into_iter().map(labels::lacks::lack).collect(),
            passages: day.whole.passages.iter().map(|one| JuryDayPassageOut::of(day, one)).collect(),
            incidents: day.incidents.iter().map(Into::into).collect(),
            missing: day.missing(),
            opens_at: day.opens_at,
        }
    }

    /// With the measures agreed for each candidate.
    #[must_use]
    pub fn with_measures(mut self, mut measures: HashMap<CandidateId, Vec<String>>) -> Self {
        for one in &mut self.passages {
            one.accommodations = measures.remove(&one.candidate_id.into()).unwrap_or_default();
        }
        self
    }
}
