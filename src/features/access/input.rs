//! What a structure types to ask for an account, and what the team types to refuse. Pure.

use entity::access_request;

use super::labels;
use crate::error::Fault;
use crate::features::structures::input::{TypedContact, TypedIdentity, TypedSite, TypedStructure};

/// Longest reason of a refusal.
const LONGEST_REASON: usize = 2000;

/// What was typed, as the form of a structure reads it: the name, the seat and the person to write to.
#[must_use]
pub fn typed(name: &str, seat: TypedSite, contact: TypedContact) -> TypedStructure {
    let identity = TypedIdentity { name: name.to_owned(), ..TypedIdentity::default() };
    TypedStructure { identity, contact, seat, others: Vec::new() }
}

/// What a request holds, as it was typed.
#[must_use]
pub fn typed_again(row: &access_request::Model) -> TypedStructure {
    let seat = TypedSite {
        siret: row.siret.clone(),
        label: String::new(),
        address: row.address.clone(),
        postal_code: row.postal_code.clone(),
        commune: row.commune.clone(),
        department: row.department.clone(),
    };
    let contact = TypedContact {
        name: row.contact_name.clone(),
        title: row.contact_title.clone(),
        email: row.contact_email.clone(),
        phone: row.contact_phone.clone().unwrap_or_default(),
    };
    typed(&row.name, seat, contact)
}

/// The reason of a refusal, which the person reads.
///
/// # Errors
/// Nothing, too much, or what cannot be read.
pub fn reason(text: &str) -> Result<String, Vec<Fault>> {
    let text = text.trim();
    let fault = |code, message: &str| Err(vec![Fault::new("/reason", code, message)]);
    let is_shown = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    match text {
        "" => fault("missing", labels::REASON_WANTED),
        text if !text.chars().all(is_shown) => fault("invisible-character", labels::REASON_INVISIBLE),
        text if text.chars().count() > LONGEST_REASON => fault("too-long", labels::REASON_LONG),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_why() {
        let code = |text: &str| reason(text).map_err(|faults| faults[0].code);
        assert_eq!(code(" Hors du champ de l’agrément.\n"), Ok("Hors du champ de l’agrément.".to_owned()));
        assert_eq!(code("  "), Err("missing"));
        assert_eq!(code("a\u{0}b"), Err("invisible-character"));
        assert_eq!(code(&"a".repeat(LONGEST_REASON + 1)), Err("too-long"));
    }
}
