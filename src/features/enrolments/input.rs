//! What a person types to enrol; every fault at once.

mod acts;

pub use acts::{
    NewContact, NewContract, NewNeed, TypedAdaptation, TypedCancellation, TypedContact, TypedContract,
    TypedNeed,
};

use entity::enrolment::TraineeStatus;
use entity::training_buyer::BuyerKind;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::civil_status::birth_date::{BirthDate, BirthDateFault};
use crate::rules::email_address::EmailAddress;
use crate::rules::line;
use crate::rules::person_name::PersonName;
use crate::rules::phone::Phone;
use crate::rules::siret::{CompanyNumberError, Siret};

/// Longest line of an address, a job or a name of a company.
const LONGEST: usize = 300;

/// Somebody to enrol, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPerson {
    /// Family name.
    pub family_name: String,
    /// First names.
    pub first_names: String,
    /// Date of birth.
    pub birth_date: String,
    /// Address.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// Their job; may be empty.
    pub job: String,
    /// Legal representative of a minor.
    pub guardian: TypedGuardian,
    /// Whether an adaptation would help.
    pub needs_adaptation: bool,
    /// Whether the conditions were read.
    pub consent: bool,
}

/// The legal representative of a minor, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedGuardian {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Telephone.
    pub phone: String,
}

/// Somebody to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Family name.
    pub family_name: PersonName,
    /// First names.
    pub first_names: PersonName,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Address.
    pub email: EmailAddress,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// Their job; may be empty.
    pub job: String,
    /// Legal representative of a minor; empty for an adult.
    pub guardian: TypedGuardian,
    /// Whether an adaptation would help.
    pub needs_adaptation: bool,
}

impl TypedPerson {
    /// The person, or every fault under a pointer; `of_age` is the age from which nobody represents them.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, at: &str, today: Date, of_age: u8) -> Result<NewPerson, Vec<Fault>> {
        let mut faults = Faults::default();
        let pointer = |field: &str| format!("{at}/{field}");
        let family_name = PersonName::parse(&self.family_name);
        let family_name = faults.read(&pointer("family_name"), family_name, |_| "name");
        let first_names = PersonName::parse(&self.first_names);
        let first_names = faults.read(&pointer("first_names"), first_names, |_| "name");
        let born = BirthDate::parse(&self.birth_date)
            .and_then(|date| if date.is_after(today) { Err(BirthDateFault::Future) } else { Ok(date) });
        let birth_date = faults.read(&pointer("birth_date"), born, |fault| fault.code());
        let email = faults.read(&pointer("email"), EmailAddress::parse(&self.email), |_| "email");
        let phone = optional_phone(&mut faults, &pointer("phone"), &self.phone);
        let postal_address = optional_line(&mut faults, &pointer("postal_address"), &self.postal_address);
        let job = optional_line(&mut faults, &pointer("job"), &self.job);
        let minor = birth_date.is_some_and(|date| date.age_on(today) < i32::from(of_age));
        let guardian = if minor {
            self.guardian.read(&mut faults, &pointer("guardian"))
        } else {
            Some(TypedGuardian::default())
        };
        if !self.consent {
            let message = "Lisez et acceptez les conditions d’inscription et le règlement intérieur";
            faults.push(pointer("consent"), "missing", message);
        }
        let needs_adaptation = self.needs_adaptation;
        let (Some(family_name), Some(first_names), Some(birth_date), Some(email)) =
            (family_name, first_names, birth_date, email)
        else {
            return faults.or(None);
        };
        let (Some(phone), Some(postal_address), Some(job), Some(guardian)) =
            (phone, postal_address, job, guardian)
        else {
            return faults.or(None);
        };
        faults.or(Some(NewPerson {
            family_name,
            first_names,
            birth_date,
            email,
            phone,
            postal_address,
            job,
            guardian,
            needs_adaptation,
        }))
    }
}

impl TypedGuardian {
    fn read(&self, faults: &mut Faults, at: &str) -> Option<Self> {
        let name = line::wanted(&self.name, LONGEST, "Indiquez le nom d’un représentant légal");
        let name = faults.read(&format!("{at}/name"), name, |error| error.code());
        let email = faults.read(&format!("{at}/email"), EmailAddress::parse(&self.email), |_| "email");
        let phone = optional_phone(faults, &format!("{at}/phone"), &self.phone);
        Some(Self { name: name?, email: email?.as_str().to_owned(), phone: phone? })
    }
}

fn optional_line(faults: &mut Faults, pointer: &str, typed: &str) -> Option<String> {
    faults.read(pointer, line::optional(typed, LONGEST), |error| error.code())
}

