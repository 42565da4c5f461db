//! French words of certificates.

use entity::certificate::{self, CertificateKind, CertificateState};
use entity::certificate_batch::BatchState;
use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use entity::registration::Register;

use super::content::Content;
use crate::http::web::component::{Color, Fact, Status};
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of the register.
pub const CERTIFICATES: &str = "Certificats";
/// Title of the public page.
pub const VERIFY: &str = "Vérifier un certificat";
/// Title of the public page of a number that is not known.
pub const UNKNOWN: &str = "Ce numéro n’existe pas";
/// A form came back.
pub const NOT_DONE: &str = "Rien n’a été enregistré";
/// The quality of whoever signs for the certifying body.
pub const DIRECTOR: &str = "pour l’organisme certificateur";
/// Nobody is named in the configuration.
pub const NO_DIRECTOR: &str = "Direction";
/// A reason was not written.
pub const REASON_WANTED: &str = "Écrivez le motif\u{202f}: il est inscrit au journal";
/// A reason is too long.
pub const REASON_TOO_LONG: &str = "Ce motif dépasse 500 caractères";
/// A cause was not chosen.
pub const CAUSE_WANTED: &str = "Choisissez un motif dans la liste";
/// Why the holder is written to.
pub const WHY_HOLDER: &str = "Vous recevez ce message parce que ce certificat vous a été délivré.";
/// Why managers are written to.
pub const WHY_MANAGERS: &str =
    "Vous recevez ce message parce qu’une révocation demande l’accord d’une deuxième personne.";

/// The word of a kind.
#[must_use]
pub const fn kind(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Full => "Certificat",
        CertificateKind::Blocs => "Attestation de blocs",
    }
}

/// The word of a state.
#[must_use]
pub const fn state(state: CertificateState) -> &'static str {
    match state {
        CertificateState::Valid => "Valide",
        CertificateState::Suspended => "Suspendu",
        CertificateState::Revoked => "Révoqué",
        CertificateState::Superseded => "Remplacé",
    }
}

/// The label of a state.
#[must_use]
pub const fn status(state: CertificateState) -> Status {
    let (icon, color) = match state {
        CertificateState::Valid => ("coche", Color::Pre),
        CertificateState::Suspended => ("pause", Color::Prune),
        CertificateState::Revoked => ("croix", Color::Garance),
        CertificateState::Superseded => ("droite", Color::Ocre),
    };
    Status { word: self::state(state), icon, color }
}

/// The verdict of the public page.
#[must_use]
pub const fn verdict(kind: CertificateKind, state: CertificateState) -> &'static str {
    match (kind, state) {
        (CertificateKind::Full, CertificateState::Valid) => "Certificat valide",
        (CertificateKind::Full, CertificateState::Suspended) => "Certificat suspendu",
        (CertificateKind::Full, CertificateState::Revoked) => "Certificat révoqué",
        (CertificateKind::Full, CertificateState::Superseded) => "Certificat remplacé",
        (CertificateKind::Blocs, CertificateState::Valid) => "Attestation valide",
        (CertificateKind::Blocs, CertificateState::Suspended) => "Attestation suspendue",
        (CertificateKind::Blocs, CertificateState::Revoked) => "Attestation révoquée",
        (CertificateKind::Blocs, CertificateState::Superseded) => "Attestation remplacée",
    }
}

/// The same in English.
#[must_use]
pub const fn verdict_in_english(kind: CertificateKind, state: CertificateState) -> &'static str {
    match (kind, state) {
        (CertificateKind::Full, CertificateState::Valid) => "Valid certificate",
        (CertificateKind::Full, CertificateState::Suspended) => "Suspended certificate",
        (CertificateKind::Full, CertificateState::Revoked) => "Revoked certificate",
        (CertificateKind::Full, CertificateState::Superseded) => "Replaced certificate",
        (CertificateKind::Blocs, CertificateState::Valid) => "Valid statement of units",
        (CertificateKind::Blocs, CertificateState::Suspended) => "Suspended statement of units",
        (CertificateKind::Blocs, CertificateState::Revoked) => "Revoked statement of units",
        (CertificateKind::Blocs, CertificateState::Superseded) => "Replaced statement of units",
    }
}

/// The verdict on what is valid and is being put right.
#[must_use]
pub const fn rectified(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Full => "Certificat valide — rectification en cours",
        CertificateKind::Blocs => "Attestation valide — rectification en cours",
    }
}

/// The same in English.
#[must_use]
pub const fn rectified_in_english(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Full => "Valid certificate — correction in progress",
        CertificateKind::Blocs => "Valid statement of units — correction in progress",
    }
}

