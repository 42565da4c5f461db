//! French words of the home page, of the figures and of the search.

use time::Date;

use super::activity::Measure;
use super::engagement::{Awaited, Kind as EngagementKind};
use super::todo::{Kind, Task, When};
use crate::http::web::component::Urgency;
use crate::render::french;

/// Heading of the first column of the table.
pub const ACT: &str = "Acte";
/// Title of the home page of someone whose name is not known.
pub const HELLO: &str = "Bonjour";
/// Title of the list of tasks.
pub const TODO: &str = "À faire";
/// Title of the figures.
pub const ACTIVITY: &str = "Activité de l’organisme certificateur";
/// Title of the figures of past years.
pub const IMPORTED: &str = "Chiffres repris";
/// Requests found.
pub const REQUESTS: &str = "Demandes d’agrément";
/// Structures found.
pub const STRUCTURES: &str = "Structures";
/// Experts found.
pub const EXPERTS: &str = "Intervenants";
/// Title of the search.
pub const SEARCH: &str = "Recherche";
/// Title of the counters of the margin.
pub const NOW: &str = "En ce moment";
/// Title of the head counts.
pub const ENTITLED: &str = "Intervenants habilités";
/// The link to the network of experts.
pub const NETWORK: &str = "Suivre le réseau";
/// The mean of a chart.
pub const MEAN: &str = "moyenne";
/// Name of the exported file.
pub const FILE: &str = "activite.csv";

/// The columns of a file of past figures: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("year", &["année", "year"], true),
    ("measure", &["acte", "mesure", "measure"], true),
    ("value", &["nombre", "valeur", "value"], true),
];

/// Title of the page that loads past figures.
pub const IMPORT_TITLE: &str = "Importer les années passées";
/// What a line is.
pub const IMPORT_LEAD: &str =
    "Une ligne par année et par acte. Un nombre du fichier remplace celui qui était connu de la même année.";

/// What a column holds.
#[must_use]
pub fn import_note(key: &str) -> &'static str {
    match key {
        "year" => "quatre chiffres",
        "measure" => "jurys CQP SP, contrôles, agréments demandés ou appuis pédagogiques",
        "value" => "nombre entier\u{202f}; vide s’il n’est pas connu, ce qui n’est pas zéro",
        _ => "",
    }
}

/// The act, as the table names it.
#[must_use]
pub const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::JurySessions => "Jurys CQP SP",
        Measure::Inspections => "Contrôles",
        Measure::AgreementRequests => "Agréments demandés",
        Measure::TeachingSupports => "Appuis pédagogiques",
    }
}

/// Title of the chart of a measure.
#[must_use]
pub const fn chart(measure: Measure) -> &'static str {
    match measure {
        Measure::JurySessions => "Jurys CQP SP tenus par an",
        Measure::Inspections => "Contrôles réalisés par an",
        Measure::AgreementRequests => "Agréments demandés par an",
        Measure::TeachingSupports => "Appuis pédagogiques par an",
    }
}

/// The group of a task.
#[must_use]
pub const fn urgency(when: When) -> Urgency {
    match when {
        When::Late => Urgency::Late,
        When::Today => Urgency::Today,
        When::Coming => Urgency::Coming,
    }
}

