//! The JSON shapes of the people of juries.

mod words;

pub use words::{CheckWord, CollegeWord, MemberStateWord, SeatWord, SeverityWord, VerdictWord};

use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::composer::Choice;
use super::input::{Assignment, TypedSeat};
use super::labels;
use super::panel::Panel;
use super::queries::{CollegeSeat, Seated};
use crate::features::availability::labels as words_of_time;
use crate::features::missions::labels as words_of_missions;
use crate::http::api::ShortText;
use crate::rules::jury::impartiality::Finding;
use crate::rules::typed_date::iso;

/// What a check of impartiality found.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelFinding")]
pub struct FindingOut {
    /// Which check.
    pub check: CheckWord,
    /// How much it weighs.
    pub severity: SeverityWord,
    /// The candidate, when it is about one.
    pub candidate_id: Option<Uuid>,
    /// A stable word for the reason.
    pub reason: String,
    /// The reason, in French.
    pub detail: String,
}

impl FindingOut {
    fn of(panel: &Panel, found: &Finding) -> Self {
        Self {
            check: found.check.into(),
            severity: found.severity.into(),
            candidate_id: found.candidate.map(|id| id.0),
            reason: found.reason.key().to_owned(),
            detail: labels::finding(panel, found),
        }
    }
}

/// Somebody on a seat of a jury.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelMember")]
pub struct MemberOut {
    /// Key.
    pub id: Uuid,
    /// The person.
    pub expert_id: Uuid,
    /// Name of the person.
    pub name: String,
    /// The seat.
    pub seat: SeatWord,
    /// Where it stands: what became of the mission.
    pub state: MemberStateWord,
    /// The mission that asked them.
    pub mission_id: Option<Uuid>,
    /// By video.
    pub remote: bool,
    /// Why they were asked in spite of a warning.
    pub override_reason: Option<String>,
    /// When they signed the declaration of impartiality.
    pub impartial_at: Option<OffsetDateTime>,
    /// What the checks find today.
    pub findings: Vec<FindingOut>,
    /// Why they are not entitled to the seat any more, in French.
    pub outside: Vec<String>,
    /// Whether somebody should look at this seat again.
    pub doubtful: bool,
}

/// The people of a jury.
#[derive(Clone, Debug, Object)]
#[oai(rename = "JuryPanel")]
pub struct PanelOut {
    /// The session.
    pub session_id: Uuid,
    /// Number of the session.
    pub number: String,
    /// Those who sit, or were asked to.
    pub members: Vec<MemberOut>,
    /// What the quorum would lack if everybody who was asked came, in French.
    pub lacks: Vec<String>,
    /// What it would lack with those who accepted.
    pub lacks_now: Vec<String>,
    /// Whether its members may still change.
    pub open: bool,
    /// Version of the session.
    pub version: i32,
}

impl PanelOut {
    /// The people, with what is known of them.
    #[must_use]
    pub fn of(panel: &Panel, seated: &[Seated]) -> Self {
        let member = |one: &Seated| {
            let row = &one.member.row;
            MemberOut {
                id: row.id.0,
                expert_id: row.expert_id.0,
                name: one.member.expert.name(),
                seat: row.seat.into(),
                state: row.state.into(),
                mission_id: row.mission_id.map(|id| id.0),
                remote: row.remote,
                override_reason: row.override_reason.clone(),
                impartial_at: row.impartial_at.map(|at| *at),
                findings: one.findings.iter().map(|found| FindingOut::of(panel, found)).collect(),
                outside: one.outside.clone(),
                doubtful: one.is_doubtful(),
            }
        };
        Self {
            session_id: panel.session.id.0,
            number: panel.session.number.clone(),
            members: seated.iter().map(member).collect(),
            lacks: panel.lacks(false).into_iter().map(labels::lack).collect(),
            lacks_now: panel.lacks(true).into_iter().map(labels::lack).collect(),
            open: panel.is_open(),
            version: panel.session.version,
        }
    }
}

/// Somebody who could have a seat.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelChoice")]
pub struct ChoiceOut {
    /// The person.
    pub expert_id: Uuid,
    /// Number of the person.
    pub number: String,
    /// Name of the person.
    pub name: String,
    /// What everything makes together.
    pub verdict: VerdictWord,
    /// What the checks find.
    pub findings: Vec<FindingOut>,
    /// What else refuses, in French.
    pub refusals: Vec<String>,
    /// Last day of the habilitation that counts.
    pub habilitated_until: Option<Date>,
    /// In which quality they sit for the college.
    pub quality: Option<String>,
    /// What the person declared of these half-days, in words.
    pub availability: String,
    /// How far the person lives, in words.
    pub distance: String,
    /// Missions held and visits around the day.
    pub load: u32,
}