/// How much of the certification a document gives.
#[must_use]
pub fn extent(kind: CertificateKind, got: usize, whole: usize) -> String {
    match kind {
        CertificateKind::Full => "Validation totale".to_owned(),
        CertificateKind::Blocs if whole == 0 => "Validation partielle".to_owned(),
        CertificateKind::Blocs => format!("Validation partielle, {got} sur {whole}"),
    }
}

/// The same in English.
#[must_use]
pub fn extent_in_english(kind: CertificateKind, got: usize, whole: usize) -> String {
    match kind {
        CertificateKind::Full => "Full award".to_owned(),
        CertificateKind::Blocs if whole == 0 => "Partial award".to_owned(),
        CertificateKind::Blocs => format!("Partial award, {got} of {whole}"),
    }
}

/// Title of the public page in English.
pub const VERIFY_IN_ENGLISH: &str = "Check a certificate";
/// Title of the public page of a number that is not known, in English.
pub const UNKNOWN_IN_ENGLISH: &str = "This number does not exist";
/// Title of the page that checks a file, in English.
pub const CHECK_FILE_IN_ENGLISH: &str = "Check a PDF file";

/// The words of the drawing of the seal in English.
#[must_use]
pub fn seal_in_english(fingerprint: &str) -> String {
    format!("Seal drawn from the fingerprint {fingerprint}")
}

/// What is wrong with a file to check, in English.
#[must_use]
pub fn file_fault_in_english(code: &str) -> &'static str {
    match code {
        "file-over-limit" => "This file is larger than 5 MB; our certificates are always smaller",
        "file-not-pdf" => "Choose the PDF file of the certificate, exactly as you received it",
        _ => "Choose a file",
    }
}

/// The word of a cause.
#[must_use]
pub const fn cause(cause: ChangeCause) -> &'static str {
    match cause {
        ChangeCause::Fraud => "Fraude",
        ChangeCause::MaterialError => "Erreur matérielle",
        ChangeCause::CivilStatus => "Changement d’état civil",
        ChangeCause::Appeal => "Suite d’un recours",
        ChangeCause::Inquiry => "Vérification en cours",
        ChangeCause::InquiryClosed => "Vérification terminée",
        ChangeCause::Other => "Autre motif",
    }
}

/// Why something changed: the word of its cause, then what was written; what was written alone when it begins as the
/// cause does.
#[must_use]
pub fn why(cause: &str, reason: &str) -> String {
    let first = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
    match first(reason) {
        None => cause.to_owned(),
        begins if begins == first(cause) => reason.to_owned(),
        Some(_) => format!("{cause}. {reason}"),
    }
}

/// The word of a cause of revocation.
#[must_use]
pub const fn revocation(cause: RevocationCause) -> &'static str {
    self::cause(super::actions::cause_of(cause))
}

/// The name of a register.
#[must_use]
pub const fn register(register: Register) -> &'static str {
    match register {
        Register::None => "",
        Register::Rs => "Répertoire spécifique",
        Register::Rncp => "Répertoire national des certifications professionnelles",
    }
}

/// Title of the document of a kind.
#[must_use]
pub const fn document(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Full => "Certificat de qualification professionnelle",
        CertificateKind::Blocs => "Attestation de blocs de compétences",
    }
}

/// « Certificat de qualification professionnelle « Salarié polyvalent » ».
#[must_use]
pub fn document_of(kind: CertificateKind, title: &str) -> String {
    format!("{} «\u{202f}{title}\u{202f}»", document(kind))
}

/// Title of the supplement.
pub const SUPPLEMENT: &str = "Supplément au certificat";
/// Title of a duplicate.
pub const DUPLICATE: &str = "Duplicata du certificat";
/// Title of the archive of a session.
pub const ARCHIVE: &str = "Certificats du jury";

/// Said of certificates issued, and of those who lack something.
#[must_use]
pub fn issued(count: usize, lacking: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let how_many = format!(
        "{} {}.",
        french::integer(count),
        french::plural(count, "document délivré", "documents délivrés")
    );
    let lacking = i64::try_from(lacking).unwrap_or(i64::MAX);
    let then = match lacking {
        0 => "Les fichiers sont prêts dans un instant.".to_owned(),
        _ => format!(
            "Les fichiers sont prêts dans un instant. {} {} un état civil complet.",
            french::integer(lacking),
            french::plural(lacking, "personne attend encore", "personnes attendent encore"),
        ),
    };
    Flash::done(how_many, then)
}

/// Said when files are made again after a failure.
#[must_use]
pub fn files_again() -> Flash {
    Flash::done("Préparation reprise.", "Les fichiers déjà prêts sont gardés.")
}

