//! Names of the fields, and words of the values, that are recorded of candidates, of juries and of certificates.

use entity::access_route::Way;
use entity::candidate::{Contract, Leaving};
use entity::candidate_positioning::Positioned;
use entity::jury_member::MemberState;

use crate::features::{candidates, juries};

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

/// What is recorded of a candidate, and of whoever sits in a jury.
#[must_use]
pub(super) fn word(key: &str, text: &str) -> Option<&'static str> {
    match key {
        "contract" => Contract::from_word(text).map(candidates::labels::contract),
        "leaving" => Leaving::from_word(text).map(candidates::labels::leaving),
        "member_state" => MemberState::from_word(text).map(|state| juries::labels::member(state).word),
        "result" => Positioned::from_word(text).map(candidates::labels::positioned),
        "way" => Way::from_word(text).map(candidates::labels::way),
        _ => None,
    }
}
