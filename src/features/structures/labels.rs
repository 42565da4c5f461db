//! French words of structures.

use entity::structure_contact::ContactDuty;
use time::Date;

use super::queries::Standing;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::{Flash, Tone};
use crate::render::french;

/// Two sites of one number.
pub const SAME_SIRET: &str = "Ce numéro SIRET est déjà celui d’un autre site de la structure";
/// The seat would have no successor.
pub const SEAT_MISSING: &str =
    "Une structure a toujours un siège\u{202f}: désignez plutôt l’autre site comme siège";

/// What a standing looks like.
#[must_use]
pub const fn standing(standing: Standing) -> Status {
    match standing {
        Standing::Agreed => Status::new("Agréée", "coche", Color::Pre),
        Standing::Requesting => Status::new("Demande en cours", "horloge", Color::Ciel),
        Standing::Neither => Status::new("Sans agrément", "cercle", Color::Ardoise),
    }
}

/// The matter for which a contact is written to.
#[must_use]
pub const fn contact_duty(duty: ContactDuty) -> &'static str {
    match duty {
        ContactDuty::Management => "Direction",
        ContactDuty::CqpReferent => "Référente ou référent CQP",
        ContactDuty::DisabilityReferent => "Référente ou référent handicap",
        ContactDuty::Billing => "Facturation",
        ContactDuty::Other => "Autre",
    }
}

/// The contact who receives the mails.
pub const MAIN_CONTACT: &str = "Contact principal";

/// A matter, with what the person is called when it is known.
#[must_use]
pub fn with_title(duty: &str, title: &str) -> String {
    if title.is_empty() { duty.to_owned() } else { format!("{duty} ({title})") }
}

/// What is not of the day looked at.
pub const OF_TODAY: &str = "L’agrément, la convention IAE et les sites ouverts sont ceux de ce jour-là, l’identité et les contacts ceux d’aujourd’hui.";
/// Title of the list.
pub const STRUCTURES: &str = "Structures";
/// Title of the form.
pub const NEW_STRUCTURE: &str = "Enregistrer une structure";
/// Title of the form of a site.
pub const NEW_SITE: &str = "Ajouter un site";
/// Title of the form of a contact.
pub const NEW_CONTACT: &str = "Ajouter un contact";
/// The button that removes a contact.
pub const REMOVE_CONTACT: &str = "Retirer le contact";
/// The way back from that question.
pub const KEEP_CONTACT: &str = "Garder le contact";
/// What removing a contact does.
pub const REMOVAL_EFFECTS: [&str; 2] = [
    "ses coordonnées sont effacées de la fiche de la structure\u{202f};",
    "l’acte est inscrit au journal, sans le nom de la personne.",
];
/// Above the faults.
pub const NOT_RECORDED: &str = "La structure n’est pas encore enregistrée";
/// Above the faults.
pub const NOT_CHANGED: &str = "Les changements ne sont pas encore enregistrés";
/// Above the faults.
pub const NOT_CLOSED: &str = "Le site n’est pas encore fermé";
/// A date is wanted.
pub const DATE_WANTED: &str = "Indiquez une date, par exemple 31/12/2026";
/// Term of the margin.
pub const CONTACT: &str = "Contact";
/// Term of the margin.
pub const EMAIL: &str = "Courriel";
/// Term of the margin.
pub const PHONE: &str = "Téléphone";
/// Term of the margin.
pub const DEPARTMENT: &str = "Département";
/// Term of the margin.
pub const HOUR: &str = "Fuseau horaire";
/// Term of the identity.
pub const SIREN: &str = "SIREN";
/// Term of the identity.
pub const LEGAL_FORM: &str = "Forme juridique";
/// Term of the identity.
pub const RNA: &str = "Numéro RNA";
/// Term of the identity.
pub const IDCC: &str = "Convention collective (IDCC)";
/// Term of the identity.
pub const NDA: &str = "Déclaration d’activité";
/// Term of the identity.
pub const ACTIVITIES: &str = "Activités";
/// Term of the identity.
pub const HEADCOUNT: &str = "Effectif";
/// Term of the identity.
pub const INSERTION_POSTS: &str = "Postes d’insertion";
/// Its State convention.
pub const CONVENTION: &str = "Convention IAE";
/// What its paper calls it.
pub const CONVENTION_REFERENCE: &str = "Référence";
/// None was ever recorded.
pub const NO_CONVENTION: &str = "Aucune n’est enregistrée";
/// Title of the page of State conventions.
pub const CONVENTIONS: &str = "Conventions IAE";

