//! Names of the fields, and words of the values, that are recorded of candidates, of juries and of certificates.

use entity::access_route::Way;
use entity::candidate::{Contract, IdentityDocument, JuryDecision, Leaving};
use entity::candidate_appeal::AppealOutcome;
use entity::candidate_observation::Observed;
use entity::candidate_piece::CandidatePieceKind;
use entity::candidate_positioning::Positioned;
use entity::candidate_tie::{CandidateTieKind, CandidateTieSource};
use entity::certificate::CertificateKind;
use entity::certificate_change::ChangeCause;
use entity::decision::Outcome;
use entity::declared_interest::TieKind;
use entity::jury_change::ChangeOutcome;
use entity::jury_incident::IncidentKind;
use entity::jury_member::MemberState;
use entity::jury_passage::Presence;
use entity::jury_session::JuryMode;
use entity::jury_signature::SignatureKind;

use crate::features::{agreements, candidates, juries, ties};
use crate::rules::civil_status::Sex;

/// What is recorded of a candidate.
pub(super) const CANDIDATES: &[(&str, &str)] = &[
    ("adaptation_id", "Clé de l’adaptation"),
    ("assessor", "Évaluation faite par"),
    ("birth_commune", "Commune de naissance"),
    ("birth_country", "Pays de naissance"),
    ("birth_date", "Date de naissance"),
    ("birth_locality", "Ville de naissance"),
    ("birth_name", "Nom de naissance"),
    ("candidate_id", "Clé de la candidature"),
    ("company", "Entreprise"),
    ("completeness", "État civil connu, sur 100"),
    ("consented_on", "Accord de la personne"),
    ("contract", "Contrat"),
    ("decision", "Décision du jury"),
    ("fields", "Champs modifiés"),
    ("from_structure_id", "Clé de la structure d’avant"),
    ("guardian", "Représentation légale"),
    ("heard_on", "Personne entendue le"),
    ("identity_document", "Document d’identité"),
    ("immersion_id", "Clé de l’immersion"),
    ("lack", "Ce qui manque"),
    ("leaving", "Motif de l’abandon"),
    ("observation_id", "Clé de l’observation"),
    ("observed_on", "Observation"),
    ("postal_address", "Adresse postale"),
    ("result", "Résultat"),
    ("sex", "Sexe"),
    ("skill_id", "Clé de la compétence"),
    ("source", "Source"),
    ("success", "Compté comme une réussite"),
    ("tie_id", "Clé du lien"),
    ("usual_name", "Nom d’usage"),
    ("way", "Voie d’accès"),
];

/// What is recorded of a jury.
pub(super) const JURIES: &[(&str, &str)] = &[
    ("added", "Ajouts"),
    ("adjourned", "Candidat ajourné, faute de quorum"),
    ("answer_due_at", "Réponse au plus tard"),
    ("appeal_id", "Clé du recours"),
    ("appointed_by", "Désignation par"),
    ("blank", "Blancs"),
    ("by", "Par"),
    ("called", "Candidats déjà convoqués"),
    ("candidate_ids", "Clés des candidatures"),
    ("certification", "Certification"),
    ("change_id", "Clé de la saisie"),
    ("changes", "Modifications"),
    ("check_id", "Clé du contrôle"),
    ("conform", "Conforme"),
    ("device", "Appareil"),
    ("expected", "Candidats attendus"),
    ("expert_ids", "Clés des intervenants"),
    ("field", "Champ"),
    ("happened_at", "Heure des faits"),
    ("identity", "Identité vérifiée"),
    ("impartial", "Impartialité déclarée"),
    ("incident_id", "Clé de l’incident"),
    ("member_state", "Réponse du membre"),
    ("minutes_id", "Clé du procès-verbal"),
    ("no", "Contre"),
    ("passage_id", "Clé du passage"),
    ("presence", "Présence"),
    ("proposal", "Décision proposée"),
    ("quality", "Qualité"),
    ("rectifies_id", "Clé du procès-verbal rectifié"),
    ("removed", "Retraits"),
    ("votes", "Votes"),
    ("words", "Texte"),
    ("yes", "Pour"),
];

