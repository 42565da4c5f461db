//! French words of the shell and of its components.

use entity::account_role::Role;

use super::component::{Stage, Urgency};
use super::error_page::ErrorKind;
use super::layout::{Flash, NavItem, Shell, Space, Tone};
use super::pages::{Licence, Purpose};

/// Said in place of a value that nobody entered.
pub const UNSET: &str = "non renseigné";

/// Beside a filter of an address that is not one of its choices.
pub const UNKNOWN_CHOICE: &str = "Ce choix n’est pas reconnu\u{202f}: prenez-en un de la liste";

/// Said to a second press while the first has no answer yet.
pub const STILL_SENT: &str = "Un premier envoi du même formulaire n’a pas encore sa réponse. Ouvrez la page pour voir ce qui est enregistré.";

impl Space {
    /// The name of the space in the header.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Public => "Espace public",
            Self::Certification => "Espace certification",
            Self::Structure => "Espace structure",
            Self::Expert => "Espace intervenant",
            Self::Trainee => "Espace stagiaire",
            Self::Audit => "Accès d’audit",
        }
    }
}

impl NavItem {
    /// What is seen after the word of the entry, when something waits there.
    #[must_use]
    pub fn badge(&self) -> Option<String> {
        badge(self.to_do)
    }

    /// What is heard after the word of the entry.
    #[must_use]
    pub fn waiting(&self) -> String {
        format!(", {} à traiter", self.to_do)
    }
}

impl Shell {
    /// What is seen on the bell, when something is not read.
    #[must_use]
    pub fn badge(&self) -> Option<String> {
        badge(self.unread)
    }

    /// What is heard of the bell.
    #[must_use]
    pub fn notifications(&self) -> String {
        match self.unread {
            0 => "Notifications".to_owned(),
            1 => "Notifications\u{202f}: 1 non lue".to_owned(),
            count => format!("Notifications\u{202f}: {count} non lues"),
        }
    }
}

/// A count in the little space of a badge; nothing when there is nothing.
fn badge(count: u64) -> Option<String> {
    match count {
        0 => None,
        1..100 => Some(count.to_string()),
        _ => Some("99+".to_owned()),
    }
}

impl ErrorKind {
    /// The title of the page of an error.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "La demande n’a pas été comprise",
            Self::Unauthenticated => "Connectez-vous pour continuer",
            Self::Forbidden => "Cette action n’est pas ouverte à votre compte",
            Self::StaleForm => "Cette page est à recharger",
            Self::NotFound => "Page introuvable",
            Self::Conflict => "Le dossier a changé entre-temps",
            Self::TooLarge => "L’envoi est trop lourd",
            Self::TooMany => "Trop de demandes à la fois",
            Self::Internal => "Le service a rencontré un problème",
            Self::Unavailable => "Le service est momentanément indisponible",
        }
    }
}

impl Stage {
    /// What is said before a step to those who do not see its dot.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Done => "Terminé",
            Self::Current => "En cours",
            Self::Ahead => "À venir",
        }
    }
}

impl Urgency {
    /// The title of a group of tasks.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Late => "En retard",
            Self::Today => "Aujourd’hui",
            Self::Coming => "À venir",
            Self::Postponed => "Reportées",
        }
    }
}

