//! What became of the candidates of a past jury, and the rows that keep it.

use entity::access_route::Way;
use entity::candidate::{self, CandidateState, Contract, IdentityDocument, JuryDecision, Leaving};
use entity::ids::{
    AccountId, CandidateId, CertificationVersionId, ExpertId, JuryMemberId, JuryPassageId, JurySessionId,
    ReferentialId,
};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryMode, JuryState};
use entity::{site, structure};
use time::{Date, Duration, OffsetDateTime};

use super::super::labels::{
    CANDIDATE_REFERENT, JURY_ADJOURNED, JURY_ADVICE, JURY_EXCUSE, JURY_JOB, JURY_REMARKS, JURY_ROOM,
};
use crate::features::juries::wording;
use crate::rules::fold::searchable;

/// Minutes for each candidate, and to deliberate.
const TURN: i64 = 30;
/// Days from the enrolment of those who sit to the request of their jury.
const PATH: i64 = 150;

/// The day on which those who sit were enrolled: the version of that day is the one they are bound to.
pub(super) fn enrolled_on(day: Date, asked_before: i64) -> Date {
    day.saturating_sub(Duration::days(asked_before + PATH))
}

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Total,
    Partial,
    Refused,
    Adjourned,
    Absent,
    Excused,
    LeftForWork,
}

/// Ranks after which the same fates come again.
pub(super) const FATES: usize = 47;

/// What becomes of the candidate of a rank.
pub(super) const fn fate(rank: usize) -> Fate {
    match rank % FATES {
        3 | 11 | 19 | 26 | 34 | 42 => Fate::Partial,
        7 | 30 | 39 => Fate::Refused,
        14 => Fate::Adjourned,
        17 | 36 => Fate::Absent,
        22 | 45 => Fate::Excused,
        9 | 28 => Fate::LeftForWork,
        _ => Fate::Total,
    }
}

impl Fate {
    const fn presence(self) -> Presence {
        match self {
            Self::Total | Self::Partial | Self::Refused | Self::Adjourned => Presence::Present,
            Self::Absent => Presence::Absent,
            Self::Excused | Self::LeftForWork => Presence::AbsentExcused,
        }
    }

    pub(super) const fn decision(self) -> JuryDecision {
        match self {
            Self::Total => JuryDecision::Total,
            Self::Partial => JuryDecision::Partial,
            Self::Refused => JuryDecision::Refused,
            Self::Adjourned => JuryDecision::Adjourned,
            Self::Absent => JuryDecision::Absent,
            Self::Excused | Self::LeftForWork => JuryDecision::AbsentExcused,
        }
    }

    const fn state(self) -> CandidateState {
        match self {
            Self::Total | Self::Partial | Self::Refused => CandidateState::Notified,
            Self::Adjourned => CandidateState::Adjourned,
            Self::Absent => CandidateState::Absent,
            Self::Excused => CandidateState::AbsentExcused,
            Self::LeftForWork => CandidateState::Withdrawn,
        }
    }

    const fn is_present(self) -> bool {
        matches!(self.presence(), Presence::Present)
    }

    /// Whether the attempt is consumed.
    const fn consumes(self) -> bool {
        matches!(self, Self::Total | Self::Partial | Self::Refused | Self::Absent)
    }

    const fn why(self) -> &'static str {
        match self {
            Self::Excused => JURY_EXCUSE,
            Self::LeftForWork => JURY_JOB,
            _ => "",
        }
    }
}

/// A past jury being written.
pub(super) struct Past<'a> {
    pub(super) id: JurySessionId,
    pub(super) number: String,
    pub(super) structure: &'a structure::Model,
    pub(super) site: &'a site::Model,
    pub(super) version: CertificationVersionId,
    /// What says its blocs, when it is made of them.
    pub(super) referential: Option<ReferentialId>,
    pub(super) manager: Option<AccountId>,
    pub(super) day: Date,
    pub(super) starts_at: OffsetDateTime,
    /// Days from the request to the jury, and from the jury to its end.
    pub(super) waits: (i64, i64),
    pub(super) candidates: usize,
}