/// What is recorded of a certificate.
pub(super) const CERTIFICATES: &[(&str, &str)] = &[
    ("archival", "Fichier d’archive (PDF/A)"),
    ("badge_index", "Rang du badge"),
    ("cause", "Cause"),
    ("content_hash", "Empreinte du contenu"),
    ("content_sha256", "Empreinte du contenu"),
    ("delivered_on", "Délivrance"),
    ("done", "Fichiers produits"),
    ("failure", "Échec"),
    ("holder", "Titulaire"),
    ("public", "Page publique ouverte"),
    ("signature", "Signature"),
    ("supersedes_id", "Clé du certificat remplacé"),
    ("template", "Modèle"),
    ("total", "Certificats"),
];

/// The word of a value; none when it has no other than the recorded one.
#[must_use]
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "cause" => ChangeCause::from_word(text).map(cause),
        "contract" => Contract::from_word(text).map(candidates::labels::person::contract),
        "decision" | "proposal" => JuryDecision::from_word(text).map(juries::day::labels::decision),
        "identity_document" => IdentityDocument::from_word(text).map(candidates::labels::person::document),
        "kind" => kind(text),
        "leaving" => Leaving::from_word(text).map(candidates::labels::person::leaving),
        "member_state" => MemberState::from_word(text).map(|state| juries::labels::member(state).word),
        "mode" => JuryMode::from_word(text).map(juries::labels::mode),
        "outcome" => outcome(text),
        "presence" => Presence::from_word(text).map(juries::day::labels::presence),
        "result" => result(text),
        "sex" => sex(text),
        "source" => CandidateTieSource::from_word(text).map(ties::labels::candidate_source),
        "tie" => tie(text),
        "way" => Way::from_word(text).map(candidates::labels::person::way),
        _ => None,
    }
}

/// What is typed of a candidate on the day of a jury: a field, or a field of one épreuve or of one unit.
#[must_use]
pub(super) fn typed(text: &str) -> Option<String> {
    let (field, code) = text.split_once(':').unwrap_or((text, ""));
    let name = match field {
        "mark" => "Résultat",
        "comment" => "Commentaire",
        "ruling" => "Décision sur un bloc",
        "remark" => "Observation",
        "observations" => "Observations",
        "recommendations" => "Recommandations",
        "heard" => "Audition",
        _ => return None,
    };
    Some(if code.is_empty() { name.to_owned() } else { format!("{name} ({code})") })
}

/// Why a certificate moved: certificates use the journal, which cannot ask them.
const fn cause(cause: ChangeCause) -> &'static str {
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

/// What a certificate, an incident, a signature or a piece is.
fn kind(text: &str) -> Option<&'static str> {
    let certificate = CertificateKind::from_word(text).map(|kind| match kind {
        CertificateKind::Full => "Certificat",
        CertificateKind::Blocs => "Attestation de blocs",
    });
    let signature = || {
        SignatureKind::from_word(text).map(|kind| match kind {
            SignatureKind::Drawn => "Signature manuscrite à l’écran",
            SignatureKind::Code => "Signature par un code reçu par courriel",
            SignatureKind::Account => "Signature depuis le compte",
            SignatureKind::Refused => "Refus de signer",
        })
    };
    let incident = || IncidentKind::from_word(text).map(juries::day::labels::incident);
    let piece = || CandidatePieceKind::from_word(text).map(candidates::labels::pieces::piece);
    certificate.or_else(signature).or_else(incident).or_else(piece)
}

/// How an appeal ended, what was decided on a request, or what became of what a tablet sent.
fn outcome(text: &str) -> Option<&'static str> {
    let appeal = AppealOutcome::from_word(text).map(|outcome| match outcome {
        AppealOutcome::Upheld => "Décision maintenue",
        AppealOutcome::Corrected => "Erreur à corriger",
        AppealOutcome::Annulled => "Passage annulé",
    });
    let sent = || {
        ChangeOutcome::from_word(text).map(|outcome| match outcome {
            ChangeOutcome::Applied => "Enregistrée",
            ChangeOutcome::Conflict => "En conflit avec une autre saisie",
            ChangeOutcome::Refused => "Refusée",
        })
    };
    let request = || Outcome::from_word(text).map(agreements::labels::outcome);
    appeal.or_else(sent).or_else(request)
}

