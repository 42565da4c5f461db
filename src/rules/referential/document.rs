//! The whole of a referential as one value, the same in a file, in the API and in forms.
//!
//! Things name each other by their code. Defaults of the rules are the proposals of the domain reference (1.7, 1.8,
//! 1.11), which the certifier confirms or changes; what it does not know has no default.
use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::result_rules::Combine;
use serde::{Deserialize, Serialize};

/// A referential.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Document {
    /// Families that skills are sorted into; may be empty.
    pub families: Vec<String>,
    /// Blocs, in their order.
    pub blocs: Vec<Bloc>,
    /// Skills, in their order.
    pub skills: Vec<Skill>,
    /// Épreuves, in their order.
    pub epreuves: Vec<Epreuve>,
    /// The ways that were decided on.
    pub routes: Vec<Route>,
    /// How a jury is made and decides.
    pub jury: JuryRules,
    /// How results become a decision.
    pub results: ResultRules,
}

/// A bloc of skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bloc {
    /// `RNCP12345BC01` when the version is in that register.
    pub code: String,
    /// Title.
    pub title: String,
    /// Whether the certification is obtained without it.
    #[serde(default)]
    pub optional: bool,
}

/// A skill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// Code.
    pub code: String,
    /// The skill, in the words of the referential.
    pub wording: String,
    /// One of the families, or nothing.
    #[serde(default)]
    pub family: String,
    /// What is looked at to say that it is acquired.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// Code of its bloc; nothing where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc: Option<String>,
}

/// A way in which skills are assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epreuve {
    /// Code.
    pub code: String,
    /// Title; may be empty, its kind then names it.
    #[serde(default)]
    pub title: String,
    /// What the candidate does.
    pub kind: EpreuveKind,
    /// How it is marked.
    pub scale: Scale,
    /// The level or the mark from which it is passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<i32>,
    /// The highest mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<i32>,
    /// How long it lasts; 0 when it takes place over time.
    #[serde(default)]
    pub minutes: i32,
    /// Assessors besides the jury.
    #[serde(default)]
    pub assessors: i32,
    /// Codes of the blocs that it assesses whole.
    #[serde(default)]
    pub blocs: Vec<String>,
    /// Codes of the skills that it assesses.
    #[serde(default)]
    pub skills: Vec<String>,
}

/// Whether a certification may be reached by a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The way.
    pub way: Way,
    /// Whether it is open.
    pub allowed: bool,
}

/// How a jury is made and decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of the jury that a person may change")]
#[serde(default, deny_unknown_fields)]
pub struct JuryRules {
    /// Who presides.
    pub president: President,
    /// Members of the employers' college, at least.
    pub employers_min: i32,
    /// Members of the employees' college, at least.
    pub employees_min: i32,
    /// Other professionals, at most.
    pub others_max: i32,
    /// Observers, at most; nothing for any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observers_max: Option<i32>,
    /// Members of the employers' college present, at least.
    pub quorum_employers: i32,
    /// Members of the employees' college present, at least.
    pub quorum_employees: i32,
    /// Voting members present, at least, the president among them.
    pub quorum_total: i32,
    /// How it decides.
    pub majority: Majority,
    /// Whether the president decides when votes are equal.
    pub casting_vote: bool,
    /// Whether who abstains counts as present.
    pub abstention_counts: bool,
    /// Candidates in a half-day, at most.
    pub max_per_half_day: i32,
    /// Minutes with each candidate.
    pub minutes_per_candidate: i32,
    /// Juries running of one president in one structure, at most.
    pub rotation_limit: i32,
    /// Calendar days before the jury at which its president is designated.
    pub president_days: i32,
    /// Calendar days before the jury at which its members are summoned.
    pub members_days: i32,
    /// Calendar days before the jury at which candidates are summoned.
    pub candidates_days: i32,
    /// Calendar days before the jury at which members have the files.
    pub files_days: i32,
    /// Whether a candidate may be heard at a distance.
    pub remote_allowed: bool,
    /// Whether a member by video counts in the quorum.
    pub remote_in_quorum: bool,
    /// Whether the CPNEF validates the lists.
    pub cpnef_validation: bool,
    /// Address of the account that validates them for it; nothing for whoever runs the certification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpnef_signer: Option<String>,
}

impl Default for JuryRules {
    fn default() -> Self {
        Self {
            president: President::Mandataire,
            employers_min: 1,
            employees_min: 1,
            others_max: 1,
            observers_max: None,
            quorum_employers: 1,
            quorum_employees: 1,
            quorum_total: 3,
            majority: Majority::Absolute,
            casting_vote: true,
            abstention_counts: true,
            max_per_half_day: 6,
            minutes_per_candidate: 30,
            rotation_limit: 3,
            president_days: 30,
            members_days: 21,
            candidates_days: 15,
            files_days: 7,
            remote_allowed: true,
            remote_in_quorum: true,
            cpnef_validation: false,
            cpnef_signer: None,
        }
    }
}

impl JuryRules {
    /// Voting members of the smallest jury, its president among them.
    #[must_use]
    pub fn smallest(&self) -> i32 {
        let apart = i32::from(self.president == President::Mandataire);
        self.employers_min.saturating_add(self.employees_min).saturating_add(apart)
    }
}

/// How results become a decision, and what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResultRules {
    /// What several épreuves on one skill say together.
    pub combine: Combine,
    /// Whether a part may be acquired, bloc by bloc.
    pub partial_allowed: bool,
    /// Years for which a bloc stays acquired; 0 for life.
    pub bloc_validity_years: i32,
    /// Years from the first enrolment within which one may sit again; 0 without limit.
    pub resit_years: i32,
    /// Months between two attempts, at least.
    pub resit_gap_months: i32,
    /// Whether only what is missing is taken again.
    pub resit_missing_only: bool,
    /// Months to appeal, from the notification.
    pub appeal_months: i32,
    /// Days to acknowledge an appeal.
    pub appeal_ack_days: i32,
    /// Months to answer an appeal.
    pub appeal_answer_months: i32,
    /// Whether grades are printed on the certificate.
    pub grades_printed: bool,
}

impl Default for ResultRules {
    fn default() -> Self {
        Self {
            combine: Combine::Every,
            partial_allowed: true,
            bloc_validity_years: 0,
            resit_years: 5,
            resit_gap_months: 1,
            resit_missing_only: true,
            appeal_months: 2,
            appeal_ack_days: 8,
            appeal_answer_months: 2,
            grades_printed: false,
        }
    }
}
