//! What a person types about a version, a register entry, a body in charge; every fault at once.

use entity::registration::Register;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::line;
use crate::rules::siret::{CompanyNumberError, Siret};

/// A version, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedVersion {
    /// « 2025 ».
    pub label: String,
    /// Its own title.
    pub title: String,
    /// First day on which someone may be enrolled.
    pub valid_from: String,
    /// Last day on which someone may be enrolled.
    pub valid_until: String,
    /// Last day on which it may be delivered.
    pub last_delivery_on: String,
}

/// A version that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// « 2025 ».
    pub label: String,
    /// Its own title.
    pub title: String,
    /// First day on which someone may be enrolled.
    pub valid_from: Date,
    /// Last day on which someone may be enrolled.
    pub valid_until: Option<Date>,
    /// Last day on which it may be delivered.
    pub last_delivery_on: Option<Date>,
}

impl TypedVersion {
    /// The version, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Version, Vec<Fault>> {
        let mut faults = Faults::default();
        let label =
            faults.read("/label", line::wanted(&self.label, 40, "Indiquez le nom de la version"), |error| {
                error.code()
            });
        let title = faults
            .read("/title", line::wanted(&self.title, 800, "Indiquez l’intitulé"), |error| error.code());
        let valid_from = faults.required_date("/valid_from", &self.valid_from);
        let valid_until = faults.optional_date("/valid_until", &self.valid_until);
        let last_delivery_on = faults.optional_date("/last_delivery_on", &self.last_delivery_on);
        if let (Some(from), Some(Some(until))) = (valid_from, valid_until) {
            in_order("/valid_until", from, until, &mut faults);
        }
        if let (Some(Some(until)), Some(Some(last))) = (valid_until, last_delivery_on)
            && last < until
        {
            let message = "La dernière délivrance vient après la fin des inscriptions";
            faults.push("/last_delivery_on", "dates-reversed", message);
        }
        let version = (|| {
            Some(Version {
                label: label?,
                title: title?,
                valid_from: valid_from?,
                valid_until: valid_until?,
                last_delivery_on: last_delivery_on?,
            })
        })();
        faults.or(version)
    }
}

impl TypedVersion {
    /// The same, under the title of its certification when it has none of its own.
    #[must_use]
    pub fn titled(&self, otherwise: &str) -> Self {
        let none = self.title.trim().is_empty();
        Self { title: if none { otherwise.to_owned() } else { self.title.clone() }, ..self.clone() }
    }
}

/// A certification with its first version, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCertification {
    /// Stable code, `CQP_SP`.
    pub code: String,
    /// Short title.
    pub short_title: String,
    /// Title.
    pub title: String,
    /// Its first version, under the title of the certification unless it has its own.
    pub version: TypedVersion,
}

/// A certification that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certification {
    /// Stable code, in capitals.
    pub code: String,
    /// Short title.
    pub short_title: String,
    /// Title.
    pub title: String,
    /// Its first version.
    pub version: Version,
}

impl TypedCertification {
    /// The certification, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Certification, Vec<Fault>> {
        let mut faults = Faults::default();
        let code = faults.read("/code", code(&self.code), |_| "certification-code");
        let short_title = faults.read(
            "/short_title",
            line::wanted(&self.short_title, 120, "Indiquez l’intitulé court"),
            |error| error.code(),
        );
        let title = faults
            .read("/title", line::wanted(&self.title, 800, "Indiquez l’intitulé"), |error| error.code());
        let version = match self.version.titled(&self.title).read() {
            Ok(version) => Some(version),
            Err(found) => {
                // a title that both would share is asked for once
                let twice = |fault: &Fault| title.is_none() && fault.pointer == "/title";
                for fault in found.into_iter().filter(|fault| !twice(fault)) {
                    faults.push(format!("/version{}", fault.pointer), fault.code, fault.message);
                }
                None
            }
        };
        let certification = (|| {
            Some(Certification { code: code?, short_title: short_title?, title: title?, version: version? })
        })();
        faults.or(certification)
    }
}

/// A code: capitals, digits and `_`, a letter first. It stands in the addresses of the pages.
fn code(typed: &str) -> Result<String, &'static str> {
    let code = typed.trim().to_uppercase();
    let fits = (2..=20).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    let message = "Le code compte de 2 à 20 caractères\u{202f}: lettres sans accent, chiffres, tirets bas";
    if fits { Ok(code) } else { Err(message) }
}

/// An entry of a register, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRegistration {
    /// Which register, or none.
    pub register: Register,
    /// `RNCP12345` or `RS1234`.
    pub number: String,
    /// Day of the decision.
    pub decided_on: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// `NIV3` to `NIV8`, or nothing.
    pub level: String,
}

