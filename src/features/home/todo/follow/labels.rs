//! French words of the tasks that the team shares out.

use time::Date;

use super::Postponed;
use crate::features::home::labels;
use crate::features::home::todo::{Kind, Task, When};
use crate::http::web::layout::Flash;
use crate::render::french;

/// Why the mail about a task is received.
pub const WHY: &str = "Vous recevez ce message parce qu’une personne de l’équipe vous a transmis une action.";
/// Whoever looks, among people.
pub const MINE: &str = "Les miennes";
/// An act asked for that waits for nobody, among acts.
pub const NO_SUCH_ACT: &str = "Sans action en attente";
/// Nobody, among people.
pub const NOBODY: &str = "Sans responsable";
/// Said when nobody of the team was chosen.
pub const SOMEBODY_OF_THE_TEAM: &str = "Choisissez une personne de l’équipe";
/// Title of what did not work.
pub const NOT_DONE: &str = "L’action n’a pas changé";
/// Said when somebody else changed a task while its page was open.
pub const CHANGED_MEANWHILE: &str = "Cette action a changé entre-temps\u{202f}: cette page montre ce qui est enregistré maintenant. Vérifiez, puis envoyez de nouveau";
/// Who has a task, in the margin.
pub const HELD_BY: &str = "Prise par";
/// Who has a task that somebody else handed over, in the margin.
pub const HANDED_TO: &str = "Transmise à";
/// Until when a task is put off, in the margin.
pub const PUT_OFF: &str = "Reportée au";
/// By when a task is to be done, in the margin.
pub const DEADLINE: &str = "Échéance";
/// Since when a task waits, in the margin.
pub const SINCE: &str = "Attend depuis";

/// « Examiner les pièces, demande AGR-2026-0042 ».
#[must_use]
pub fn named(task: &Task) -> String {
    format!("{} {}", labels::title(task), task.reference).trim_end().to_owned()
}

/// A kind of act, in the filter.
#[must_use]
pub const fn act(kind: Kind) -> &'static str {
    match kind {
        Kind::Examine => "Examiner les pièces",
        Kind::ChaseReturn => "Relancer pour des pièces",
        Kind::ReplacePieces => "Compléter votre dossier",
        Kind::ResumeDraft => "Reprendre un brouillon",
        Kind::Assign => "Confier une visite",
        Kind::FixDate => "Accepter ou décliner une visite",
        Kind::ChaseDate => "Relancer pour une date de visite",
        Kind::Visit => "Visiter une structure",
        Kind::Report => "Envoyer le rapport provisoire",
        Kind::ChaseReport => "Relancer pour un rapport",
        Kind::Comment => "Répondre au rapport provisoire",
        Kind::GiveOpinion => "Donner votre avis",
        Kind::ChaseOpinion => "Relancer pour un avis",
        Kind::PutOnAgenda => "Inscrire à l’ordre du jour",
        Kind::Prepare => "Préparer la commission",
        Kind::Decide => "Enregistrer une décision",
        Kind::Supply => "Apporter ce qui manque",
        Kind::Resume => "Reprendre un dossier ajourné",
        Kind::Settle => "Répondre à un recours",
        Kind::SignForStructure => "Signer votre convention",
        Kind::SignForCertifier => "Signer une convention",
        Kind::MeetReserve => "Lever une réserve",
        Kind::LiftReserve => "Vérifier une réserve",
        Kind::UpdatePartners => "Déclarer à France compétences",
        Kind::SettleAccess => "Ouvrir un compte de structure",
        Kind::ReviewMove => "Examiner un changement d’adresse",
        Kind::SettleTie => "Examiner un lien",
        Kind::FailedMails => "Courriels non arrivés",
        Kind::RelayAway => "Relais de messagerie",
        Kind::RedoDocuments => "Documents à refaire",
        Kind::ExamineApplication => "Examiner une candidature",
        Kind::ConfirmWithdrawal => "Confirmer un retrait d’habilitation",
        Kind::FillMission => "Trouver une personne pour une mission",
        Kind::ChaseMissionReport => "Relancer pour un compte rendu",
        Kind::CertifyClaim => "Vérifier une note de frais",
        Kind::PayClaims => "Payer des notes de frais",
        Kind::PublishMinutes => "Publier un compte rendu",
        Kind::FinishAction => "Action d’une réunion en retard",
        Kind::RenewCertifierRight => "Renouveler un document de l’organisme",
        Kind::SettleJuryTie => "Remplacer un membre de jury lié à un candidat",
        Kind::PlanJury => "Planifier un jury",
        Kind::DesignatePresident => "Désigner une présidence de jury",
        Kind::CompleteJury => "Compléter un jury",
        Kind::ConfirmJury => "Confirmer un jury",
        Kind::ConvokeJury => "Convoquer les candidats d’un jury",
        Kind::CheckMinutes => "Contrôler un procès-verbal",
        Kind::ValidateMinutes => "Valider des décisions de jury",
        Kind::PublishResults => "Publier des résultats de jury",
        Kind::AcknowledgeAppeal => "Accuser réception d’un recours de candidat",
        Kind::SettleJuryAppeal => "Répondre à un recours de candidat",
        Kind::RetryCertificates => "Reprendre les fichiers de certificats",
        Kind::ConfirmRevocation => "Confirmer une révocation",
        Kind::AnswerNotice => "Répondre à une mise en demeure",
        Kind::SettleNotice => "Conclure une mise en demeure",
        Kind::SettleWithdrawal => "Demander un retrait d’agrément",
        Kind::ConfirmAgreementWithdrawal => "Confirmer un retrait d’agrément",
        Kind::ReviewChange => "Examiner un changement déclaré",
        Kind::SettleSupport => "Examiner une demande d’appui",
        Kind::ScheduleSupport => "Planifier un appui",
        Kind::GiveSupport => "Enregistrer un appui",
        Kind::ReportSupport => "Remettre un compte rendu d’appui",
        Kind::CloseSupport => "Clore un appui",
        Kind::RateSupport => "Donner un avis sur un appui",
    }
}

