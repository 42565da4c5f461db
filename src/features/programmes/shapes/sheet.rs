//! The sheet of a programme: read and written alike.

use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{ModalityWord, PayerWord, SanctionWord, UnitWord, VatWord, VersionStateWord};
use crate::features::programmes::queries::{Coverage, Shown};
use crate::http::api::problem::FaultOut;
use crate::http::api::{LongText, ShortText};
use crate::rules::training::programme::{Document, Module, Price};

/// What a programme costs to somebody.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammePrice", deny_unknown_fields)]
pub struct PriceDoc {
    /// Who pays.
    pub payer: PayerWord,
    /// What the price is for.
    pub unit: UnitWord,
    /// How much, before tax.
    pub amount_cents: i64,
    /// What goes with it.
    #[oai(default)]
    pub note: LongText,
}

/// A part of a programme.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammeModule", deny_unknown_fields, skip_serializing_if_is_none)]
pub struct ModuleDoc {
    /// Title.
    pub title: LongText,
    /// What is done in it.
    #[oai(default)]
    pub content: LongText,
    /// How long.
    pub duration_minutes: Option<i32>,
    /// Codes of the skills that it covers, in the published referential of the certification aimed at.
    #[oai(default, validator(max_items = 500))]
    pub skills: Vec<ShortText>,
}

/// The sheet of a programme, with every public field. A draft may be kept without them; it is not published so.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammeSheet", deny_unknown_fields, skip_serializing_if_is_none)]
pub struct SheetDoc {
    /// Title.
    pub title: LongText,
    /// What it is for, in one sentence.
    #[oai(default)]
    pub goal: LongText,
    /// For whom.
    #[oai(default)]
    pub audience: LongText,
    /// What one must know or have; their absence is stated too.
    #[oai(default)]
    pub prerequisites: LongText,
    /// What people will be able to do.
    #[oai(default, validator(max_items = 100))]
    pub objectives: Vec<LongText>,
    /// How long, in minutes.
    pub duration_minutes: Option<i32>,
    /// How many half-days.
    pub half_days: Option<i32>,
    /// How the days are spread.
    #[oai(default)]
    pub rhythm: LongText,
    /// How it is followed.
    pub modality: ModalityWord,
    /// Where.
    #[oai(default)]
    pub places: LongText,
    /// Fewest people.
    pub group_min: Option<i32>,
    /// Most people.
    pub group_max: Option<i32>,
    /// Methods and means.
    #[oai(default)]
    pub methods: LongText,
    /// Who teaches.
    #[oai(default)]
    pub trainer_profile: LongText,
    /// How learning is assessed at entry.
    #[oai(default)]
    pub assessment_entry: LongText,
    /// On the way.
    #[oai(default)]
    pub assessment_during: LongText,
    /// At the end.
    #[oai(default)]
    pub assessment_end: LongText,
    /// What ends it.
    pub sanction: SanctionWord,
    /// The version of the certification aimed at: one of the certification of the programme.
    pub certification_version_id: Option<Uuid>,
    /// Codes of the blocs aimed at; none for the whole certification.
    #[oai(default, validator(max_items = 100))]
    pub blocs: Vec<ShortText>,
    /// Equivalences, or their absence.
    #[oai(default)]
    pub equivalences: LongText,
    /// Bridges, or their absence.
    #[oai(default)]
    pub bridges: LongText,
    /// What may come after.
    #[oai(default)]
    pub follow_ups: LongText,
    /// Jobs that it leads to.
    #[oai(default)]
    pub outlets: LongText,
    /// How one gets in.
    #[oai(default)]
    pub access_procedure: LongText,
    /// How long that takes.
    #[oai(default)]
    pub access_delay: LongText,
    /// Whether the tax is due.
    pub vat: VatWord,
    /// Who may pay.
    #[oai(default)]
    pub funding_hints: LongText,
    /// How people with a disability are received.
    #[oai(default)]
    pub accessibility: LongText,
    /// Whom they call.
    #[oai(default)]
    pub disability_contact: LongText,
    /// Whom everybody calls.
    #[oai(default)]
    pub contact: LongText,
    /// What is needed at a distance.
    #[oai(default)]
    pub remote_needs: LongText,
    /// What the law wants said besides.
    #[oai(default)]
    pub legal_notes: LongText,
    /// NSF code: three digits, then a letter or none.
    #[oai(default)]
    pub nsf: ShortText,
    /// Formacodes, five at most.
    #[oai(default, validator(max_items = 100))]
    pub formacodes: Vec<ShortText>,
    /// ROME codes.
    #[oai(default, validator(max_items = 100))]
    pub rome: Vec<ShortText>,
    /// What is said while nothing can be counted.
    #[oai(default)]
    pub results_note: LongText,
    /// What it costs, by who pays.
    #[oai(default, validator(max_items = 100))]
    pub prices: Vec<PriceDoc>,
    /// Its parts, in their order.
    #[oai(default, validator(max_items = 200))]
    pub modules: Vec<ModuleDoc>,
}

