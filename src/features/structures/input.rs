//! What a person types about a structure, and what it becomes: values that cannot be wrong.
//!
//! The typed form holds texts exactly as typed, so that a form can come back and a partial change can be applied
//! over what is recorded; [`TypedStructure::read`] and its parts tell every fault at once. Region and time zone
//! follow from the department, itself guessed from the postal code unless it is given.

use entity::structure_contact::ContactDuty;

use crate::error::{Fault, Faults};
use crate::rules::email_address::{EmailAddress, EmailError};
use crate::rules::identifiers::{Idcc, IdentifierError, Nda, Rna};
use crate::rules::line::{self, LineError};
use crate::rules::person_name::{PersonName, PersonNameError};
use crate::rules::phone::{Phone, PhoneError};
use crate::rules::siret::{CompanyNumberError, Siret};
use crate::rules::territory::{self, Department};

const MOST_OTHER_SITES: usize = 200;
const MOST_PEOPLE: i32 = 100_000;

/// Identity, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedIdentity {
    /// Name of the legal entity.
    pub name: String,
    /// « Association loi de 1901 ».
    pub legal_form: String,
    /// Number of the association.
    pub rna: String,
    /// Collective agreement.
    pub idcc: String,
    /// Declaration of activity as a training organisation.
    pub nda: String,
    /// Supports of production.
    pub activities: String,
    /// People employed.
    pub headcount: String,
    /// Posts on integration contracts.
    pub insertion_posts: String,
}

/// The person to write to, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedContact {
    /// First and family name.
    pub name: String,
    /// « Directrice ».
    pub title: String,
    /// Address.
    pub email: String,
    /// Number.
    pub phone: String,
}

/// Somebody else to write to, for one matter, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedOtherContact {
    /// The matter, as a word of [`ContactDuty`].
    pub duty: String,
    /// The person.
    pub person: TypedContact,
}

/// A site, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSite {
    /// SIRET.
    pub siret: String,
    /// What people call it.
    pub label: String,
    /// Street.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// INSEE code of the department; empty to follow the postal code.
    pub department: String,
}

/// A new structure, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStructure {
    /// Identity.
    pub identity: TypedIdentity,
    /// Contact.
    pub contact: TypedContact,
    /// The seat, whose SIREN is that of the structure.
    pub seat: TypedSite,
    /// The other sites.
    pub others: Vec<TypedSite>,
}

/// Identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Name of the legal entity.
    pub name: String,
    /// Legal form; may be empty.
    pub legal_form: String,
    /// Number of the association.
    pub rna: Option<Rna>,
    /// Collective agreement.
    pub idcc: Option<Idcc>,
    /// Declaration of activity.
    pub nda: Option<Nda>,
    /// Supports of production; may be empty.
    pub activities: String,
    /// People employed.
    pub headcount: Option<i32>,
    /// Posts on integration contracts.
    pub insertion_posts: Option<i32>,
}

/// The person to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: PersonName,
    /// Function; may be empty.
    pub title: String,
    /// Address.
    pub email: EmailAddress,
    /// Number.
    pub phone: Option<Phone>,
}

/// Somebody else to write to, for one matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherContact {
    /// The matter.
    pub duty: ContactDuty,
    /// The person.
    pub person: Contact,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// SIRET.
    pub siret: Siret,
    /// What people call it.
    pub label: String,
    /// Street.
    pub address: String,
    /// Postal code, five digits.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// Department, which gives region and time zone.
    pub department: &'static Department,
}

impl Site {
    /// INSEE code of the region; empty for the territories that belong to none.
    #[must_use]
    pub fn region(&self) -> &'static str {
        self.department.region.unwrap_or_default()
    }
}

/// A structure that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStructure {
    /// Identity.
    pub identity: Identity,
    /// Contact.
    pub contact: Contact,
    /// The seat.
    pub seat: Site,
    /// The other sites, of the same SIREN.
    pub others: Vec<Site>,
}