/// What is to be done, before the number of the file.
#[must_use]
pub fn title(task: &Task) -> String {
    let words = match task.kind {
        Kind::Examine => "Examiner les pièces, demande",
        Kind::ChaseReturn => "Pièces attendues, demande",
        Kind::ReplacePieces => "Compléter votre dossier, demande",
        Kind::Assign => "Confier la visite, demande",
        Kind::FixDate => "Accepter ou décliner la visite, demande",
        Kind::ChaseDate => "Visite sans date, demande",
        Kind::Visit => "Visiter la structure, demande",
        Kind::Report => "Envoyer le rapport provisoire, demande",
        Kind::ChaseReport => "Rapport attendu, demande",
        Kind::Comment => "Répondre au rapport provisoire, demande",
        Kind::GiveOpinion => "Donner votre avis, demande",
        Kind::ChaseOpinion => "Avis attendu, demande",
        Kind::PutOnAgenda => "Inscrire à l’ordre du jour, demande",
        Kind::Prepare => "Préparer la commission, demande",
        Kind::Decide => "Enregistrer la décision, demande",
        Kind::Supply => "Apporter ce qui manque, demande",
        Kind::Resume => "Reprendre le dossier ajourné, demande",
        Kind::Settle => "Répondre au recours, demande",
        Kind::SignForStructure | Kind::SignForCertifier => "Signer la convention, demande",
        Kind::MeetReserve => "Lever une réserve, demande",
        Kind::LiftReserve => "Réserve à vérifier, demande",
        Kind::UpdatePartners => "Déclarer le changement à France compétences, demande",
        Kind::SettleAccess => "Ouvrir un compte de structure, demande",
        Kind::SettleTie => "Lien appris après la désignation de",
        Kind::ExamineApplication => "Examiner une candidature, fiche",
        Kind::ConfirmWithdrawal => "Confirmer un retrait d’habilitation, fiche",
        Kind::FillMission => "Trouver une personne, mission",
        Kind::SettleJuryTie => "Lien avec une personne candidate, jury",
        Kind::ChaseMissionReport => "Compte rendu en retard, mission",
        Kind::CertifyClaim => "Vérifier une note de frais, mission",
        Kind::PayClaims => {
            return french::plural(count(task), "note de frais est à payer", "notes de frais sont à payer");
        }
        Kind::PublishMinutes => "Publier le compte rendu, réunion",
        Kind::FinishAction => "Action en retard, réunion",
        Kind::RenewCertifierRight => "À renouveler pour l’organisme, document",
        Kind::RelayAway => {
            let waiting = french::plural(count(task), "courriel en attente", "courriels en attente");
            return format!("Relais de messagerie injoignable\u{202f}: {waiting}");
        }
        Kind::RedoDocuments => {
            return french::plural(count(task), "document à refaire", "documents à refaire");
        }
        Kind::FailedMails => {
            return french::plural(count(task), "courriel n’est pas arrivé", "courriels ne sont pas arrivés");
        }
    };
    words.to_owned()
}

/// How many things are behind a task.
fn count(task: &Task) -> i64 {
    i64::try_from(task.count).unwrap_or(i64::MAX)
}

/// Why the relay is to be looked at, before its date and after.
const RELAY_AWAY: &str = "Le relais ne prend aucun courriel. Le plus ancien attend depuis le";

/// Why a document is to be made again, before its date and after.
const NOT_TYPESET: &str = "Composition impossible, à refaire depuis le";