/// The entries of a navigation that lead to pages that exist; pages that are not built are not announced.
#[must_use]
pub fn navigation(space: Space) -> Vec<NavItem> {
    let entries: &[(&str, &str)] = match space {
        Space::Public => {
            &[("Vérifier un certificat", "/verifier"), ("Devenir structure agréée", "/devenir-agree")]
        }
        Space::Certification => &[
            ("Accueil", "/accueil"),
            ("À faire", "/a-faire"),
            ("Candidats", "/candidats"),
            ("Agréments", "/agrements"),
            ("Commissions", "/commissions"),
            ("Structures", "/structures"),
            ("Intervenants", "/intervenants"),
            ("Jurys", "/jurys"),
            ("Missions", "/missions"),
            ("Contrôles", "/controles"),
            ("Certificats", "/certificats"),
            ("Certifications", "/certifications"),
            ("Courriels", "/courriels"),
            ("Journal", "/journal"),
        ],
        Space::Structure => &[
            ("Accueil", "/accueil"),
            ("Notre agrément", "/notre-agrement"),
            ("Candidats", "/candidats"),
            ("Jurys", "/jurys"),
            ("Contrôles", "/controles"),
            ("Notre structure", "/notre-structure"),
        ],
        Space::Expert => &[
            ("Accueil", "/accueil"),
            ("Mes missions", "/missions"),
            ("Mes jurys", "/jurys"),
            ("Agenda", "/agenda"),
            ("Disponibilités", "/disponibilites"),
            ("Mes visites", "/agrements"),
            ("Mes contrôles", "/controles"),
        ],
        Space::Trainee => &[("Accueil", "/accueil")],
        Space::Audit => &[
            ("Accueil", "/accueil"),
            ("Candidats", "/candidats"),
            ("Agréments", "/agrements"),
            ("Certificats", "/certificats"),
            ("Structures", "/structures"),
            ("Journal", "/journal"),
        ],
    };
    entries.iter().map(|(label, href)| NavItem::new(label, href)).collect()
}

/// What the account menu of a space offers besides the account.
#[must_use]
pub fn tools(space: Space) -> Vec<NavItem> {
    let entries: &[(&str, &str)] = match space {
        Space::Certification | Space::Audit => &[
            ("Demandes de compte", "/acces"),
            ("Droits et échéances", "/droits"),
            ("Réunions", "/reunions"),
            ("Appuis pédagogiques", "/appuis"),
            ("Activité par année", "/statistiques/activite"),
            ("Chiffres des jurys", "/statistiques/jurys"),
            ("Délais de la procédure", "/parametres/delais"),
            ("Calendrier scolaire", "/parametres/calendrier-scolaire"),
            ("Modèles", "/parametres/modeles"),
            ("Comptes et rôles", "/parametres/utilisateurs"),
        ],
        Space::Expert => &[
            ("À faire", "/a-faire"),
            ("Ma fiche", "/ma-fiche"),
            ("Mes habilitations", "/mes-habilitations"),
            ("Mes droits et échéances", "/droits"),
            ("Réunions", "/reunions"),
            ("Mes appuis", "/appuis"),
        ],
        Space::Structure => &[
            ("À faire", "/a-faire"),
            ("Nos droits et échéances", "/droits"),
            ("Appuis pédagogiques", "/appuis"),
        ],
        Space::Public | Space::Trainee => &[],
    };
    entries.iter().map(|(label, href)| NavItem::new(label, href)).collect()
}

