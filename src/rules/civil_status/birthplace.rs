//! Where somebody was born: a commune by its code on that day, or a country and what the document says of the town.
//!
//! Births in Algeria before its independence carry either the code of the country or the code of a commune of the
//! departments 91 to 94 of the time. No public list names those communes: the code is kept, and the town as typed.
use super::birth_date::BirthDate;
use super::communes::{self, Commune};
use super::countries::{self, Country};
use super::name;
use crate::rules::calendar::written;
use crate::rules::line::{self, LineError};
use std::fmt;
use time::Date;
use time::macros::date;

/// Longest name of a town abroad, in characters.
pub const LONGEST_LOCALITY: usize = 100;

/// The first day of independent Algeria.
const INDEPENDENCE: Date = date!(1962 - 07 - 03);

/// The departments of Algeria before its independence.
const ALGERIAN_DEPARTMENTS: [(&str, &str); 4] =
    [("91", "Alger"), ("92", "Oran"), ("93", "Constantine"), ("94", "Territoires du Sud")];

/// A place of birth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Birthplace {
    /// In France, overseas included.
    Commune(Commune),
    /// In Algeria before its independence, by the code of the time.
    FormerAlgeria {
        /// Department and commune, five digits.
        code: String,
        /// Name of the department.
        department: &'static str,
        /// The town, as the document says; may be empty.
        locality: String,
    },
    /// In another country.
    Abroad {
        /// The country.
        country: Country,
        /// The town, as the document says; may be empty.
        locality: String,
    },
}

/// A place of birth, as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypedPlace<'a> {
    /// Code of the country; empty for France.
    pub country: &'a str,
    /// Code of the commune; empty abroad.
    pub commune: &'a str,
    /// Town abroad; empty in France.
    pub locality: &'a str,
}

/// Which of the three values is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The country.
    Country,
    /// The commune.
    Commune,
    /// The town abroad.
    Locality,
}

/// A commune named in a message, with its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named(pub Commune);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.0.name, self.0.code)
    }
}

/// Why a place of birth is refused; `Display` is the French message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceFault {
    /// The code of the commune has another shape.
    #[error("Le code d’une commune compte 5 caractères, par exemple 97411 ou 2A004")]
    Malformed,
    /// No commune ever had this code.
    #[error("Aucune commune n’a le code {0}\u{202f}: cherchez la commune par son nom")]
    Unknown(String),
    /// The code was a commune at another time, and another one is to be chosen.
    #[error(
        "Le code {} n’était pas celui d’une commune à la date de naissance ({})\u{202f}: choisissez {instead}",
        .code, .born.written()
    )]
    OtherCodeThen {
        /// The code typed.
        code: String,
        /// The date of birth.
        born: BirthDate,
        /// The commune of that day.
        instead: Named,
    },
    /// The code was a commune at another time, and nothing says which one held the place.
    #[error(
        "Le code {} n’était pas celui d’une commune à la date de naissance ({})\u{202f}: \
         vérifiez la date, ou cherchez la commune par son nom",
        .code, .born.written()
    )]
    NotThen {
        /// The code typed.
        code: String,
        /// The date of birth.
        born: BirthDate,
    },
    /// No country has this code.
    #[error("Aucun pays n’a le code {0}\u{202f}: choisissez le pays dans la liste")]
    UnknownCountry(String),
    /// The state had ended on the day of birth.
    #[error(
        "Cet État ou territoire ({}) a pris fin le {}, avant la naissance\u{202f}: choisissez le pays actuel",
        .name, written(*.until)
    )]
    EndedCountry {
        /// The name of the state.
        name: &'static str,
        /// Its end.
        until: Date,
    },
    /// A commune and a foreign country.
    #[error("Une naissance à l’étranger n’a pas de code de commune\u{202f}: retirez-le, ou retirez le pays")]
    CommuneAbroad,
    /// A town, and neither a country nor a commune.
    #[error(
        "Choisissez la commune de naissance dans la liste, ou le pays si la naissance a eu lieu à l’étranger"
    )]
    TownAlone,
    /// The name of the town cannot be kept.
    #[error(transparent)]
    Locality(#[from] LineError),
}