impl TypedStructure {
    /// The structure, or every fault.
    ///
    /// # Errors
    /// The faults; pointers are those of the API.
    pub fn read(&self) -> Result<NewStructure, Vec<Fault>> {
        let mut faults = Faults::default();
        let identity = self.identity.collect(&mut faults);
        let seat = self.seat.collect("", "Siège", &mut faults);
        let department = self.seat.known_department().map(|department| department.code);
        let contact = self.contact.collect("/contact", department, &mut faults);
        let others = self.others(seat.as_ref(), &mut faults);
        let parts = identity.zip(seat).zip(contact).zip(others);
        faults.or(parts.map(|(((identity, seat), contact), others)| NewStructure {
            identity,
            contact,
            seat,
            others,
        }))
    }

    fn others(&self, seat: Option<&Site>, faults: &mut Faults) -> Option<Vec<Site>> {
        if self.others.len() > MOST_OTHER_SITES {
            faults.push("/sites", "too-many", "Indiquez 200 sites au plus en une fois");
            return None;
        }
        let mut known: Vec<Siret> = seat.iter().map(|seat| seat.siret).collect();
        let mut sites = Vec::new();
        for (position, typed) in self.others.iter().enumerate() {
            let prefix = format!("/sites/{position}");
            let Some(site) = typed.collect(&prefix, "", faults) else { continue };
            let pointer = format!("{prefix}/siret");
            if seat.is_some_and(|seat| seat.siret.siren() != site.siret.siren()) {
                faults.push(pointer, "other-siren", OTHER_SIREN);
            } else if known.contains(&site.siret) {
                faults.push(
                    pointer,
                    "duplicate",
                    "Ce numéro SIRET est déjà celui d’un autre site de la structure",
                );
            }
            known.push(site.siret);
            sites.push(site);
        }
        Some(sites)
    }
}

/// Said of a site whose SIRET is not that of the structure.
pub(super) const OTHER_SIREN: &str = "Ce numéro SIRET n’est pas celui d’un établissement de la structure\u{202f}: ses 9 premiers chiffres diffèrent";

impl TypedIdentity {
    /// The identity, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Identity, Vec<Fault>> {
        let mut faults = Faults::default();
        let identity = self.collect(&mut faults);
        faults.or(identity)
    }

    fn collect(&self, faults: &mut Faults) -> Option<Identity> {
        let name = text("/name", &self.name, 200, true, faults);
        let legal_form = text("/legal_form", &self.legal_form, 120, false, faults);
        let rna = given(&self.rna, Rna::parse, "/rna", identifier_code, faults);
        let idcc = given(&self.idcc, Idcc::parse, "/idcc", identifier_code, faults);
        let nda = given(&self.nda, Nda::parse, "/nda", identifier_code, faults);
        let activities = text("/activities", &self.activities, 1000, false, faults);
        let headcount = given(&self.headcount, count, "/headcount", |_| "number", faults);
        let posts = given(&self.insertion_posts, count, "/insertion_posts", |_| "number", faults);
        Some(Identity {
            name: name?,
            legal_form: legal_form?,
            rna: rna?,
            idcc: idcc?,
            nda: nda?,
            activities: activities?,
            headcount: headcount?,
            insertion_posts: posts?,
        })
    }
}

impl TypedContact {
    /// The contact, or every fault; the department helps to read a short phone number.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, department: &str) -> Result<Contact, Vec<Fault>> {
        let mut faults = Faults::default();
        let contact = self.collect("/contact", Some(department), &mut faults);
        faults.or(contact)
    }

    fn collect(&self, prefix: &str, department: Option<&str>, faults: &mut Faults) -> Option<Contact> {
        let at = |field: &str| format!("{prefix}/{field}");
        let name = faults.read(&at("name"), PersonName::parse(&self.name).map_err(NameFault), name_code);
        let title = text(&at("title"), &self.title, 120, false, faults);
        let email = faults.read(&at("email"), EmailAddress::parse(&self.email), email_code);
        let phone = |typed: &str| Phone::parse(typed, department);
        let phone = given(&self.phone, phone, &at("phone"), phone_code, faults);
        Some(Contact { name: name?, title: title?, email: email?, phone: phone? })
    }
}

impl TypedOtherContact {
    /// The contact, or every fault; the department helps to read a short phone number.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, department: &str) -> Result<OtherContact, Vec<Fault>> {
        let mut faults = Faults::default();
        let duty = ContactDuty::from_word(self.duty.trim()).ok_or("Choisissez la fonction de cette personne");
        let duty = faults.read("/duty", duty, |_| "missing");
        let person = self.person.collect("", Some(department), &mut faults);
        faults.or(duty.zip(person).map(|(duty, person)| OtherContact { duty, person }))
    }
}