/// Why it is there, and what happens at its date.
#[must_use]
pub fn why(task: &Task, today: Date) -> String {
    let date = french::date(task.due_on);
    let (before, passed) = match task.kind {
        Kind::Examine => {
            ("La structure attend une réponse au plus tard le", "La structure attend une réponse depuis le")
        }
        Kind::ChaseReturn => {
            ("Réponse attendue jusqu’au", "Des pièces ont été demandées, aucune réponse. Délai passé le")
        }
        Kind::ReplacePieces => {
            ("Des pièces sont à remplacer jusqu’au", "Des pièces sont à remplacer. Délai passé le")
        }
        Kind::Assign => {
            ("Dossier complet, à confier au plus tard le", "Dossier complet, à confier depuis le")
        }
        Kind::FixDate => ("Votre réponse est attendue jusqu’au", "Votre réponse est attendue depuis le"),
        Kind::ChaseDate => (
            "Aucune date proposée à ce jour, relance prévue le",
            "La visite est confiée, aucune date proposée. À relancer depuis le",
        ),
        Kind::Visit => ("Visite fixée au", "Visite à enregistrer, elle était fixée au"),
        Kind::Report => (
            "Visite enregistrée, rapport attendu au plus tard le",
            "Visite enregistrée, rapport attendu depuis le",
        ),
        Kind::ChaseReport | Kind::ChaseOpinion => (
            "Attendu au plus tard le",
            "La personne chargée de la visite ne l’a pas rendu. Attendu depuis le",
        ),
        Kind::Comment => {
            ("Vos observations sont reçues jusqu’au", "Vos observations étaient reçues jusqu’au")
        }
        Kind::GiveOpinion => (
            "Le délai de réponse de la structure est écoulé, avis attendu au plus tard le",
            "Le délai de réponse de la structure est écoulé, avis attendu depuis le",
        ),
        Kind::PutOnAgenda => ("Avis rendu, à inscrire au plus tard le", "Avis rendu, à inscrire depuis le"),
        Kind::Prepare => ("Avis rendu, commission du", "Commission du"),
        Kind::Decide => ("Commission du", "Décision à enregistrer, commission du"),
        Kind::Supply => {
            ("La commission attend un complément jusqu’au", "La commission attendait un complément jusqu’au")
        }
        Kind::Resume => ("Complément attendu jusqu’au", "Le complément était attendu jusqu’au"),
        Kind::Settle => ("Réponse motivée due au plus tard le", "Réponse motivée due depuis le"),
        Kind::SignForStructure | Kind::SignForCertifier => (
            "L’agrément prend effet à la seconde signature. À signer jusqu’au",
            "L’agrément prend effet à la seconde signature. À signer depuis le",
        ),
        Kind::MeetReserve | Kind::LiftReserve => ("Échéance de la réserve", "Réserve échue le"),
        Kind::UpdatePartners => (
            "Liste des partenaires à mettre à jour au plus tard le",
            "Liste des partenaires à mettre à jour depuis le",
        ),
        Kind::SettleAccess => {
            ("La structure attend une réponse au plus tard le", "La structure attend une réponse depuis le")
        }
        Kind::SettleTie => (
            "Mission à confier à une autre personne, ou à maintenir avec un motif, au plus tard le",
            "Mission à confier à une autre personne, ou à maintenir avec un motif, depuis le",
        ),
        Kind::FailedMails => (
            "Le relais de messagerie les a refusés depuis le",
            "Le relais de messagerie les a refusés depuis le",
        ),
        Kind::ExamineApplication
        | Kind::ConfirmWithdrawal
        | Kind::FillMission
        | Kind::SettleJuryTie
        | Kind::ChaseMissionReport
        | Kind::CertifyClaim
        | Kind::PayClaims
        | Kind::PublishMinutes
        | Kind::FinishAction
        | Kind::RenewCertifierRight => in_network(task.kind),
        Kind::RelayAway => (RELAY_AWAY, RELAY_AWAY),
        Kind::RedoDocuments => (NOT_TYPESET, NOT_TYPESET),
    };
    let sentence = if task.due_on < today { passed } else { before };
    let reserve = matches!(task.kind, Kind::MeetReserve | Kind::LiftReserve) && task.due_on >= today;
    let joint = if reserve { "\u{202f}: " } else { " " };
    match task.about.as_str() {
        "" => format!("{sentence}{joint}{date}."),
        about => format!("{about}. {sentence}{joint}{date}."),
    }
}

/// The same of the network of experts: before its date, and once it has passed.
const fn in_network(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::ExamineApplication => {
            ("La personne attend une réponse au plus tard le", "La personne attend une réponse depuis le")
        }
        Kind::ConfirmWithdrawal => (
            "Demandé par quelqu’un d’autre, à confirmer ou à écarter au plus tard le",
            "Demandé par quelqu’un d’autre, à confirmer ou à écarter depuis le",
        ),
        Kind::FillMission => {
            ("Personne ne tient cette mission, prévue le", "Personne n’a tenu cette mission, prévue le")
        }
        Kind::SettleJuryTie => {
            ("Siège à revoir avant le jury du", "Un membre du jury connaissait une personne candidate, le")
        }
        Kind::ChaseMissionReport => {
            ("Mission terminée, compte rendu attendu le", "Mission terminée, compte rendu attendu depuis le")
        }
        Kind::CertifyClaim => {
            ("Service fait à constater au plus tard le", "Service fait à constater depuis le")
        }
        Kind::PayClaims => {
            ("La plus ancienne est à payer avant le", "La plus ancienne est à payer depuis le")
        }
        Kind::PublishMinutes => (
            "Réunion passée, présences et compte rendu attendus au plus tard le",
            "Réunion passée, présences et compte rendu attendus depuis le",
        ),
        Kind::RenewCertifierRight => {
            ("Dernier jour le", "Rien ne remplace le document dont le dernier jour était le")
        }
        _ => ("À faire au plus tard le", "À faire depuis le"),
    }
}

