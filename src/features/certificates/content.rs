//! What a certificate says, frozen when it is delivered, and its signature (domain reference, 1.10 and 8.6).
//!
//! The content is canonical JSON (RFC 8785): its SHA-256 is the fingerprint from which the seal is drawn. The detached
//! Ed25519 signature covers a [`statement`] of the number and of the fingerprint, so that anybody verifies it without us and
//! without the name; the holder gives the content when they wish, and its hash is compared. A salt keeps the public
//! fingerprint from telling the name to whoever tries names.
//!
//! What must not be printed has no field here and unknown fields are refused: neither employer, nor structure, nor way of
//! access, nor adaptation, nor mark, nor number of attempts. The place of the jury of somebody detained is left out when the
//! content is gathered.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use entity::certificate::CertificateKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::events::canonical_text;
use crate::rules::fold::fold;
use crate::rules::person_name::{PersonName, initials};

/// The form of the content; a seal of the journal, signed with the same key, has no such field.
pub const FORMAT: &str = "parchemin.certificate/1";

/// What is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// [`FORMAT`].
    pub format: String,
    /// Chance, in hexadecimal: nobody finds the rest from the fingerprint.
    pub salt: String,
    /// Certificate or attestation.
    pub kind: CertificateKind,
    /// Its number.
    pub number: String,
    /// The number that it takes the place of.
    pub replaces: Option<String>,
    /// Who holds it.
    pub holder: Holder,
    /// What is certified.
    pub certification: Certified,
    /// Who delivers.
    pub certifier: Certifier,
    /// Day of the decision, `2025-01-31`.
    pub decided_on: String,
    /// Number of the session of jury.
    pub jury: String,
    /// Where the jury sat; none when it must not be told.
    pub place: Option<String>,
    /// Day of the delivery.
    pub delivered_on: String,
    /// Blocs acquired, or skills where the referential has no bloc.
    pub acquired: Vec<Unit>,
    /// What is left to acquire; nothing for a certificate.
    pub remaining: Vec<Unit>,
    /// Skills attested, for the supplement.
    pub skills: Vec<Unit>,
    /// Last day when the blocs count; none without limit.
    pub valid_until: Option<String>,
    /// Who signs.
    pub signatory: Signatory,
}

/// Who holds a certificate, as the civil status says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// In the order of the civil status.
    pub first_names: Vec<String>,
    /// Name at birth; empty for somebody who has none.
    pub birth_name: String,
    /// Name in use, when it is another.
    pub usual_name: Option<String>,
    /// In French, with what is unknown of it left out.
    pub birth_date: String,
    /// Commune and department, or town and country.
    pub birthplace: String,
}

/// What is certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certified {
    /// Code.
    pub code: String,
    /// Title, exactly as registered.
    pub title: String,
    /// Label of the version.
    pub version: String,
    /// Its place in a register on the day of the decision.
    pub registration: Option<Registered>,
}

/// A place in a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// Name of the register.
    pub register: String,
    /// Number.
    pub number: String,
    /// Level; none when the register gives none.
    pub level: Option<String>,
    /// First day.
    pub since: String,
    /// Last day; none while it has none.
    pub until: Option<String>,
}

/// Who delivers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certifier {
    /// Name.
    pub name: String,
    /// SIRET; empty when it is not known.
    pub siret: String,
    /// The branch.
    pub branch: String,
}

/// A bloc or a skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code.
    pub code: String,
    /// Title or wording.
    pub title: String,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Name.
    pub name: String,
    /// In which quality.
    pub role: String,
}

/// A content in its one form, with its hash and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Canonical JSON.
    pub text: String,
    /// SHA-256 of the text.
    pub hash: [u8; 32],
    /// Ed25519 over the statement.
    pub signature: Vec<u8>,
}

impl Content {
    /// Freezes the content.
    ///
    /// # Errors
    /// When it has no canonical form, which a content always has.
    pub fn seal(&self, key: &SigningKey) -> Result<Sealed, serde_json::Error> {
        let text = canonical_text(self)?;
        let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let signature = key.sign(statement(&self.number, &hash)?.as_bytes()).to_bytes().to_vec();
        Ok(Sealed { text, hash, signature })
    }

