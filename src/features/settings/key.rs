//! The settings, one by one: stable name, default, what a proposed value must respect.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Fault;
use crate::rules::application_pieces::ApplicationPieces;
use crate::rules::delays::AgreementDelays;
use crate::rules::email_address::EmailAddress;
use crate::rules::grid::Thresholds;
use crate::rules::habilitation_path::PathRules;
use crate::rules::interests::DeclarationRules;
use crate::rules::jury::opening::OpeningRules;
use crate::rules::jury_figures::FigureRules;
use crate::rules::meetings::MeetingRules;
use crate::rules::missions::MissionRules;
use crate::rules::notices;
use crate::rules::pieces::AskedPieces;
use crate::rules::renewal::RenewalRules;
use crate::rules::right::AlertDistances;
use crate::rules::ties::Matrix;
use crate::rules::training::attendance::AttendanceRules;
use crate::rules::training::cancellation::CancellationRules;
use crate::rules::training::settings::{EnrolmentRules, InvoiceRules, PaperRules, SurveyRules};
use crate::rules::training::waiting_list::WaitingRules;
use crate::rules::training::withdrawal::WithdrawalRules;

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// Delays of the agreement procedure.
    AgreementDelays,
    /// Which tie stands in the way of which duty.
    TieMatrix,
    /// When interests are declared, and for which duties that is needed.
    InterestDeclarations,
    /// Where the rating of a control changes.
    GridThresholds,
    /// Addresses that receive the head of the journal every day.
    HeadRecipients,
    /// Distances before the end of a right at which people are told.
    RightAlerts,
    /// Pieces without which nobody is admitted to the path.
    ApplicationPieces,
    /// How many times each step of the path to an habilitation is done.
    PathRules,
    /// Conditions of the renewal of an habilitation.
    RenewalRules,
    /// Delays and travel of missions.
    MissionRules,
    /// Reminders of what meetings decide.
    MeetingRules,
    /// Hours at which messages arrive, unless people choose theirs.
    NoticeHours,
    /// Pieces of a request that are asked for besides the others.
    AskedPieces,
    /// The smallest numbers of people that figures show.
    FigureRules,
    /// What a cancellation costs.
    CancellationRules,
    /// Delays of enrolments.
    EnrolmentRules,
    /// The order of waiting lists.
    WaitingRules,
    /// Days to withdraw from a contract.
    WithdrawalRules,
    /// When half-days are signed.
    AttendanceRules,
    /// Delays of the papers of training.
    PaperRules,
    /// What invoices say.
    InvoiceRules,
    /// When people are asked what they think.
    SurveyRules,
    /// From when a jury may be opened.
    JuryOpening,
}

