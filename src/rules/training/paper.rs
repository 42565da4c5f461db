//! What a paper of training says, already in French: facts gathered from a session, checked against the mentions that its
//! kind must have ([`super::mentions`]), then frozen. What nobody told is empty: a paper is never issued with a blank.
use entity::training_document::PaperKind;
use entity::training_signature::Party as SigningParty;
use serde::{Deserialize, Serialize};

/// The form of the content.
pub const FORMAT: &str = "parchemin.training-paper/1";

/// Who trains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Name.
    pub name: String,
    /// Legal form; may be empty.
    pub legal_form: String,
    /// Seat.
    pub address: String,
    /// SIRET, in groups.
    pub siret: String,
    /// The mention of the declaration of activity.
    pub nda: String,
    /// Who answers for it.
    pub representative: String,
}

/// A buyer, a legal representative or a sub-contractor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Name.
    pub name: String,
    /// SIRET, in groups; empty for a person.
    pub siret: String,
    /// Address.
    pub address: String,
    /// Who signs or answers for it; empty for a person.
    pub representative: String,
}

/// Somebody who learns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name, as a document states it.
    pub name: String,
    /// Address.
    pub address: String,
    /// Employer; empty for somebody at their own cost.
    pub employer: String,
}

/// A part of the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Title.
    pub title: String,
    /// What it holds.
    pub content: String,
}

/// What is taught, from the version of the programme that the session follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Exact title.
    pub title: String,
    /// What it is in law.
    pub nature: String,
    /// « version 2 du 3 mars 2026 ».
    pub sheet: String,
    /// What people will be able to do.
    pub objectives: Vec<String>,
    /// The programme.
    pub modules: Vec<Module>,
    /// What must be known before, or that nothing must.
    pub prerequisites: String,
    /// For whom.
    pub audience: String,
    /// Teaching and technical means.
    pub means: String,
    /// How what is learnt is checked.
    pub control: String,
    /// What ends it.
    pub sanction: String,
}

/// A half-day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfDay {
    /// The day, in full.
    pub day: String,
    /// « de 9 h à 12 h 30 », and the hour of Paris where it differs.
    pub hours: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// Who teaches.
    pub trainers: String,
}

/// Somebody who teaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trainer {
    /// Name.
    pub name: String,
    /// Diplomas, titles or references.
    pub title: String,
}

/// When, where, by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// Number of the session.
    pub number: String,
    /// First and last days.
    pub period: String,
    /// Hours.
    pub duration: String,
    /// In presence, at a distance…
    pub modality: String,
    /// Place, or how to connect.
    pub place: String,
    /// How to get there; may be empty.
    pub access: String,
    /// « heure de Cayenne ».
    pub zone: String,
    /// Each half-day.
    pub timetable: Vec<HalfDay>,
    /// Who teaches.
    pub trainers: Vec<Trainer>,
    /// How many people, at least and at most.
    pub headcount: String,
    /// Whether European money pays a part.
    pub eu_funded: bool,
}

/// What is paid, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// For one person.
    pub unit: String,
    /// For everybody of the paper.
    pub total: String,
    /// What is said of the tax.
    pub vat: String,
    /// When and how it is paid.
    pub terms: Vec<String>,
    /// What is due when the training ends early or somebody gives up.
    pub early_end: Vec<String>,
}

/// What a person did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// Hours attended.
    pub hours: String,
    /// First and last half-days attended.
    pub period: String,
}

/// What was found of one objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The objective.
    pub objective: String,
    /// Acquired or not.
    pub result: String,
}

/// The need and the positioning of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// What they expect.
    pub expectations: String,
    /// What the employer expects; may be empty.
    pub employer: String,
    /// What the funder expects; may be empty.
    pub funder: String,
    /// What the objectives are based on.
    pub basis: String,
    /// Whether the prerequisites are met.
    pub prerequisites: String,
    /// How they were positioned, and what was found.
    pub positioning: String,
    /// Whether an adaptation was asked for; never which, never why.
    pub adaptation: String,
}

/// What is entrusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrusted {
    /// To whom.
    pub body: Body,
    /// Their declaration of activity.
    pub nda: String,
    /// What they do.
    pub missions: String,
    /// By what means.
    pub means: String,
    /// How it is followed.
    pub follow_up: String,
    /// For how much.
    pub amount: String,
}

/// A version of what everybody is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// « Règlement intérieur ».
    pub title: String,
    /// « version 3, en vigueur depuis le 2 janvier 2026 ».
    pub version: String,
}

/// Who has to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// As whom.
    pub party: SigningParty,
    /// Name.
    pub name: String,
}

/// Everything that a paper may say; each kind prints a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// [`FORMAT`].
    pub format: String,
    /// What it is.
    pub kind: PaperKind,
    /// What people call it.
    pub reference: String,
    /// Which issue of it.
    pub revision: i32,
    /// Day of its issue.
    pub on: String,
    /// Who trains.
    pub provider: Provider,
    /// What.
    pub action: Action,
    /// When, where, by whom.
    pub dates: Dates,
    /// Who pays.
    pub buyer: Option<Body>,
    /// Whom it is about, when it is one person.
    pub person: Option<Person>,
    /// Everybody whom it is about.
    pub people: Vec<Person>,
    /// Who answers for a minor.
    pub guardian: Option<Body>,
    /// What is paid.
    pub price: Option<Price>,
    /// The days to withdraw, in a sentence; empty when there are none.
    pub withdrawal: String,
    /// Whether the contract is concluded at a distance: it changes the days to withdraw.
    pub remote: bool,
    /// Until when it stands.
    pub valid_until: String,
    /// The half-day of a sheet.
    pub half_day: Option<HalfDay>,
    /// What was attended.
    pub done: Option<Done>,
    /// What was learnt.
    pub outcomes: Vec<Outcome>,
    /// The need.
    pub need: Option<Need>,
    /// What is entrusted.
    pub entrusted: Option<Entrusted>,
    /// What goes with it.
    pub handed: Vec<Handed>,
    /// What to bring; may be empty.
    pub to_bring: String,
    /// Whom to write to.
    pub contact: String,
    /// Access for disabled people, and whom to ask.
    pub accessibility: String,
    /// Who signs, in their order.
    pub signatories: Vec<Signatory>,
}

impl Content {
    /// An empty content of a kind.
    #[must_use]
    pub fn blank(kind: PaperKind) -> Self {
        Self {
            format: FORMAT.to_owned(),
            kind,
            reference: String::new(),
            revision: 1,
            on: String::new(),
            provider: Provider::default(),
            action: Action::default(),
            dates: Dates::default(),
            buyer: None,
            person: None,
            people: Vec::new(),
            guardian: None,
            price: None,
            withdrawal: String::new(),
            remote: false,
            valid_until: String::new(),
            half_day: None,
            done: None,
            outcomes: Vec::new(),
            need: None,
            entrusted: None,
            handed: Vec::new(),
            to_bring: String::new(),
            contact: String::new(),
            accessibility: String::new(),
            signatories: Vec::new(),
        }
    }
}