/// The verb of the button.
#[must_use]
pub const fn verb(kind: Kind) -> &'static str {
    match kind {
        Kind::Examine => "Examiner",
        Kind::ChaseReturn | Kind::ChaseDate | Kind::ChaseReport | Kind::ChaseOpinion => "Relancer",
        Kind::ReplacePieces | Kind::Supply => "Compléter",
        Kind::Assign => "Confier",
        Kind::FixDate | Kind::Comment | Kind::Settle => "Répondre",
        Kind::Visit => "Ouvrir",
        Kind::Report => "Rédiger",
        Kind::GiveOpinion => "Donner l’avis",
        Kind::PutOnAgenda => "Inscrire",
        Kind::Prepare => "Instruire",
        Kind::Decide => "Décider",
        Kind::Resume => "Reprendre",
        Kind::SignForStructure | Kind::SignForCertifier => "Signer",
        Kind::MeetReserve => "Voir",
        Kind::LiftReserve => "Vérifier",
        Kind::UpdatePartners => "Déclarer",
        Kind::SettleAccess => "Répondre",
        Kind::SettleTie | Kind::ExamineApplication => "Examiner",
        Kind::ConfirmWithdrawal | Kind::PublishMinutes | Kind::FinishAction => "Ouvrir",
        Kind::FillMission => "Chercher",
        Kind::SettleJuryTie => "Revoir",
        Kind::ChaseMissionReport => "Relancer",
        Kind::CertifyClaim => "Vérifier",
        Kind::PayClaims => "Payer",
        Kind::RenewCertifierRight => "Renouveler",
        Kind::FailedMails | Kind::RelayAway | Kind::RedoDocuments => "Consulter",
    }
}

/// The sentence under the greeting: « Deux échéances sont dépassées, une action est attendue aujourd’hui. »
#[must_use]
pub fn summary(late: usize, today: usize, coming: usize) -> String {
    let late_part = match late {
        0 => None,
        1 => Some("Une échéance est dépassée".to_owned()),
        many => Some(format!("{} échéances sont dépassées", number(many))),
    };
    let today_part = match today {
        0 => None,
        1 => Some("une action est attendue aujourd’hui".to_owned()),
        many => Some(format!("{} actions sont attendues aujourd’hui", number(many).to_lowercase())),
    };
    match (late_part, today_part, coming) {
        (Some(late), Some(today), _) => format!("{late}, {today}."),
        (Some(late), None, _) => format!("{late}."),
        (None, Some(today), _) => format!("{}.", capitalised(&today)),
        (None, None, 0) => "Rien ne vous attend.".to_owned(),
        (None, None, _) => "Rien n’est en retard, rien n’est attendu aujourd’hui.".to_owned(),
    }
}

