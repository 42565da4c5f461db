//! French words of what waits for a person.

use time::Date;

use super::{Kind, Task, When};
use crate::http::web::component::Urgency;
use crate::render::french;

/// The group of a task.
#[must_use]
pub const fn urgency(when: When) -> Urgency {
    match when {
        When::Late => Urgency::Late,
        When::Today => Urgency::Today,
        When::Coming => Urgency::Coming,
        When::Postponed => Urgency::Postponed,
    }
}

/// What is to be done, before the number of the file.
#[must_use]
pub fn title(task: &Task) -> String {
    let words = match task.kind {
        Kind::Examine => "Examiner les pièces, demande",
        Kind::ChaseReturn => "Pièces attendues, demande",
        Kind::ReplacePieces => "Compléter votre dossier, demande",
        Kind::ResumeDraft => "Brouillon de demande",
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
        Kind::ReviewMove => "Nouvelle adresse d’un site agréé, SIRET",
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
        Kind::PlanJury => "Planifier un jury, demande",
        Kind::DesignatePresident => "Désigner la présidence, jury",
        Kind::CompleteJury => "Compléter la composition, jury",
        Kind::ConfirmJury => "Confirmer, jury",
        Kind::ConvokeJury => "Convoquer les candidats, jury",
        Kind::CheckMinutes => "Contrôler le procès-verbal, jury",
        Kind::ValidateMinutes => "Valider les décisions, jury",
        Kind::PublishResults => "Annoncer les résultats, jury",
        Kind::AcknowledgeAppeal => "Accuser réception d’un recours, dossier",
        Kind::SettleJuryAppeal => "Répondre à un recours, dossier",
        Kind::RetryCertificates => "Reprendre les fichiers des certificats, jury",
        Kind::ConfirmRevocation => "Confirmer une révocation, certificat",
        Kind::AnswerNotice => "Répondre à la mise en demeure, agrément",
        Kind::SettleNotice | Kind::SettleWithdrawal => "Conclure la mise en demeure, agrément",
        Kind::ConfirmAgreementWithdrawal => "Confirmer un retrait, agrément",
        Kind::ReviewChange => "Changement déclaré, agrément",
        Kind::SettleSupport => "Examiner une demande d’appui",
        Kind::ScheduleSupport => "Planifier, appui",
        Kind::GiveSupport => "Enregistrer la réalisation, appui",
        Kind::ReportSupport => "Remettre le compte rendu, appui",
        Kind::CloseSupport => "Clore, appui",
        Kind::RateSupport => "Donner votre avis, appui",
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

/// Letters of a reserve on a line.
const LONGEST_RESERVE: usize = 90;

/// Why the relay is to be looked at, before its date and after.
const RELAY_AWAY: &str = "Le relais ne prend aucun courriel. Le plus ancien attend depuis le";

/// Why a document is to be made again, before its date and after.
const NOT_TYPESET: &str = "Composition impossible, à refaire depuis le";

/// Why a revocation waits, before its date and after.
const ASKED_BY_OTHER: &str = "À confirmer ou à écarter, demandée par quelqu’un d’autre le";
/// Why certificates are to be typeset again, before their date and after.
const NOT_PREPARED: &str = "Des fichiers n’ont pas pu être préparés, délivrance du";

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
        Kind::ResumeDraft => {
            ("Sans changement, il est effacé le", "Sans changement, il devait être effacé le")
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
        Kind::RelayAway => (RELAY_AWAY, RELAY_AWAY),
        Kind::RedoDocuments => (NOT_TYPESET, NOT_TYPESET),
        other => in_network(other),
    };
    let sentence = if task.due_on < today { passed } else { before };
    let reserve = matches!(task.kind, Kind::MeetReserve | Kind::LiftReserve) && task.due_on >= today;
    let joint = if reserve { "\u{202f}: " } else { " " };
    format!("{}{sentence}{joint}{date}.", lead(task))
}

/// What the line is about, before why it is there.
fn lead(task: &Task) -> String {
    let about = if task.about.is_empty() { String::new() } else { format!("{}. ", task.about) };
    let detail = if task.detail.is_empty() { String::new() } else { format!("{} ", task.detail) };
    format!("{about}{detail}")
}

/// What a reserve asks, as one sentence of a line.
#[must_use]
pub(in crate::features::home) fn reserve(text: &str) -> String {
    let text = french::cut(text, LONGEST_RESERVE);
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}

/// When a draft was last saved, as one sentence of a line.
#[must_use]
pub(super) fn saved(on: Date) -> String {
    format!("Dernier enregistrement le {}.", french::date(on))
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
        Kind::RetryCertificates => (NOT_PREPARED, NOT_PREPARED),
        Kind::ConfirmRevocation | Kind::ConfirmAgreementWithdrawal => (ASKED_BY_OTHER, ASKED_BY_OTHER),
        Kind::AnswerNotice => {
            ("Vos observations sont reçues jusqu’au", "Vos observations étaient attendues jusqu’au")
        }
        Kind::SettleNotice | Kind::SettleWithdrawal => (
            "La structure peut présenter ses observations jusqu’au",
            "La structure a été entendue. À conclure depuis le",
        ),
        Kind::GiveSupport => ("Appui prévu le", "Appui à enregistrer, il était prévu le"),
        Kind::ReportSupport => ("Compte rendu attendu au plus tard le", "Compte rendu attendu depuis le"),
        Kind::ReviewChange | Kind::ReviewMove => {
            ("Changement déclaré, à examiner au plus tard le", "Changement déclaré, à examiner depuis le")
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
        Kind::ResumeDraft => "Reprendre le brouillon",
        Kind::Assign => "Confier",
        Kind::FixDate | Kind::Comment | Kind::Settle => "Répondre",
        Kind::Visit => "Ouvrir",
        Kind::Report => "Rédiger",
        Kind::GiveOpinion => "Donner l’avis",
        Kind::PutOnAgenda => "Inscrire",
        Kind::Prepare => "Instruire",
        Kind::Decide => "Décider",
        Kind::Resume | Kind::RetryCertificates => "Reprendre",
        Kind::SignForStructure | Kind::SignForCertifier => "Signer",
        Kind::MeetReserve => "Voir",
        Kind::LiftReserve => "Vérifier",
        Kind::UpdatePartners => "Déclarer",
        Kind::SettleAccess => "Répondre",
        Kind::SettleTie | Kind::ExamineApplication | Kind::ReviewMove => "Examiner",
        Kind::AnswerNotice => "Répondre",
        Kind::SettleNotice | Kind::SettleWithdrawal => "Conclure",
        Kind::ConfirmAgreementWithdrawal => "Confirmer",
        Kind::ReviewChange | Kind::SettleSupport => "Examiner",
        Kind::ScheduleSupport => "Planifier",
        Kind::GiveSupport | Kind::RateSupport => "Enregistrer",
        Kind::ReportSupport => "Rédiger",
        Kind::CloseSupport => "Clore",
        Kind::ConfirmWithdrawal | Kind::ConfirmRevocation | Kind::PublishMinutes | Kind::FinishAction => {
            "Ouvrir"
        }
        Kind::FillMission => "Chercher",
        Kind::SettleJuryTie => "Revoir",
        Kind::ChaseMissionReport => "Relancer",
        Kind::CertifyClaim => "Vérifier",
        Kind::PayClaims => "Payer",
        Kind::RenewCertifierRight => "Renouveler",
        Kind::PlanJury => "Planifier",
        Kind::DesignatePresident => "Désigner",
        Kind::CompleteJury => "Compléter",
        Kind::ConfirmJury => "Confirmer",
        Kind::ConvokeJury => "Convoquer",
        Kind::CheckMinutes => "Contrôler",
        Kind::ValidateMinutes => "Valider",
        Kind::PublishResults => "Annoncer",
        Kind::AcknowledgeAppeal | Kind::SettleJuryAppeal => "Répondre",
        Kind::FailedMails | Kind::RelayAway | Kind::RedoDocuments => "Consulter",
    }
}
