//! The JSON shapes of referentials: the document is read and written alike.

mod words;

use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

pub use self::words::{CombineWord, KindWord, MajorityWord, PresidentWord, ScaleWord, StateWord, WayWord};
use super::super::queries::referential::{Consequences, Shown};
use crate::http::api::problem::FaultOut;
use crate::http::api::{LongText, ShortText};
use crate::rules::referential::{Bloc, Document, Epreuve, JuryRules, ResultRules, Route, Skill};

/// A bloc of skills.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Bloc", deny_unknown_fields)]
pub struct BlocDoc {
    /// `RNCP12345BC01` when the version is in that register.
    pub code: ShortText,
    /// Title.
    pub title: LongText,
    /// Whether the certification is obtained without it.
    #[oai(default)]
    pub optional: bool,
}

/// A skill.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Skill", deny_unknown_fields, skip_serializing_if_is_none)]
pub struct SkillDoc {
    /// Code.
    pub code: ShortText,
    /// The skill, in the words of the referential.
    pub wording: LongText,
    /// One of the families, or nothing.
    #[oai(default)]
    pub family: ShortText,
    /// What is looked at to say that it is acquired.
    #[oai(default, validator(max_items = 50))]
    pub criteria: Vec<LongText>,
    /// Code of its bloc, where there are some.
    pub bloc: Option<ShortText>,
}

/// A way in which skills are assessed.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Epreuve", deny_unknown_fields, skip_serializing_if_is_none)]
pub struct EpreuveDoc {
    /// Code.
    pub code: ShortText,
    /// Title; its kind names it when it has none.
    #[oai(default)]
    pub title: ShortText,
    /// What the candidate does.
    pub kind: KindWord,
    /// How it is marked.
    pub scale: ScaleWord,
    /// The level (1 to 4) or the mark from which it is passed; none on a binary scale.
    pub threshold: Option<i32>,
    /// The highest mark of a numeric scale.
    pub out_of: Option<i32>,
    /// How long it lasts; 0 when it takes place over time.
    #[oai(default)]
    pub minutes: i32,
    /// Assessors besides the jury.
    #[oai(default)]
    pub assessors: i32,
    /// Codes of the blocs that it assesses whole.
    #[oai(default, validator(max_items = 50))]
    pub blocs: Vec<ShortText>,
    /// Codes of the skills that it assesses.
    #[oai(default, validator(max_items = 500))]
    pub skills: Vec<ShortText>,
}

/// Whether a certification may be reached by a way.
#[derive(Clone, Debug, Object)]
#[oai(rename = "AccessRoute", deny_unknown_fields)]
pub struct RouteDoc {
    /// The way.
    pub way: WayWord,
    /// Whether it is open.
    pub allowed: bool,
}

/// How a jury is made and decides. Delays are in calendar days before the jury.
#[derive(Clone, Debug, Object)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of the jury")]
#[oai(rename = "JuryRules", deny_unknown_fields, skip_serializing_if_is_none)]
pub struct JuryDoc {
    /// Who presides.
    pub president: PresidentWord,
    /// Members of the employers' college, at least.
    pub employers_min: i32,
    /// Members of the employees' college, at least.
    pub employees_min: i32,
    /// Other professionals, at most.
    pub others_max: i32,
    /// Observers, at most; nothing for any number.
    pub observers_max: Option<i32>,
    /// Members of the employers' college present, at least.
    pub quorum_employers: i32,
    /// Members of the employees' college present, at least.
    pub quorum_employees: i32,
    /// Voting members present, at least, the president among them.
    pub quorum_total: i32,
    /// How it decides.
    pub majority: MajorityWord,
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
    /// When the president is designated.
    pub president_days: i32,
    /// When members are summoned.
    pub members_days: i32,
    /// When candidates are summoned.
    pub candidates_days: i32,
    /// When members have the files.
    pub files_days: i32,
    /// Whether a candidate may be heard at a distance.
    pub remote_allowed: bool,
    /// Whether a member by video counts in the quorum.
    pub remote_in_quorum: bool,
    /// Whether the CPNEF validates the lists.
    pub cpnef_validation: bool,
    /// Address of the account that validates them for it; nothing for whoever runs the certification.
    pub cpnef_signer: Option<ShortText>,
}

