//! What the team types to ask companies or funders; every fault at once.

use std::collections::BTreeSet;

use entity::survey::SurveyKind;

use super::labels::faults;
use crate::error::{Fault, Faults};
use crate::rules::email_address::EmailAddress;

/// Most addresses of one survey.
const MOST: usize = 500;

/// A survey of partners, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPartners {
    /// A word of [`SurveyKind`]: funders or companies.
    pub kind: String,
    /// Addresses, one a line.
    pub addresses: String,
    /// Whether the companies of the sessions of the last months are asked too.
    pub known: bool,
}

/// A survey of partners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partners {
    /// Funders or companies.
    pub kind: SurveyKind,
    /// Addresses, each once.
    pub addresses: Vec<String>,
    /// Whether the companies of the sessions of the last months are asked too.
    pub known: bool,
}

impl TypedPartners {
    /// Reads it.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self) -> Result<Partners, Vec<Fault>> {
        let mut found = Faults::default();
        let kind = SurveyKind::from_word(self.kind.trim())
            .filter(|kind| matches!(kind, SurveyKind::Funders | SurveyKind::Companies));
        if kind.is_none() {
            found.push("/kind", "missing", faults::KIND);
        }
        let mut addresses = BTreeSet::new();
        for (rank, line) in self.addresses.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match EmailAddress::parse(line) {
                Ok(address) => {
                    addresses.insert(address.as_str().to_owned());
                }
                Err(error) => found.push("/addresses", "email", faults::address(rank, &error.message())),
            }
        }
        let known = self.known && kind == Some(SurveyKind::Companies);
        if addresses.is_empty() && !known && !self.addresses.lines().any(|line| !line.trim().is_empty()) {
            found.push("/addresses", "missing", faults::ADDRESSES);
        }
        if addresses.len() > MOST {
            found.push("/addresses", "too-many", faults::TOO_MANY);
        }
        let addresses = addresses.into_iter().collect();
        found.or(kind.map(|kind| Partners { kind, addresses, known }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_line_by_line_each_once() {
        let typed = |kind: &str, addresses: &str, known| TypedPartners {
            kind: kind.to_owned(),
            addresses: addresses.to_owned(),
            known,
        };
        let read = typed("funders", "a@exemple.org\n\na@exemple.org\nb@exemple.org", false).read().unwrap();
        assert_eq!(read.addresses, ["a@exemple.org", "b@exemple.org"]);
        assert!(typed("companies", "", true).read().is_ok());
        for (kind, addresses, known, faults) in
            [("hot", "", false, 2), ("funders", "", true, 1), ("companies", "a@\nb", true, 2)]
        {
            assert_eq!(typed(kind, addresses, known).read().unwrap_err().len(), faults, "{kind}");
        }
    }
}
