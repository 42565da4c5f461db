//! French words of the details of an act: what each recorded field is called, and how its value reads.

mod attendance;
mod fields;
mod funding;
mod jury;
mod training;
mod words;

use entity::access_request::AccessState;
use entity::account::AccountState;
use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::candidate::CandidateState;
use entity::certificate::CertificateState;
use entity::enrolment::EnrolmentState;
use entity::funding::FundingState;
use entity::habilitation::HabilitationState;
use entity::invoice::InvoiceState;
use entity::jury_session::JuryState;
use entity::meeting::MeetingState;
use entity::mission::MissionState;
use entity::programme::ProgrammeState;
use entity::survey::SurveyState;
use entity::tie_alert::AlertState;
use entity::training_document::PaperState;
use entity::training_session::SessionState;
use serde_json::{Number, Value};
use time::OffsetDateTime;

use self::attendance::ATTENDANCE;
use self::fields::{ACTS, DAYS, KEYS, PEOPLE, PROOFS, THINGS};
use self::funding::FUNDINGS;
use self::jury::{CANDIDATES, CERTIFICATES, JURIES};
use self::training::{PROGRAMMES, SESSIONS};
use self::words::word;
use super::super::labels::moment;
use crate::features::{
    access, accounts, agreements, candidates, enrolments, experts, funding as fundings, invoices, juries,
    meetings, missions, papers, programmes, surveys, ties, training as sessions,
};
use crate::render::french::{self, THIN};

/// The name of a recorded field; the field itself when it has none.
#[must_use]
pub fn field(key: &str) -> &str {
    DAYS.iter()
        .chain(PEOPLE)
        .chain(ACTS)
        .chain(THINGS)
        .chain(KEYS)
        .chain(PROOFS)
        .chain(CANDIDATES)
        .chain(JURIES)
        .chain(CERTIFICATES)
        .chain(ATTENDANCE)
        .chain(FUNDINGS)
        .chain(PROGRAMMES)
        .chain(SESSIONS)
        .find(|(known, _)| *known == key)
        .map_or(key, |&(_, name)| name)
}

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
        "candidate" => CandidateState::from_word(word).map(|state| candidates::labels::status(state).word),
        "certificate" => CertificateState::from_word(word).map(certificate),
        "enrolment" => EnrolmentState::from_word(word).map(|state| enrolments::labels::state(state).word),
        "invoice" => InvoiceState::from_word(word).map(|state| invoices::labels::state(state).word),
        "expert" => AlertState::from_word(word).map(|state| ties::labels::alert(state).word),
        "funding" => FundingState::from_word(word).map(|state| fundings::labels::state(state).word),
        "habilitation" => HabilitationState::from_word(word).map(experts::labels::state_word),
        "meeting" => MeetingState::from_word(word).map(|state| meetings::labels::state(state).word),
        "mission" => MissionState::from_word(word).map(|state| missions::labels::state(state).word),
        "jury_session" => JuryState::from_word(word).map(|state| juries::labels::state(state).word),
        "programme" => ProgrammeState::from_word(word).map(|state| programmes::labels::state(state).word),
        "survey" => SurveyState::from_word(word).map(|state| surveys::labels::state(state).word),
        "training_document" => PaperState::from_word(word).map(|state| papers::labels::state(state).word),
        "training_session" => SessionState::from_word(word).map(|state| sessions::labels::state(state).word),
        _ => None,
    };
    known.unwrap_or(word).to_owned()
}

/// The word of a state of a certificate: certificates use the journal, which cannot ask them.
const fn certificate(state: CertificateState) -> &'static str {
    match state {
        CertificateState::Valid => "Valide",
        CertificateState::Suspended => "Suspendu",
        CertificateState::Revoked => "Révoqué",
        CertificateState::Superseded => "Remplacé",
    }
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
            ("way", json!("vae"), "Validation des acquis de l’expérience"),
            ("leaving", json!("work"), "Départ vers un emploi"),
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
            ("certificate", "suspended", "Suspendu"),
            ("dated_right", "in_force", "in_force"),
        ] {
            assert_eq!(state(kind, word), expected, "{kind} {word}");
        }
        assert_eq!((field("ends_on"), field("jamais_vu")), ("Dernier jour", "jamais_vu"));
    }
}