/// Where tasks stand, in the filter.
#[must_use]
pub const fn standing(when: When) -> &'static str {
    match when {
        When::Late => "En retard",
        When::Today => "Aujourd’hui",
        When::Coming => "À venir",
        When::Postponed => "Reportées",
    }
}

/// Who has a task and why it is put off, under its line; empty when nobody said anything.
#[must_use]
pub fn note(task: &Task, today: Date) -> String {
    let held = task.follow.taken_by.as_ref().map(|person| match &task.follow.handed_by {
        Some(by) => format!("Transmise à {} par {by}.", person.name),
        None => format!("Prise par {}.", person.name),
    });
    let off = task.postponed_on(today).map(postponed);
    held.into_iter().chain(off).collect::<Vec<_>>().join(" ")
}

/// « Reportée au 5 mars 2026 par Zoé : réponse attendue vendredi. »
#[must_use]
pub fn postponed(put_off: &Postponed) -> String {
    let by = if put_off.by.is_empty() { String::new() } else { format!(" par {}", put_off.by) };
    format!("Reportée au {}{by}\u{202f}: {}", french::date(put_off.until), put_off.reason)
}

/// Until when it may be put off.
#[must_use]
pub fn until_help(latest: Date) -> String {
    format!("Ce jour-là, elle revient dans la liste. Au plus tard le {}.", french::date(latest))
}

/// Said once a task is taken.
pub(crate) fn taken() -> Flash {
    Flash::done("Action prise.", "Votre nom est affiché dans la liste de l’équipe.")
}

/// Said once a task is given back.
pub(crate) fn released() -> Flash {
    Flash::done("Action rendue à l’équipe.", "Elle n’est plus prise par personne.")
}

/// Said once a task is handed over.
pub(crate) fn handed_over() -> Flash {
    Flash::done("Action transmise.", "La personne en est informée.")
}

/// Said once a task is put off.
pub(crate) fn put_off() -> Flash {
    Flash::done("Action reportée.", "Elle est parmi les actions reportées jusqu’au jour choisi.")
}

/// Said once a task is back.
pub(crate) fn brought_back() -> Flash {
    Flash::done("Action remise dans la liste.", "Elle est de nouveau à faire.")
}
