//! French words of a file of people to enrol.

/// Title of the page.
pub const TITLE: &str = "Importer des candidats";
/// What a line is.
pub const LEAD: &str = "Une ligne par personne à inscrire, 300 au plus. La structure détient un agrément valable aujourd’hui pour la certification. Si une ligne est à corriger, personne n’est inscrit.";
/// Too long a file.
pub const TOO_MANY: &str =
    "Ce fichier compte plus de 300 personnes\u{202f}: partagez-le en plusieurs fichiers";
/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str =
    "Aucune certification ouverte aux inscriptions aujourd’hui n’a ce code ni ce nom";
/// No such commune.
pub const COMMUNE_UNKNOWN: &str =
    "Aucune commune de ce nom n’existait à la date de naissance\u{202f}: vérifiez le nom ou la date";
/// Several communes.
pub const COMMUNE_TO_CHOOSE: &str =
    "Plusieurs communes portaient ce nom à la date de naissance\u{202f}: écrivez le code INSEE de la bonne";
/// A structure for which whoever brings the file enrols nobody.
pub const NOT_YOURS: &str = "Votre rôle ne permet pas d’inscrire des personnes pour cette structure";
/// What says yes in a column.
pub const YES: &[&str] = &["oui", "o", "x", "vrai", "true", "1"];
/// What says a sex.
pub const SEXES: &[(&str, &[&str])] = &[
    ("F", &["f", "femme", "féminin", "female", "mme", "madame"]),
    ("M", &["m", "h", "homme", "masculin", "male", "monsieur"]),
];

/// Somebody alike is known.
#[must_use]
pub fn alike(known: &[String]) -> String {
    let known: Vec<&str> = known.iter().map(|one| one.trim_end_matches('.')).collect();
    format!(
        "Une personne de mêmes nom et prénom, née le même jour, est déjà inscrite ({})\u{202f}: écrivez «\u{202f}oui\u{202f}» dans la colonne «\u{202f}autre inscription confirmée\u{202f}» s’il s’agit d’une autre inscription",
        known.join("\u{202f}; ")
    )
}

/// What a column holds.
#[must_use]
pub fn note(key: &str) -> &'static str {
    match key {
        "structure" => {
            "SIREN ou SIRET de la structure qui suit la personne\u{202f}; la vôtre si rien n’est indiqué"
        }
        "certification" => "code ou nom de la certification, par exemple CQP_SP",
        "way" => {
            "formation continue, contrat de professionnalisation, apprentissage, formation initiale, validation des acquis de l’expérience ou candidature libre"
        }
        "birth_name" | "first_name_1" => "comme sur le document d’identité",
        "first_name_2" | "first_name_3" => "dans l’ordre de l’état civil",
        "usual_name" => "s’il diffère du nom de naissance",
        "sex" => "F ou M, celui de l’état civil",
        "birth_date" => "12/05/1985, ou 1985 quand le jour n’est pas connu",
        "birth_commune" => {
            "code INSEE de la commune à la date de naissance, ou son nom\u{202f}; vide à l’étranger"
        }
        "birth_locality" => "ville de naissance à l’étranger",
        "birth_country" => "nom ou code INSEE du pays\u{202f}; vide pour la France",
        "document" => {
            "carte nationale d’identité, passeport, titre de séjour, permis de conduire ou autre document"
        }
        "seen_on" => "jour où le document a été vu, par exemple 02/03/2026",
        "contract" => {
            "CDD d’insertion, contrat unique d’insertion, contrat d’apprentissage, contrat de professionnalisation, autre contrat ou sans contrat"
        }
        "employer" => "s’il diffère de la structure",
        "guardian" => "nom et coordonnées, pour une personne mineure",
        "detained" => "oui pour une personne détenue\u{202f}: ses messages passent par la structure",
        "confirmed" => {
            "oui quand une personne semblable est déjà inscrite et qu’il s’agit d’une autre inscription"
        }
        _ => "",
    }
}

/// The columns of a file: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("structure", &["structure", "siren", "siret"], false),
    ("certification", &["certification", "cqp"], true),
    ("way", &["voie", "voie d’accès"], true),
    ("birth_name", &["nom de naissance", "nom", "nom de famille"], true),
    ("usual_name", &["nom d’usage", "nom marital"], false),
    ("first_name_1", &["prénom", "prénom 1", "premier prénom"], true),
    ("first_name_2", &["prénom 2", "deuxième prénom"], false),
    ("first_name_3", &["prénom 3", "troisième prénom"], false),
    ("other_first_names", &["autres prénoms", "prénoms suivants"], false),
    ("sex", &["sexe", "civilité"], false),
    ("birth_date", &["date de naissance", "né le", "née le", "naissance"], false),
    ("birth_commune", &["commune de naissance", "code commune de naissance", "lieu de naissance"], false),
    ("birth_locality", &["ville de naissance", "ville", "ville à l’étranger"], false),
    ("birth_country", &["pays de naissance", "pays"], false),
    ("document", &["document d’identité", "pièce d’identité"], false),
    ("seen_on", &["document vu le", "vu le"], false),
    ("seen_by", &["document vu par", "vu par"], false),
    ("email", &["courriel", "email", "e-mail", "mail", "mél", "adresse électronique"], false),
    ("phone", &["téléphone", "tel", "tél", "portable"], false),
    ("postal_address", &["adresse postale", "adresse"], false),
    ("contract", &["contrat", "type de contrat"], true),
    ("employer", &["employeur"], false),
    ("referent", &["référence dans la structure", "référent", "référente"], false),
    ("guardian", &["représentation légale", "représentant légal"], false),
    ("detained", &["personne détenue", "détention"], false),
    ("confirmed", &["autre inscription confirmée", "homonyme confirmé"], false),
];