impl PlaceFault {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed-commune",
            Self::Unknown(_) => "unknown-commune",
            Self::OtherCodeThen { .. } | Self::NotThen { .. } => "not-a-commune-then",
            Self::UnknownCountry(_) => "unknown-country",
            Self::EndedCountry { .. } => "ended-country",
            Self::CommuneAbroad => "commune-abroad",
            Self::TownAlone => "town-without-country",
            Self::Locality(error) => error.code(),
        }
    }
}

/// Reads a place of birth; nothing typed is nothing known. Without a date, codes of any time are accepted.
///
/// # Errors
/// Each refused value with its reason.
pub fn read(
    typed: TypedPlace<'_>,
    born: Option<BirthDate>,
) -> Result<Option<Birthplace>, Vec<(Part, PlaceFault)>> {
    let locality = line::optional(typed.locality, LONGEST_LOCALITY);
    let place = place(typed, born);
    match (locality, place) {
        (Ok(locality), Ok(place)) => with_locality(place, locality),
        (locality, place) => {
            let locality = locality.err().map(|error| (Part::Locality, PlaceFault::from(error)));
            Err(place.err().into_iter().chain(locality).collect())
        }
    }
}

/// The place gets its town; a town alone says too little, and beside a commune it only repeats its name.
fn with_locality(
    place: Option<Birthplace>,
    town: String,
) -> Result<Option<Birthplace>, Vec<(Part, PlaceFault)>> {
    match place {
        None if town.is_empty() => Ok(None),
        None => Err(vec![(Part::Commune, PlaceFault::TownAlone)]),
        Some(Birthplace::FormerAlgeria { code, department, .. }) => {
            Ok(Some(Birthplace::FormerAlgeria { code, department, locality: town }))
        }
        Some(Birthplace::Abroad { country, .. }) => Ok(Some(Birthplace::Abroad { country, locality: town })),
        Some(Birthplace::Commune(commune)) => Ok(Some(Birthplace::Commune(commune))),
    }
}

/// The place without its town.
fn place(typed: TypedPlace<'_>, born: Option<BirthDate>) -> Result<Option<Birthplace>, (Part, PlaceFault)> {
    let commune = typed.commune.trim().to_ascii_uppercase();
    let country = typed.country.trim();
    if commune == countries::FRANCE {
        return Err((Part::Commune, PlaceFault::TownAlone));
    }
    // files often carry the code of the country in the column of the commune
    if country.is_empty() && commune.starts_with("99") {
        return abroad(&commune, Part::Commune, born);
    }
    let is_france = matches!(country, "" | "100" | countries::FRANCE);
    let is_algeria = matches!(country, "352" | countries::ALGERIA);
    // the departments 91 to 94 of today took the numbers: without the country, a code that is one of theirs is taken
    // for a choice of today's commune, and refused for a date before it
    let is_meant = is_algeria || (is_france && born.is_some() && communes::of_code(&commune).is_empty());
    if is_meant && let Some(place) = former_algeria(&commune, born) {
        return Ok(Some(place));
    }
    match (is_france, commune.as_str()) {
        (true, "") => Ok(None),
        (true, code) => french(code, born).map(Some).map_err(|fault| (Part::Commune, fault)),
        (false, "") => abroad(country, Part::Country, born),
        (false, _) => Err((Part::Commune, PlaceFault::CommuneAbroad)),
    }
}

