//! French words of the pages of missions: titles, terms, confirmations, what is said once done.

pub(super) mod expenses;
pub(super) mod export;
pub(super) mod impediment;

use entity::mission::{self, MissionState};

use super::super::queries::Reply;
use super::super::{labels, wording};
use crate::http::web::by_link::Said;
use crate::http::web::component::Choice;
use crate::http::web::layout::Flash;
use crate::rules::renewal::BEST_SCORE;

/// Fault of a form.
pub(super) const OBJECT_WANTED: &str = "Choisissez l’objet de la mission";
/// Fault of a form.
pub(super) const ANSWER_DATE: &str = "Indiquez une date, par exemple 31/12/2026";
/// Title of the list, for the team.
pub(super) const MISSIONS: &str = "Missions";
/// Title of the list, for an expert.
pub(super) const MY_MISSIONS: &str = "Mes missions";
/// Title of the form.
pub(super) const NEW_MISSION: &str = "Proposer une mission";
/// Above the faults.
pub(super) const NOT_PROPOSED: &str = "La mission n’est pas encore proposée";
/// Above the faults.
pub(super) const NOT_DONE: &str = "Rien n’a encore été changé";
/// Title of the page of a link.
pub(super) const REPLY: &str = "Répondre à la proposition";

/// Said once proposed.
#[must_use]
pub(super) fn proposed(name: &str) -> Flash {
    Flash::done("Mission proposée.", format!("{name} reçoit un message et peut répondre par son lien."))
}

/// Said once an answer is recorded, to whoever answers by link or on the page.
#[must_use]
pub(super) fn accepted() -> Flash {
    Flash::done("Mission acceptée.", "La date est dans le message de confirmation, pour votre agenda.")
}

/// Said once declined.
#[must_use]
pub(super) fn declined() -> Flash {
    Flash::done(
        "Réponse enregistrée.",
        "Merci d’avoir répondu\u{202f}: la mission sera proposée à une autre personne.",
    )
}

/// Said once an act is done.
#[must_use]
pub(super) fn done(title: &str) -> Flash {
    Flash::done(title, "")
}

/// Term of a fact.
pub(super) const FACT_WHEN: &str = "Quand";
/// Term of a fact.
pub(super) const FACT_PLACE: &str = "Où";
/// Term of the margin.
pub(super) const FACT_MODE: &str = "Mode";
/// Term of a fact.
pub(super) const FACT_OBJECT: &str = "Objet";
/// Term of a fact.
pub(super) const FACT_STRUCTURE: &str = "Structure";
/// Term of a fact.
pub(super) const FACT_CERTIFICATION: &str = "Certification";
/// Term of a fact.
pub(super) const FACT_FEE: &str = "Indemnité";
/// Term of a fact.
pub(super) const FACT_CEILING: &str = "Frais, au plus";
/// Term of a fact.
pub(super) const FACT_PERSON: &str = "Personne";
/// Term of a fact.
pub(super) const FACT_ANSWER: &str = "Réponse attendue";
/// Term of a fact.
pub(super) const FACT_REASON: &str = "Motif";
/// Term of a fact.
pub(super) const FACT_RESUMES: &str = "Reprend la mission";
/// Term of a fact.
pub(super) const FACT_RESUMED: &str = "Reprise par";
/// The link that proposes a cancelled mission anew.
pub(super) const RESUME: &str = "Reprendre cette mission";
/// Term of a fact.
pub(super) const FACT_DUTY: &str = "Habilitation demandée";
/// What was said of the mission.
pub(super) const FACT_SATISFACTION: &str = "Satisfaction";
/// The filter of the missions that nobody has.
pub(super) const VACANT: &str = "À pourvoir";
/// The filter of the missions that have ended without a report.
pub(super) const REPORT_AWAITED: &str = "Compte rendu attendu";
/// Opens a mission, when this person has nothing to do on it.
pub(super) const OPEN: &str = "Ouvrir";

/// What is to be done of a mission that has ended without a report.
#[must_use]
pub(super) const fn awaited(state: MissionState) -> &'static str {
    match state {
        MissionState::InProgress => "Terminer la mission",
        MissionState::Done => "Remettre le compte rendu",
        _ => OPEN,
    }
}