/// An entry of a register that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Which register, or none.
    pub register: Register,
    /// Number, when there is a register.
    pub number: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Level.
    pub level: Option<String>,
}

impl TypedRegistration {
    /// The entry, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Registration, Vec<Fault>> {
        let mut faults = Faults::default();
        let number = faults.read("/number", number(self.register, &self.number), |_| "register-number");
        let decided_on = faults.optional_date("/decided_on", &self.decided_on);
        let starts_on = faults.required_date("/starts_on", &self.starts_on);
        let ends_on = faults.optional_date("/ends_on", &self.ends_on);
        let level = faults.read("/level", level(&self.level), |_| "level");
        if let (Some(from), Some(Some(until))) = (starts_on, ends_on) {
            in_order("/ends_on", from, until, &mut faults);
        }
        let registration = (|| {
            Some(Registration {
                register: self.register,
                number: number?,
                decided_on: decided_on?,
                starts_on: starts_on?,
                ends_on: ends_on?,
                level: level?,
            })
        })();
        faults.or(registration)
    }
}

/// A body in charge, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCertifier {
    /// Name of the legal entity.
    pub name: String,
    /// SIRET; may be left out.
    pub siret: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
}

/// A body in charge that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certifier {
    /// Name of the legal entity.
    pub name: String,
    /// SIRET.
    pub siret: Option<Siret>,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
}

impl TypedCertifier {
    /// The body, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Certifier, Vec<Fault>> {
        let mut faults = Faults::default();
        let name =
            faults.read("/name", line::wanted(&self.name, 200, "Indiquez le nom de l’organisme"), |error| {
                error.code()
            });
        let siret = match self.siret.trim() {
            "" => Some(None),
            typed => faults.read("/siret", Siret::parse(typed), CompanyNumberError::code).map(Some),
        };
        let starts_on = faults.required_date("/starts_on", &self.starts_on);
        let ends_on = faults.optional_date("/ends_on", &self.ends_on);
        if let (Some(from), Some(Some(until))) = (starts_on, ends_on) {
            in_order("/ends_on", from, until, &mut faults);
        }
        let certifier =
            (|| Some(Certifier { name: name?, siret: siret?, starts_on: starts_on?, ends_on: ends_on? }))();
        faults.or(certifier)
    }
}

fn number(register: Register, typed: &str) -> Result<Option<String>, &'static str> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let digits_after = |prefix: &str| {
        number
            .strip_prefix(prefix)
            .is_some_and(|rest| (1..=8).contains(&rest.len()) && rest.bytes().all(|c| c.is_ascii_digit()))
    };
    match register {
        Register::None if number.is_empty() => Ok(None),
        Register::None => Err("Choisissez le répertoire auquel appartient ce numéro, ou effacez le numéro"),
        Register::Rncp if digits_after("RNCP") => Ok(Some(number)),
        Register::Rncp => Err("Indiquez le numéro de la fiche, RNCP suivi de chiffres"),
        Register::Rs if digits_after("RS") => Ok(Some(number)),
        Register::Rs => Err("Indiquez le numéro de la fiche, RS suivi de chiffres"),
    }
}

fn level(typed: &str) -> Result<Option<String>, &'static str> {
    match typed.trim().to_uppercase().as_str() {
        "" => Ok(None),
        level @ ("NIV3" | "NIV4" | "NIV5" | "NIV6" | "NIV7" | "NIV8") => Ok(Some(level.to_owned())),
        _ => Err("Indiquez un niveau de NIV3 à NIV8, ou rien"),
    }
}

fn in_order(pointer: &str, from: Date, until: Date, faults: &mut Faults) {
    if until < from {
        faults.push(pointer, "dates-reversed", "Cette date vient avant celle du début");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_number_follows_its_register() {
        for (register, typed, expected) in [
            (Register::None, "", Ok(None)),
            (Register::None, "RS123", Err(())),
            (Register::Rs, "rs 5875", Ok(Some("RS5875".to_owned()))),
            (Register::Rs, "RNCP5875", Err(())),
            (Register::Rncp, "RNCP39794", Ok(Some("RNCP39794".to_owned()))),
            (Register::Rncp, "39794", Err(())),
            (Register::Rncp, "", Err(())),
        ] {
            assert_eq!(number(register, typed).map_err(|_| ()), expected, "{register} {typed}");
        }
    }

    #[test]
    fn dates_follow_each_other() {
        let typed = TypedVersion {
            label: "2025".into(),
            title: "Socle".into(),
            valid_from: "2025-07-01".into(),
            valid_until: "2025-06-30".into(),
            last_delivery_on: "2025-01-01".into(),
        };
        let faults = typed.read().unwrap_err();
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/valid_until", "/last_delivery_on"]);
    }
}