/// A file that was not delivered in this form.
pub const FILE_UNKNOWN: &str = "Ce fichier n’est pas un document délivré, à l’octet près, ou la personne titulaire a demandé qu’il ne soit pas montré.";
/// A file that is no PDF.
pub const PDF_WANTED: &str = "Choisissez le fichier PDF du certificat, tel que vous l’avez reçu";
/// A file too large to be a certificate.
pub const FILE_TOO_LARGE: &str = "Ce fichier dépasse 5\u{202f}Mo\u{202f}: aucun certificat n’est aussi lourd";
/// No file was chosen.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Title of the page that checks a file.
pub const CHECK_FILE: &str = "Contrôler un fichier PDF";
/// Title of that page when a form came back.
pub const FILE_REFUSED: &str = "Ce fichier n’a pas pu être contrôlé";

/// Said of an act.
#[must_use]
pub fn done(verb: &str) -> Flash {
    let said = match verb {
        "suspendre" => "Certificat suspendu.",
        "retablir" => "Certificat rétabli.",
        "revoquer" => "Révocation demandée.",
        "confirmer-revocation" => "Certificat révoqué.",
        "ecarter-revocation" => "Demande de révocation écartée.",
        "remplacer" => "Nouveau certificat délivré.",
        "duplicata" => "Duplicata demandé.",
        "masquer" => "Page publique masquée.",
        "montrer" => "Page publique visible.",
        _ => "C’est fait.",
    };
    Flash::done(said, "")
}

/// Of what lacks to somebody, said with their number.
#[must_use]
pub fn lacking(number: &str, what: &[String]) -> String {
    format!("{number}\u{202f}: il manque {}.", french::list(what))
}

/// Said with the place of a candidate whose version has nobody in charge that day.
pub const NO_CERTIFIER: &str = "l’organisme qui délivre la certification à la date de la décision";
/// Said when nothing says which blocs were acquired.
pub const NO_UNIT: &str = "les blocs acquis, au procès-verbal";
/// Said when the civil status holds a value that cannot be.
pub const IMPOSSIBLE: &str = "un état civil possible";

/// What a badge says was done to obtain it.
pub const BADGE_CRITERIA: &str =
    "Toutes les compétences du référentiel ont été validées par un jury, dont le procès-verbal est signé.";

/// What a badge attests.
#[must_use]
pub fn badge_description(title: &str) -> String {
    format!("Certificat de qualification professionnelle «\u{202f}{title}\u{202f}».")
}

/// What is printed, in a list, with its days already written.
#[must_use]
pub fn facts(row: &certificate::Model, content: &Content, delivered_on: &str, decided_on: &str) -> Vec<Fact> {
    let place = content.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
    let mut facts = vec![
        Fact::new("Numéro", row.number.clone()),
        Fact::new("Titulaire", content.holder.name()),
        Fact::new("Naissance", format!("{}, {}", content.holder.birth_date, content.holder.birthplace)),
        Fact::new("Jury", format!("{decided_on}{place}")),
        Fact::new("Délivré le", delivered_on),
        Fact::new("Délivré par", content.certifier.name.clone()),
    ];
    if let Some(usual) = &content.holder.usual_name {
        facts.insert(2, Fact::new("Nom d’usage", usual.clone()));
    }
    if let Some(entry) = &content.certification.registration {
        facts.push(Fact::new("Enregistrement", format!("{}, {}", entry.register, entry.number)));
    }
    facts
}

/// A line of the history.
#[must_use]
pub fn duplicate_asked(reason: Option<&str>) -> String {
    format!("Duplicata. {}", reason.unwrap_or_default()).trim_end().to_owned()
}

/// Said to whoever asked for a revocation.
pub const YOU_ASKED: &str = "Une autre personne que vous la confirme ou l’écarte.";

/// The first line of the history.
pub const DELIVERED: &str = "Délivré.";

/// What an act is called, on its link, its page and its button.
#[must_use]
pub fn act(verb: &str) -> &'static str {
    match verb {
        "suspendre" => "Suspendre le certificat",
        "retablir" => "Rétablir le certificat",
        "remplacer" => "Remplacer le certificat",
        "duplicata" => "Préparer un duplicata",
        "masquer" => "Masquer la page publique",
        "montrer" => "Montrer la page publique",
        "revoquer" => "Demander la révocation",
        "confirmer-revocation" => "Confirmer la révocation",
        "ecarter-revocation" => "Écarter la demande de révocation",
        _ => CERTIFICATES,
    }
}