/// What became of an offer that is over, and what comes next.
#[must_use]
pub(super) const fn over(reply: &Reply) -> Said {
    let (text, next) = match reply {
        Reply::Open(_) => ("", ""),
        Reply::Accepted => (
            "Vous avez déjà accepté cette mission.",
            "Merci. La confirmation et la date pour votre agenda sont dans votre messagerie. Un empêchement\u{202f}? Prévenez-nous dès que possible.",
        ),
        Reply::Declined => (
            "Vous avez déjà répondu que vous ne pouviez pas tenir cette mission.",
            "Merci d’avoir répondu. Vous n’avez rien d’autre à faire.",
        ),
        Reply::Expired => (
            "Le délai de réponse est passé.",
            "Merci de l’attention que vous y avez portée. Vous n’avez rien à faire.",
        ),
        Reply::Gone => (
            "Cette mission a été confiée à une autre personne, ou nous l’avons reprise.",
            "Merci de l’attention que vous y avez portée. Vous n’avez rien à faire.",
        ),
        Reply::Cancelled => {
            ("Cette mission est annulée.", "Merci de votre disponibilité. Vous n’avez rien à faire.")
        }
        Reply::Unknown => (
            "Ce lien n’est pas reconnu.",
            "Vérifiez que l’adresse est entière, ou reprenez le dernier message reçu.",
        ),
    };
    Said { title: "Cette proposition n’attend plus de réponse", text, next }
}

/// What is said to whoever has just answered.
#[must_use]
pub(super) const fn thanks(accepted: bool) -> Said {
    if accepted {
        Said {
            title: "Mission acceptée",
            text: "Merci\u{202f}: la mission est à vous.",
            next: "Un message de confirmation vous parvient, avec la date pour votre agenda. L’ordre de mission est établi.",
        }
    } else {
        Said {
            title: "Réponse enregistrée",
            text: "Merci d’avoir répondu.",
            next: "La mission sera proposée à une autre personne. Vous n’avez rien d’autre à faire.",
        }
    }
}

/// Title of the page that looks for someone else: there may be nobody to replace.
#[must_use]
pub(super) const fn replacing(held: bool) -> &'static str {
    if held { "Remplacer la personne" } else { "Trouver une personne" }
}

/// The link that looks for someone else.
#[must_use]
pub(super) const fn replace(state: MissionState) -> &'static str {
    match state {
        MissionState::Accepted => "Remplacer la personne",
        _ => "Proposer à une autre personne",
    }
}

/// When an offer left and was answered.
#[must_use]
pub(super) fn offer_dates(sent: Option<String>, answered: Option<String>) -> String {
    match (sent, answered) {
        (Some(sent), Some(answered)) => format!("envoyée le {sent}, close le {answered}"),
        (Some(sent), None) => format!("envoyée le {sent}"),
        (None, Some(answered)) => format!("close le {answered}"),
        (None, None) => "dans l’ordre des personnes à solliciter".to_owned(),
    }
}

/// The words of a confirmation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// The question, which is the title.
    pub(super) question: &'static str,
    /// The button that keeps.
    pub(super) keep: &'static str,
    /// The button that does.
    pub(super) act: &'static str,
}

/// The words of the confirmation of an act.
#[must_use]
pub(super) fn asked(verb: &str) -> Asked {
    match verb {
        "se-desister" => Asked {
            question: "Vous désister de cette mission\u{202f}?",
            keep: "Garder la mission",
            act: "Me désister",
        },
        "retirer" => Asked {
            question: "Retirer cette mission\u{202f}?",
            keep: "Garder la mission",
            act: "Retirer la mission",
        },
        "deplacer" => Asked {
            question: "Déplacer cette mission\u{202f}?",
            keep: "Garder la date",
            act: "Déplacer la mission",
        },
        "revenir" => Asked {
            question: "Dire que cette mission n’est pas réalisée\u{202f}?",
            keep: "La mission est réalisée",
            act: "Revenir à la mission acceptée",
        },
        _ => Asked {
            question: "Annuler cette mission\u{202f}?",
            keep: "Garder la mission",
            act: "Annuler la mission",
        },
    }
}

/// What the act is about.
#[must_use]
pub(super) fn asked_intro(title: &str, number: &str) -> String {
    format!("{title}, {number}. À l’enregistrement\u{202f}:")
}

/// What the act changes and who is told.
#[must_use]
pub(super) fn effects(
    before: &mission::Model,
    after: &mission::Model,
    mails: &[(String, serde_json::Value)],
) -> Vec<String> {
    let moved = before.starts_at != after.starts_at || before.ends_at != after.ends_at;
    let mut effects = if moved {
        let (from, to) = (wording::when(before), wording::when(after));
        vec![format!("la date change\u{202f}: {to}, au lieu de {from}\u{202f};")]
    } else {
        let word = labels::state(after.state).word;
        vec![format!("la mission passe à l’état «\u{202f}{word}\u{202f}»\u{202f};")]
    };
    for (_, recipient) in mails {
        let who = match recipient["to"].as_str() {
            Some("expert") => "la personne reçoit un message\u{202f};",
            Some("structure") => "la structure reçoit un message\u{202f};",
            _ => "l’équipe certification reçoit un message\u{202f};",
        };
        effects.push(who.to_owned());
    }
    effects.push("l’acte est inscrit au journal.".to_owned());
    effects
}