/// "Un point reste à corriger", "Trois points restent à corriger".
#[must_use]
pub fn points_to_fix(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["Aucun", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf"];
    match WORDS.get(count) {
        Some(word) if count < 2 => format!("{word} point reste à corriger\u{202f}:"),
        Some(word) => format!("{word} points restent à corriger\u{202f}:"),
        None => format!("{count} points restent à corriger\u{202f}:"),
    }
}

/// Said when a person comes back after the session ended.
#[must_use]
pub fn signed_out() -> Flash {
    Flash {
        kind: Tone::Info,
        title: "Votre session est terminée.".to_owned(),
        text: "Vos brouillons sont conservés\u{202f}: ils reviennent après la connexion.".to_owned(),
    }
}

/// Said when a question is asked again, by going back to it, once it means nothing any more.
#[must_use]
pub fn question_over() -> Flash {
    Flash {
        kind: Tone::Info,
        title: "Cette question n’attend plus de réponse.".to_owned(),
        text: "Cette page montre ce qui est enregistré maintenant.".to_owned(),
    }
}

/// The third-party components of the pages.
pub const LICENCES: &[Licence] = &[
    Licence {
        name: "htmx 4",
        usage: "Mise à jour partielle des pages",
        licence: "Zero-Clause BSD",
        file: "vendor/licences/htmx.txt",
    },
    Licence {
        name: "Spectral",
        usage: "Caractères des titres",
        licence: "SIL Open Font License 1.1",
        file: "vendor/licences/spectral.txt",
    },
    Licence {
        name: "Hanken Grotesk",
        usage: "Caractères du texte",
        licence: "SIL Open Font License 1.1",
        file: "vendor/licences/hanken-grotesk.txt",
    },
    Licence {
        name: "Atkinson Hyperlegible Mono",
        usage: "Caractères des références",
        licence: "SIL Open Font License 1.1",
        file: "vendor/licences/atkinson-hyperlegible-mono.txt",
    },
];

/// What this program does with personal data: GDPR article 6 (1) b, c and f, article 9 (2) a; labour code L. 6113-8.
#[must_use]
pub fn purposes() -> Vec<Purpose> {
    const ROWS: [[&str; 3]; 8] = [
        ["Comptes et connexion", "Intérêt légitime\u{202f}: sécurité du service", "Équipe d’administration"],
        [
            "Agrément des structures\u{202f}: demande, visite, décision, suivi",
            "Contrat, intérêt légitime du certificateur\u{202f}; obligation légale pour une certification enregistrée",
            "Équipe de certification, contrôleuse ou contrôleur désigné, commission",
        ],
        [
            "Intervenants\u{202f}: habilitation, missions, indépendance",
            "Contrat, intérêt légitime",
            "Structures concernées (nom et fonction)",
        ],
        [
            "Inscription à une certification, évaluation, jury, certificat",
            "Contrat, intérêt légitime\u{202f}; obligation légale pour une certification enregistrée",
            "Jury, structure (résultat), instances de la branche (listes de décisions)",
        ],
        [
            "Transmission des titulaires au système national",
            "Obligation légale (code du travail, article L. 6113-8)",
            "Caisse des Dépôts",
        ],
        [
            "Formations\u{202f}: inscription, présence, attestations",
            "Contrat\u{202f}; obligation légale de preuve",
            "Employeur, organisme financeur, services de contrôle",
        ],
        ["Aménagements liés au handicap", "Accord explicite", "Personne référente handicap"],
        [
            "Journal des actes",
            "Intérêt légitime\u{202f}: sécurité et preuve",
            "Administration, auditeurs habilités",
        ],
    ];
    ROWS.into_iter()
        .map(|[purpose, basis, recipients]| Purpose {
            purpose: purpose.to_owned(),
            basis: basis.to_owned(),
            recipients: recipients.to_owned(),
        })
        .collect()
}

/// The name of a role.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "Administration",
        Role::Manager => "Responsable de certification",
        Role::Officer => "Gestionnaire",
        Role::Expert => "Intervenant",
        Role::Structure => "Structure",
        Role::Trainee => "Stagiaire",
        Role::Auditor => "Auditeur",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_points_is_written_in_words() {
        assert_eq!(points_to_fix(1), "Un point reste à corriger\u{202f}:");
        assert_eq!(points_to_fix(3), "Trois points restent à corriger\u{202f}:");
        assert_eq!(points_to_fix(12), "12 points restent à corriger\u{202f}:");
    }

    #[test]
    fn a_badge_holds_two_figures_and_is_heard_in_words() {
        for (count, seen, heard) in [
            (0, None, "Notifications"),
            (1, Some("1"), "Notifications\u{202f}: 1 non lue"),
            (99, Some("99"), "Notifications\u{202f}: 99 non lues"),
            (100, Some("99+"), "Notifications\u{202f}: 100 non lues"),
        ] {
            let shell = Shell { unread: count, ..Shell::default() };
            assert_eq!((shell.badge().as_deref(), shell.notifications().as_str()), (seen, heard));
        }
    }
}