/// What was found of a skill, before the path or along it.
fn result(text: &str) -> Option<&'static str> {
    let observed = || Observed::from_word(text).map(candidates::livret::labels::result);
    Positioned::from_word(text).map(candidates::labels::positioned).or_else(observed)
}

fn sex(text: &str) -> Option<&'static str> {
    Sex::of(text).map(|sex| match sex {
        Sex::Female => candidates::labels::person::FEMALE,
        Sex::Male => candidates::labels::person::MALE,
    })
}

/// A tie with a candidate, or with a structure; one word may be of both.
fn tie(text: &str) -> Option<&'static str> {
    let structure = TieKind::from_word(text).map(ties::labels::declared);
    let candidate = CandidateTieKind::from_word(text).map(ties::labels::with_candidate);
    match (structure, candidate) {
        (Some(_), Some(_)) => Some("Encadrement ou tutorat"),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{state, value};
    use entity::candidate::CandidateState;
    use entity::certificate::CertificateState;
    use entity::certificate_revocation::RevocationCause;
    use entity::college_seat::College;
    use entity::jury_member::Seat;
    use entity::jury_session::JuryState;
    use serde_json::json;

    use super::*;

    macro_rules! every {
        ($name:ident) => {
            $name::all().map($name::word).collect::<Vec<_>>()
        };
    }

    #[test]
    fn no_recorded_word_of_a_jury_is_shown() {
        for (key, words) in [
            ("cause", every!(ChangeCause)),
            ("cause", every!(RevocationCause)),
            ("college", every!(College)),
            ("contract", every!(Contract)),
            ("decision", every!(JuryDecision)),
            ("proposal", every!(JuryDecision)),
            ("identity_document", every!(IdentityDocument)),
            ("kind", every!(CandidatePieceKind)),
            ("kind", every!(CertificateKind)),
            ("kind", every!(IncidentKind)),
            ("kind", every!(SignatureKind)),
            ("leaving", every!(Leaving)),
            ("member_state", every!(MemberState)),
            ("mode", every!(JuryMode)),
            ("outcome", every!(AppealOutcome)),
            ("outcome", every!(ChangeOutcome)),
            ("presence", every!(Presence)),
            ("result", every!(Observed)),
            ("result", every!(Positioned)),
            ("seat", every!(Seat)),
            ("sex", vec!["F".to_owned(), "M".to_owned()]),
            ("source", every!(CandidateTieSource)),
            ("tie", every!(CandidateTieKind)),
            ("way", every!(Way)),
        ] {
            for word in words {
                let shown = value(key, &json!(word));
                assert!(shown != word && !shown.contains('_'), "{key} {word}: {shown}");
            }
        }
        for (subject, words) in [
            ("candidate", every!(CandidateState)),
            ("certificate", every!(CertificateState)),
            ("jury_session", every!(JuryState)),
        ] {
            for word in words {
                let shown = state(subject, &word);
                assert!(shown != word && !shown.contains('_'), "{subject} {word}: {shown}");
            }
        }
    }

    #[test]
    fn what_a_jury_recorded_reads_as_on_its_pages() {
        for (key, recorded, expected) in [
            ("presence", "absent", "Absence"),
            ("decision", "partial", "Validation partielle"),
            ("cause", "material_error", "Erreur matérielle"),
            ("outcome", "annulled", "Passage annulé"),
            ("outcome", "grant", "Accordé"),
            ("kind", "insurance", "insurance"),
            ("tie", "trained", "A formé la personne"),
            ("tie", "supervised", "Encadrement ou tutorat"),
            ("tie", "board", "Mandat au conseil d’administration"),
            ("field", "ruling:BC02", "Décision sur un bloc (BC02)"),
            ("fields", "birth_name", "Nom de naissance"),
            ("fields", "heard", "Audition"),
            ("fields", "jamais_vu", "jamais_vu"),
        ] {
            assert_eq!(value(key, &json!(recorded)), expected, "{key} {recorded}");
        }
    }
}