/// What an act does and who is told.
#[must_use]
pub fn act_text(verb: &str) -> &'static str {
    match verb {
        "suspendre" => {
            "La page de vérification indiquera que le certificat est suspendu, sans le motif. La personne titulaire est prévenue."
        }
        "retablir" => {
            "La page de vérification indiquera de nouveau que le certificat est valide. La personne titulaire est prévenue."
        }
        "remplacer" => {
            "Un nouveau certificat est délivré avec l’état civil tel qu’il est enregistré aujourd’hui. L’ancien reste lisible et la page de vérification mène au nouveau. La personne titulaire est prévenue."
        }
        "duplicata" => {
            "Le même certificat, sous le même numéro, avec la mention «\u{202f}duplicata\u{202f}»."
        }
        "masquer" => {
            "La page de vérification répondra comme pour un numéro inconnu. À faire quand la personne titulaire s’oppose à cette publication."
        }
        "montrer" => "Toute personne qui connaît le numéro pourra vérifier le certificat.",
        "revoquer" => "Rien ne change avant l’accord d’une deuxième personne, qui est prévenue.",
        "confirmer-revocation" => {
            "Le certificat perd définitivement sa validité. La page de vérification l’indiquera, sans le motif. La personne titulaire est prévenue."
        }
        "ecarter-revocation" => {
            "Le certificat reste dans son état. La demande et votre refus restent au journal."
        }
        _ => "",
    }
}

/// The certificate, in the margin of an act.
#[must_use]
pub fn brief(row: &certificate::Model) -> Vec<Fact> {
    vec![
        Fact::new("Numéro", row.number.clone()).mono(),
        Fact::new("Titulaire", row.holder_name.clone()),
        Fact::new("Délivré le", french::date(row.delivered_on)),
        Fact::new("État", state(row.state)),
    ]
}

/// What a step is called in the diagram.
#[must_use]
pub const fn step(step: super::state::Step) -> &'static str {
    use super::state::Step as E;
    match step {
        E::Suspend => "Suspendre",
        E::Reinstate => "Rétablir",
        E::Revoke => "Révoquer, à deux",
        E::Supersede => "Remplacer",
    }
}

/// The word of where the files of a session stand.
#[must_use]
pub const fn files(state: BatchState) -> &'static str {
    match state {
        BatchState::Waiting => "En attente",
        BatchState::Running => "En préparation",
        BatchState::Done => "Prêts",
        BatchState::Failed => "En échec",
    }
}

/// What a step of the files of a session is called in the diagram.
#[must_use]
pub const fn file_step(step: super::state::FileStep) -> &'static str {
    use super::state::FileStep as E;
    match step {
        E::Advance => "Préparer",
        E::Finish => "Archiver",
        E::Fail => "Échouer",
        E::Retry => "Reprendre",
    }
}

/// Columns of a register of the past: key, names, whether it must be there.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("number", &["numéro", "numéro du certificat", "n° de certificat", "certificat"], true),
    ("certification", &["certification", "code", "code de la certification", "cqp"], true),
    ("kind", &["nature", "décision", "validation"], false),
    ("birth_name", &["nom de naissance", "nom"], true),
    ("usual_name", &["nom d’usage", "nom usuel"], false),
    ("first_names", &["prénoms", "prénom"], true),
    ("birth_date", &["date de naissance", "né(e) le"], true),
    ("birthplace", &["lieu de naissance", "né(e) à"], true),
    ("decided_on", &["date de décision", "date du jury", "jury"], true),
    ("delivered_on", &["date de délivrance", "délivré le"], true),
];
/// A cell is empty.
pub const VALUE_WANTED: &str = "Cette valeur est obligatoire";
/// A day is ahead.
pub const DAY_TO_COME: &str = "Cette date est à venir";
/// A nature is not one.
pub const KIND_WANTED: &str = "Écrivez certificat ou attestation";
/// A number is in the register.
pub const ALREADY_RECORDED: &str = "Ce numéro est déjà au registre";
/// A certification is not known.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’est pas enregistrée";

/// The same number was on an earlier line.
#[must_use]
pub fn twice_in_file(first: usize) -> String {
    format!("Ce numéro est déjà à la ligne {first}")
}

#[cfg(test)]
mod tests {
    use super::why;

    #[test]
    fn a_cause_is_said_once() {
        for (cause, reason, expected) in [
            ("Erreur matérielle", "Erreur sur le prénom", "Erreur sur le prénom"),
            ("Erreur matérielle", "Le prénom manque", "Erreur matérielle. Le prénom manque"),
            ("Fraude", "", "Fraude"),
        ] {
            assert_eq!(why(cause, reason), expected);
        }
    }
}
