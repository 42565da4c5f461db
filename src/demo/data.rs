//! The shapes of the files of `data/`; their headers say what each field means.

use anyhow::Context;
use entity::account_role::Role;
use entity::agreement_request::{AgreementRole, Opinion, RequestKind, VisitMode};
use entity::appeal::AppealOutcome;
use entity::declared_interest::TieKind;
use entity::grid_score::Score;
use entity::habilitation::Duty;
use serde::Deserialize;
use time::Date;
use toml::value::Datetime;

use super::missions::Missions;
use crate::features::home::input::TypedFigure;
use crate::rules::typed_date;

/// Everything.
pub(super) struct Data {
    pub(super) people: People,
    pub(super) structures: Structures,
    pub(super) experts: Experts,
    pub(super) paths: Paths,
    pub(super) requests: Requests,
    pub(super) missions: Missions,
}

/// Reads the files that come with the program.
pub(super) fn read() -> anyhow::Result<Data> {
    Ok(Data {
        people: toml::from_str(include_str!("data/people.toml")).context("people.toml")?,
        structures: toml::from_str(include_str!("data/structures.toml")).context("structures.toml")?,
        experts: toml::from_str(include_str!("data/experts.toml")).context("experts.toml")?,
        paths: toml::from_str(include_str!("data/paths.toml")).context("paths.toml")?,
        requests: toml::from_str(include_str!("data/requests.toml")).context("requests.toml")?,
        missions: toml::from_str(include_str!("data/missions.toml")).context("missions.toml")?,
    })
}

/// The figures of the years before.
pub(super) fn figures() -> anyhow::Result<Vec<TypedFigure>> {
    let mut reader = csv::Reader::from_reader(include_str!("data/history.csv").as_bytes());
    reader.deserialize().collect::<Result<_, _>>().context("history.csv")
}

#[derive(Deserialize)]
pub(super) struct People {
    pub(super) staff: Vec<Staff>,
    pub(super) account: Vec<Account>,
}

#[derive(Deserialize)]
pub(super) struct Staff {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) regions: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Account {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) expert: Option<String>,
    pub(super) structure: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Structures {
    pub(super) structure: Vec<Structure>,
}

#[derive(Deserialize)]
pub(super) struct Structure {
    pub(super) name: String,
    pub(super) legal_form: String,
    pub(super) siret: String,
    pub(super) rna: Option<String>,
    pub(super) idcc: String,
    pub(super) activities: Vec<String>,
    pub(super) headcount: u32,
    pub(super) etpi: f64,
    pub(super) contact: Contact,
    #[serde(default)]
    pub(super) contacts: Vec<OtherContact>,
    pub(super) sites: Vec<Site>,
}

#[derive(Deserialize)]
pub(super) struct OtherContact {
    pub(super) duty: String,
    #[serde(flatten)]
    pub(super) person: Contact,
}

#[derive(Deserialize)]
pub(super) struct Contact {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) email: String,
    pub(super) phone: String,
}

#[derive(Deserialize)]
pub(super) struct Site {
    pub(super) siret: String,
    pub(super) label: String,
    pub(super) address: String,
    pub(super) commune: String,
    pub(super) postal_code: String,
    pub(super) department: String,
    pub(super) zone: String,
}

#[derive(Clone, Deserialize)]
pub(super) struct Experts {
    pub(super) expert: Vec<Expert>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Expert {
    pub(super) number: String,
    pub(super) first_names: String,
    pub(super) family_name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) employer: Option<String>,
    pub(super) status: String,
    pub(super) department: String,
    pub(super) habilitation: Vec<Habilitation>,
    #[serde(default)]
    pub(super) interest: Vec<Interest>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Habilitation {
    pub(super) duty: Duty,
    pub(super) starts_on: Datetime,
    pub(super) ends_on: Datetime,
    pub(super) certification: String,
    pub(super) regions: Vec<String>,
    #[serde(default)]
    pub(super) lapses: bool,
}

impl Habilitation {
    /// Its first day and its last.
    pub(super) fn days(&self) -> anyhow::Result<(Date, Date)> {
        let read = |typed: &Datetime| typed_date::parse(&typed.to_string());
        Ok((read(&self.starts_on).context("starts_on")?, read(&self.ends_on).context("ends_on")?))
    }
}

#[derive(Deserialize)]
pub(super) struct Paths {
    pub(super) path: Vec<PathFile>,
}

#[derive(Deserialize)]
pub(super) struct PathFile {
    pub(super) first_names: String,
    pub(super) family_name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) status: String,
    pub(super) department: String,
    pub(super) territories: Vec<String>,
    pub(super) travel_km: String,
    pub(super) languages: String,
    pub(super) duty: Duty,
    pub(super) regions: Vec<String>,
    pub(super) motivation: String,
    pub(super) senior: String,
    pub(super) act: Vec<PathAct>,
}

