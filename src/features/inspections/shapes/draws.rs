//! The JSON shapes of draws.

use entity::{draw, draw_pick};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{DrawStateWord, DrawSubjectWord, PartedWord, TriggerWord};
use crate::features::inspections::input::{DrawInput, DrawRules, SeedInput};
use crate::http::api::ShortText;
use crate::rules::draw::Stratum;

/// A stratum.
#[derive(Clone, Debug, Object)]
#[oai(rename = "DrawStratum", deny_unknown_fields)]
pub struct StratumIn {
    /// Its name: `all`, `mainland`, `overseas` or the code of a region.
    pub name: ShortText,
    /// How much it weighs.
    #[oai(validator(minimum(value = "0"), maximum(value = "1000")))]
    pub weight: u32,
    /// Seats, at least.
    #[oai(default)]
    pub least: u32,
    /// Seats, at most.
    pub most: Option<u32>,
}

/// A draw to prepare.
#[derive(Clone, Debug, Object)]
#[oai(rename = "DrawIn", deny_unknown_fields)]
pub struct DrawIn {
    /// What is drawn.
    pub subject: DrawSubjectWord,
    /// The inspection whose files are drawn.
    pub inspection_id: Option<Uuid>,
    /// What it is called.
    pub title: ShortText,
    /// How many are wanted.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub size: u32,
    /// How the population is parted.
    pub parted_by: PartedWord,
    /// The strata that have a weight or bounds of their own.
    #[oai(default, validator(max_items = 50))]
    pub strata: Vec<StratumIn>,
    /// The population is that of this day.
    pub population_on: Date,
}

impl DrawIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> DrawInput {
        let stratum = |one: StratumIn| Stratum {
            name: one.name.into(),
            weight: one.weight,
            least: one.least,
            most: one.most,
        };
        DrawInput {
            subject: self.subject.into(),
            inspection_id: self.inspection_id.map(Into::into),
            title: self.title.into(),
            size: self.size,
            rules: DrawRules {
                by: self.parted_by.into(),
                strata: self.strata.into_iter().map(stratum).collect(),
            },
            population_on: self.population_on,
        }
    }
}

/// A seed of one's own; without it, the root of the last seal of the journal.
#[derive(Clone, Debug, Object)]
#[oai(rename = "DrawSeedIn", deny_unknown_fields)]
pub struct SeedIn {
    /// The seed, of one line.
    pub seed: Option<ShortText>,
    /// Where it comes from.
    pub source: Option<ShortText>,
}

impl SeedIn {
    /// As typed; none when nothing is.
    #[must_use]
    pub fn typed(self) -> Option<SeedInput> {
        if self.seed.is_none() && self.source.is_none() {
            return None;
        }
        let text = |text: Option<ShortText>| text.map(String::from).unwrap_or_default();
        Some(SeedInput { seed: text(self.seed), source: text(self.source) })
    }
}

/// An inspection to plan from what was drawn.
#[derive(Clone, Copy, Debug, Object)]
#[oai(rename = "DrawPlanIn", deny_unknown_fields)]
pub struct DrawPlanIn {
    /// Its rank in the draw.
    #[oai(validator(minimum(value = "1")))]
    pub position: i32,
    /// For which trigger.
    pub trigger: TriggerWord,
    /// Before which day.
    pub due_on: Option<Date>,
}

/// What was drawn.
#[derive(Clone, Debug, Object)]
#[oai(rename = "DrawPick")]
pub struct PickOut {
    /// From 1.
    pub position: i32,
    /// Key of the agreement or of the candidate.
    pub subject_id: Uuid,
    /// Its number.
    pub label: String,
    /// Its stratum.
    pub stratum: String,
    /// SHA-256, in hexadecimal.
    pub ticket: String,
    /// The inspection that was planned from it.
    pub inspection_id: Option<Uuid>,
}

impl From<&draw_pick::Model> for PickOut {
    fn from(row: &draw_pick::Model) -> Self {
        Self {
            position: row.position,
            subject_id: row.subject_id,
            label: row.label.clone(),
            stratum: row.stratum.clone(),
            ticket: row.ticket.clone(),
            inspection_id: row.inspection_id.map(Into::into),
        }
    }
}

/// A draw.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Draw")]
pub struct DrawOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// What is drawn.
    pub subject: DrawSubjectWord,
    /// The inspection whose files are drawn.
    pub inspection_id: Option<Uuid>,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: DrawStateWord,
    /// The name of the method.
    pub algorithm: String,
    /// How many are wanted.
    pub size: i32,
    /// The rules, in canonical JSON.
    pub rules: String,
    /// The population is that of this day.
    pub population_on: Date,
    /// The seed, once it was published.
    pub seed: Option<String>,
    /// Where the seed comes from.
    pub seed_source: String,
    /// When it was published.
    pub published_at: Option<OffsetDateTime>,
    /// When it was drawn.
    pub drawn_at: Option<OffsetDateTime>,
    /// SHA-256 of the inputs, in hexadecimal.
    pub inputs_hash: Option<String>,
    /// SHA-256 of the result, in hexadecimal.
    pub result_hash: Option<String>,
    /// Everything that was drawn from, in canonical JSON.
    pub inputs: Option<String>,
    /// What was drawn, in order.
    pub picks: Vec<PickOut>,
    /// Version.
    pub version: i32,
}

impl DrawOut {
    /// A draw and what it drew.
    #[must_use]
    pub fn of(row: &draw::Model, picks: &[draw_pick::Model]) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            subject: row.subject.into(),
            inspection_id: row.inspection_id.map(Into::into),
            title: row.title.clone(),
            state: row.state.into(),
            algorithm: row.algorithm.clone(),
            size: row.size,
            rules: row.rules.clone(),
            population_on: row.population_on,
            seed: row.seed.clone(),
            seed_source: row.seed_source.clone(),
            published_at: row.published_at.map(|at| *at),
            drawn_at: row.drawn_at.map(|at| *at),
            inputs_hash: row.inputs_hash.clone(),
            result_hash: row.result_hash.clone(),
            inputs: row.inputs.clone(),
            picks: picks.iter().map(Into::into).collect(),
            version: row.version,
        }
    }
}

/// A page of draws, without what they drew.
#[derive(Clone, Debug, Object)]
#[oai(rename = "DrawPage")]
pub struct DrawPage {
    /// The draws.
    pub items: Vec<DrawOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
