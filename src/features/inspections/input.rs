//! What people type of an inspection, all faults at once. Pure.

mod follow;

pub use follow::{
    ActionInput, AssignInput, ConcludeInput, EscalateInput, FileInput, Insufficient, ProposalInput,
    VerifyInput,
};

use entity::agreement_request::VisitMode;
use entity::draw::DrawSubject;
use entity::ids::{AgreementId, InspectionId, SiteId};
use entity::inspection::Trigger;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::error::Fault;
use crate::features::agreements::input::ScoreInput;
use crate::rules::draw::{self, SEED_LENGTHS, Stratum};

const LONGEST_TEXT: usize = 10_000;
/// The longest inspection, in minutes: two days.
const LONGEST: i64 = 2 * 24 * 60;

/// An inspection to plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanInput {
    /// The right.
    pub agreement_id: AgreementId,
    /// Where; none for the whole structure.
    pub site_id: Option<SiteId>,
    /// Why.
    pub trigger: Trigger,
    /// Why, in words.
    pub reason: String,
    /// How.
    pub mode: VisitMode,
    /// Before which day.
    pub due_on: Option<Date>,
    /// The inspection whose actions it checks.
    pub follows_id: Option<InspectionId>,
}

impl PlanInput {
    /// Every fault, on a day.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        let mut faults: Vec<_> =
            text("/reason", &self.reason, "Dites pourquoi ce contrôle a lieu").into_iter().collect();
        if self.due_on.is_some_and(|due| due < today) {
            faults.push(Fault::new("/due_on", "day-behind", "Cette date est passée"));
        }
        if self.trigger == Trigger::FollowUp && self.follows_id.is_none() {
            let message = "Indiquez le contrôle dont les actions sont vérifiées";
            faults.push(Fault::new("/follows_id", "follow-up-of-nothing", message));
        }
        faults
    }
}

/// The date of an inspection, as the structure is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyInput {
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Its length.
    pub minutes: i64,
    /// Where.
    pub place: String,
    /// Who accepted the date for the structure.
    pub accepted_by: String,
    /// When.
    pub accepted_on: Date,
    /// What the structure prepares, one piece per line.
    pub pieces: String,
    /// How the files that are read are chosen.
    pub sample_rule: String,
}

impl NotifyInput {
    /// Every fault of the words; whether the date may be is asked of the delays.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        let mut faults: Vec<_> = [
            text("/place", &self.place, "Indiquez le lieu, ou l’adresse de la visioconférence"),
            text("/accepted_by", &self.accepted_by, "Indiquez qui a accepté cette date pour la structure"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !(15..=LONGEST).contains(&self.minutes) {
            faults.push(Fault::new(
                "/minutes",
                "length",
                "Indiquez une durée entre 15 minutes et deux jours",
            ));
        }
        if self.accepted_on > today {
            faults.push(Fault::new("/accepted_on", "day-ahead", "Cette date est à venir"));
        }
        faults
    }
}

/// Another date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostponeInput {
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Why.
    pub reason: String,
}

/// What a tablet or a form sends of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeInput {
    /// The key made where it was typed: the same one is taken once.
    pub key: Uuid,
    /// The tablet; none for a form.
    pub device: Option<Uuid>,
    /// The criterion, its score, its evidence and its comment.
    pub score: ScoreInput,
    /// The version of the answer that whoever typed saw; 0 when there was none.
    pub seen: i32,
    /// When it was typed.
    pub typed_at: OffsetDateTime,
}

/// What the contrôleur brings back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerformInput {
    /// Who was met: functions rather than names.
    pub persons_met: String,
}

/// How a population is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartedBy {
    /// It is not: one stratum, « all ».
    Nothing,
    /// The mainland and overseas: « mainland », « overseas ».
    Sea,
    /// The INSEE code of the region of the structure.
    Region,
}

/// The rules of a draw, as they are kept and published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawRules {
    /// How the population is parted.
    pub by: PartedBy,
    /// The weights and the bounds; what is parted elsewhere has a weight of one and no bound.
    pub strata: Vec<Stratum>,
}

/// A draw to prepare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawInput {
    /// What is drawn.
    pub subject: DrawSubject,
    /// The inspection whose files are drawn.
    pub inspection_id: Option<InspectionId>,
    /// What it is called.
    pub title: String,
    /// How many are wanted.
    pub size: u32,
    /// Its rules.
    pub rules: DrawRules,
    /// The population is that of this day.
    pub population_on: Date,
}

impl DrawInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let title = text("/title", &self.title, "Donnez un nom à ce tirage");
        let rules = draw::rules_faults(self.size, &self.rules.strata);
        let rules = rules
            .iter()
            .map(|fault| Fault::new(format!("/{}", fault.field()), "draw-rules", fault.message()));
        let mut faults: Vec<_> = title.into_iter().chain(rules).collect();
        if (self.subject == DrawSubject::CandidateFiles) != self.inspection_id.is_some() {
            let message = "Des dossiers se tirent pour un contrôle, des structures sans contrôle";
            faults.push(Fault::new("/inspection_id", "draw-subject", message));
        }
        if self.size > 10_000 {
            faults.push(Fault::new("/size", "draw-rules", "Indiquez dix mille tirages au plus"));
        }
        faults
    }
}

/// The seed that somebody chose, with where it comes from; none takes the head of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedInput {
    /// The seed, of one line.
    pub seed: String,
    /// Where it comes from.
    pub source: String,
}

impl SeedInput {
    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<_> =
            text("/source", &self.source, "Dites d’où vient la graine").into_iter().collect();
        let seed = self.seed.trim();
        if !SEED_LENGTHS.contains(&seed.chars().count()) || seed.contains(['\n', '\r']) {
            let message = draw::DrawFault::Seed.message();
            faults.push(Fault::new("/seed", "draw-seed", message));
        }
        faults
    }
}

/// The fault of a text that lacks or is too long.
#[must_use]
pub fn text(pointer: &str, typed: &str, message: &str) -> Option<Fault> {
    if typed.trim().is_empty() {
        return Some(Fault::new(pointer, "missing", message));
    }
    (typed.chars().count() > LONGEST_TEXT).then(|| {
        Fault::new(
            pointer,
            "text-too-long",
            "Ce texte est trop long\u{202f}: 10\u{202f}000 caractères au plus",
        )
    })
}