fn number(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["Aucune", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The same text, its first letter a capital.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a chart says to those who do not see it: « 71 en 2020, 144 en 2021, non renseigné en 2022. »
#[must_use]
pub fn described(figures: &[(i32, Option<i32>)]) -> String {
    let part = |(year, value): &(i32, Option<i32>)| match value {
        Some(value) => format!("{} en {year}", french::integer(i64::from(*value))),
        None => format!("non renseigné en {year}"),
    };
    format!("{}.", figures.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// Title of the head counts of another day.
#[must_use]
pub fn entitled_on(on: Date) -> String {
    format!("{ENTITLED} au {}", french::date(on))
}

/// When a structure will have its answer.
#[must_use]
pub fn decision_expected(on: Date) -> String {
    format!("Décision annoncée pour le {}", french::date(on))
}

/// Title of a visit.
pub const VISIT: &str = "Visite d’agrément";
/// Term of a fact.
pub const FACT_WHEN: &str = "Quand";
/// Term of a fact.
pub const FACT_PLACE: &str = "Où";
/// Term of a fact.
pub const FACT_WITH: &str = "Avec";
/// Term of a fact.
pub const FACT_ANSWER: &str = "Réponse attendue";

/// Until when an answer is awaited.
#[must_use]
pub fn before(instant: &str) -> String {
    format!("jusqu’au {instant}")
}

/// What an engagement waits for.
#[must_use]
pub const fn awaited(kind: EngagementKind, awaited: Awaited) -> &'static str {
    match (kind, awaited) {
        (_, Awaited::Answer(_)) => "Réponse attendue",
        (EngagementKind::Mission, Awaited::Day) => "Acceptée",
        (EngagementKind::Visit, Awaited::Day) => "Date fixée",
        (EngagementKind::Meeting, Awaited::Day) => "Présence annoncée",
        (_, Awaited::End) => "En cours",
        (_, Awaited::Report) => "Compte rendu attendu",
    }
}

/// The act that an engagement waits for.
#[must_use]
pub const fn engagement_act(kind: EngagementKind, awaited: Awaited) -> &'static str {
    match (kind, awaited) {
        (EngagementKind::Meeting, Awaited::Answer(_)) => "Répondre à l’invitation",
        (_, Awaited::Answer(_)) => "Lire ou décliner",
        (EngagementKind::Mission, Awaited::Day) => "Ouvrir la mission",
        (EngagementKind::Visit, Awaited::Day) => "Préparer la visite",
        (EngagementKind::Meeting, Awaited::Day) => "Ouvrir la réunion",
        (_, Awaited::End) => "Terminer la mission",
        (_, Awaited::Report) => "Remettre le compte rendu",
    }
}

/// The last day of a right: « 3 mars 2026, dans 12 jours ».
#[must_use]
pub fn right_ends(on: Date, today: Date) -> String {
    format!("{}, {}", french::date(on), french::relative_days(on, today))
}

/// The counters of the margin, after the number: singular below two, and plural.
#[must_use]
pub const fn counter(name: Counter, one: bool) -> &'static str {
    match (name, one) {
        (Counter::Submitted, true) => "demande à examiner",
        (Counter::Submitted, false) => "demandes à examiner",
        (Counter::Incomplete, true) => "dossier à compléter",
        (Counter::Incomplete, false) => "dossiers à compléter",
        (Counter::Complete, true) => "visite à confier",
        (Counter::Complete, false) => "visites à confier",
        (Counter::Visits, true) => "visite en cours",
        (Counter::Visits, false) => "visites en cours",
        (Counter::Opinions, true) => "avis à présenter",
        (Counter::Opinions, false) => "avis à présenter",
        (Counter::Committee, true) => "dossier en commission",
        (Counter::Committee, false) => "dossiers en commission",
        (Counter::Appeals, true) => "recours ouvert",
        (Counter::Appeals, false) => "recours ouverts",
        (Counter::Conventions, true) => "convention à signer",
        (Counter::Conventions, false) => "conventions à signer",
        (Counter::Agreed, true) => "agrément en vigueur",
        (Counter::Agreed, false) => "agréments en vigueur",
        (Counter::Vacant, true) => "mission à pourvoir",
        (Counter::Vacant, false) => "missions à pourvoir",
        (Counter::Reports, true) => "compte rendu attendu",
        (Counter::Reports, false) => "comptes rendus attendus",
        (Counter::Mandataires, true) => "mandataire",
        (Counter::Mandataires, false) => "mandataires",
        (Counter::Controleurs, true) => "contrôleur",
        (Counter::Controleurs, false) => "contrôleurs",
        (Counter::Epsp, true) => "formateur EPSP",
        (Counter::Epsp, false) => "formateurs EPSP",
        (Counter::People, true) => "personne distincte",
        (Counter::People, false) => "personnes distinctes",
    }
}

/// A counter of the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Requests submitted.
    Submitted,
    /// Requests incomplete.
    Incomplete,
    /// Requests complete.
    Complete,
    /// Visits given, planned, made or under comment.
    Visits,
    /// Opinions given.
    Opinions,
    /// Requests in committee.
    Committee,
    /// Appeals.
    Appeals,
    /// Conventions not signed by both.
    Conventions,
    /// Rights in force.
    Agreed,
    /// Missions that nobody has.
    Vacant,
    /// Missions that have ended and whose report is awaited.
    Reports,
    /// Mandataires entitled.
    Mandataires,
    /// Contrôleurs entitled.
    Controleurs,
    /// Formateurs EPSP entitled.
    Epsp,
    /// Distinct people among those entitled.
    People,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_says_what_is_late_and_what_is_today() {
        for (late, today, coming, expected) in [
            (2, 2, 0, "Deux échéances sont dépassées, deux actions sont attendues aujourd’hui."),
            (1, 0, 3, "Une échéance est dépassée."),
            (0, 1, 0, "Une action est attendue aujourd’hui."),
            (12, 1, 0, "12 échéances sont dépassées, une action est attendue aujourd’hui."),
            (0, 0, 4, "Rien n’est en retard, rien n’est attendu aujourd’hui."),
            (0, 0, 0, "Rien ne vous attend."),
        ] {
            assert_eq!(summary(late, today, coming), expected);
        }
    }
}
