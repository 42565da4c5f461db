//! French words of the details of an act: what each recorded field is called, and how its value reads.

use entity::access_request::AccessState;
use entity::account::AccountState;
use entity::account_role::Role;
use entity::agreement::AgreementState;
use entity::agreement_request::{AgreementRole, RequestState};
use entity::habilitation::{Duty, HabilitationState};
use entity::habilitation_step::StepKind;
use entity::meeting::MeetingState;
use entity::mission::{MissionObject, MissionState};
use entity::mission_offer::DeclineReason;
use entity::structure_contact::ContactDuty;
use entity::tie_alert::AlertState;
use serde_json::{Number, Value};
use time::OffsetDateTime;

use super::super::labels::moment;
use crate::features::journal::labels as journal;
use crate::features::{access, accounts, agreements, experts, meetings, missions, notices, structures, ties};
use crate::render::french::{self, THIN};
use crate::rules::notices::{Class, Wish};
use crate::rules::ties as independence;
use crate::rules::typed_date;

/// The name of a recorded field; the field itself when it has none.
#[must_use]
pub fn field(key: &str) -> &str {
    DAYS.iter()
        .chain(PEOPLE)
        .chain(ACTS)
        .chain(THINGS)
        .chain(KEYS)
        .chain(PROOFS)
        .find(|(known, _)| *known == key)
        .map_or(key, |&(_, name)| name)
}

const DAYS: &[(&str, &str)] = &[
    ("after", "Après"),
    ("back_on", "Retour le"),
    ("before", "Avant"),
    ("closed_on", "Fermeture"),
    ("day", "Jour"),
    ("days_before", "Jours avant l’échéance"),
    ("decided_on", "Décision"),
    ("decision_expected_on", "Décision attendue"),
    ("declared_on", "Déclaration"),
    ("digest_at", "Heure du récapitulatif"),
    ("done_on", "Fait le"),
    ("due_at", "Échéance"),
    ("due_on", "Échéance"),
    ("ended_on", "Fin"),
    ("ends_at", "Fin"),
    ("ends_on", "Dernier jour"),
    ("expires_at", "Expiration"),
    ("jury_on", "Jury"),
    ("last_day", "Dernier jour"),
    ("meets_on", "Date de la réunion"),
    ("on", "À compter du"),
    ("paid_on", "Payé le"),
    ("presented_on", "Présentation"),
    ("previous_at", "Date précédente"),
    ("proof_on", "Date de la pièce"),
    ("quiet_from", "Heures calmes, de"),
    ("quiet_until", "Heures calmes, à"),
    ("sent_on", "Envoi"),
    ("starts_at", "Début"),
    ("starts_on", "Premier jour"),
    ("state_agreement_until", "Fin de la convention IAE"),
    ("until", "Jusqu’au"),
    ("valid_from", "Valable à partir du"),
    ("valid_until", "Valable jusqu’au"),
    ("visit_at", "Visite"),
    ("weekends", "Messages le week-end"),
    ("year", "Année"),
];

const PEOPLE: &[(&str, &str)] = &[
    ("accepted_by", "Date acceptée par"),
    ("address", "Adresse"),
    ("coming", "Présence annoncée"),
    ("contact_changed", "Coordonnées modifiées"),
    ("duty", "Fonction"),
    ("email", "Adresse électronique"),
    ("employer", "Employeur"),
    ("family_name", "Nom"),
    ("first_names", "Prénoms"),
    ("guests", "Personnes invitées"),
    ("invited", "Personnes invitées"),
    ("languages", "Langues"),
    ("name", "Nom"),
    ("person_changed", "Identité modifiée"),
    ("phone", "Téléphone"),
    ("present", "Personnes présentes"),
    ("role", "Rôle"),
    ("signatory", "Signataire"),
    ("structure_admin", "Administre la structure"),
    ("territories", "Territoires"),
    ("travel_km", "Déplacement, en kilomètres"),
];

