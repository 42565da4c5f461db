//! The whole of a sheet.

use entity::ids::CertificationVersionId;
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat};
use serde::{Deserialize, Serialize};

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Document {
    /// Title.
    pub title: String,
    /// What it is for, in one sentence.
    pub goal: String,
    /// For whom.
    pub audience: String,
    /// What one must know or have; « aucun » when nothing.
    pub prerequisites: String,
    /// What people will be able to do.
    pub objectives: Vec<String>,
    /// How long, in minutes.
    pub duration_minutes: Option<i32>,
    /// How many half-days.
    pub half_days: Option<i32>,
    /// How the days are spread.
    pub rhythm: String,
    /// How it is followed.
    pub modality: Modality,
    /// Where.
    pub places: String,
    /// Fewest people.
    pub group_min: Option<i32>,
    /// Most people.
    pub group_max: Option<i32>,
    /// Methods and means.
    pub methods: String,
    /// Who teaches.
    pub trainer_profile: String,
    /// How learning is assessed at entry.
    pub assessment_entry: String,
    /// On the way.
    pub assessment_during: String,
    /// At the end.
    pub assessment_end: String,
    /// What ends it.
    pub sanction: Sanction,
    /// The version of the certification aimed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certification_version_id: Option<CertificationVersionId>,
    /// Codes of the blocs aimed at; empty for the whole certification.
    pub blocs: Vec<String>,
    /// Equivalences, or their absence.
    pub equivalences: String,
    /// Bridges, or their absence.
    pub bridges: String,
    /// What may come after.
    pub follow_ups: String,
    /// Jobs that it leads to.
    pub outlets: String,
    /// How one gets in.
    pub access_procedure: String,
    /// How long that takes.
    pub access_delay: String,
    /// Whether the tax is due.
    pub vat: Vat,
    /// Who may pay.
    pub funding_hints: String,
    /// How people with a disability are received.
    pub accessibility: String,
    /// Whom they call.
    pub disability_contact: String,
    /// Whom everybody calls.
    pub contact: String,
    /// What is needed at a distance.
    pub remote_needs: String,
    /// What the law wants said besides.
    pub legal_notes: String,
    /// NSF code: three digits, then a letter or none.
    pub nsf: String,
    /// Formacodes, five at most.
    pub formacodes: Vec<String>,
    /// ROME codes.
    pub rome: Vec<String>,
    /// What is said while nothing can be counted.
    pub results_note: String,
    /// What it costs, by who pays.
    pub prices: Vec<Price>,
    /// Its parts, in their order.
    pub modules: Vec<Module>,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            title: String::new(),
            goal: String::new(),
            audience: String::new(),
            prerequisites: String::new(),
            objectives: Vec::new(),
            duration_minutes: None,
            half_days: None,
            rhythm: String::new(),
            modality: Modality::OnSite,
            places: String::new(),
            group_min: None,
            group_max: None,
            methods: String::new(),
            trainer_profile: String::new(),
            assessment_entry: String::new(),
            assessment_during: String::new(),
            assessment_end: String::new(),
            sanction: Sanction::Attestation,
            certification_version_id: None,
            blocs: Vec::new(),
            equivalences: String::new(),
            bridges: String::new(),
            follow_ups: String::new(),
            outlets: String::new(),
            access_procedure: String::new(),
            access_delay: String::new(),
            vat: Vat::Standard,
            funding_hints: String::new(),
            accessibility: String::new(),
            disability_contact: String::new(),
            contact: String::new(),
            remote_needs: String::new(),
            legal_notes: String::new(),
            nsf: String::new(),
            formacodes: Vec::new(),
            rome: Vec::new(),
            results_note: String::new(),
            prices: Vec::new(),
            modules: Vec::new(),
        }
    }
}

/// What it costs to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Who pays.
    pub payer: Payer,
    /// What the price is for.
    pub unit: PriceUnit,
    /// How much, before tax.
    pub amount_cents: i64,
    /// What goes with it.
    #[serde(default)]
    pub note: String,
}

/// A part of the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Title.
    pub title: String,
    /// What is done in it.
    #[serde(default)]
    pub content: String,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<i32>,
    /// Codes of the skills that it covers.
    #[serde(default)]
    pub skills: Vec<String>,
}

impl Document {
    /// Puts a module in place of another, or among them, at a rank counted from 0.
    pub fn put_module(&mut self, at: Option<usize>, module: Module, rank: usize) {
        if let Some(at) = at.filter(|at| *at < self.modules.len()) {
            self.modules.remove(at);
        }
        let rank = rank.min(self.modules.len());
        self.modules.insert(rank, module);
    }

    /// Takes a module away.
    pub fn remove_module(&mut self, at: usize) {
        if at < self.modules.len() {
            self.modules.remove(at);
        }
    }

    /// Puts a price in place of another, or after them.
    pub fn put_price(&mut self, at: Option<usize>, price: Price) {
        match at.and_then(|at| self.prices.get_mut(at)) {
            Some(known) => *known = price,
            None => self.prices.push(price),
        }
    }

    /// Takes a price away.
    pub fn remove_price(&mut self, at: usize) {
        if at < self.prices.len() {
            self.prices.remove(at);
        }
    }
}