    /// Reads a stored content.
    ///
    /// # Errors
    /// When it is no content of this form: the row was altered.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// What is signed: the number and the fingerprint, as canonical JSON.
///
/// # Errors
/// When it has no canonical form, which it always has.
pub fn statement(number: &str, hash: &[u8]) -> Result<String, serde_json::Error> {
    canonical_text(&json!({ "content_hash": hex::encode(hash), "format": FORMAT, "number": number }))
}

/// Whether this public key signed this fingerprint under this number.
#[must_use]
pub fn is_signed_by(number: &str, hash: &[u8], signature: &[u8], public_key: &[u8]) -> bool {
    let Ok(text) = statement(number, hash) else { return false };
    let key = public_key.try_into().ok().and_then(|bytes| VerifyingKey::from_bytes(bytes).ok());
    let signature = Signature::from_slice(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(text.as_bytes(), &signature).is_ok())
}

impl Holder {
    /// The name as printed: first names, birth name, name in use.
    #[must_use]
    pub fn name(&self) -> String {
        let names = self.first_names.iter().map(String::as_str).chain([self.birth_name.as_str()]);
        names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The initials of the first name and of the name: « I. K. ».
    #[must_use]
    pub fn initials(&self) -> String {
        let first = self.first_names.first().and_then(|name| PersonName::parse(name).ok());
        let last = PersonName::parse(&self.birth_name).ok();
        let letters: Vec<String> =
            initials(first.as_ref(), last.as_ref()).chars().map(|c| format!("{c}.")).collect();
        letters.join("\u{a0}")
    }

    /// The hashes of every way to write the printed name, always as many: all first names or the first alone, with the
    /// birth name, the name in use or both. The order of the words, accents and case do not matter.
    #[must_use]
    pub fn spellings(&self) -> [[u8; 32]; SPELLINGS] {
        let all = self.first_names.join(" ");
        let first = self.first_names.first().cloned().unwrap_or_default();
        let usual = self.usual_name.clone().unwrap_or_else(|| self.birth_name.clone());
        let both = format!("{} {}", self.birth_name, self.usual_name.as_deref().unwrap_or_default());
        let of = |firsts: &str, last: &str| spelling(&format!("{firsts} {last}"));
        [
            of(&all, &self.birth_name),
            of(&all, &usual),
            of(&all, &both),
            of(&first, &self.birth_name),
            of(&first, &usual),
            of(&first, &both),
        ]
    }
}

/// Ways to write a printed name.
pub const SPELLINGS: usize = 6;

/// The hash of a name as somebody writes it.
#[must_use]
pub fn spelling(name: &str) -> [u8; 32] {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    Sha256::digest(words.join(" ").as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            format: FORMAT.to_owned(),
            salt: "00".to_owned(),
            kind: CertificateKind::Full,
            number: "CQPSP-2025-000123-27GNPZFA".to_owned(),
            replaces: None,
            holder: Holder {
                first_names: vec!["Inès".to_owned(), "Anne-Marie".to_owned()],
                birth_name: "Kerdoncuff".to_owned(),
                usual_name: Some("Le Goff".to_owned()),
                birth_date: "12 mai 1985".to_owned(),
                birthplace: "Brest (29)".to_owned(),
            },
            certification: Certified {
                code: "CQP_SP".to_owned(),
                title: "Salarié polyvalent".to_owned(),
                version: "2024".to_owned(),
                registration: None,
            },
            certifier: Certifier { name: "C".to_owned(), siret: String::new(), branch: "B".to_owned() },
            decided_on: "2025-01-16".to_owned(),
            jury: "JUR-2025-0001".to_owned(),
            place: None,
            delivered_on: "2025-01-22".to_owned(),
            acquired: Vec::new(),
            remaining: Vec::new(),
            skills: Vec::new(),
            valid_until: None,
            signatory: Signatory { name: "S".to_owned(), role: "R".to_owned() },
        }
    }

    #[test]
    fn a_signature_holds_without_us_and_breaks_with_one_letter() {
        let (key, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let sealed = content().seal(&key).unwrap();
        let number = content().number;
        let public = *key.verifying_key().as_bytes();
        assert!(is_signed_by(&number, &sealed.hash, &sealed.signature, &public));
        assert!(!is_signed_by(&number, &sealed.hash, &sealed.signature, other.verifying_key().as_bytes()));
        assert!(!is_signed_by("CQPSP-2025-000124-27GNPZFA", &sealed.hash, &sealed.signature, &public));
        assert!(!is_signed_by(&number, &[0; 32], &sealed.signature, &public));
        assert_eq!(Content::read(&sealed.text).unwrap(), content());
    }

    #[test]
    fn what_must_not_be_printed_has_no_place() {
        let text = content().seal(&SigningKey::from_bytes(&[7; 32])).unwrap().text;
        for field in ["employer", "structure", "way", "attempt", "mark", "adaptation", "detained"] {
            assert!(!text.contains(field), "{field}");
            let with = text.replacen('{', &format!("{{\"{field}\":\"x\","), 1);
            assert!(Content::read(&with).is_err(), "{field}");
        }
    }

    #[test]
    fn the_printed_name_is_compared_in_any_order() {
        let holder = content().holder;
        for (typed, same) in [
            ("Inès Anne-Marie Kerdoncuff", true),
            ("KERDONCUFF Ines", true),
            ("le goff inès", true),
            ("Inès Kerdoncuff Le Goff", true),
            ("Anne-Marie Kerdoncuff", false),
            ("Kerdoncuff", false),
            ("", false),
        ] {
            assert_eq!(holder.spellings().contains(&spelling(typed)), same, "{typed}");
        }
        assert_eq!(holder.initials(), "I.\u{a0}K.");
        assert_eq!(holder.name(), "Inès Anne-Marie Kerdoncuff");
    }
}