const ACTS: &[(&str, &str)] = &[
    ("accepted", "Acceptée"),
    ("accepted_on", "Date acceptée le"),
    ("actions", "Actions"),
    ("attempts", "Essais"),
    ("available", "Disponible"),
    ("answer_until", "Réponse possible jusqu’au"),
    ("blocking", "Refus"),
    ("by_team", "Saisi par l’équipe"),
    ("catalogue", "Catalogue des pièces"),
    ("carried_from", "Repris de"),
    ("carried_pieces", "Pièces reprises"),
    ("carried_sites", "Sites repris"),
    ("change", "Changement"),
    ("class", "Messages"),
    ("conditions", "Conditions"),
    ("count", "Nombre"),
    ("decisions", "Décisions"),
    ("detail", "Précision"),
    ("factor", "Facteur"),
    ("jury", "Jury"),
    ("mails", "Messages"),
    ("means", "Moyen"),
    ("message", "Message"),
    ("mission", "Mission"),
    ("next", "Personne suivante sollicitée"),
    ("note", "Note"),
    ("nothing", "Rien à déclarer"),
    ("opinion", "Avis"),
    ("outcome", "Décision"),
    ("party", "Partie"),
    ("payment", "Paiement"),
    ("position", "Rang"),
    ("reason", "Motif"),
    ("reasons", "Motifs"),
    ("redo", "À refaire"),
    ("refused", "Lignes refusées"),
    ("reminder", "Rappels"),
    ("replaced", "Remplacé"),
    ("reserves", "Réserves"),
    ("revision", "Version de la pièce"),
    ("sequence", "Envoi"),
    ("stage", "Étape"),
    ("step", "Étape"),
    ("submission", "Dépôt"),
    ("task", "Action"),
    ("text", "Texte"),
    ("tie", "Lien"),
    ("time_spent_minutes", "Temps passé, en minutes"),
    ("unmet", "Conditions non remplies"),
    ("via", "Réponse par"),
    ("with_conditions", "Avec conditions"),
    ("work", "Messages de travail"),
    ("work_waits", "Messages de travail aux heures calmes"),
    ("written", "Lignes enregistrées"),
];

const THINGS: &[(&str, &str)] = &[
    ("activities", "Activités"),
    ("blocs", "Blocs"),
    ("code", "Code"),
    ("commune", "Commune"),
    ("criteria", "Critères"),
    ("department", "Département"),
    ("ended", "Fin du précédent"),
    ("epreuves", "Épreuves"),
    ("expenses_ceiling_cents", "Frais, au plus"),
    ("expenses_cents", "Frais"),
    ("families", "Familles de compétences"),
    ("fee_cents", "Indemnité"),
    ("file", "Fichier"),
    ("group", "Groupe"),
    ("half_day", "Demi-journée"),
    ("half_days", "Demi-journées"),
    ("headcount", "Effectif"),
    ("holder_kind", "Titulaire"),
    ("idcc", "Convention collective"),
    ("insertion_posts", "Postes d’insertion"),
    ("is_seat", "Siège"),
    ("issuer", "Délivré par"),
    ("key", "Réglage"),
    ("kind", "Nature"),
    ("label", "Libellé"),
    ("legal_certifier", "Certificateur"),
    ("legal_form", "Forme juridique"),
    ("level", "Niveau"),
    ("mode", "Mode"),
    ("nda", "Déclaration d’activité"),
    ("number", "Numéro"),
    ("object", "Objet"),
    ("piece", "Pièce"),
    ("pieces", "Pièces"),
    ("postal_code", "Code postal"),
    ("reference", "Référence"),
    ("referential", "Référentiel"),
    ("referential_revision", "Révision du référentiel"),
    ("region", "Région"),
    ("regions", "Régions"),
    ("register", "Répertoire"),
    ("registration", "Enregistrement"),
    ("renewal", "Demande de renouvellement"),
    ("results", "Règles de résultat"),
    ("rna", "RNA"),
    ("routes", "Voies d’accès"),
    ("scope", "Portée"),
    ("siren", "SIREN"),
    ("siret", "SIRET"),
    ("sites", "Établissements"),
    ("skills", "Compétences"),
    ("structure_recorded", "Structure enregistrée"),
    ("title", "Titre"),
    ("total_cents", "Total"),
    ("version", "Version"),
    ("versions", "Versions"),
    ("virus", "Virus"),
    ("zone", "Fuseau horaire"),
];