impl ChoiceOut {
    /// The person beside the seat.
    #[must_use]
    pub fn of(panel: &Panel, one: &Choice) -> Self {
        let standing = &one.standing;
        Self {
            expert_id: standing.expert.id.0,
            number: standing.expert.number.clone(),
            name: standing.expert.name(),
            verdict: one.verdict.into(),
            findings: one.findings.iter().map(|found| FindingOut::of(panel, found)).collect(),
            refusals: one.refusals.clone(),
            habilitated_until: standing.habilitated_until,
            quality: one.college.as_ref().map(|seat| seat.quality.clone()),
            availability: words_of_missions::freedom(standing.freedom).to_owned(),
            distance: words_of_time::distance(standing.reach),
            load: u32::try_from(standing.load.total()).unwrap_or(u32::MAX),
        }
    }
}

/// The people who could have a seat, those who may be chosen first.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelChoicePage")]
pub struct ChoicePage {
    /// The people.
    pub items: Vec<ChoiceOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// Somebody to ask.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelMemberIn", deny_unknown_fields)]
pub struct MemberIn {
    /// The seat.
    pub seat: SeatWord,
    /// Who.
    pub expert_id: Uuid,
    /// Why, in spite of a warning.
    pub reason: Option<ShortText>,
    /// By video.
    pub remote: Option<bool>,
    /// Last day to answer; the usual delay when left out.
    pub answer_by: Option<Date>,
}

impl MemberIn {
    /// The assignment, as typed.
    #[must_use]
    pub fn wanted(self) -> Assignment {
        Assignment {
            seat: self.seat.into(),
            expert: self.expert_id.into(),
            reason: self.reason.map(String::from).unwrap_or_default(),
            remote: self.remote.unwrap_or_default(),
            answer_by: self.answer_by,
        }
    }
}

/// Why somebody does not sit any more.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelMemberRemovalIn", deny_unknown_fields)]
pub struct RemovalIn {
    /// Why.
    pub reason: ShortText,
}

/// Somebody to ask in the place of a member.
#[derive(Clone, Debug, Object)]
#[oai(rename = "PanelMemberReplacementIn", deny_unknown_fields)]
pub struct ReplacementIn {
    /// Why the member does not sit any more.
    pub reason: ShortText,
    /// Who is asked instead.
    pub expert_id: Uuid,
    /// Why, in spite of a warning.
    pub override_reason: Option<ShortText>,
    /// By video.
    pub remote: Option<bool>,
    /// Last day to answer; the usual delay when left out.
    pub answer_by: Option<Date>,
}

impl ReplacementIn {
    /// The assignment; its seat is that of who leaves.
    #[must_use]
    pub fn wanted(self) -> (String, Assignment) {
        let wanted = Assignment {
            seat: entity::jury_member::Seat::President,
            expert: self.expert_id.into(),
            reason: self.override_reason.map(String::from).unwrap_or_default(),
            remote: self.remote.unwrap_or_default(),
            answer_by: self.answer_by,
        };
        (self.reason.0, wanted)
    }
}

/// A college that somebody sits for in juries.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CollegeSeat")]
pub struct CollegeSeatOut {
    /// Key.
    pub id: Uuid,
    /// The person.
    pub expert_id: Uuid,
    /// Number of the person.
    pub expert_number: String,
    /// The college.
    pub college: CollegeWord,
    /// In which quality.
    pub quality: String,
    /// Who appointed them.
    pub appointed_by: String,
    /// First day.
    pub since: Date,
    /// Last day; none while it runs.
    pub until: Option<Date>,
    /// Version.
    pub version: i32,
}

impl From<&CollegeSeat> for CollegeSeatOut {
    fn from(seat: &CollegeSeat) -> Self {
        let row = &seat.row;
        Self {
            id: row.id.0,
            expert_id: row.expert_id.0,
            expert_number: seat.expert_number.clone(),
            college: row.college.into(),
            quality: row.quality.clone(),
            appointed_by: row.appointed_by.clone(),
            since: row.since,
            until: row.until,
            version: row.version,
        }
    }
}

/// A page of seats of colleges.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CollegeSeatPage")]
pub struct CollegeSeatPage {
    /// The seats.
    pub items: Vec<CollegeSeatOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A college that somebody sits for, to record.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CollegeSeatIn", deny_unknown_fields)]
pub struct CollegeSeatIn {
    /// The person.
    pub expert_id: Uuid,
    /// The college.
    pub college: CollegeWord,
    /// In which quality.
    pub quality: ShortText,
    /// Who appointed them.
    pub appointed_by: ShortText,
    /// First day.
    pub since: Date,
    /// Last day; none while it runs.
    pub until: Option<Date>,
}

impl CollegeSeatIn {
    /// The seat, as typed.
    #[must_use]
    pub fn typed(self) -> TypedSeat {
        TypedSeat {
            college: entity::college_seat::College::from(self.college).word(),
            quality: self.quality.0,
            appointed_by: self.appointed_by.0,
            since: iso(self.since),
            until: self.until.map(iso).unwrap_or_default(),
        }
    }
}

/// The end of a seat.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CollegeSeatEndIn", deny_unknown_fields)]
pub struct CollegeSeatEndIn {
    /// Last day.
    pub until: Date,
}