#[derive(Deserialize)]
pub(super) struct PathAct {
    pub(super) event: PathEvent,
    pub(super) days_ago: i64,
    #[serde(default)]
    pub(super) text: String,
    pub(super) ends_days_ago: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PathEvent {
    Apply,
    Reject,
    Admit,
    Train,
    Sign,
    Present,
    Grant,
    Defer,
    Refuse,
    Suspend,
    AskWithdrawal,
    ConfirmWithdrawal,
    Resign,
    Expire,
}

#[derive(Clone, Deserialize)]
pub(super) struct Interest {
    pub(super) structure: String,
    pub(super) tie: TieKind,
    pub(super) since_days_ago: i64,
    pub(super) until_days_ago: Option<i64>,
    pub(super) detail: String,
    pub(super) declared_days_ago: i64,
}

#[derive(Deserialize)]
pub(super) struct Requests {
    pub(super) committee: Vec<Committee>,
    pub(super) request: Vec<Request>,
}

#[derive(Deserialize)]
pub(super) struct Committee {
    pub(super) days_ago: i64,
    pub(super) place: String,
    pub(super) zone: String,
}

#[derive(Deserialize)]
pub(super) struct Request {
    pub(super) key: String,
    pub(super) structure: String,
    pub(super) certification: String,
    pub(super) kind: RequestKind,
    pub(super) role: AgreementRole,
    pub(super) sites: Vec<String>,
    pub(super) officer: Option<String>,
    pub(super) is_training_body: bool,
    pub(super) has_subcontracting: bool,
    pub(super) project: String,
    pub(super) signatory: Signatory,
    pub(super) renewal_of: Option<String>,
    pub(super) controller: Option<String>,
    pub(super) visit: Option<Visit>,
    pub(super) decline: Option<Decline>,
    #[serde(default)]
    pub(super) mark: Vec<Mark>,
    #[serde(default)]
    pub(super) returned: Vec<Returned>,
    pub(super) comments: Option<String>,
    pub(super) opinion: Option<Opinion>,
    pub(super) opinion_text: Option<String>,
    pub(super) waive_reason: Option<String>,
    pub(super) withdraw_reason: Option<String>,
    #[serde(default)]
    pub(super) refusal_reasons: Vec<String>,
    #[serde(default)]
    pub(super) missing: Vec<String>,
    #[serde(default)]
    pub(super) reserve: Vec<Reserve>,
    pub(super) appeal: Option<Appeal>,
    pub(super) agreement: Option<Agreement>,
    pub(super) timeline: Vec<Step>,
}

#[derive(Deserialize)]
pub(super) struct Signatory {
    pub(super) name: String,
    pub(super) title: String,
}

#[derive(Deserialize)]
pub(super) struct Visit {
    pub(super) days_ago: i64,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) duration_minutes: i64,
    pub(super) site: String,
    pub(super) mode: VisitMode,
    pub(super) persons_met: Option<String>,
    pub(super) first_days_ago: Option<i64>,
    pub(super) moved_by: Option<String>,
    pub(super) move_reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Decline {
    pub(super) controller: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
pub(super) struct Mark {
    pub(super) criterion: String,
    pub(super) score: Score,
    pub(super) evidence: String,
    pub(super) comment: String,
}

#[derive(Deserialize)]
pub(super) struct Returned {
    pub(super) code: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
pub(super) struct Reserve {
    pub(super) text: String,
    pub(super) months: i32,
    pub(super) closed_days_ago: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Appeal {
    pub(super) text: String,
    pub(super) outcome: Option<AppealOutcome>,
    #[serde(default)]
    pub(super) reasons: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Agreement {
    pub(super) signed_by_structure_days_ago: Option<i64>,
    pub(super) signed_by_certifier_days_ago: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Step {
    pub(super) event: Event,
    pub(super) days_ago: i64,
    pub(super) committee_days_ago: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    Create,
    Submit,
    Return,
    Expire,
    DeclareComplete,
    AssignController,
    Decline,
    Schedule,
    Postpone,
    RecordVisit,
    SendProvisionalReport,
    Comment,
    Finalise,
    WaiveVisit,
    PutOnAgenda,
    Grant,
    GrantWithReserves,
    Adjourn,
    Refuse,
    Resume,
    LodgeAppeal,
    SettleAppeal,
    Withdraw,
}
