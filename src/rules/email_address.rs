//! E-mail addresses as people type them.
//!
//! The check follows RFC 5321 and RFC 6531 closely enough to catch typing errors, and no closer: only a mail
//! proves that an address exists. International addresses are accepted and kept as typed. Quoted local parts and
//! addresses on a bare IP number are legal, unused by people, and refused.
use super::typed_text::is_invisible;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest local part, in octets (RFC 5321, 4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// Longest address, in octets: a path of 256 without its two angle brackets (RFC 5321, 4.5.3.1.3).
const ADDRESS_MAX: usize = 254;
/// Longest label of a domain, in octets.
const LABEL_MAX: usize = 63;

/// A well-formed address: its domain in lower case, its local part as typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a typed address is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("Indiquez une adresse électronique, par exemple accueil@association.fr")]
    Empty,
    /// No `@`.
    #[error("L’adresse électronique contient un @, par exemple accueil@association.fr")]
    NoAt,
    /// More than one `@`: several addresses, or a typing error.
    #[error("Indiquez une seule adresse électronique, avec un seul @")]
    SeveralAt,
    /// A space, a comma, a bracket or another character that an address cannot hold.
    #[error("L’adresse électronique ne peut pas contenir {}", shown(*.0))]
    Character(char),
    /// Nothing before the `@`, or a dot at its start or end, or two dots in a row.
    #[error("Vérifiez ce qui précède le @\u{202f}: un point y est mal placé ou il manque du texte")]
    Local,
    /// The part after the `@` is no domain name.
    #[error("Vérifiez ce qui suit le @\u{202f}: un nom de domaine comme association.fr est attendu")]
    Domain,
    /// Longer than what mail servers accept.
    #[error("L’adresse électronique est trop longue\u{202f}: 64 caractères avant le @, 254 en tout")]
    TooLong,
}

impl EmailError {
    /// The sentence shown beside the field.
    #[must_use]
    pub fn message(&self) -> String {
        self.to_string()
    }
}

/// A character by its sign, or by its name when it has none.
fn shown(c: char) -> String {
    if c.is_whitespace() {
        "d’espace".into()
    } else if c.is_control() || is_invisible(c) {
        "de caractère invisible".into()
    } else {
        format!("le caractère «\u{202f}{c}\u{202f}»")
    }
}

impl EmailAddress {
    /// Reads an address; spaces around it are dropped, its domain becomes lower case.
    ///
    /// # Errors
    /// The fault found first.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text: String = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).nfc().collect();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::SeveralAt);
        }
        check_local(local)?;
        let domain = domain.to_lowercase();
        check_domain(&domain)?;
        let address = format!("{local}@{domain}");
        if local.len() > LOCAL_MAX || address.len() > ADDRESS_MAX {
            return Err(EmailError::TooLong);
        }
        Ok(Self(address))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// What two spellings of one mailbox share: the whole address in lower case. For finding an account, never
    /// for sending.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