/// A code of the departments 91 to 94, for a birth that may be before the independence of Algeria.
fn former_algeria(code: &str, born: Option<BirthDate>) -> Option<Birthplace> {
    let before = born.is_none_or(|born| born.first_day() < INDEPENDENCE);
    let &(_, department) = ALGERIAN_DEPARTMENTS.iter().find(|(prefix, _)| code.starts_with(prefix))?;
    (before && communes::is_code(code)).then(|| Birthplace::FormerAlgeria {
        code: code.to_owned(),
        department,
        locality: String::new(),
    })
}

fn french(code: &str, born: Option<BirthDate>) -> Result<Birthplace, PlaceFault> {
    if !communes::is_code(code) {
        return Err(PlaceFault::Malformed);
    }
    let Some(latest) = communes::of_code(code).pop() else {
        return Err(PlaceFault::Unknown(code.to_owned()));
    };
    let Some(born) = born else { return Ok(Birthplace::Commune(latest)) };
    let (first, last) = (born.first_day(), born.last_day());
    if let Some(commune) = communes::commune(code, first, last) {
        return Ok(Birthplace::Commune(commune));
    }
    let code = code.to_owned();
    Err(match communes::instead(&code, first, last) {
        Some(instead) => PlaceFault::OtherCodeThen { code, born, instead: Named(instead) },
        None => PlaceFault::NotThen { code, born },
    })
}

fn abroad(code: &str, part: Part, born: Option<BirthDate>) -> Result<Option<Birthplace>, (Part, PlaceFault)> {
    let Some(country) = countries::country(code) else {
        let fault = match part {
            Part::Country | Part::Locality => PlaceFault::UnknownCountry(code.to_owned()),
            // what stands where a commune is wanted is told as one
            Part::Commune if communes::is_code(code) => PlaceFault::Unknown(code.to_owned()),
            Part::Commune => PlaceFault::Malformed,
        };
        return Err((part, fault));
    };
    match (country.until, born) {
        (Some(until), Some(born)) if !country.was_there(born.first_day()) => {
            Err((part, PlaceFault::EndedCountry { name: country.name, until }))
        }
        _ => Ok(Some(Birthplace::Abroad { country: *country, locality: String::new() })),
    }
}

impl Birthplace {
    /// The code of five characters that the accrochage asks: commune, or country.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Commune(commune) => commune.code,
            Self::FormerAlgeria { code, .. } => code,
            Self::Abroad { country, .. } => country.code,
        }
    }

    /// As diplomas print it: the department tells communes of the same name apart, the code of the commune is for files.
    #[must_use]
    pub fn printed(&self) -> String {
        match self {
            Self::Commune(commune) => format!("{} ({})", commune.name, commune.department_code()),
            other => other.to_string(),
        }
    }

    /// The country, when it is another than France.
    #[must_use]
    pub fn country(&self) -> Option<&Country> {
        match self {
            Self::Abroad { country, .. } => Some(country),
            Self::Commune(_) | Self::FormerAlgeria { .. } => None,
        }
    }

    /// The commune or the town; none when it is not known.
    #[must_use]
    pub fn town(&self) -> Option<&str> {
        match self {
            Self::Commune(commune) => Some(commune.name),
            Self::FormerAlgeria { locality, .. } | Self::Abroad { locality, .. } => {
                (!locality.is_empty()).then_some(locality.as_str())
            }
        }
    }

    /// Characters of the town that the file for the Caisse des Dépôts cannot hold.
    #[must_use]
    pub fn cut_in_flow(&self) -> usize {
        self.town().map_or(0, name::cut_in_flow)
    }
}

/// « Saint-Denis (97411) », « Oran (Algérie) », « Algérie ».
impl fmt::Display for Birthplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = match self {
            Self::Commune(commune) => return write!(f, "{}", Named(*commune)),
            Self::FormerAlgeria { department, .. } => format!("{department}, Algérie"),
            Self::Abroad { country, .. } => country.name.to_owned(),
        };
        match self.town() {
            Some(town) => write!(f, "{town} ({within})"),
            None => f.write_str(&within),
        }
    }
}
