//! French words of the journal: what was found, and what each act is called.

use super::divergence::{Divergence, Kind, Outcome, Place};
use crate::http::web::component::{Color, Status};
use crate::render::french::{self, THIN};

impl Place {
    fn words(&self) -> String {
        let number = |seq: &u64| french::integer(i64::try_from(seq + 1).unwrap_or(i64::MAX));
        match self {
            Self::Event { seq, id: Some(id) } => format!("L’acte n°{THIN}{} ({id})", number(seq)),
            Self::Event { seq, id: None } => format!("L’acte n°{THIN}{}", number(seq)),
            Self::Unsealed { id } => format!("L’acte {id} (sans sceau)"),
            Self::Between { from, until } => {
                format!("Parmi les actes n°{THIN}{} à {}", number(from), number(&until.saturating_sub(1)))
            }
            Self::Seal { tree_size } => {
                format!(
                    "Le sceau de {} actes",
                    french::integer(i64::try_from(*tree_size).unwrap_or(i64::MAX))
                )
            }
            Self::Key { key_id } => format!("La clé {key_id}"),
            Self::Line { number } => format!("La ligne {number} du fichier"),
        }
    }
}

impl Divergence {
    /// What was found, in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let fact = match (self.kind, &self.place) {
            (Kind::Modified, _) => "a été modifié{}: son contenu ne donne plus l’empreinte scellée",
            (Kind::Missing, Place::Seal { .. }) => "manque",
            (Kind::Missing, _) => "manque{}: il a été retiré",
            (Kind::Inserted, Place::Event { .. }) => "a été ajouté sans sceau",
            (Kind::Inserted, _) => "a été ajouté hors du logiciel",
            (Kind::Reordered, _) => "n’est plus à sa place{}: l’ordre a été changé",
            (Kind::BadRoot, Place::Between { .. }) => {
                ", un acte a été ajouté, retiré ou déplacé{}: la racine scellée n’est plus celle que l’on calcule"
            }
            (Kind::BadRoot, _) => "porte une racine qui n’est pas celle que l’on calcule",
            (Kind::BadSignature, _) => "porte une signature fausse",
            (Kind::BadKey, Place::Seal { .. }) => "est signé par une clé déjà retirée",
            (Kind::BadKey, _) => "est inconnue, ou ne correspond pas à son nom",
            (Kind::Personal, _) => {
                "s’appuie sur une valeur personnelle modifiée, ou retirée sans effacement inscrit"
            }
            (Kind::Unreadable, _) => "est illisible",
        };
        let fact = fact.replace("{}", &THIN.to_string());
        let space = if fact.starts_with(',') { "" } else { " " };
        format!("{}{space}{fact}.", self.place.words())
    }
}

impl Outcome {
    /// What the command prints.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Intact(report) => {
                let (events, root) = (report.events + report.unsealed, hex::encode(report.root));
                let mut told = format!("OK {events} événements, {} sceaux, racine {root}", report.seals);
                if report.unsealed > 0 {
                    told += &format!("\ndont {} pas encore scellés", report.unsealed);
                }
                if let Some(last) = &report.last {
                    told += &format!("\nClé de signature{THIN}: {}", last.key_id);
                }
                told
            }
            Self::Altered(divergence, _) => divergence.sentence(),
        }
    }
}

/// Families of acts, as the filters propose them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Somebody decided.
    Decision,
    /// Somebody signed.
    Signature,
    /// Somebody looked at something sensitive.
    Reading,
    /// Something was sent or delivered.
    Sending,
    /// Somebody came in or left, or a way in changed.
    Access,
    /// Anything else: something was written or changed.
    Change,
}

impl Family {
    /// Every family, in the order of the filters.
    pub const ALL: [Self; 6] =
        [Self::Decision, Self::Signature, Self::Change, Self::Reading, Self::Sending, Self::Access];

