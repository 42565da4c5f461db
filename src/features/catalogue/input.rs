//! What somebody types to enrol without an account; every fault at once.

use time::Date;

use crate::error::Fault;
use crate::features::enrolments::actions::Asked;
use crate::features::enrolments::input::{TypedBuyer, TypedPerson};
use crate::rules::email_address::EmailAddress;
use crate::rules::mail_domain::suggestion;

/// The public form, as typed. Its pointers are those of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Who learns.
    pub person: TypedPerson,
    /// Who pays.
    pub buyer: TypedBuyer,
    /// Whether the person says that the address is right, although its domain looks like a usual one.
    pub email_checked: bool,
}

impl Typed {
    /// Who asks and for whom, or every fault in the order of the form.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date, of_age: u8) -> Result<Asked, Vec<Fault>> {
        let person = self.person.read("", today, of_age);
        let buyer = self.buyer.read();
        let (mut faults, mut read) = (Vec::new(), (None, None));
        match person {
            Ok(person) => read.0 = Some(person),
            Err(more) => faults.extend(more),
        }
        if let Some(meant) = self.meant() {
            faults.push(Fault::new("/email", "email-unusual", unusual(&meant)));
        }
        match buyer {
            Ok(buyer) => read.1 = Some(buyer),
            Err(more) => faults.extend(more),
        }
        match read {
            (Some(person), Some(buyer)) if faults.is_empty() => Ok(Asked { buyer, people: vec![person] }),
            _ => Err(faults),
        }
    }

    /// The address that was perhaps meant, unless the person said that theirs is right.
    #[must_use]
    pub fn meant(&self) -> Option<String> {
        let address = EmailAddress::parse(&self.person.email).ok()?;
        suggestion(&address).filter(|_| !self.email_checked)
    }
}

fn unusual(meant: &str) -> String {
    format!("Vouliez-vous écrire {meant}\u{202f}? Corrigez l’adresse, ou indiquez qu’elle est exacte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 03 - 02);

    fn typed(email: &str, kind: &str) -> Typed {
        Typed {
            person: TypedPerson {
                family_name: "N’Guyen".to_owned(),
                first_names: "Zoé".to_owned(),
                birth_date: "1991-03-27".to_owned(),
                email: email.to_owned(),
                consent: true,
                ..TypedPerson::default()
            },
            buyer: TypedBuyer { kind: kind.to_owned(), ..TypedBuyer::default() },
            email_checked: false,
        }
    }

    fn pointers(typed: &Typed) -> Vec<String> {
        typed.read(TODAY, 18).err().unwrap_or_default().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn faults_of_the_person_and_of_who_pays_are_told_together() {
        assert!(pointers(&typed("zoe@exemple.org", "individual")).is_empty());
        assert_eq!(pointers(&typed("zoe", "employer")), ["/email", "/employer_siret"]);
    }

    #[test]
    fn a_slip_in_the_domain_is_told_once_and_the_person_decides() {
        let doubtful = typed("zoe@gmial.com", "individual");
        assert_eq!(doubtful.meant().as_deref(), Some("zoe@gmail.com"));
        assert_eq!(pointers(&doubtful), ["/email"]);
        assert!(pointers(&Typed { email_checked: true, ..doubtful }).is_empty());
    }
}