fn check_local(local: &str) -> Result<(), EmailError> {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~.".contains(c)
            || (!c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_invisible(c))
    };
    if let Some(strange) = local.chars().find(|c| !allowed(*c)) {
        return Err(EmailError::Character(strange));
    }
    if local.split('.').any(str::is_empty) { Err(EmailError::Local) } else { Ok(()) }
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '.' | '-')
            || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
    };
    if let Some(strange) = domain.chars().find(|c| !allowed(*c)) {
        return Err(EmailError::Character(strange));
    }
    let well_formed = |label: &str| {
        !label.is_empty() && label.len() <= LABEL_MAX && !label.starts_with('-') && !label.ends_with('-')
    };
    let (_, last) = domain.rsplit_once('.').ok_or(EmailError::Domain)?;
    let last_is_a_name = last.chars().count() >= 2 && !last.bytes().all(|c| c.is_ascii_digit());
    if domain.split('.').all(well_formed) && last_is_a_name { Ok(()) } else { Err(EmailError::Domain) }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for EmailAddress {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_and_international_addresses_are_accepted() {
        let cases = [
            ("accueil@association.fr", "accueil@association.fr"),
            (" Accueil@Association.FR\n", "Accueil@association.fr"),
            ("o'neil+cqp@sous.domaine.example", "o'neil+cqp@sous.domaine.example"),
            ("élodie@chantier-école.fr", "élodie@chantier-école.fr"),
            ("elodie@xn--chantier-cole-mhb.fr", "elodie@xn--chantier-cole-mhb.fr"),
            ("用户@例子.测试", "用户@例子.测试"),
            ("a@b.re", "a@b.re"),
        ];
        for (text, kept) in cases {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), kept);
        }
        let decomposed = EmailAddress::parse("e\u{301}lodie@association.fr").unwrap();
        assert_eq!(decomposed.as_str(), "élodie@association.fr");
        assert_eq!(decomposed.domain(), "association.fr");
        assert_eq!(EmailAddress::parse("Accueil@A.fr").unwrap().key(), "accueil@a.fr");
    }

    #[test]
    fn each_typing_error_gets_its_reason() {
        let cases = [
            ("", EmailError::Empty),
            ("  ", EmailError::Empty),
            ("accueil", EmailError::NoAt),
            ("accueil.association.fr", EmailError::NoAt),
            ("a@b.fr; c@d.fr", EmailError::SeveralAt),
            ("a@@b.fr", EmailError::SeveralAt),
            ("mon adresse@b.fr", EmailError::Character(' ')),
            ("a@b,fr", EmailError::Character(',')),
            ("Nom <a@b.fr>", EmailError::Character(' ')),
            ("\"a\"@b.fr", EmailError::Character('"')),
            ("a\r\nBcc:x@b.fr", EmailError::Character('\r')),
            ("a\u{202e}b@b.fr", EmailError::Character('\u{202e}')),
            ("a@b_c.fr", EmailError::Character('_')),
            ("a@[10.0.0.1]", EmailError::Character('[')),
            ("@b.fr", EmailError::Local),
            (".a@b.fr", EmailError::Local),
            ("a.@b.fr", EmailError::Local),
            ("a..b@b.fr", EmailError::Local),
            ("a@", EmailError::Domain),
            ("a@localhost", EmailError::Domain),
            ("a@b..fr", EmailError::Domain),
            ("a@.fr", EmailError::Domain),
            ("a@b.fr.", EmailError::Domain),
            ("a@-b.fr", EmailError::Domain),
            ("a@b-.fr", EmailError::Domain),
            ("a@b.f", EmailError::Domain),
            ("a@10.0.0.1", EmailError::Domain),
        ];
        for (text, reason) in cases {
            assert_eq!(EmailAddress::parse(text), Err(reason), "for {text:?}");
        }
        assert_eq!(
            EmailError::Character(',').message(),
            "L’adresse électronique ne peut pas contenir le caractère «\u{202f},\u{202f}»"
        );
        assert_eq!(
            EmailError::Character(' ').message(),
            "L’adresse électronique ne peut pas contenir d’espace"
        );
    }

    #[test]
    fn lengths_are_those_of_the_mail_protocol() {
        let domain = format!("{}.{}.{}.fr", "d".repeat(63), "e".repeat(63), "f".repeat(57));
        let longest = format!("{}@{domain}", "a".repeat(64));
        assert_eq!(longest.len(), 253);
        assert!(EmailAddress::parse(&longest).is_ok());
        assert!(EmailAddress::parse(&format!("{longest}e")).is_ok(), "254 is the last accepted length");
        assert_eq!(EmailAddress::parse(&format!("{longest}er")), Err(EmailError::TooLong));
        assert_eq!(EmailAddress::parse(&format!("{}@b.fr", "a".repeat(65))), Err(EmailError::TooLong));
        assert_eq!(EmailAddress::parse(&format!("a@{}.fr", "d".repeat(64))), Err(EmailError::Domain));
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(text in "\\PC{0,12}@\\PC{0,12}\\.fr") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                prop_assert!(!address.as_str().contains(char::is_whitespace));
                prop_assert!(!address.as_str().contains(char::is_control));
            }
        }
    }
}