impl Key {
    /// Every setting, in the order shown.
    pub const ALL: [Self; 23] = [
        Self::AgreementDelays,
        Self::TieMatrix,
        Self::InterestDeclarations,
        Self::GridThresholds,
        Self::HeadRecipients,
        Self::RightAlerts,
        Self::ApplicationPieces,
        Self::PathRules,
        Self::RenewalRules,
        Self::MissionRules,
        Self::MeetingRules,
        Self::NoticeHours,
        Self::AskedPieces,
        Self::FigureRules,
        Self::CancellationRules,
        Self::EnrolmentRules,
        Self::WaitingRules,
        Self::WithdrawalRules,
        Self::AttendanceRules,
        Self::PaperRules,
        Self::InvoiceRules,
        Self::SurveyRules,
        Self::JuryOpening,
    ];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AgreementDelays => "agreements.delays",
            Self::TieMatrix => "experts.tie_matrix",
            Self::InterestDeclarations => "experts.interest_declarations",
            Self::GridThresholds => "inspections.grid_thresholds",
            Self::HeadRecipients => "journal.head_recipients",
            Self::RightAlerts => "rights.alerts",
            Self::ApplicationPieces => "experts.application_pieces",
            Self::PathRules => "experts.path",
            Self::RenewalRules => "experts.renewal",
            Self::MissionRules => "missions.rules",
            Self::MeetingRules => "meetings.rules",
            Self::NoticeHours => notices::SETTING,
            Self::AskedPieces => "agreements.pieces",
            Self::FigureRules => "figures.rules",
            Self::CancellationRules => "enrolments.cancellation",
            Self::EnrolmentRules => "enrolments.rules",
            Self::WaitingRules => "enrolments.waiting_list",
            Self::WithdrawalRules => "enrolments.withdrawal",
            Self::AttendanceRules => "attendance.rules",
            Self::PaperRules => "papers.rules",
            Self::InvoiceRules => "invoices.rules",
            Self::SurveyRules => "surveys.rules",
            Self::JuryOpening => "juries.opening",
        }
    }

    /// The setting of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The value that applies until one is recorded.
    #[must_use]
    pub fn default_value(self) -> Value {
        match self {
            Self::AgreementDelays => json(&AgreementDelays::default()),
            Self::TieMatrix => json(&Matrix::default()),
            Self::InterestDeclarations => json(&DeclarationRules::default()),
            Self::GridThresholds => json(&Thresholds::default()),
            Self::HeadRecipients => json(&Vec::<String>::new()),
            Self::RightAlerts => json(&AlertDistances::default()),
            Self::ApplicationPieces => json(&ApplicationPieces::default()),
            Self::PathRules => json(&PathRules::default()),
            Self::RenewalRules => json(&RenewalRules::default()),
            Self::MissionRules => json(&MissionRules::default()),
            Self::MeetingRules => json(&MeetingRules::default()),
            Self::NoticeHours => json(&notices::Hours::default()),
            Self::AskedPieces => json(&AskedPieces::default()),
            Self::FigureRules => json(&FigureRules::default()),
            Self::CancellationRules => json(&CancellationRules::default()),
            Self::EnrolmentRules => json(&EnrolmentRules::default()),
            Self::WaitingRules => json(&WaitingRules::default()),
            Self::WithdrawalRules => json(&WithdrawalRules::default()),
            Self::AttendanceRules => json(&AttendanceRules::default()),
            Self::PaperRules => json(&PaperRules::default()),
            Self::InvoiceRules => json(&InvoiceRules::default()),
            Self::SurveyRules => json(&SurveyRules::default()),
            Self::JuryOpening => json(&OpeningRules::default()),
        }
    }

    /// The value to record, complete, or every fault of what was proposed; pointers start inside the value.
    ///
    /// # Errors
    /// The faults.
    pub fn checked(self, proposed: &Value) -> Result<Value, Vec<Fault>> {
        match self {
            Self::AgreementDelays => {
                let delays: AgreementDelays = typed(proposed)?;
                let faults = delays.faults().into_iter();
                let faults = faults
                    .map(|fault| Fault::new(format!("/{}", fault.field), "out-of-bounds", fault.message));
                none_or(faults.collect(), &delays)
            }
            Self::TieMatrix => none_or(Vec::new(), &typed::<Matrix>(proposed)?),
            Self::InterestDeclarations => bounded(proposed, DeclarationRules::faults),
            Self::GridThresholds => none_or(Vec::new(), &typed::<Thresholds>(proposed)?),
            Self::HeadRecipients => recipients(&typed::<Vec<String>>(proposed)?),
            Self::RightAlerts => {
                let distances: AlertDistances = typed(proposed)?;
                let faults = distances.faults().into_iter();
                let faults = faults.map(|(field, message)| Fault::new(format!("/{field}"), "order", message));
                none_or(faults.collect(), &distances)
            }
            Self::ApplicationPieces => none_or(Vec::new(), &typed::<ApplicationPieces>(proposed)?),
            Self::PathRules => bounded(proposed, PathRules::faults),
            Self::RenewalRules => bounded(proposed, RenewalRules::faults),
            Self::MissionRules => {
                let rules: MissionRules = typed(proposed)?;
                let faults = rules.faults().into_iter();
                let faults = faults
                    .map(|fault| Fault::new(format!("/{}", fault.field), "out-of-bounds", fault.message));
                none_or(faults.collect(), &rules)
            }
            Self::MeetingRules => bounded(proposed, MeetingRules::faults),
            Self::NoticeHours => {
                let hours: notices::Hours = typed(proposed)?;
                let faults = hours.faults().into_iter();
                let faults =
                    faults.map(|(field, message)| Fault::new(format!("/{field}"), "out-of-bounds", message));
                none_or(faults.collect(), &hours)
            }
            Self::AskedPieces => {
                let asked: AskedPieces = typed(proposed)?;
                let faults = asked.faults().into_iter();
                let faults = faults.map(|(place, message)| {
                    Fault::new(format!("/required/{place}"), "piece-unknown", message)
                });
                none_or(faults.collect(), &asked)
            }
            Self::FigureRules => bounded(proposed, FigureRules::faults),
            Self::CancellationRules => bounded(proposed, CancellationRules::faults),
            Self::EnrolmentRules => bounded(proposed, EnrolmentRules::faults),
            Self::WaitingRules => bounded(proposed, WaitingRules::faults),
            Self::WithdrawalRules => bounded(proposed, WithdrawalRules::faults),
            Self::AttendanceRules => bounded(proposed, AttendanceRules::faults),
            Self::PaperRules => bounded(proposed, PaperRules::faults),
            Self::InvoiceRules => bounded(proposed, InvoiceRules::faults),
            Self::SurveyRules => bounded(proposed, SurveyRules::faults),
            Self::JuryOpening => bounded(proposed, OpeningRules::faults),
        }
    }
}

/// The rules proposed, when none of their fields is out of its bounds.
fn bounded<T: DeserializeOwned + Serialize, F: Display>(
    proposed: &Value,
    faults: fn(&T) -> Vec<(F, &'static str)>,
) -> Result<Value, Vec<Fault>> {
    let rules: T = typed(proposed)?;
    let found = faults(&rules).into_iter();
    let found = found.map(|(field, message)| Fault::new(format!("/{field}"), "out-of-bounds", message));
    none_or(found.collect(), &rules)
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn none_or(faults: Vec<Fault>, value: &impl Serialize) -> Result<Value, Vec<Fault>> {
    if faults.is_empty() { Ok(json(value)) } else { Err(faults) }
}

fn typed<T: DeserializeOwned>(proposed: &Value) -> Result<T, Vec<Fault>> {
    T::deserialize(proposed).map_err(|_| {
        let message = "Cette valeur n’a pas la forme attendue\u{202f}: reprenez celle qui est lue et changez-en les nombres";
        vec![Fault::new("", "shape", message)]
    })
}

fn recipients(typed: &[String]) -> Result<Value, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut addresses = Vec::new();
    for (position, text) in typed.iter().enumerate() {
        match EmailAddress::parse(text) {
            Ok(address) => addresses.push(address),
            Err(error) => faults.push(Fault::new(format!("/{position}"), "email", error.message())),
        }
    }
    if addresses.len() > 20 {
        faults.push(Fault::new("", "too-many", "Indiquez vingt adresses au plus"));
    }
    none_or(faults, &addresses)
}