/// Where the days of the form come from.
#[must_use]
pub fn from_request(number: &str) -> String {
    format!("Les dates sont celles de la pièce P02 de la demande {number}.")
}

/// The State convention has ended, and none follows.
#[must_use]
pub fn convention_lapsed(last: Date) -> Flash {
    Flash {
        kind: Tone::Warning,
        title: format!("La convention IAE a pris fin le {}.", french::date(last)),
        text: "Aucune autre n’est enregistrée.".to_owned(),
    }
}

/// Title of the page that changes something.
#[must_use]
pub fn change_of(name: &str) -> String {
    format!("Modifier {name}")
}

/// The question before a contact is removed.
#[must_use]
pub fn removal_of(name: &str) -> String {
    format!("Retirer {name} des contacts\u{202f}?")
}

/// What comes before the effects of that question.
#[must_use]
pub fn removal_intro(structure: &str) -> String {
    format!("{structure}. À l’enregistrement\u{202f}:")
}

/// Title of the page that closes a site.
#[must_use]
pub fn closing_of(label: &str) -> String {
    format!("Fermer le site {label}")
}

/// What a site looks like.
#[must_use]
pub const fn site(is_seat: bool, is_closed: bool) -> Status {
    match (is_closed, is_seat) {
        (true, _) => Status::new("Fermé", "cercle", Color::Ardoise),
        (false, true) => Status::new("Siège", "coche", Color::Pre),
        (false, false) => Status::new("Ouvert", "coche", Color::Pre),
    }
}

/// What someone does in a structure.
#[must_use]
pub const fn colleague(is_admin: bool) -> &'static str {
    if is_admin { "Administre les comptes" } else { "Suit les dossiers" }
}

/// What an account looks like.
#[must_use]
pub const fn account(active: bool) -> Status {
    if active {
        Status::new("Actif", "coche", Color::Pre)
    } else {
        Status::new("Désactivé", "croix", Color::Ardoise)
    }
}

/// Said once recorded.
#[must_use]
pub fn recorded(name: &str) -> Flash {
    Flash::done(
        format!("{name} est enregistrée."),
        "Vous pouvez ajouter ses autres sites et inviter les personnes qui suivront ses dossiers.",
    )
}

/// Said once changed.
#[must_use]
pub fn changed() -> Flash {
    Flash::done("Changements enregistrés.", "")
}

/// Title of the question before the address of an agreed site changes.
pub const MOVE_QUESTION: &str = "Déclarer la nouvelle adresse de ce site agréé\u{202f}?";
/// Above what declaring it does.
pub const MOVE_INTRO: &str = "Ce site fait partie d’un agrément en cours. À l’enregistrement\u{202f}:";
/// Declares it.
pub const MOVE: &str = "Déclarer la nouvelle adresse";
/// Declares nothing.
pub const KEEP_ADDRESS: &str = "Garder l’adresse";

/// What declaring the new address of an agreed site does, line by line.
#[must_use]
pub fn move_effects(address: &str) -> Vec<String> {
    vec![
        format!("l’adresse du site devient\u{202f}: {address}\u{202f};"),
        "l’organisme certificateur est prévenu et examine le changement sous trente jours\u{202f};"
            .to_owned(),
        "une visite du site peut suivre\u{202f};".to_owned(),
        "l’acte est inscrit au journal.".to_owned(),
    ]
}