/// Said once an act is done.
#[must_use]
pub(super) fn said(verb: &str) -> Flash {
    match verb {
        "accepter" => accepted(),
        "decliner" => declined(),
        "se-desister" => {
            Flash::done("Désistement enregistré.", "L’équipe certification cherche une autre personne.")
        }
        "retirer" => done("Mission retirée."),
        "annuler" => done("Mission annulée."),
        "commencer" => done("Mission commencée."),
        "terminer" => Flash::done("Mission réalisée.", "Il reste à remettre le compte rendu."),
        "revenir" => Flash::done(
            "Mission de nouveau acceptée.",
            "Elle reste à la même personne\u{202f}: déplacez-la si sa date est passée.",
        ),
        "corriger-paiement" => Flash::done("Paiement corrigé.", "La personne reçoit un message."),
        "compte-rendu" => Flash::done(
            "Compte rendu reçu.",
            "Les frais peuvent être déposés, même s’il n’y a que l’indemnité.",
        ),
        "satisfaction" => {
            Flash::done("Note enregistrée.", "Elle compte pour le renouvellement de l’habilitation.")
        }
        "service-fait" => Flash::done("Service fait attesté.", "La mission est dans la liste à payer."),
        "renvoyer-frais" => Flash::done("Frais renvoyés.", "La personne reçoit un message."),
        "rien-a-payer" => done("Mission soldée."),
        "deplacer" => Flash::done("Mission déplacée.", "Les agendas suivent."),
        _ => done("Changements enregistrés."),
    }
}

/// « 4 sur 5 ».
#[must_use]
pub(super) fn score(score: i32) -> String {
    format!("{score} sur {BEST_SCORE}")
}

/// The scores that a mission may be given, the best first.
#[must_use]
pub(super) fn scores() -> Vec<Choice> {
    let words =
        ["très satisfaisante", "satisfaisante", "moyenne", "peu satisfaisante", "pas du tout satisfaisante"];
    let scores = (1..=BEST_SCORE).rev().zip(words);
    scores.map(|(score, word)| Choice::new(score.to_string(), format!("{score}, {word}"))).collect()
}

/// Said once somebody else is asked.
#[must_use]
pub(super) fn asked_next() -> Flash {
    Flash::done(
        "Mission proposée.",
        "La première personne reçoit un message\u{202f}; les suivantes attendent leur tour.",
    )
}

/// What is touched: the date.
#[must_use]
pub(super) fn touched_dates(when: &str, place: &str) -> String {
    format!("La date reste la même\u{202f}: {when}, {place}.")
}

/// What is touched: the person.
#[must_use]
pub(super) fn touched_person(name: &str) -> String {
    format!("{name} reçoit un message, et la date quitte son agenda.")
}

/// What is touched: the structure.
#[must_use]
pub(super) fn touched_structure(name: &str, held: bool) -> String {
    if held {
        return format!(
            "{name} apprend qu’une autre personne viendra, puis son nom dès qu’elle aura accepté."
        );
    }
    format!("{name} apprend le nom de la personne dès qu’elle aura accepté.")
}

/// What is touched: the people to meet.
#[must_use]
pub(super) fn touched_people(persons: &[String]) -> String {
    format!("Personnes à rencontrer\u{202f}: {}.", persons.join(", "))
}

/// What is touched: the documents.
pub(super) const TOUCHED_ORDER: &str =
    "Un nouvel ordre de mission est établi au nom de la personne qui accepte.";
/// Nothing stands in the way.
pub(super) const NO_TIE: &str = "aucun lien connu avec la structure";

/// Until when someone is habilitated.
#[must_use]
pub(super) fn habilitated_until(day: &str) -> String {
    format!("habilitation en cours jusqu’au {day}")
}

/// Title of the page.
pub(super) const AGENDA: &str = "Mon agenda";
/// Title of a visit of the agenda.
pub(super) const VISIT: &str = "Visite d’agrément";
/// Name of the calendar.
pub(super) const FEED_NAME: &str = "Mes missions Parchemin";

/// "mars 2026", from "3 mars 2026".
#[must_use]
pub(super) fn month(date: &str) -> String {
    date.split_once(' ').map_or(date, |(_, month)| month).to_owned()
}

/// Said once the address is closed.
#[must_use]
pub(super) fn feed_closed() -> Flash {
    Flash::done("Adresse fermée.", "Les agendas qui la lisaient ne reçoivent plus rien.")
}

/// What is not of the day looked at.
pub(super) const OF_TODAY: &str = "L’état, la personne et les réponses sont ceux de la fin de ce jour, d’après le journal\u{202f}; les dates, le lieu et l’indemnité sont ceux d’aujourd’hui, et les frais ne sont pas repris.";
/// Above the fault of a day that cannot be shown.
pub(super) const NOT_SHOWN: &str = "La situation de ce jour n’est pas affichée";
/// Beside it.
pub(super) const NOT_THAT_DAY: &str =
    "Choisissez un jour plus récent\u{202f}: cette mission n’existait pas encore, ou n’était pas la vôtre.";
