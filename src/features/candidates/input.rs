//! What a person types about a candidate; every fault at once.
//!
//! A civil status may be incomplete, never wrong: what lacks is scored and told, what is typed is checked.

mod acts;
mod records;

pub use acts::{
    Exclusion, Transfer, TypedExclusion, TypedPositioning, TypedTransfer, TypedWithdrawal, Withdrawal, lack,
    starts_on,
};
pub use records::{
    Immersion, NewTie, Observation, TypedAdaptation, TypedImmersion, TypedObservation, TypedTie, void_reason,
};

use entity::access_route::Way;
use entity::candidate::{self, Contract, IdentityDocument};
use time::Date;

use super::{labels, names};
use crate::error::{Fault, Faults};
use crate::rules::civil_status::birthplace::Birthplace;
use crate::rules::civil_status::completeness::{Completeness, completeness};
use crate::rules::civil_status::countries;
use crate::rules::civil_status::{CivilStatus, FIRST_NAMES, TypedCivilStatus, read};
use crate::rules::email_address::EmailAddress;
use crate::rules::line;
use crate::rules::person_name::PersonName;
use crate::rules::phone::Phone;
use crate::rules::typed_date;

/// Years under which somebody has a legal representative.
const MAJORITY: i32 = 18;

/// Longest postal address and longest words on a representative.
const LONGEST: usize = 300;

/// The document that proves a civil status, as typed: no copy is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSeen {
    /// Word of the document; empty when none was seen.
    pub document: String,
    /// When.
    pub on: String,
    /// By whom.
    pub by: String,
}

/// The document that proves a civil status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it is.
    pub document: IdentityDocument,
    /// When it was seen.
    pub on: Option<Date>,
    /// By whom; may be empty.
    pub by: String,
}

/// How somebody is reached, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedContact {
    /// Address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// In prison: messages go through the structure, whose name is not told.
    pub detained: bool,
    /// Legal representative of a minor: name and how to reach them.
    pub guardian: String,
    /// Word of the contract.
    pub contract: String,
    /// Employer, when it is not the structure.
    pub employer: String,
    /// Who follows the candidate in the structure.
    pub referent: String,
}

/// How somebody is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// In prison.
    pub detained: bool,
    /// Legal representative of a minor.
    pub guardian: String,
    /// The contract that ties them to the structure.
    pub contract: Contract,
    /// Employer, when it is not the structure.
    pub employer: String,
    /// Who follows the candidate in the structure.
    pub referent: String,
}

/// A civil status and what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The civil status.
    pub civil: CivilStatus,
    /// What proves it.
    pub seen: Seen,
}

/// A civil status and what proves it, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedIdentity {
    /// The civil status.
    pub civil: TypedCivilStatus,
    /// What proves it.
    pub seen: TypedSeen,
}

/// Somebody to enrol, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCandidate {
    /// Word of the way of access.
    pub way: String,
    /// Who.
    pub identity: TypedIdentity,
    /// How they are reached.
    pub contact: TypedContact,
}

/// Somebody to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCandidate {
    /// How they come to the certification.
    pub way: Way,
    /// Who.
    pub identity: Identity,
    /// How they are reached.
    pub contact: Contact,
}

impl TypedCandidate {
    /// The person, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, today: Date) -> Result<NewCandidate, Vec<Fault>> {
        let mut faults = Faults::default();
        let way = Way::from_word(self.way.trim()).ok_or("Choisissez la voie d’accès");
        let way = faults.read("/way", way, |_| "missing");
        let identity = self.identity.read_into(today, &mut faults);
        let minor = identity.as_ref().is_some_and(|identity| is_minor(&identity.civil, today));
        let contact = self.contact.read_into(minor, &mut faults);
        let new = (|| Some(NewCandidate { way: way?, identity: identity?, contact: contact? }))();
        faults.or(new)
    }
}

