//! What a person types about a programme, beside its sheet; every fault at once.

use entity::ids::CertificationId;
use entity::programme::{self, Theme, TrainerRight};

use crate::error::{Fault, Faults};
use crate::rules::fold::fold;
use crate::rules::line;

const LONGEST_CODE: usize = 30;
const LONGEST_SLUG: usize = 80;
const LONGEST_TITLE: usize = 300;
const LONGEST_REFERENCE: usize = 100;
/// Ten years.
const MOST_MONTHS: i32 = 120;

/// A programme, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedProgramme {
    /// Code, `MAC-SST`.
    pub code: String,
    /// End of its address in the catalogue; made from the title when it is empty.
    pub slug: String,
    /// Title; that of its first sheet. Later, its sheets say it.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// What whoever teaches must hold on the day.
    pub trainer_right: String,
    /// The certification that it prepares; looked for by whoever calls.
    pub certification: Option<CertificationId>,
    /// Months after which what it gives is to be renewed; empty when it is for ever.
    pub recycling_months: String,
    /// Reference in another program; may be empty.
    pub external_ref: String,
}

/// A programme that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Code, in capitals.
    pub code: String,
    /// End of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub theme: Theme,
    /// What whoever teaches must hold.
    pub trainer_right: TrainerRight,
    /// The certification that it prepares.
    pub certification: Option<CertificationId>,
    /// Months after which it is to be renewed.
    pub recycling_months: Option<i32>,
    /// Reference in another program.
    pub external_ref: Option<String>,
}

impl TypedProgramme {
    /// What is recorded, as a form shows it.
    #[must_use]
    pub fn of(row: &programme::Model) -> Self {
        Self {
            code: row.code.clone(),
            slug: row.slug.clone(),
            title: row.title.clone(),
            theme: row.theme.word(),
            trainer_right: row.trainer_right.word(),
            certification: row.certification_id,
            recycling_months: row.recycling_months.map(|months| months.to_string()).unwrap_or_default(),
            external_ref: row.external_ref.clone().unwrap_or_default(),
        }
    }

    /// The programme, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self) -> Result<Head, Vec<Fault>> {
        let mut faults = Faults::default();
        let code = faults.read("/code", code(&self.code), |_| "programme-code");
        let title = line::wanted(&self.title, LONGEST_TITLE, "Indiquez l’intitulé");
        let title = faults.read("/title", title, |error| error.code());
        let typed = if self.slug.trim().is_empty() { &self.title } else { &self.slug };
        let slug = Some(slug(typed)).filter(|slug| !slug.is_empty());
        if slug.is_none() && title.is_some() {
            faults.push("/slug", "missing", "Indiquez la fin de l’adresse dans le catalogue");
        }
        let theme = Theme::from_word(self.theme.trim()).ok_or("Choisissez un thème");
        let theme = faults.read("/theme", theme, |_| "missing");
        let trainer_right = match self.trainer_right.trim() {
            "" => Ok(TrainerRight::None),
            word => TrainerRight::from_word(word).ok_or("Choisissez ce que doit détenir qui anime"),
        };
        let trainer_right = faults.read("/trainer_right", trainer_right, |_| "unknown");
        let recycling_months = months(&self.recycling_months);
        let recycling_months = faults.read("/recycling_months", recycling_months, |_| "range");
        let external_ref = line::optional(&self.external_ref, LONGEST_REFERENCE);
        let external_ref = faults.read("/external_ref", external_ref, |error| error.code());
        let head = (|| {
            Some(Head {
                code: code?,
                slug: slug?,
                title: title?,
                theme: theme?,
                trainer_right: trainer_right?,
                certification: self.certification,
                recycling_months: recycling_months?,
                external_ref: external_ref.filter(|text| !text.is_empty()),
            })
        })();
        faults.or(head)
    }
}

/// Capitals, digits and hyphens, a letter first.
fn code(typed: &str) -> Result<String, &'static str> {
    let code = typed.trim().to_uppercase();
    let fits = (2..=LONGEST_CODE).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    if fits {
        Ok(code)
    } else {
        Err(
            "Un code compte de 2 à 30 signes\u{202f}: lettres sans accent, chiffres et tirets, une lettre d’abord",
        )
    }
}

/// The words that addresses under `/programmes` keep for themselves.
const KEPT: [&str; 3] = ["import", "livrets", "nouveau"];

/// The end of an address: folded words and hyphens. Empty when nothing is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in fold(text).split(' ').filter(|word| word.is_ascii() && !word.is_empty()) {
        if slug.len() + word.len() >= LONGEST_SLUG {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if KEPT.contains(&slug.as_str()) { format!("formation-{slug}") } else { slug }
}

fn months(typed: &str) -> Result<Option<i32>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let months = typed.parse().ok().filter(|months| (1..=MOST_MONTHS).contains(months));
    months.map(Some).ok_or("Indiquez un nombre de mois entre 1 et 120, ou rien")
}

/// What the list is searched in.
#[must_use]
pub fn search(code: &str, title: &str, goal: &str) -> String {
    fold(&format!("{code} {title} {goal}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedProgramme {
        TypedProgramme {
            code: " mac-sst ".to_owned(),
            title: "Maintien des compétences de sauveteur".to_owned(),
            theme: "health_safety".to_owned(),
            recycling_months: "24".to_owned(),
            ..TypedProgramme::default()
        }
    }

    #[test]
    fn a_programme_is_read_and_its_address_made_from_its_title() {
        let head = typed().read().unwrap();
        assert_eq!(
            (head.code.as_str(), head.slug.as_str()),
            ("MAC-SST", "maintien-des-competences-de-sauveteur")
        );
        assert_eq!((head.trainer_right, head.recycling_months), (TrainerRight::None, Some(24)));
        let named = TypedProgramme { slug: "MAC SST".to_owned(), ..typed() }.read().unwrap();
        assert_eq!(named.slug, "mac-sst");
    }

    #[test]
    fn addresses_are_plain_and_leave_the_others_alone() {
        for (text, expected) in [
            ("L’accueil à l’écoute", "l-accueil-a-l-ecoute"),
            ("Import", "formation-import"),
            ("nouveau", "formation-nouveau"),
            ("…", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
        assert!(slug(&"mot ".repeat(60)).len() < LONGEST_SLUG);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = TypedProgramme {
            code: "1".to_owned(),
            theme: "cuisine".to_owned(),
            trainer_right: "permis".to_owned(),
            recycling_months: "0".to_owned(),
            external_ref: "a".repeat(101),
            ..TypedProgramme::default()
        };
        let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        let expected = ["/code", "/title", "/theme", "/trainer_right", "/recycling_months", "/external_ref"];
        assert_eq!(pointers, expected);
        let nameless = TypedProgramme { title: "…".to_owned(), ..typed() };
        let pointers: Vec<_> = nameless.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/slug"]);
    }
}