fn short(texts: Vec<String>) -> Vec<ShortText> {
    texts.into_iter().map(ShortText).collect()
}

fn plain(texts: Vec<ShortText>) -> Vec<String> {
    texts.into_iter().map(|text| text.0).collect()
}

impl From<Price> for PriceDoc {
    fn from(price: Price) -> Self {
        Self {
            payer: price.payer.into(),
            unit: price.unit.into(),
            amount_cents: price.amount_cents,
            note: LongText(price.note),
        }
    }
}

impl From<PriceDoc> for Price {
    fn from(price: PriceDoc) -> Self {
        Self {
            payer: price.payer.into(),
            unit: price.unit.into(),
            amount_cents: price.amount_cents,
            note: price.note.0,
        }
    }
}

impl From<Module> for ModuleDoc {
    fn from(module: Module) -> Self {
        Self {
            title: LongText(module.title),
            content: LongText(module.content),
            duration_minutes: module.duration_minutes,
            skills: short(module.skills),
        }
    }
}

impl From<ModuleDoc> for Module {
    fn from(module: ModuleDoc) -> Self {
        Self {
            title: module.title.0,
            content: module.content.0,
            duration_minutes: module.duration_minutes,
            skills: plain(module.skills),
        }
    }
}

impl From<Document> for SheetDoc {
    fn from(document: Document) -> Self {
        Self {
            title: LongText(document.title),
            goal: LongText(document.goal),
            audience: LongText(document.audience),
            prerequisites: LongText(document.prerequisites),
            objectives: document.objectives.into_iter().map(LongText).collect(),
            duration_minutes: document.duration_minutes,
            half_days: document.half_days,
            rhythm: LongText(document.rhythm),
            modality: document.modality.into(),
            places: LongText(document.places),
            group_min: document.group_min,
            group_max: document.group_max,
            methods: LongText(document.methods),
            trainer_profile: LongText(document.trainer_profile),
            assessment_entry: LongText(document.assessment_entry),
            assessment_during: LongText(document.assessment_during),
            assessment_end: LongText(document.assessment_end),
            sanction: document.sanction.into(),
            certification_version_id: document.certification_version_id.map(Uuid::from),
            blocs: short(document.blocs),
            equivalences: LongText(document.equivalences),
            bridges: LongText(document.bridges),
            follow_ups: LongText(document.follow_ups),
            outlets: LongText(document.outlets),
            access_procedure: LongText(document.access_procedure),
            access_delay: LongText(document.access_delay),
            vat: document.vat.into(),
            funding_hints: LongText(document.funding_hints),
            accessibility: LongText(document.accessibility),
            disability_contact: LongText(document.disability_contact),
            contact: LongText(document.contact),
            remote_needs: LongText(document.remote_needs),
            legal_notes: LongText(document.legal_notes),
            nsf: ShortText(document.nsf),
            formacodes: short(document.formacodes),
            rome: short(document.rome),
            results_note: LongText(document.results_note),
            prices: document.prices.into_iter().map(PriceDoc::from).collect(),
            modules: document.modules.into_iter().map(ModuleDoc::from).collect(),
        }
    }
}