impl TypedIdentity {
    /// The civil status, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, today: Date) -> Result<Identity, Vec<Fault>> {
        let mut faults = Faults::default();
        let identity = self.read_into(today, &mut faults);
        faults.or(identity)
    }

    fn read_into(&self, today: Date, faults: &mut Faults) -> Option<Identity> {
        let civil = match read(&self.civil, today) {
            Ok(civil) => Some(civil),
            Err(refused) => {
                for fault in refused {
                    let pointer = format!("/civil_status{}", fault.field.pointer());
                    faults.push(pointer, fault.reason.code(), fault.reason.to_string());
                }
                None
            }
        };
        let named = |civil: &CivilStatus| {
            civil.birth_name.is_some() || civil.usual_name.is_some() || !civil.first_names.in_order.is_empty()
        };
        if civil.as_ref().is_some_and(|civil| !named(civil)) {
            faults.push("/civil_status/birth_name", "missing", labels::faults::NAME_WANTED);
        }
        let seen = self.seen.read_into(today, faults);
        Some(Identity { civil: civil?, seen: seen? })
    }
}

impl TypedSeen {
    fn read_into(&self, today: Date, faults: &mut Faults) -> Option<Seen> {
        let document =
            IdentityDocument::from_word(self.document.trim()).ok_or("Choisissez le document qui a été vu");
        let document = faults.read("/identity/document", document, |_| "unknown");
        let on = faults.optional_date("/identity/seen_on", &self.on);
        let by = faults.read("/identity/seen_by", line::optional(&self.by, 200), |error| error.code());
        let (document, on) = (document?, on?);
        match (document, on) {
            (IdentityDocument::None, Some(_)) => {
                faults.push("/identity/document", "missing", labels::faults::NO_DOCUMENT);
            }
            (IdentityDocument::None, None) => {}
            (_, None) => faults.push("/identity/seen_on", "missing", labels::faults::SEEN_WANTED),
            (_, Some(day)) if day > today => {
                faults.push("/identity/seen_on", "future-date", labels::faults::SEEN_AFTER_TODAY);
            }
            (_, Some(_)) => {}
        }
        Some(Seen { document, on, by: by? })
    }
}

impl TypedContact {
    /// How somebody is reached, or every fault.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, minor: bool) -> Result<Contact, Vec<Fault>> {
        let mut faults = Faults::default();
        let contact = self.read_into(minor, &mut faults);
        faults.or(contact)
    }

    fn read_into(&self, minor: bool, faults: &mut Faults) -> Option<Contact> {
        let email = match self.email.trim() {
            "" => Some(String::new()),
            typed => {
                let read = EmailAddress::parse(typed);
                faults.read("/contact/email", read, |_| "email").map(|email| email.as_str().to_owned())
            }
        };
        if self.detained && !self.email.trim().is_empty() {
            faults.push("/contact/email", "detained", labels::faults::DETAINED_BY_MAIL);
        }
        let phone = match self.phone.trim() {
            "" => Some(String::new()),
            typed => {
                let read = Phone::parse(typed, None);
                faults.read("/contact/phone", read, |_| "phone").map(|phone| phone.as_str().to_owned())
            }
        };
        let mut text = |pointer: &str, typed: &str, longest: usize| {
            faults.read(pointer, line::optional(typed, longest), |error| error.code())
        };
        let postal_address = text("/contact/postal_address", &self.postal_address, LONGEST);
        let guardian = text("/contact/guardian", &self.guardian, LONGEST);
        let employer = text("/contact/employer", &self.employer, 200);
        let referent = text("/contact/referent", &self.referent, 200);
        if minor && guardian.as_deref() == Some("") {
            faults.push("/contact/guardian", "missing", labels::faults::GUARDIAN_WANTED);
        }
        let contract = Contract::from_word(self.contract.trim()).ok_or("Choisissez le contrat");
        let contract = faults.read("/contact/contract", contract, |_| "missing");
        Some(Contact {
            email: email?,
            phone: phone?,
            postal_address: postal_address?,
            detained: self.detained,
            guardian: guardian?,
            contract: contract?,
            employer: employer?,
            referent: referent?,
        })
    }
}

/// Whether somebody is surely under age on a day.
#[must_use]
pub fn is_minor(civil: &CivilStatus, today: Date) -> bool {
    civil.birth_date.is_some_and(|date| date.age_on(today) < MAJORITY)
}

/// The score of a civil status, with what lacks in it.
#[must_use]
pub fn score(identity: &Identity) -> Completeness {
    completeness(&identity.civil, identity.seen.document != IdentityDocument::None)
}

