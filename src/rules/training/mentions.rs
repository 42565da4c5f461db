//! What each paper of training must say, and who signs it (domain reference, 4.4). Pure: the tables are the rule.
//!
//! A paper that lacks one of these is not issued: everything that lacks is told at once, with where the law or the
//! referential asks for it. To add a mention: a case of [`Mention`], its line in each function, and the kinds that want it.
use entity::training_document::PaperKind;
use entity::training_signature::{Party, SignatureKind};

mod said;
mod table;

pub use table::of;

use super::paper::Content;

/// Something that a paper must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mention {
    /// Who trains: name, address, SIRET.
    Provider,
    /// Who answers for them.
    Representative,
    /// The declaration of activity.
    Nda,
    /// Who pays.
    Buyer,
    /// Who learns.
    People,
    /// The one who learns.
    Person,
    /// Who employs them, when somebody does.
    Employer,
    /// Who answers for a minor.
    Guardian,
    /// Title of the action.
    Title,
    /// What it is in law.
    Nature,
    /// What people will be able to do.
    Objectives,
    /// The programme.
    Programme,
    /// Level of knowledge required.
    Prerequisites,
    /// What it ends with.
    Sanction,
    /// How many people.
    Headcount,
    /// Hours.
    Duration,
    /// Days.
    Period,
    /// Half-days.
    Timetable,
    /// In presence or at a distance.
    Modality,
    /// Where.
    Place,
    /// Whose hours.
    Zone,
    /// Teaching and technical means.
    Means,
    /// How what is learnt is checked.
    Control,
    /// Who teaches.
    Trainers,
    /// Their diplomas, titles or references.
    TrainerTitles,
    /// What it costs.
    Price,
    /// What is said of the tax.
    Vat,
    /// How it is paid.
    Terms,
    /// What is due when it ends early.
    EarlyEnd,
    /// The days to withdraw.
    Withdrawal,
    /// Until when a proposal stands.
    Validity,
    /// House rules, in which version.
    HouseRules,
    /// Welcome booklet, in which version.
    WelcomeBooklet,
    /// Whom to write to.
    Contact,
    /// Access for disabled people.
    Accessibility,
    /// The half-day of a sheet.
    HalfDay,
    /// Hours really attended.
    Done,
    /// What was learnt.
    Outcomes,
    /// The need and its basis.
    Need,
    /// The positioning.
    Positioning,
    /// To whom it is entrusted.
    Subcontractor,
    /// What is entrusted, and by what means.
    Missions,
    /// How it is followed.
    FollowUp,
    /// For how much.
    Amount,
    /// Who signs.
    Signatories,
}

impl Mention {
    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Provider => "Nom, adresse et SIRET de l’organisme",
            Self::Representative => "Personne qui représente l’organisme",
            Self::Nda => "Numéro de déclaration d’activité et région du préfet",
            Self::Buyer => "Nom, adresse et SIRET de l’acheteur",
            Self::People => "Noms des stagiaires",
            Self::Person => "Nom de la ou du stagiaire",
            Self::Employer => "Employeur",
            Self::Guardian => "Représentante ou représentant légal, avec son adresse",
            Self::Title => "Intitulé de l’action",
            Self::Nature => "Nature de l’action",
            Self::Objectives => "Objectifs de l’action",
            Self::Programme => "Programme, par module",
            Self::Prerequisites => "Niveau de connaissances préalables, ou son absence",
            Self::Sanction => "Sanction de l’action",
            Self::Headcount => "Effectif",
            Self::Duration => "Durée",
            Self::Period => "Dates de l’action",
            Self::Timetable => "Horaires de chaque demi-journée",
            Self::Modality => "Modalités de déroulement",
            Self::Place => "Lieu, ou adresse de connexion",
            Self::Zone => "Fuseau horaire",
            Self::Means => "Moyens pédagogiques et techniques",
            Self::Control => "Modalités de suivi et d’évaluation",
            Self::Trainers => "Formatrices et formateurs",
            Self::TrainerTitles => "Diplômes, titres ou références des formatrices et formateurs",
            Self::Price => "Prix",
            Self::Vat => "Régime de TVA",
            Self::Terms => "Modalités de règlement",
            Self::EarlyEnd => "Conditions financières en cas de cessation anticipée ou d’abandon",
            Self::Withdrawal => "Délai de rétractation",
            Self::Validity => "Durée de validité de la proposition",
            Self::HouseRules => "Règlement intérieur en vigueur",
            Self::WelcomeBooklet => "Livret d’accueil en vigueur",
            Self::Contact => "Personne à contacter",
            Self::Accessibility => "Accessibilité et référente ou référent handicap",
            Self::HalfDay => "Demi-journée\u{202f}: date, horaires, formatrice ou formateur",
            Self::Done => "Heures réellement suivies",
            Self::Outcomes => "Résultats de l’évaluation des acquis",
            Self::Need => "Analyse du besoin et fondement des objectifs",
            Self::Positioning => "Positionnement",
            Self::Subcontractor => "Nom, adresse, SIRET et déclaration d’activité du sous-traitant",
            Self::Missions => "Missions confiées et moyens",
            Self::FollowUp => "Conditions d’exécution et de suivi",
            Self::Amount => "Montant",
            Self::Signatories => "Noms des signataires",
        }
    }
}

/// Title of the house rules among what is handed.
pub const HOUSE_RULES: &str = "Règlement intérieur";
/// Title of the welcome booklet among what is handed.
pub const WELCOME_BOOKLET: &str = "Livret d’accueil";

/// What a content lacks, in the order of the table.
#[must_use]
pub fn missing(content: &Content) -> Vec<Mention> {
    of(content.kind).iter().copied().filter(|mention| !mention.is_said(content)).collect()
}

/// Who has to sign a kind of paper, in their order; a minor signs with their representative.
#[must_use]
pub const fn signatories(kind: PaperKind, minor: bool) -> &'static [Party] {
    match (kind, minor) {
        (PaperKind::Convention, _) => &[Party::Provider, Party::Buyer],
        (PaperKind::TripartiteConvention, false) => &[Party::Provider, Party::Buyer, Party::Trainee],
        (PaperKind::TripartiteConvention, true) => {
            &[Party::Provider, Party::Buyer, Party::Trainee, Party::Guardian]
        }
        (PaperKind::Contract, false) => &[Party::Provider, Party::Trainee],
        (PaperKind::Contract, true) => &[Party::Provider, Party::Trainee, Party::Guardian],
        (PaperKind::Subcontract, _) => &[Party::Provider, Party::Subcontractor],
        _ => &[],
    }
}

/// A signatory, whether required, and what they answered.
pub type Answered = (bool, Option<SignatureKind>);

/// How far the signatures of a paper are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody has to sign.
    NotNeeded,
    /// Some lack.
    Waiting,
    /// Somebody who has to refused.
    Refused,
    /// Nobody lacks.
    Fully,
}

/// Computed from the required signatories, never stored.
#[must_use]
pub fn signed(signatories: &[Answered]) -> Signed {
    let answers = || signatories.iter().filter(|(required, _)| *required).map(|(_, kind)| *kind);
    if answers().next().is_none() {
        return Signed::NotNeeded;
    }
    if answers().any(|kind| kind == Some(SignatureKind::Refused)) {
        return Signed::Refused;
    }
    if answers().all(|kind| kind.is_some()) { Signed::Fully } else { Signed::Waiting }
}

#[cfg(test)]
pub(crate) mod tests;