/// Somebody, as the register of before has them.
pub(super) struct Known {
    pub(super) id: CandidateId,
    pub(super) number: String,
    pub(super) birth_name: String,
    pub(super) first_name: String,
    pub(super) sex: &'static str,
    pub(super) birth_date: String,
    pub(super) birth_commune: String,
}

impl Past<'_> {
    fn ends_at(&self) -> OffsetDateTime {
        let turns = i64::try_from(self.candidates).unwrap_or_default() + 1;
        self.starts_at + Duration::minutes(TURN * turns)
    }

    fn closed_at(&self) -> OffsetDateTime {
        self.ends_at() + Duration::days(self.waits.1)
    }

    /// The day of the delivery.
    fn delivered_on(&self) -> Date {
        self.day.saturating_add(Duration::days(self.waits.1 - 1))
    }

    /// The session, closed.
    pub(super) fn session(&self) -> jury_session::Model {
        let before = |days: i64| Some((self.starts_at - Duration::days(days)).into());
        let place = wording::address(self.structure, Some(self.site));
        let ends_at = self.ends_at();
        jury_session::Model {
            id: self.id,
            search: wording::search(&self.number, &self.structure.name, &place, JURY_ROOM),
            external_ref: Some(format!("REG-{}", self.number)),
            number: self.number.clone(),
            structure_id: self.structure.id,
            site_id: Some(self.site.id),
            certification_version_id: self.version,
            referential_id: self.referential,
            state: JuryState::Closed,
            expected: i32::try_from(self.candidates).unwrap_or(1),
            mode: JuryMode::OnSite,
            place,
            room: JURY_ROOM.to_owned(),
            department: self.site.department.clone(),
            region: self.site.region.clone(),
            zone: self.site.zone.clone(),
            starts_at: Some(self.starts_at.into()),
            ends_at: Some(ends_at.into()),
            accessibility: String::new(),
            request_note: String::new(),
            reason: None,
            requested_by: None,
            requested_at: (self.starts_at - Duration::days(self.waits.0)).into(),
            confirmed_at: before(30),
            summoned_at: before(15),
            files_sent_at: before(7),
            opened_at: Some(self.starts_at.into()),
            heard_at: Some((ends_at - Duration::minutes(TURN)).into()),
            frozen_at: Some(ends_at.into()),
            signed_at: Some(ends_at.into()),
            checked_by: self.manager,
            validated_by: self.manager,
            delivered_on: Some(self.delivered_on()),
            closed_at: Some(self.closed_at().into()),
            remarks: JURY_REMARKS.to_owned(),
            sequence: 1,
            deadline_at: None,
            version: 1,
        }
    }

    /// Somebody who sat.
    pub(super) fn member(
        &self,
        id: JuryMemberId,
        expert: ExpertId,
        seat: Seat,
        position: i32,
    ) -> jury_member::Model {
        jury_member::Model {
            id,
            session_id: self.id,
            expert_id: expert,
            seat,
            state: MemberState::Accepted,
            mission_id: None,
            override_reason: None,
            reason: None,
            remote: false,
            identity_checked_at: Some(self.starts_at.into()),
            impartial_at: Some(self.starts_at.into()),
            position,
            added_by: self.manager,
            added_at: (self.starts_at - Duration::days(35)).into(),
        }
    }

    /// Somebody who passed, or should have.
    pub(super) fn passage(
        &self,
        id: JuryPassageId,
        candidate: CandidateId,
        position: i32,
        fate: Fate,
    ) -> jury_passage::Model {
        let turn = self.starts_at + Duration::minutes(TURN * i64::from(position - 1));
        let decision = Some(fate.decision());
        let adjourned = (fate == Fate::Adjourned).then(|| JURY_ADJOURNED.to_owned());
        jury_passage::Model {
            id,
            session_id: self.id,
            candidate_id: candidate,
            position,
            live: false,
            attempt: 1,
            starts_at: Some(turn.into()),
            presence: fate.presence(),
            presence_reason: Some(fate.why().to_owned()).filter(|why| !why.is_empty()),
            identity_document: if fate.is_present() {
                IdentityDocument::IdentityCard
            } else {
                IdentityDocument::None
            },
            heard_at: fate.is_present().then(|| turn.into()),
            proposal: decision,
            decision,
            decision_reason: adjourned,
            recommendations: if fate == Fate::Partial { JURY_ADVICE.to_owned() } else { String::new() },
            observations: String::new(),
            decided_at: Some(self.ends_at().into()),
            version: 1,
        }
    }

    /// The candidate, as the jury left them.
    pub(super) fn candidate(&self, known: Known, fate: Fate) -> candidate::Model {
        let enrolled_on = enrolled_on(self.day, self.waits.0);
        let told = fate.state() == CandidateState::Notified;
        candidate::Model {
            id: known.id,
            search: searchable(&format!("{} {} {}", known.number, known.birth_name, known.first_name)),
            external_ref: Some(format!("REG-{}", known.number)),
            number: known.number,
            structure_id: self.structure.id,
            site_id: Some(self.site.id),
            certification_version_id: self.version,
            referential_id: None,
            way: Way::Fc,
            state: fate.state(),
            birth_name: known.birth_name,
            has_no_birth_name: false,
            usual_name: String::new(),
            first_names: known.first_name,
            other_first_names: String::new(),
            has_no_first_name: false,
            sex: known.sex.to_owned(),
            birth_date: known.birth_date,
            birth_country: String::new(),
            birth_commune: known.birth_commune,
            birth_locality: String::new(),
            completeness: 100,
            identity_document: IdentityDocument::IdentityCard,
            identity_seen_on: Some(self.day),
            identity_seen_by: String::new(),
            email: String::new(),
            phone: String::new(),
            postal_address: String::new(),
            detained: false,
            guardian: String::new(),
            contract: Contract::Cddi,
            employer: self.structure.name.clone(),
            referent: CANDIDATE_REFERENT.to_owned(),
            path_starts_on: Some(enrolled_on.saturating_add(Duration::days(20))),
            frozen_hash: None,
            file_revision: 1,
            first_enrolled_on: enrolled_on,
            decision: (fate != Fate::LeftForWork).then(|| fate.decision()),
            decided_on: Some(self.day),
            notified_at: told.then(|| self.closed_at().into()),
            attempts: i32::from(fate.consumes()),
            leaving: (fate == Fate::LeftForWork).then_some(Leaving::Work),
            reason: None,
            asked_again: None,
            created_by: None,
            created_at: (self.starts_at - Duration::days(self.waits.0 + PATH)).into(),
            version: 1,
        }
    }
}

/// Takes back what followed the deliberation of a session.
pub(super) fn not_closed_yet(row: &mut jury_session::Model) {
    row.state = JuryState::Deliberating;
    row.external_ref = None;
    row.frozen_at = None;
    row.signed_at = None;
    row.checked_by = None;
    row.validated_by = None;
    row.delivered_on = None;
    row.closed_at = None;
    row.remarks = String::new();
}

/// Takes back what the jury says of whoever came: it deliberates.
pub(super) fn not_told_yet(row: &mut candidate::Model) {
    row.external_ref = None;
    if matches!(row.state, CandidateState::Notified | CandidateState::Adjourned) {
        row.state = CandidateState::Present;
        row.decision = None;
        row.decided_on = None;
        row.notified_at = None;
        row.attempts = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_past_candidates_succeed_and_every_fate_is_met() {
        let of = |wanted: Fate| (0..FATES).filter(|rank| fate(*rank) == wanted).count();
        let each = [
            Fate::Total,
            Fate::Partial,
            Fate::Refused,
            Fate::Adjourned,
            Fate::Absent,
            Fate::Excused,
            Fate::LeftForWork,
        ];
        assert_eq!(each.map(of), [31, 6, 3, 1, 2, 2, 2]);
    }
}