/// Writes a civil status in the columns of a row.
pub fn store(identity: &Identity, row: &mut candidate::Model) {
    let civil = &identity.civil;
    let text = |name: Option<&PersonName>| name.map(|name| name.as_str().to_owned()).unwrap_or_default();
    let firsts: Vec<&str> = civil.first_names.in_order.iter().map(PersonName::as_str).collect();
    row.birth_name = text(civil.birth_name.as_ref());
    row.has_no_birth_name = civil.has_no_birth_name;
    row.usual_name = text(civil.usual_name.as_ref());
    row.first_names = firsts.join(names::BETWEEN);
    row.other_first_names = text(civil.first_names.others.as_ref());
    row.has_no_first_name = civil.has_no_first_name;
    row.sex = civil.sex.map(|sex| sex.letter().to_owned()).unwrap_or_default();
    row.birth_date = civil.birth_date.map(String::from).unwrap_or_default();
    let (country, commune) = match &civil.birthplace {
        None => ("", ""),
        Some(Birthplace::Commune(commune)) => ("", commune.code),
        Some(Birthplace::FormerAlgeria { code, .. }) => (countries::ALGERIA, code.as_str()),
        Some(Birthplace::Abroad { country, .. }) => (country.code, ""),
    };
    country.clone_into(&mut row.birth_country);
    commune.clone_into(&mut row.birth_commune);
    // the name goes with its code: communes change theirs
    civil
        .birthplace
        .as_ref()
        .and_then(Birthplace::town)
        .unwrap_or_default()
        .clone_into(&mut row.birth_locality);
    row.identity_document = identity.seen.document;
    row.identity_seen_on = identity.seen.on;
    row.identity_seen_by.clone_from(&identity.seen.by);
    row.completeness = score(identity).score().into();
}

/// Writes how somebody is reached in the columns of a row.
pub fn store_contact(contact: &Contact, row: &mut candidate::Model) {
    row.email.clone_from(&contact.email);
    row.phone.clone_from(&contact.phone);
    row.postal_address.clone_from(&contact.postal_address);
    row.detained = contact.detained;
    row.guardian.clone_from(&contact.guardian);
    row.contract = contact.contract;
    row.employer.clone_from(&contact.employer);
    row.referent.clone_from(&contact.referent);
}

/// The identity of a row, as it was typed.
#[must_use]
pub fn typed_identity(row: &candidate::Model) -> TypedIdentity {
    let mut first_names: [String; FIRST_NAMES] = Default::default();
    for (place, name) in first_names.iter_mut().zip(names::first_names(row)) {
        name.clone_into(place);
    }
    let civil = TypedCivilStatus {
        birth_name: row.birth_name.clone(),
        has_no_birth_name: row.has_no_birth_name,
        usual_name: row.usual_name.clone(),
        first_names,
        other_first_names: row.other_first_names.clone(),
        has_no_first_name: row.has_no_first_name,
        sex: row.sex.clone(),
        birth_date: row.birth_date.clone(),
        birth_country: row.birth_country.clone(),
        birth_commune: row.birth_commune.clone(),
        birth_locality: row.birth_locality.clone(),
    };
    let seen = TypedSeen {
        document: row.identity_document.word(),
        on: row.identity_seen_on.map(typed_date::iso).unwrap_or_default(),
        by: row.identity_seen_by.clone(),
    };
    TypedIdentity { civil, seen }
}

/// The civil status of a row; an empty one when a rule has changed since it was recorded.
#[must_use]
pub fn civil_of(row: &candidate::Model, today: Date) -> CivilStatus {
    read(&typed_identity(row).civil, today).unwrap_or_default()
}

/// How the person of a row is reached, as it was typed.
#[must_use]
pub fn typed_contact(row: &candidate::Model) -> TypedContact {
    TypedContact {
        email: row.email.clone(),
        phone: row.phone.clone(),
        postal_address: row.postal_address.clone(),
        detained: row.detained,
        guardian: row.guardian.clone(),
        contract: row.contract.word(),
        employer: row.employer.clone(),
        referent: row.referent.clone(),
    }
}

#[cfg(test)]
mod tests;