fn optional_phone(faults: &mut Faults, pointer: &str, typed: &str) -> Option<String> {
    if typed.trim().is_empty() {
        return Some(String::new());
    }
    let read = faults.read(pointer, Phone::parse(typed, None), |_| "phone");
    read.map(|phone| phone.as_str().to_owned())
}

/// Who pays, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedBuyer {
    /// Word of the kind: `individual` or `employer`.
    pub kind: String,
    /// Of an employer.
    pub siret: String,
    /// Name of an employer that the network does not know; may be empty.
    pub name: String,
    /// Who follows the enrolment there; may be empty.
    pub contact_name: String,
    /// Their address; may be empty.
    pub email: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// Where invoices go; may be empty.
    pub address: String,
}

/// Who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBuyer {
    /// The kind.
    pub kind: BuyerKind,
    /// Of an employer.
    pub siret: Option<Siret>,
    /// Name; may be empty.
    pub name: String,
    /// Who follows the enrolment there; may be empty.
    pub contact_name: String,
    /// Their address; may be empty.
    pub email: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// Where invoices go; may be empty.
    pub address: String,
}

impl NewBuyer {
    /// What a trainee is, as far as who pays tells.
    #[must_use]
    pub const fn usual_status(&self) -> TraineeStatus {
        match self.kind {
            BuyerKind::Individual => TraineeStatus::Individual,
            BuyerKind::Employer => TraineeStatus::PrivateEmployee,
        }
    }
}

impl TypedBuyer {
    /// The buyer, or every fault; pointers are those of the public form: `/buyer`, `/employer_siret`.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self) -> Result<NewBuyer, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind =
            BuyerKind::from_word(self.kind.trim()).ok_or("Choisissez qui prend en charge la formation");
        let kind = faults.read("/buyer", kind, |_| "missing");
        let siret = if kind == Some(BuyerKind::Employer) {
            faults.read("/employer_siret", Siret::parse(&self.siret), CompanyNumberError::code).map(Some)
        } else {
            Some(None)
        };
        let name = optional_line(&mut faults, "/employer_name", &self.name);
        let contact_name = optional_line(&mut faults, "/contact_name", &self.contact_name);
        let address = optional_line(&mut faults, "/address", &self.address);
        let email = if self.email.trim().is_empty() {
            Some(String::new())
        } else {
            let read = faults.read("/contact_email", EmailAddress::parse(&self.email), |_| "email");
            read.map(|email| email.as_str().to_owned())
        };
        let phone = optional_phone(&mut faults, "/contact_phone", &self.phone);
        let (Some(kind), Some(siret), Some(name), Some(contact_name)) = (kind, siret, name, contact_name)
        else {
            return faults.or(None);
        };
        let (Some(email), Some(phone), Some(address)) = (email, phone, address) else {
            return faults.or(None);
        };
        faults.or(Some(NewBuyer { kind, siret, name, contact_name, email, phone, address }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 03 - 02);

    fn person() -> TypedPerson {
        TypedPerson {
            family_name: "N’Guyen-d’Arc".to_owned(),
            first_names: "Zoé".to_owned(),
            birth_date: "1991-03-27".to_owned(),
            email: "zoe@exemple.org".to_owned(),
            consent: true,
            ..TypedPerson::default()
        }
    }

    fn pointers(typed: &TypedPerson) -> Vec<String> {
        typed.read("", TODAY, 18).err().unwrap_or_default().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn every_fault_is_told_at_once() {
        assert!(pointers(&person()).is_empty());
        let wrong = TypedPerson {
            birth_date: "2027-01-01".to_owned(),
            phone: "x".to_owned(),
            ..TypedPerson::default()
        };
        let expected = ["/family_name", "/first_names", "/birth_date", "/email", "/phone", "/consent"];
        assert_eq!(pointers(&wrong), expected);
    }

    #[test]
    fn a_minor_has_a_representative() {
        let minor = TypedPerson { birth_date: "2009-03-27".to_owned(), ..person() };
        assert_eq!(pointers(&minor), ["/guardian/name", "/guardian/email"]);
    }

    #[test]
    fn an_employer_has_a_number_and_an_individual_none() {
        let read = |kind: &str, siret: &str| {
            let typed =
                TypedBuyer { kind: kind.to_owned(), siret: siret.to_owned(), ..TypedBuyer::default() };
            typed.read().map(|buyer| buyer.kind).map_err(|faults| faults[0].pointer.clone())
        };
        assert_eq!(read("individual", ""), Ok(BuyerKind::Individual));
        assert_eq!(read("employer", "19753471200017"), Ok(BuyerKind::Employer));
        assert_eq!(read("employer", "1975347120001"), Err("/employer_siret".to_owned()));
        assert_eq!(read("", ""), Err("/buyer".to_owned()));
    }
}