const KEYS: &[(&str, &str)] = &[
    ("absence_id", "Clé de l’absence"),
    ("action_id", "Clé de l’action"),
    ("alert_id", "Clé de l’alerte"),
    ("certification_id", "Clé de la certification"),
    ("certification_version_id", "Clé de la version de certification"),
    ("claim_id", "Clé de l’état de frais"),
    ("committee_id", "Clé de la commission"),
    ("contact_id", "Clé du contact"),
    ("controller_id", "Clé de l’intervenant"),
    ("decision_id", "Clé de la décision"),
    ("document_id", "Clé du document"),
    ("employment_id", "Clé de l’emploi"),
    ("expert_id", "Clé de l’intervenant"),
    ("from_id", "Clé du compte qui avait"),
    ("holder_id", "Clé du titulaire"),
    ("id", "Clé"),
    ("interest_id", "Clé du lien déclaré"),
    ("mission_id", "Clé de la mission"),
    ("piece_id", "Clé de la pièce"),
    ("referential_id", "Clé du référentiel"),
    ("request_id", "Clé de la demande"),
    ("reserve_id", "Clé de la réserve"),
    ("senior_id", "Clé de la personne qui accompagne"),
    ("site_id", "Clé de l’établissement"),
    ("structure_id", "Clé de la structure"),
    ("subject_id", "Clé de l’objet"),
    ("to_id", "Clé du compte qui reçoit"),
    ("version_id", "Clé de la version"),
];

const PROOFS: &[(&str, &str)] = &[
    ("account", "Compte"),
    ("events", "Actes"),
    ("key_id", "Clé de signature"),
    ("late", "Scellés longtemps après"),
    ("lines", "Lignes"),
    ("root", "Racine"),
    ("seals", "Sceaux"),
    ("session_id", "Clé de la session"),
    ("sha256", "Empreinte du fichier"),
    ("since", "Depuis"),
    ("status", "Résultat"),
    ("token_id", "Clé du jeton"),
    ("tree_size", "Actes scellés"),
];

/// A field of something inside: « Fin du précédent, Numéro ».
#[must_use]
pub fn inside(outer: &str, inner: &str) -> String {
    format!("{outer}, {inner}")
}

/// The word of a state, as the pages of the thing show it; the state itself when it has none.
#[must_use]
pub fn state(subject_kind: &str, word: &str) -> String {
    let known = match subject_kind {
        "access_request" => AccessState::from_word(word).map(|state| access::labels::state(state).word),
        "account" => AccountState::from_word(word).map(|state| accounts::labels::state(state).word),
        "agreement" => {
            AgreementState::from_word(word).map(|state| agreements::labels::right_state(state).word)
        }
        "agreement_request" => {
            RequestState::from_word(word).map(|state| agreements::labels::state(state).word)
        }
        "expert" => AlertState::from_word(word).map(|state| ties::labels::alert(state).word),
        "habilitation" => HabilitationState::from_word(word).map(experts::labels::state_word),
        "meeting" => MeetingState::from_word(word).map(|state| meetings::labels::state(state).word),
        "mission" => MissionState::from_word(word).map(|state| missions::labels::state(state).word),
        _ => None,
    };
    known.unwrap_or(word).to_owned()
}