impl From<SheetDoc> for Document {
    fn from(sheet: SheetDoc) -> Self {
        Self {
            title: sheet.title.0,
            goal: sheet.goal.0,
            audience: sheet.audience.0,
            prerequisites: sheet.prerequisites.0,
            objectives: sheet.objectives.into_iter().map(|text| text.0).collect(),
            duration_minutes: sheet.duration_minutes,
            half_days: sheet.half_days,
            rhythm: sheet.rhythm.0,
            modality: sheet.modality.into(),
            places: sheet.places.0,
            group_min: sheet.group_min,
            group_max: sheet.group_max,
            methods: sheet.methods.0,
            trainer_profile: sheet.trainer_profile.0,
            assessment_entry: sheet.assessment_entry.0,
            assessment_during: sheet.assessment_during.0,
            assessment_end: sheet.assessment_end.0,
            sanction: sheet.sanction.into(),
            certification_version_id: sheet.certification_version_id.map(Into::into),
            blocs: plain(sheet.blocs),
            equivalences: sheet.equivalences.0,
            bridges: sheet.bridges.0,
            follow_ups: sheet.follow_ups.0,
            outlets: sheet.outlets.0,
            access_procedure: sheet.access_procedure.0,
            access_delay: sheet.access_delay.0,
            vat: sheet.vat.into(),
            funding_hints: sheet.funding_hints.0,
            accessibility: sheet.accessibility.0,
            disability_contact: sheet.disability_contact.0,
            contact: sheet.contact.0,
            remote_needs: sheet.remote_needs.0,
            legal_notes: sheet.legal_notes.0,
            nsf: sheet.nsf.0,
            formacodes: plain(sheet.formacodes),
            rome: plain(sheet.rome),
            results_note: sheet.results_note.0,
            prices: sheet.prices.into_iter().map(Price::from).collect(),
            modules: sheet.modules.into_iter().map(Module::from).collect(),
        }
    }
}

/// A version of a sheet.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ProgrammeVersion")]
pub struct SheetOut {
    /// Key.
    pub id: Uuid,
    /// The programme.
    pub programme_id: Uuid,
    /// Counted from 1 within the programme.
    pub number: i32,
    /// Where it stands.
    pub state: VersionStateWord,
    /// To be given in `If-Match` to change it or to publish it.
    pub version: i32,
    /// Its date of update.
    pub updated_on: Date,
    /// When it was published.
    pub published_at: Option<OffsetDateTime>,
    /// What it says.
    pub sheet: SheetDoc,
    /// Everything that it lacks to be published.
    pub gaps: Vec<FaultOut>,
    /// Numbers of the versions that the caller may read, latest first.
    pub versions: Vec<i32>,
}

impl SheetOut {
    /// The shape of a version.
    #[must_use]
    pub fn of(shown: &Shown) -> Self {
        let row = &shown.version;
        Self {
            id: row.id.0,
            programme_id: row.programme_id.0,
            number: row.number,
            state: row.state.into(),
            version: row.version,
            updated_on: row.updated_on,
            published_at: row.published_at.map(|at| *at),
            sheet: shown.document.clone().into(),
            gaps: shown.gaps.iter().map(fault).collect(),
            versions: shown.versions.iter().map(|row| row.number).collect(),
        }
    }
}

fn fault(fault: &crate::error::Fault) -> FaultOut {
    FaultOut { pointer: fault.pointer.clone(), code: fault.code.to_owned(), message: fault.message.clone() }
}

/// A skill aimed at, and the modules that cover it.
#[derive(Clone, Debug, Object)]
pub struct CoverageLineOut {
    /// Code.
    pub code: String,
    /// What it is.
    pub wording: String,
    /// Code of its bloc; empty where there is none.
    pub bloc: String,
    /// Ranks of the modules that cover it, counted from 0.
    pub modules: Vec<i32>,
}

/// What the modules of a sheet cover of the referential that it aims at.
#[derive(Clone, Debug, Object)]
pub struct CoverageOut {
    /// Titles of the modules, in their order.
    pub modules: Vec<String>,
    /// Skills, in the order of the referential.
    pub skills: Vec<CoverageLineOut>,
    /// How many skills no module covers.
    pub uncovered: i32,
}

impl From<&Coverage> for CoverageOut {
    fn from(coverage: &Coverage) -> Self {
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            modules: coverage.modules.clone(),
            skills: coverage
                .lines
                .iter()
                .map(|line| CoverageLineOut {
                    code: line.skill.code.clone(),
                    wording: line.skill.wording.clone(),
                    bloc: line.skill.bloc.clone(),
                    modules: line.modules.iter().map(|rank| count(*rank)).collect(),
                })
                .collect(),
            uncovered: count(coverage.uncovered()),
        }
    }
}