/// Said of a site whose new address waits to be looked at.
#[must_use]
pub fn moved_on(on: Date) -> String {
    format!("Nouvelle adresse déclarée le {}, à examiner", french::date(on))
}

/// Said once the new address was looked at.
#[must_use]
pub fn move_reviewed() -> Flash {
    Flash::done("Changement d’adresse examiné.", "")
}

/// Said when it could not be.
#[must_use]
pub fn not_reviewed(detail: &str) -> Flash {
    Flash::problem("Rien n’a changé.", detail)
}

/// Said once added.
#[must_use]
pub fn site_added() -> Flash {
    Flash::done("Site ajouté.", "Il peut être joint à une demande d’agrément.")
}

/// Said once added.
#[must_use]
pub fn contact_added() -> Flash {
    Flash::done("Contact ajouté.", "Les courriels continuent d’aller au contact principal.")
}

/// Said once removed.
#[must_use]
pub fn contact_removed() -> Flash {
    Flash::done("Contact retiré.", "")
}

/// Said once closed.
#[must_use]
pub fn site_closed() -> Flash {
    Flash::done("Site fermé.", "Il reste visible dans les dossiers où il figure.")
}

/// Title of the page that loads a file.
pub const IMPORT_TITLE: &str = "Importer des structures";
/// What a line is.
pub const IMPORT_LEAD: &str = "Une ligne par structure, avec son siège et la personne à contacter. Les autres sites s’ajoutent ensuite depuis sa fiche.";

/// What a column holds.
#[must_use]
pub fn import_note(key: &str) -> &'static str {
    match key {
        "siret" => "quatorze chiffres, ceux du siège",
        "idcc" => "quatre chiffres",
        "headcount" | "insertion_posts" => "nombre entier",
        "postal_code" => "cinq chiffres",
        "department" => "code du département, quand le code postal ne suffit pas",
        "phone" => "numéro de téléphone, avec son indicatif s’il est étranger",
        _ => "",
    }
}

/// A structure that is already there.
pub const ALREADY_RECORDED: &str = "Cette structure est déjà enregistrée";

/// A structure elsewhere than where the role of whoever brings the file counts.
pub const OUTSIDE_TERRITORY: &str = "Cette structure est hors des régions auxquelles votre rôle est limité";

/// A structure that the file names twice.
#[must_use]
pub fn twice_in_file(first: usize) -> String {
    format!(
        "Cette structure figure déjà à la ligne {first}\u{202f}: ajoutez ses autres sites depuis sa fiche"
    )
}

/// The columns of a file of structures: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("siret", &["siret", "numéro siret", "n° siret", "siret du siège"], true),
    ("name", &["nom", "structure", "raison sociale", "dénomination", "nom de la structure"], true),
    ("legal_form", &["forme", "forme juridique", "statut juridique"], false),
    ("rna", &["rna", "numéro rna", "n° rna"], false),
    ("idcc", &["idcc", "convention collective"], false),
    ("nda", &["nda", "déclaration d’activité", "numéro de déclaration d’activité"], false),
    ("activities", &["activités", "activité", "supports", "supports de production"], false),
    ("headcount", &["effectif", "nombre de salariés", "salariés"], false),
    ("insertion_posts", &["postes d’insertion", "etpi", "etp insertion"], false),
    ("label", &["nom du site", "site", "libellé du site"], false),
    ("address", &["adresse", "rue", "adresse postale", "voie"], true),
    ("postal_code", &["code postal", "cp", "postal"], true),
    ("commune", &["commune", "ville", "localité"], true),
    ("department", &["département", "dpt", "dépt", "code département"], false),
    ("contact", &["contact", "nom du contact", "référent", "référente", "personne à contacter"], true),
    ("title", &["fonction", "fonction du contact", "qualité"], false),
    ("email", &["courriel", "email", "e-mail", "mail", "mél", "adresse électronique"], true),
    ("phone", &["téléphone", "tel", "tél", "portable", "numéro de téléphone"], false),
];