/// How results become a decision, and what follows.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ResultRules", deny_unknown_fields)]
pub struct ResultsDoc {
    /// What several épreuves on one skill say together.
    pub combine: CombineWord,
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

/// The whole of a referential. Rules that are left out are those that the program proposes.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ReferentialDocument", deny_unknown_fields)]
pub struct ReferentialDoc {
    /// Families that skills are sorted into.
    #[oai(default, validator(max_items = 30))]
    pub families: Vec<ShortText>,
    /// Blocs, in their order.
    #[oai(default, validator(max_items = 50))]
    pub blocs: Vec<BlocDoc>,
    /// Skills, in their order.
    #[oai(default, validator(max_items = 500))]
    pub skills: Vec<SkillDoc>,
    /// Épreuves, in their order.
    #[oai(default, validator(max_items = 100))]
    pub epreuves: Vec<EpreuveDoc>,
    /// The ways that were decided on.
    #[oai(default, validator(max_items = 6))]
    pub routes: Vec<RouteDoc>,
    /// How a jury is made and decides.
    #[oai(default)]
    pub jury: JuryDoc,
    /// How results become a decision.
    #[oai(default)]
    pub results: ResultsDoc,
}

/// A revision of the referential of a version.
#[derive(Clone, Debug, Object)]
pub struct ReferentialOut {
    /// Key.
    pub id: Uuid,
    /// The version it is of.
    pub version_id: Uuid,
    /// Counted from 1 within the version.
    pub revision: i32,
    /// Draft or published.
    pub state: StateWord,
    /// When it was published.
    pub published_at: Option<OffsetDateTime>,
    /// What it says.
    pub document: ReferentialDoc,
    /// What it lacks to be published, today.
    pub gaps: Vec<FaultOut>,
    /// Revisions that the caller may read, latest first.
    pub revisions: Vec<i32>,
    /// Version of the row, to be given back in `If-Match`.
    pub version: i32,
}

/// What stands on a version, and would be touched by a change of it.
#[derive(Clone, Debug, Object)]
pub struct ConsequencesOut {
    /// Whether anything stands on it.
    pub in_use: bool,
    /// Whether someone may be enrolled today.
    pub open_today: bool,
    /// Drafts of requests of agreement.
    pub draft_requests: u64,
    /// Requests of agreement being examined.
    pub requests: u64,
    /// Agreements that are not over.
    pub agreements: u64,
    /// The latest published revision of its referential.
    pub published_revision: Option<i32>,
}

impl From<Consequences> for ConsequencesOut {
    fn from(found: Consequences) -> Self {
        Self {
            in_use: found.in_use(),
            open_today: found.open_today,
            draft_requests: found.drafts,
            requests: found.requests,
            agreements: found.agreements,
            published_revision: found.published,
        }
    }
}

impl ReferentialOut {
    /// The shape of what is shown; nothing when the version has no referential.
    #[must_use]
    pub fn of(shown: &Shown) -> Option<Self> {
        let row = shown.row.as_ref()?;
        Some(Self {
            id: row.id.0,
            version_id: row.certification_version_id.0,
            revision: row.revision,
            state: row.state.into(),
            published_at: row.published_at.map(|at| *at),
            document: (&shown.document).into(),
            gaps: shown.gaps.iter().cloned().map(FaultOut::from).collect(),
            revisions: shown.revisions.iter().map(|row| row.revision).collect(),
            version: row.version,
        })
    }
}

impl Default for JuryDoc {
    fn default() -> Self {
        (&JuryRules::default()).into()
    }
}

impl Default for ResultsDoc {
    fn default() -> Self {
        (&ResultRules::default()).into()
    }
}

fn short(text: &str) -> ShortText {
    ShortText(text.to_owned())
}

fn long(text: &str) -> LongText {
    LongText(text.to_owned())
}

fn shorts(texts: &[String]) -> Vec<ShortText> {
    texts.iter().map(|text| short(text)).collect()
}

fn plain<T: Into<String>>(texts: Vec<T>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}

impl From<&Document> for ReferentialDoc {
    fn from(document: &Document) -> Self {
        Self {
            families: shorts(&document.families),
            blocs: document.blocs.iter().map(Into::into).collect(),
            skills: document.skills.iter().map(Into::into).collect(),
            epreuves: document.epreuves.iter().map(Into::into).collect(),
            routes: document.routes.iter().map(Into::into).collect(),
            jury: (&document.jury).into(),
            results: (&document.results).into(),
        }
    }
}

impl From<ReferentialDoc> for Document {
    fn from(doc: ReferentialDoc) -> Self {
        Self {
            families: plain(doc.families),
            blocs: doc.blocs.into_iter().map(Into::into).collect(),
            skills: doc.skills.into_iter().map(Into::into).collect(),
            epreuves: doc.epreuves.into_iter().map(Into::into).collect(),
            routes: doc.routes.into_iter().map(Into::into).collect(),
            jury: doc.jury.into(),
            results: doc.results.into(),
        }
    }
}

impl From<&Bloc> for BlocDoc {
    fn from(bloc: &Bloc) -> Self {
        Self { code: short(&bloc.code), title: long(&bloc.title), optional: bloc.optional }
    }
}

impl From<BlocDoc> for Bloc {
    fn from(doc: BlocDoc) -> Self {
        Self { code: doc.code.0, title: doc.title.0, optional: doc.optional }
    }
}

impl From<&Skill> for SkillDoc {
    fn from(skill: &Skill) -> Self {
        Self {
            code: short(&skill.code),
            wording: long(&skill.wording),
            family: short(&skill.family),
            criteria: skill.criteria.iter().map(|text| long(text)).collect(),
            bloc: skill.bloc.as_deref().map(short),
        }
    }
}

impl From<SkillDoc> for Skill {
    fn from(doc: SkillDoc) -> Self {
        Self {
            code: doc.code.0,
            wording: doc.wording.0,
            family: doc.family.0,
            criteria: plain(doc.criteria),
            bloc: doc.bloc.map(String::from),
        }
    }
}

impl From<&Epreuve> for EpreuveDoc {
    fn from(epreuve: &Epreuve) -> Self {
        Self {
            code: short(&epreuve.code),
            title: short(&epreuve.title),
            kind: epreuve.kind.into(),
            scale: epreuve.scale.into(),
            threshold: epreuve.threshold,
            out_of: epreuve.out_of,
            minutes: epreuve.minutes,
            assessors: epreuve.assessors,
            blocs: shorts(&epreuve.blocs),
            skills: shorts(&epreuve.skills),
        }
    }
}

impl From<EpreuveDoc> for Epreuve {
    fn from(doc: EpreuveDoc) -> Self {
        Self {
            code: doc.code.0,
            title: doc.title.0,
            kind: doc.kind.into(),
            scale: doc.scale.into(),
            threshold: doc.threshold,
            out_of: doc.out_of,
            minutes: doc.minutes,
            assessors: doc.assessors,
            blocs: plain(doc.blocs),
            skills: plain(doc.skills),
        }
    }
}

impl From<&Route> for RouteDoc {
    fn from(route: &Route) -> Self {
        Self { way: route.way.into(), allowed: route.allowed }
    }
}

impl From<RouteDoc> for Route {
    fn from(doc: RouteDoc) -> Self {
        Self { way: doc.way.into(), allowed: doc.allowed }
    }
}

/// A text that is given; blanks alone are not.
fn given(text: ShortText) -> Option<String> {
    Some(text.0.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Two shapes with the same fields, each way; the first list needs a word of its own side, the last holds texts that may lack.
macro_rules! same_fields {
    (
        $domain:ty, $doc:ty, words: [$($word:ident),+], values: [$($value:ident),+ $(,)?], texts: [$($text:ident),*]
    ) => {
        impl From<&$domain> for $doc {
            fn from(rules: &$domain) -> Self {
                Self {
                    $($word: rules.$word.into(),)+
                    $($value: rules.$value,)+
                    $($text: rules.$text.clone().map(ShortText),)*
                }
            }
        }

        impl From<$doc> for $domain {
            fn from(doc: $doc) -> Self {
                Self {
                    $($word: doc.$word.into(),)+
                    $($value: doc.$value,)+
                    $($text: doc.$text.and_then(given),)*
                }
            }
        }
    };
}

same_fields!(JuryRules, JuryDoc, words: [president, majority], values: [
    employers_min, employees_min, others_max, observers_max, quorum_employers, quorum_employees, quorum_total,
    casting_vote, abstention_counts, max_per_half_day, minutes_per_candidate, rotation_limit, president_days,
    members_days, candidates_days, files_days, remote_allowed, remote_in_quorum, cpnef_validation,
], texts: [cpnef_signer]);

same_fields!(ResultRules, ResultsDoc, words: [combine], values: [
    partial_allowed, bloc_validity_years, resit_years, resit_gap_months, resit_missing_only, appeal_months,
    appeal_ack_days, appeal_answer_months, grades_printed,
], texts: []);