/// A value, as a person reads it.
#[must_use]
pub fn value(key: &str, value: &Value) -> String {
    match value {
        Value::Null => "vide".to_owned(),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::String(text) if text.is_empty() => "vide".to_owned(),
        Value::String(text) => word(key, text),
        Value::Number(number) => figure(key, number),
        Value::Array(items) if items.is_empty() => "aucun".to_owned(),
        Value::Array(items) => {
            let between =
                if items.iter().any(Value::is_object) { format!("{THIN}; ") } else { ", ".to_owned() };
            items.iter().map(|item| self::value(key, item)).collect::<Vec<_>>().join(&between)
        }
        Value::Object(fields) => {
            let each =
                fields.iter().map(|(key, one)| format!("{}{THIN}: {}", field(key), self::value(key, one)));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

fn word(key: &str, text: &str) -> String {
    let is_a_day = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    if let Some(day) = typed_date::parse(text).filter(|_| is_a_day) {
        return french::date(day);
    }
    let tied = || independence::Duty::of(text).map(ties::labels::duty);
    let written_to = || ContactDuty::from_word(text).map(structures::labels::contact_duty);
    let duty = Duty::from_word(text).map(experts::labels::duty).or_else(tied).or_else(written_to);
    let object = MissionObject::from_word(text).map(missions::labels::object);
    let step = StepKind::from_word(text).map(experts::labels::step_word);
    let class = Class::of(text).map(notices::labels::class);
    let wish = Wish::of(text).map(notices::labels::wish);
    match key {
        "role" => role(text),
        "class" => class.unwrap_or(text).to_owned(),
        "duty" => duty.unwrap_or(text).to_owned(),
        "object" => object.unwrap_or(text).to_owned(),
        "step" | "redo" => step.unwrap_or(text).to_owned(),
        "reason" => DeclineReason::from_word(text)
            .map_or_else(|| text.to_owned(), |reason| missions::labels::refusal(reason, "")),
        "reminder" | "work" => wish.unwrap_or(text).to_owned(),
        "factor" | "means" => proof(text).to_owned(),
        "via" => missions::labels::via(text).to_owned(),
        "holder_kind" | "subject_kind" => journal::subject_kind(text).to_owned(),
        _ => text.to_owned(),
    }
}

/// What somebody signed in with.
fn proof(word: &str) -> &str {
    match word {
        "link" => "lien reçu par courriel",
        "password" => "mot de passe",
        "demonstration" => "bouton de la démonstration",
        "totp" => "code de l’application",
        "recovery_code" => "code de secours",
        other => other,
    }
}

fn role(word: &str) -> String {
    let asked = AgreementRole::from_word(word).map(agreements::labels::role);
    match Role::from_word(word) {
        Some(_) => journal::role(word),
        None => asked.unwrap_or(word).to_owned(),
    }
}

/// Instants are recorded in seconds, hours of the day as they are, amounts in cents; years are not grouped.
fn figure(key: &str, number: &Number) -> String {
    let Some(whole) = number.as_i64() else { return number.to_string() };
    let is_instant = whole > 1_000_000_000 && (key.ends_with("_at") || key == "before");
    if let Some(at) = OffsetDateTime::from_unix_timestamp(whole).ok().filter(|_| is_instant) {
        return moment(at);
    }
    if key.ends_with("_cents") {
        return french::money_cents(whole);
    }
    if whole.abs() < 10_000 { whole.to_string() } else { french::integer(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_as_french() {
        for (key, recorded, expected) in [
            ("starts_on", json!("2026-01-01"), "1er janvier 2026"),
            ("due_at", json!(1_704_067_200), "1er janvier 2024 à 1\u{202f}h"),
            ("digest_at", json!(8), "8"),
            ("price_cents", json!(123_450), "1\u{202f}234,50\u{202f}€"),
            ("years", json!([2024, 2025]), "2024, 2025"),
            ("tree_size", json!(18_432), "18\u{202f}432"),
            ("accepted", json!(true), "oui"),
            ("siret", json!("99990000100015"), "99990000100015"),
            ("phone", json!(null), "vide"),
            ("guests", json!([]), "aucun"),
            ("duty", json!("controleur"), "Contrôle"),
            ("duty", json!("jury_president"), "Présidence de jury"),
            ("duty", json!("billing"), "Facturation"),
            ("work", json!("digest"), "Réunis en un courriel par jour"),
            ("class", json!("reminder"), "Rappel"),
            ("role", json!("train_and_organise"), "Former et organiser l’évaluation"),
            (
                "pieces",
                json!([{ "piece": "P02", "reason": "illisible" }, { "piece": "P10" }]),
                "Pièce\u{202f}: P02, Motif\u{202f}: illisible\u{202f}; Pièce\u{202f}: P10",
            ),
            ("holder_kind", json!("expert"), "Intervenant"),
            ("object", json!("jury"), "Présidence de jury"),
            ("step", json!("observation"), "Fond de salle"),
            ("redo", json!(["co_animation", "accompaniment"]), "Session coanimée, Accompagnement individuel"),
            ("reason", json!("too_far"), "éloignement"),
            ("reason", json!("Locaux fermés"), "Locaux fermés"),
            ("via", json!("link"), "le lien du message"),
            ("means", json!("link"), "lien reçu par courriel"),
            ("factor", json!("totp"), "code de l’application"),
            ("factor", json!("badge"), "badge"),
        ] {
            assert_eq!(value(key, &recorded), expected, "{key}");
        }
    }

    #[test]
    fn a_state_has_the_word_of_its_pages_and_what_is_unknown_stays() {
        for (kind, word, expected) in [
            ("agreement_request", "submitted", "Déposée"),
            ("access_request", "pending", "À examiner"),
            ("agreement", "active", "Actif"),
            ("habilitation", "in_training", "En formation"),
            ("habilitation", "submitted", "submitted"),
            ("expert", "kept", "Maintenue"),
            ("mission", "report_received", "Compte rendu reçu"),
            ("mission", "expenses_claimed", "Frais déposés"),
            ("dated_right", "in_force", "in_force"),
        ] {
            assert_eq!(state(kind, word), expected, "{kind} {word}");
        }
        assert_eq!((field("ends_on"), field("jamais_vu")), ("Dernier jour", "jamais_vu"));
    }
}
