//! Words of what is known of a person.

use entity::access_route::Way;
use entity::candidate::{Contract, IdentityDocument, Leaving};
use time::Date;

use crate::render::french;
use crate::rules::civil_status::Field;
use crate::rules::civil_status::completeness::Missing;

/// Said of a value of the civil status without which nobody is admitted.
#[must_use]
pub fn civil_lacks(missing: Missing) -> String {
    format!("État civil à compléter\u{202f}: {missing}.")
}

/// How a person comes to the certification.
#[must_use]
pub const fn way(way: Way) -> &'static str {
    match way {
        Way::Fc => "Formation continue",
        Way::ContratPro => "Contrat de professionnalisation",
        Way::Ca => "Apprentissage",
        Way::Fi => "Formation initiale",
        Way::Vae => "Validation des acquis de l’expérience",
        Way::CandidatLibre => "Candidature libre",
    }
}

/// The contract that ties the candidate to the structure.
#[must_use]
pub const fn contract(contract: Contract) -> &'static str {
    match contract {
        Contract::Cddi => "CDD d’insertion",
        Contract::Cui => "Contrat unique d’insertion",
        Contract::Apprenticeship => "Contrat d’apprentissage",
        Contract::Professionalisation => "Contrat de professionnalisation",
        Contract::Other => "Autre contrat",
        Contract::None => "Sans contrat",
    }
}

/// What the identity was read on.
#[must_use]
pub const fn document(document: IdentityDocument) -> &'static str {
    match document {
        IdentityDocument::None => "Aucun document vu",
        IdentityDocument::IdentityCard => "Carte nationale d’identité",
        IdentityDocument::Passport => "Passeport",
        IdentityDocument::ResidencePermit => "Titre de séjour",
        IdentityDocument::DrivingLicence => "Permis de conduire",
        IdentityDocument::Other => "Autre document",
    }
}

/// Why somebody gives up.
#[must_use]
pub const fn leaving(leaving: Leaving) -> &'static str {
    match leaving {
        Leaving::Work => "Départ vers un emploi",
        Leaving::EndOfContract => "Fin de contrat",
        Leaving::Health => "Raison de santé",
        Leaving::Other => "Autre raison",
    }
}

/// The name of a field of the civil status, before what deserves a look.
#[must_use]
pub const fn field(field: Field) -> &'static str {
    match field {
        Field::BirthName => "Nom de naissance",
        Field::UsualName => "Nom d’usage",
        Field::FirstName(_) => "Prénom",
        Field::OtherFirstNames => "Prénoms suivants",
        Field::Sex => "Sexe",
        Field::BirthDate => "Date de naissance",
        Field::BirthCountry => "Pays de naissance",
        Field::BirthCommune => "Commune de naissance",
        Field::BirthLocality => "Ville de naissance",
    }
}

/// Sex of the civil status.
pub const FEMALE: &str = "Féminin";
/// Sex of the civil status.
pub const MALE: &str = "Masculin";
/// The document has no such name.
pub const NONE_ON_DOCUMENT: &str = "aucun sur le document";
/// Who hands messages over.
pub const RELAYED: &str = "remis par la structure";
/// The same, for somebody in prison.
pub const RELAYED_NEUTRAL: &str = "remis par la structure, sans nom d’établissement";
/// A value that lacks.
pub const TO_COMPLETE: &str = "À compléter";
/// A value that deserves a look.
pub const TO_CHECK: &str = "À vérifier";

/// « vu le 2 mars 2026 par Maëlys Kerzoncuf ».
#[must_use]
pub fn seen(day: Date, by: &str) -> String {
    let day = french::date(day);
    if by.is_empty() { format!("vu le {day}") } else { format!("vu le {day} par {by}") }
}