    /// The value of the filter.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decisions",
            Self::Signature => "signatures",
            Self::Reading => "consultations",
            Self::Sending => "envois",
            Self::Access => "connexions",
            Self::Change => "modifications",
        }
    }

    /// The family of a filter.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.word() == word)
    }

    /// What the person reads beside the box.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decision => "Décisions",
            Self::Signature => "Signatures",
            Self::Reading => "Consultations",
            Self::Sending => "Envois",
            Self::Access => "Connexions",
            Self::Change => "Modifications",
        }
    }

    /// The last words of the names of its events, but for a few names; a change is what is in no other family.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Decision => &[
                "granted",
                "granted_with_reserves",
                "refused",
                "adjourned",
                "opinion_given",
                "completed",
                "returned",
                "visit_waived",
                "appeal_upheld",
                "appeal_overturned",
                "appeal_settled",
                "reserves_lifted",
                "deferred",
                "rejected",
                "suspended",
                "reinstated",
                "piece_reviewed",
                "alert_kept",
                "issued",
                "superseded",
                "revocation_dismissed",
                "validated",
                "decided_again",
                "excluded",
                "appeal_answered",
            ],
            Self::Signature => &[
                "signed",
                "signed_by_structure",
                "signed_by_certifier",
                "charter_signed",
                "activated",
                "year_declared",
                "signature_given",
                "minutes_signed",
            ],
            Self::Reading => &[
                "viewed",
                "read",
                "adaptations_read",
                "downloaded",
                "copied",
                "exported",
                "payable_exported",
                "verified",
            ],
            Self::Sending => &[
                "sent",
                "head_sent",
                "report_sent",
                "document_issued",
                "draft_warned",
                "return_reminded",
                "reserve_reminded",
                "expiry_warned",
                "reminded",
                "report_reminded",
                "alert_raised",
                "retried",
                "digest_made",
                "convoked",
                "files_sent",
                "code_sent",
                "results_told",
                "notified",
            ],
            Self::Access => &[
                "signed_in",
                "signed_out",
                "sign_in_link_sent",
                "second_factor_given",
                "second_factor_enabled",
                "second_factor_disabled",
                "recovery_codes_made",
                "password_changed",
                "revoked",
            ],
            Self::Change => &[],
        }
    }

    /// The family of an event.
    #[must_use]
    pub fn of(name: &str) -> Self {
        // A meeting decides too, and a session is revoked: neither is what a jury or a certificate is.
        if ["candidate.decided", "certificate.revoked", "jury.decided"].contains(&name) {
            return Self::Decision;
        }
        if name == "certificate_batch.retried" {
            return Self::Change;
        }
        let ending = name.rsplit('.').next().unwrap_or(name);
        Self::ALL.into_iter().find(|family| family.endings().contains(&ending)).unwrap_or(Self::Change)
    }

    /// Its sign and colour in the table.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Decision => Status::new("Décision", "coche", Color::Pre),
            Self::Signature => Status::new("Signature", "plume", Color::Ciel),
            Self::Reading => Status::new("Consultation", "oeil", Color::Ardoise),
            Self::Sending => Status::new("Envoi", "envoi", Color::Ardoise),
            Self::Access => Status::new("Connexion", "cadenas", Color::Ardoise),
            Self::Change => Status::new("Modification", "plume", Color::Ocre),
        }
    }
}

/// The kind of thing an act is about.
#[must_use]
pub fn subject_kind(kind: &str) -> &str {
    match kind {
        "access_request" => "Demande de compte",
        "account" => "Compte",
        "structure" => "Structure",
        "site" => "Établissement",
        "certificate" => "Certificat",
        "certificate_batch" => "Certificats d’une session",
        "certification" | "certification_version" => "Certification",
        "certifier" => "Organisme certificateur",
        "expert" => "Intervenant",
        "habilitation" => "Habilitation",
        "meeting" => "Réunion",
        "agreement_request" => "Demande d’agrément",
        "agreement" => "Agrément",
        "committee" => "Commission",
        "mission" => "Mission",
        "candidate" => "Candidature",
        "candidate_adaptation" => "Adaptation d’une candidature",
        "jury_session" => "Jury",
        "programme" => "Formation",
        "training_handbook" => "Livret ou règlement",
        "training_session" | "training_sessions" => "Session de formation",
        "training_room" => "Salle de formation",
        "enrolment" | "enrolments" => "Inscription",
        "enrolment_adaptation" => "Adaptation d’une inscription",
        "training_document" => "Document de formation",
        "invoice" => "Facture",
        "funding" => "Financement",
        "bpf" => "Bilan pédagogique et financier",
        "invoices" => "Écritures comptables",
        "survey" => "Enquête",
        "expense_claim" => "Frais de mission",
        "document" => "Document",
        "installation" => "Installation",
        "list" => "Liste",
        "activity" | "jury_figures" => "Activité",
        "mail" => "Courriel",
        "job" => "Document à refaire",
        "task_note" => "Action de l’équipe",
        "setting" => "Réglage",
        "journal" => "Journal",
        "appeal" => "Recours",
        "session" | "web_session" => "Session",
        "api_token" => "Jeton d’accès",
        "partner_update" => "Liste des partenaires",
        "dated_right" => "Droit",
        "import" => "Import",
        "school_calendar" => "Calendrier scolaire",
        "yearly_figure" => "Chiffre annuel",
        "college_seat" => "Siège de collège",
        other => other,
    }
}

/// The part played by who acted.
#[must_use]
pub fn role(word: &str) -> String {
    match entity::account_role::Role::from_word(word) {
        Some(role) => crate::http::web::labels::role(role).to_owned(),
        None if word == "system" => "acte automatique".to_owned(),
        None => word.to_owned(),
    }
}

/// Where an act came from.
#[must_use]
pub fn channel(word: &str) -> &str {
    match word {
        "web" => "pages du logiciel",
        "api" => "interface de programmation",
        "cli" => "ligne de commande",
        "system" => "tâche automatique",
        other => other,
    }
}

/// Why a keeper of the head receives it.
pub const KEEPER: &str =
    "Vous recevez ce message parce que votre adresse figure parmi les dépositaires du journal.";
/// Why a manager is told that the journal is altered.
pub const MANAGER: &str = "Vous recevez ce message parce que vous êtes responsable de certification.";

/// The database does not answer the command.
pub fn database_away(error: &dyn std::error::Error) -> String {
    format!("La base de données ne répond pas{THIN}: {error}")
}

/// The file of the export cannot be written.
pub fn not_written(error: &dyn std::fmt::Display) -> String {
    format!("L’export n’a pas pu être écrit{THIN}: {error}")
}

/// The export is done.
#[must_use]
pub fn exported(events: u64, out: &std::path::Path) -> String {
    format!("{events} événements exportés dans {}", out.display())
}