impl TypedSite {
    /// The site, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Site, Vec<Fault>> {
        let mut faults = Faults::default();
        let site = self.collect("", "", &mut faults);
        faults.or(site)
    }

    fn known_department(&self) -> Option<&'static Department> {
        match self.department.trim() {
            "" => territory::department_of_postal_code(&self.postal_code),
            code => territory::department(code),
        }
    }

    fn collect(&self, prefix: &str, default_label: &str, faults: &mut Faults) -> Option<Site> {
        let at = |field: &str| format!("{prefix}/{field}");
        let siret = faults.read(&at("siret"), Siret::parse(&self.siret), CompanyNumberError::code);
        let label = if self.label.trim().is_empty() { default_label } else { &self.label };
        let label = text(&at("label"), label, 120, default_label.is_empty(), faults);
        let address = text(&at("address"), &self.address, 200, true, faults);
        let commune = text(&at("commune"), &self.commune, 120, true, faults);
        let postal_code = faults.read(&at("postal_code"), postal_code(&self.postal_code), |_| "postal-code");
        let department = self.known_department();
        if department.is_none() && (postal_code.is_some() || !self.department.trim().is_empty()) {
            let message = "Ce département n’existe pas\u{202f}: indiquez son code, par exemple 21, 2A ou 974";
            faults.push(at("department"), "unknown", message);
        }
        Some(Site {
            siret: siret?,
            label: label?,
            address: address?,
            postal_code: postal_code?,
            commune: commune?,
            department: department?,
        })
    }
}

fn text(pointer: &str, typed: &str, longest: usize, required: bool, faults: &mut Faults) -> Option<String> {
    let read =
        if required { line::wanted(typed, longest, wanted(pointer)) } else { line::optional(typed, longest) };
    faults.read(pointer, read, |error: &LineError| error.code())
}

/// What is asked for where nothing was typed.
fn wanted(pointer: &str) -> &'static str {
    match pointer.rsplit('/').next() {
        Some("label") => "Indiquez le nom du site",
        Some("address") => "Indiquez l’adresse",
        Some("commune") => "Indiquez la commune",
        _ => "Indiquez le nom de la structure",
    }
}

/// Why the name of a person is refused, said of a person among other names.
struct NameFault(PersonNameError);

impl std::fmt::Display for NameFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            PersonNameError::Empty => f.write_str("Indiquez le prénom et le nom de la personne"),
            other => std::fmt::Display::fmt(&other, f),
        }
    }
}

/// A value that may be left out.
fn given<T, E: std::fmt::Display>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
    pointer: &str,
    code: impl FnOnce(&E) -> &'static str,
    faults: &mut Faults,
) -> Option<Option<T>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    faults.read(pointer, parse(typed), code).map(Some)
}

fn postal_code(typed: &str) -> Result<String, &'static str> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() == 5 && code.bytes().all(|c| c.is_ascii_digit()) {
        Ok(code)
    } else {
        Err("Indiquez un code postal de 5 chiffres, par exemple 21000")
    }
}

fn count(typed: &str) -> Result<i32, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    digits
        .parse()
        .ok()
        .filter(|count| (0..=MOST_PEOPLE).contains(count))
        .ok_or("Indiquez un nombre entier, entre 0 et 100 000")
}

fn identifier_code(error: &IdentifierError) -> &'static str {
    match error {
        IdentifierError::NdaEmpty => "missing",
        IdentifierError::NdaTooLong => "too-long",
        IdentifierError::Rna | IdentifierError::Idcc => "shape",
    }
}

fn name_code(error: &NameFault) -> &'static str {
    match error.0 {
        PersonNameError::Empty => "missing",
        PersonNameError::Invisible => "invisible-character",
        PersonNameError::TooLong(_) => "too-long",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "all these functions take the error that they name")]
fn email_code(error: &EmailError) -> &'static str {
    if *error == EmailError::Empty { "missing" } else { "email" }
}

fn phone_code(_: &PhoneError) -> &'static str {
    "phone"
}

#[cfg(test)]
mod tests;
