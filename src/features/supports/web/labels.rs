//! French words of the pages of teaching supports.

use super::step::SupportAct;
use crate::render::french;
use crate::rules::money;

/// The title of the list.
pub(super) const LIST: &str = "Appuis pédagogiques";
/// The title of the form.
pub(super) const NEW: &str = "Demander un appui pédagogique";
/// What is said when something stands in the way.
pub(super) const NOT_DONE: &str = "Rien n’est encore enregistré";
/// What is said once something is recorded.
pub(super) const RECORDED: &str = "L’acte est inscrit à l’historique de l’appui.";
/// The fault of a structure that is not known.
pub(super) const UNKNOWN_STRUCTURE: &str = "Aucune structure que vous suivez ne porte ce SIREN";
/// The fault of a person who is not known.
pub(super) const UNKNOWN_PERSON: &str = "Aucune fiche d’intervenant ne porte ce numéro";
/// When it begins, in the margin.
pub(super) const STARTS: &str = "Début";
/// How long, in the margin.
pub(super) const LASTS: &str = "Durée";
/// Who was there.
pub(super) const PERSONS: &str = "Personnes présentes";
/// What the structure says.
pub(super) const SAID: &str = "Ce qu’en dit la structure";
/// What a support forbids, once given.
pub(super) const INDEPENDENCE: &str = "La personne qui a donné cet appui ne peut pas contrôler cette structure pendant 24 mois, sauf délai réglé autrement.";
/// The fault of an amount that cannot be read.
pub(super) const COST: &str = "Indiquez un montant, par exemple 240 ou 240,50";

/// How many half-days.
pub(super) fn half_days(count: i32) -> String {
    french::plural(count.into(), "demi-journée", "demi-journées")
}

/// What it costs.
pub(super) fn cost(cents: i64) -> String {
    format!("{}\u{a0}€", money::exact(cents))
}

/// A note of five.
pub(super) fn satisfaction(note: i32) -> String {
    format!("{note} sur 5")
}

/// Said once a support is asked for.
pub(super) const ASKED: &str = "Appui demandé.";

/// What a page says around an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The title of its page, and the link that leads to it.
    pub title: &'static str,
    /// What it means.
    pub intro: &'static str,
    /// The button that does it.
    pub act: &'static str,
    /// What is said once done.
    pub done: &'static str,
}

const fn words([title, intro, act, done]: [&'static str; 4]) -> Words {
    Words { title, intro, act, done }
}

/// The words of an act.
#[must_use]
pub(super) const fn of(act: SupportAct) -> Words {
    match act {
        SupportAct::Accept => words([
            "Accepter l’appui",
            "Le budget et le financeur sont connus. La structure est prévenue.",
            "Accepter l’appui",
            "Appui accepté.",
        ]),
        SupportAct::Refuse => {
            words(["Refuser l’appui", "La structure lit le motif.", "Refuser l’appui", "Appui refusé."])
        }
        SupportAct::Reconsider => words([
            "Reprendre la demande",
            "La demande est de nouveau à examiner.",
            "Reprendre la demande",
            "Demande reprise.",
        ]),
        SupportAct::Schedule => words([
            "Planifier l’appui",
            "La mission est proposée à la personne choisie. Ses liens, ses absences et ses demi-journées sont vérifiés. Qui donne un appui ne contrôle pas la structure pendant 24 mois.",
            "Planifier et proposer la mission",
            "Appui planifié, mission proposée.",
        ]),
        SupportAct::Postpone => words([
            "Déplacer l’appui",
            "La mission est déplacée avec l’appui. La structure et la personne sont prévenues.",
            "Déplacer l’appui",
            "Appui déplacé.",
        ]),
        SupportAct::Perform => words([
            "Enregistrer la réalisation",
            "La mission est enregistrée comme faite en même temps.",
            "Enregistrer la réalisation",
            "Réalisation enregistrée. Le compte rendu est attendu.",
        ]),
        SupportAct::Report => words([
            "Remettre le compte rendu",
            "La structure et l’équipe le lisent.",
            "Envoyer le compte rendu",
            "Compte rendu envoyé.",
        ]),
        SupportAct::Rate => words([
            "Donner notre avis",
            "Votre avis aide à préparer les prochains appuis.",
            "Enregistrer l’avis",
            "Avis enregistré, merci.",
        ]),
        SupportAct::Close => words([
            "Clore l’appui",
            "La structure est invitée à donner son avis.",
            "Clore l’appui",
            "Appui clos.",
        ]),
        SupportAct::Cancel => words([
            "Annuler l’appui",
            "Tout le monde est prévenu. La mission est annulée en même temps, par l’équipe si vous ne le pouvez pas.",
            "Annuler l’appui",
            "Appui annulé.",
        ]),
    }
}
