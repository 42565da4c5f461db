//! What each kind of paper must say, as tables.
use entity::training_document::PaperKind;

use super::Mention::{
    self, Accessibility, Amount, Buyer, Contact, Control, Done, Duration, EarlyEnd, Employer, FollowUp,
    Guardian, HalfDay, Headcount, HouseRules, Means, Missions, Modality, Nature, Nda, Need, Objectives,
    Outcomes, People, Period, Person, Place, Positioning, Prerequisites, Price, Programme, Provider,
    Representative, Sanction, Signatories, Subcontractor, Terms, Timetable, Title, TrainerTitles, Trainers,
    Validity, Vat, WelcomeBooklet, Withdrawal, Zone,
};

/// Indicators 4 and 8.
const NEED: &[Mention] = &[Provider, Title, Person, Objectives, Prerequisites, Need, Positioning];

/// Before the contract: programme attached, price, validity, declaration of activity.
const PROPOSAL: &[Mention] = &[
    Provider,
    Nda,
    Buyer,
    People,
    Title,
    Nature,
    Objectives,
    Programme,
    Prerequisites,
    Duration,
    Period,
    Modality,
    Place,
    Means,
    Control,
    Sanction,
    Price,
    Vat,
    Terms,
    Validity,
    Contact,
];

/// Articles L. 6353-1, D. 6353-1 and R. 6353-2 of the code du travail.
const CONVENTION: &[Mention] = &[
    Provider,
    Representative,
    Nda,
    Buyer,
    People,
    Title,
    Nature,
    Objectives,
    Programme,
    Prerequisites,
    Headcount,
    Duration,
    Period,
    Timetable,
    Modality,
    Place,
    Means,
    Control,
    Sanction,
    Price,
    Vat,
    Terms,
    EarlyEnd,
    HouseRules,
    Signatories,
];

/// Articles L. 6353-3 to L. 6353-7: void if one of them lacks.
const CONTRACT: &[Mention] = &[
    Provider,
    Representative,
    Nda,
    Person,
    Title,
    Nature,
    Objectives,
    Programme,
    Prerequisites,
    Headcount,
    Duration,
    Period,
    Timetable,
    Modality,
    Place,
    Means,
    Control,
    Sanction,
    Trainers,
    TrainerTitles,
    Price,
    Vat,
    Terms,
    EarlyEnd,
    Withdrawal,
    HouseRules,
    Signatories,
];

/// Indicator 9, and article L. 6353-8.
const SUMMONS: &[Mention] = &[
    Provider,
    Person,
    Title,
    Objectives,
    Programme,
    Control,
    Duration,
    Period,
    Timetable,
    Modality,
    Place,
    Zone,
    Trainers,
    HouseRules,
    WelcomeBooklet,
    Contact,
    Accessibility,
];

/// What a person is told, their representative is told too.
const GUARDIAN_NOTICE: &[Mention] = &[
    Provider,
    Person,
    Guardian,
    Title,
    Objectives,
    Programme,
    Control,
    Duration,
    Period,
    Timetable,
    Modality,
    Place,
    Zone,
    Trainers,
    HouseRules,
    WelcomeBooklet,
    Contact,
    Accessibility,
];

/// One half-day.
const SHEET: &[Mention] = &[Provider, Nda, Title, HalfDay, Place, Zone, People];

/// The model of the ministry of June 2020.
const CERTIFICATE: &[Mention] =
    &[Provider, Representative, Nda, Person, Employer, Title, Nature, Period, Duration, Done];

/// Given to the trainee at the end.
const ATTESTATION: &[Mention] =
    &[Provider, Representative, Nda, Person, Title, Nature, Objectives, Period, Duration, Done, Outcomes];

/// Indicator 27: written, before.
const SUBCONTRACT: &[Mention] = &[
    Provider,
    Representative,
    Nda,
    Subcontractor,
    Title,
    Programme,
    Sanction,
    Duration,
    Period,
    Missions,
    FollowUp,
    Amount,
    Signatories,
];

/// The mentions of a kind of paper, in their order; none for what the program does not typeset.
#[must_use]
pub const fn of(kind: PaperKind) -> &'static [Mention] {
    match kind {
        PaperKind::NeedsAnalysis | PaperKind::Positioning => NEED,
        PaperKind::Proposal => PROPOSAL,
        PaperKind::Convention | PaperKind::TripartiteConvention => CONVENTION,
        PaperKind::Contract => CONTRACT,
        PaperKind::Summons => SUMMONS,
        PaperKind::GuardianNotice => GUARDIAN_NOTICE,
        PaperKind::AttendanceSheet => SHEET,
        PaperKind::CompletionCertificate | PaperKind::AssiduityCertificate => CERTIFICATE,
        PaperKind::EndAttestation => ATTESTATION,
        PaperKind::Subcontract => SUBCONTRACT,
        PaperKind::Information
        | PaperKind::WelcomeBooklet
        | PaperKind::HouseRules
        | PaperKind::EvaluationSheet
        | PaperKind::Other => &[],
    }
}
