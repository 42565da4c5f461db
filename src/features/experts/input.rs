//! What a person types about an expert or an habilitation; every fault at once.

use entity::habilitation::Duty;
use entity::ids::CertificationId;

use crate::error::{Fault, Faults};
use crate::rules::email_address::EmailAddress;
use crate::rules::line;
use crate::rules::period::Period;
use crate::rules::person_name::PersonName;
use crate::rules::phone::Phone;
use crate::rules::territory::{self, Department};

/// What binds an expert to the work: stored as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Employee of a member structure.
    Employee,
    /// Employee of the certifier.
    Staff,
    /// Self-employed.
    Independent,
    /// Volunteer.
    Volunteer,
    /// Retired.
    Retired,
}

impl Status {
    /// Every status, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Employee, Self::Staff, Self::Independent, Self::Volunteer, Self::Retired];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Staff => "staff",
            Self::Independent => "independent",
            Self::Volunteer => "volunteer",
            Self::Retired => "retired",
        }
    }

    /// The status of a stored word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// An expert, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedExpert {
    /// Family name.
    pub family_name: String,
    /// First names.
    pub first_names: String,
    /// Address.
    pub email: String,
    /// Number.
    pub phone: String,
    /// Employer; may be empty.
    pub employer: String,
    /// Word of a [`Status`].
    pub status: String,
    /// INSEE code of the department where the expert lives.
    pub department: String,
    /// INSEE codes of the regions where the expert works; none = their own.
    pub territories: Vec<String>,
    /// Kilometres the expert travels; may be empty.
    pub travel_km: String,
    /// Languages spoken; may be empty.
    pub languages: String,
}

/// An expert who may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expert {
    /// Family name.
    pub family_name: PersonName,
    /// First names.
    pub first_names: PersonName,
    /// Address.
    pub email: EmailAddress,
    /// Number.
    pub phone: Option<Phone>,
    /// Employer.
    pub employer: Option<String>,
    /// Status.
    pub status: Status,
    /// Department, which gives region and time zone.
    pub department: &'static Department,
    /// INSEE codes of the regions where the expert works.
    pub territories: Vec<&'static str>,
    /// Kilometres the expert travels.
    pub travel_km: Option<i32>,
    /// Languages spoken.
    pub languages: String,
}

impl TypedExpert {
    /// The expert, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Expert, Vec<Fault>> {
        let mut faults = Faults::default();
        let family_name = faults.read("/family_name", PersonName::parse(&self.family_name), |_| "name");
        let first_names = if self.first_names.trim().is_empty() {
            faults.push("/first_names", "name", "Indiquez le ou les prénoms");
            None
        } else {
            faults.read("/first_names", PersonName::parse(&self.first_names), |_| "name")
        };
        let email = faults.read("/email", EmailAddress::parse(&self.email), |_| "email");
        let phone = match self.phone.trim() {
            "" => Some(None),
            typed => {
                let phone = Phone::parse(typed, Some(self.department.trim()));
                faults.read("/phone", phone, |_| "phone").map(Some)
            }
        };
        let employer = faults.read("/employer", line::optional(&self.employer, 200), |error| error.code());
        let status = Status::of(self.status.trim()).ok_or("Choisissez un statut");
        let status = faults.read("/status", status, |_| "unknown");
        let department = territory::department(self.department.trim());
        let department = department.ok_or("Indiquez le code d’un département, par exemple 21, 2A ou 974");
        let department = faults.read("/department", department, |_| "unknown");
        let territories = regions("/territories", &self.territories, &mut faults);
        let travel_km = travel(&self.travel_km, &mut faults);
        let languages = faults.read("/languages", line::optional(&self.languages, 200), |error| error.code());
        let expert = (|| {
            Some(Expert {
                family_name: family_name?,
                first_names: first_names?,
                email: email?,
                phone: phone?,
                employer: employer.map(|employer| Some(employer).filter(|text| !text.is_empty()))?,
                status: status?,
                department: department?,
                territories: territories?,
                travel_km: travel_km?,
                languages: languages?,
            })
        })();
        faults.or(expert)
    }
}

/// An habilitation, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedHabilitation {
    /// What it allows.
    pub duty: Duty,
    /// First day.
    pub starts_on: String,
    /// Last day; empty for three years, the usual length (domain reference, 3.4).
    pub ends_on: String,
    /// Only this certification.
    pub certification: Option<CertificationId>,
    /// INSEE codes of regions; none = everywhere.
    pub regions: Vec<String>,
}

/// An habilitation that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habilitation {
    /// What it allows.
    pub duty: Duty,
    /// Days.
    pub period: Period,
    /// Only this certification.
    pub certification: Option<CertificationId>,
    /// INSEE codes of regions; none = everywhere.
    pub regions: Vec<&'static str>,
}

const USUAL_MONTHS: u16 = 36;
/// Days that one given elsewhere lasts at most, whatever was usual there: ten years.
const MOST_DAYS: i64 = 3_653;

impl TypedHabilitation {
    /// The habilitation, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Habilitation, Vec<Fault>> {
        let mut faults = Faults::default();
        let starts_on = faults.required_date("/starts_on", &self.starts_on);
        let ends_on = faults.optional_date("/ends_on", &self.ends_on);
        let period = starts_on.zip(ends_on).and_then(|(from, until)| match until {
            None => Some(Period::months(from, USUAL_MONTHS)),
            Some(until) => faults.read("/ends_on", Period::new(from, until), |_| "dates-reversed"),
        });
        if period.is_some_and(|period| period.days() > MOST_DAYS) {
            faults.push("/ends_on", "too-long", "Une habilitation dure dix ans au plus");
        }
        let regions = regions("/regions", &self.regions, &mut faults);
        let habilitation = period.zip(regions).map(|(period, regions)| Habilitation {
            duty: self.duty,
            period,
            certification: self.certification,
            regions,
        });
        faults.or(habilitation)
    }
}

/// The INSEE codes of regions, each once; a fault stands at the place of the list that is wrong.
pub(super) fn regions(list: &str, typed: &[String], faults: &mut Faults) -> Option<Vec<&'static str>> {
    let mut regions = Vec::new();
    for (position, code) in typed.iter().enumerate() {
        match territory::region(code.trim()) {
            Some(region) if !regions.contains(&region.code) => regions.push(region.code),
            Some(_) => {}
            None => {
                let message = "Cette région n’existe pas\u{202f}: indiquez son code INSEE, par exemple 27";
                faults.push(format!("{list}/{position}"), "unknown", message);
                return None;
            }
        }
    }
    Some(regions)
}

/// A text of several lines, each fault said under its pointer.
pub(super) fn text(pointer: &str, typed: &str, longest: usize, faults: &mut Faults) -> Option<String> {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        faults.push(
            pointer,
            "invisible",
            "Ce texte contient des caractères invisibles\u{202f}: saisissez-le à nouveau",
        );
        return None;
    }
    if text.chars().count() > longest {
        faults.push(pointer, "too-long", format!("Raccourcissez ce texte à {longest} caractères"));
        return None;
    }
    Some(text)
}

fn travel(typed: &str, faults: &mut Faults) -> Option<Option<i32>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    let kilometres = typed.trim().parse().ok().filter(|kilometres| (1..=20_000).contains(kilometres));
    let kilometres = kilometres.ok_or("Indiquez un nombre de kilomètres, par exemple 150");
    faults.read("/travel_km", kilometres, |_| "number").map(Some)
}
