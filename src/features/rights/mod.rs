//! Dated rights: one engine for the habilitations of experts, the agreements of structures on their sites, the
//! registrations of certifications, the pieces that have an end (State convention, Qualiopi, insurance), and what the
//! certifying body itself holds.
//!
//! A right has a holder, a kind, a scope in canonical words, days, a state and perhaps a grace; its suspensions are
//! kept, so that "did it hold on that day?" has one answer, [`crate::rules::right::valid_on`]. Two rights of one holder,
//! kind and scope never share a day: the database refuses it, and [`RightError::Overlap`] names both. The scopes that
//! meet are those of [`rivals`]: an agreement for both services meets one for either. What takes the place of a right in
//! force waits beside it ([`actions::await_turn`]) until it starts.
//!
//! The features that give rights call [`actions`] inside their own transaction, under the grant that they were given:
//! the event that they record is that of the act, and the right is part of it. What time does by itself is here
//! ([`jobs`]): alerts at the distances of the setting `rights.alerts`, and the end of what no other feature ends.
//!
//! What no other feature gives is recorded by hand ([`actions::record()`]): the Qualiopi certificate and the insurance of
//! the certifying body, the State convention of a structure.
//!
//! Permissions: `right:view`, `right:deadline`, `certifier_right:manage`, `state_convention:manage`. Events:
//! `right.ending_soon`, `right.ended`, `right.recorded`, `right.cut_short`, `right.taken_back`. Screens: `/droits`,
//! `/droits/certificateur`, `/droits/{id}/fin`, `/droits/{id}/annuler`.
//!
//! To add a kind: a variant of [`RightKind`] with a migration of its CHECK, its words in `labels.rs`, its distances.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod holders;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod names;
pub mod queries;
pub mod state;
pub mod web;

pub use entity::dated_right::{HolderKind, RightKind, RightState, SourceKind};
pub use error::RightError;
pub use events::{RecordEvent, RecordWhat, RightEvent, RightWhat};
pub use queries::Held;

use uuid::Uuid;

/// Whose right it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holder {
    /// The table of the holder.
    pub kind: HolderKind,
    /// Its key.
    pub id: Uuid,
}

impl Holder {
    /// An expert.
    #[must_use]
    pub fn expert(id: entity::ids::ExpertId) -> Self {
        Self { kind: HolderKind::Expert, id: id.0 }
    }

    /// A structure.
    #[must_use]
    pub fn structure(id: entity::ids::StructureId) -> Self {
        Self { kind: HolderKind::Structure, id: id.0 }
    }

    /// A site of a structure.
    #[must_use]
    pub fn site(id: entity::ids::SiteId) -> Self {
        Self { kind: HolderKind::Site, id: id.0 }
    }

    /// A version of a certification.
    #[must_use]
    pub fn version(id: entity::ids::CertificationVersionId) -> Self {
        Self { kind: HolderKind::CertificationVersion, id: id.0 }
    }

    /// The certifying body: there is one in an installation, without a row.
    #[must_use]
    pub const fn certifier() -> Self {
        Self { kind: HolderKind::Certifier, id: Uuid::nil() }
    }
}

/// The row that a right stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Its table.
    pub kind: SourceKind,
    /// Its key.
    pub id: Uuid,
}

impl Source {
    /// A row of that table.
    pub fn new(kind: SourceKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// The page of what the certifying body holds.
pub const CERTIFIER_PAGE: &str = "/droits/certificateur";
/// A scope that covers everything.
pub const WHOLE: &str = "*";

/// The scopes that share something with one of this kind, itself first: an agreement for both services of a version
/// meets those for either. The database knows the same ones.
#[must_use]
pub fn rivals(kind: RightKind, own: &str) -> Vec<String> {
    let (version, service) = match own.rsplit_once('|') {
        Some(parts) if kind == RightKind::Agreement => parts,
        _ => return vec![own.to_owned()],
    };
    let others: &[&str] = match service {
        "train" | "organise" => &["train_and_organise"],
        "train_and_organise" => &["train", "organise"],
        _ => &[],
    };
    let others = others.iter().map(|other| scope(&[version, other]));
    std::iter::once(own.to_owned()).chain(others).collect()
}

/// The scope made of these words, `controleur|*`.
#[must_use]
pub fn scope(parts: &[&str]) -> String {
    parts.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreements_meet_as_soon_as_they_share_a_service_and_other_rights_on_the_same_scope_only() {
        for (kind, own, expected) in [
            (RightKind::Agreement, "v|train", vec!["v|train", "v|train_and_organise"]),
            (RightKind::Agreement, "v|organise", vec!["v|organise", "v|train_and_organise"]),
            (
                RightKind::Agreement,
                "v|train_and_organise",
                vec!["v|train_and_organise", "v|train", "v|organise"],
            ),
            (RightKind::Habilitation, "controleur|*", vec!["controleur|*"]),
            (RightKind::Insurance, WHOLE, vec![WHOLE]),
        ] {
            assert_eq!(rivals(kind, own), expected, "{own}");
        }
    }
}
