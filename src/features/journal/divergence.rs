//! What a verification finds: that all is as it was written, or the first place where it is not.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::Seal;
use crate::rules::merkle::Hash;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The content does not give the hash that was sealed.
    Modified,
    /// Something sealed is not there.
    Missing,
    /// Something is there that the program did not write.
    Inserted,
    /// The order is not the one that was sealed.
    Reordered,
    /// The sealed root is not the one that the leaves give.
    BadRoot,
    /// The signature is not by the key that the seal names.
    BadSignature,
    /// The key is unknown, or its name is not drawn from it, or it was retired before.
    BadKey,
    /// A personal value does not give its salted hash, or disappeared without being erased.
    Personal,
    /// A line or a column cannot be read.
    Unreadable,
}

impl Kind {
    /// Stable word, for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Modified => "modified",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::Reordered => "reordered",
            Self::BadRoot => "bad_root",
            Self::BadSignature => "bad_signature",
            Self::BadKey => "bad_key",
            Self::Personal => "personal",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An event that has, or should have, a place in the tree.
    Event {
        /// Its place, from zero.
        seq: u64,
        /// Its key, when it is known.
        id: Option<Uuid>,
    },
    /// An event that has no place in the tree.
    Unsealed {
        /// Its key.
        id: Uuid,
    },
    /// Somewhere among the leaves that a seal adds.
    Between {
        /// First leaf, from zero.
        from: u64,
        /// After the last leaf.
        until: u64,
    },
    /// The seal of that many events.
    Seal {
        /// Its size.
        tree_size: u64,
    },
    /// A key.
    Key {
        /// Its name.
        key_id: String,
    },
    /// A line of an exported file, from one.
    Line {
        /// Its number.
        number: u64,
    },
}

/// The first thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// What.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// The hash or root that was sealed, in hexadecimal.
    pub expected: Option<String>,
    /// The one that the content gives, in hexadecimal.
    pub computed: Option<String>,
}

impl Divergence {
    /// Something wrong somewhere.
    #[must_use]
    pub fn new(kind: Kind, place: Place) -> Self {
        Self { kind, place, expected: None, computed: None }
    }

    /// With what was sealed and what is computed.
    #[must_use]
    pub fn comparing(mut self, expected: &[u8], computed: &[u8]) -> Self {
        (self.expected, self.computed) = (Some(hex::encode(expected)), Some(hex::encode(computed)));
        self
    }

    /// For programs.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (mut seq, mut event, mut tree_size, mut key_id, mut line) = (None, None, None, None, None);
        let mut until = None;
        match &self.place {
            Place::Event { seq: at, id } => (seq, event) = (Some(*at), *id),
            Place::Unsealed { id } => event = Some(*id),
            Place::Between { from, until: end } => (seq, until) = (Some(*from), Some(*end)),
            Place::Seal { tree_size: size } => tree_size = Some(*size),
            Place::Key { key_id: id } => key_id = Some(id.clone()),
            Place::Line { number } => line = Some(*number),
        }
        json!({
            "kind": self.kind.word(), "seq": seq, "until_seq": until, "event": event, "tree_size": tree_size,
            "key_id": key_id, "line": line, "expected": self.expected, "computed": self.computed,
            "message": self.sentence(),
        })
    }
}

/// What was recomputed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Events recomputed.
    pub events: u64,
    /// Seals checked.
    pub seals: u64,
    /// Root of the whole tree at the last seal.
    pub root: Hash,
    /// Size of the tree at the last seal.
    pub tree_size: u64,
    /// The last seal that stands.
    pub last: Option<Seal>,
    /// Events that wait for a seal.
    pub unsealed: u64,
    /// Personal values erased.
    pub erased: u64,
    /// Events that entered the tree more than an hour after their date: work that waited, or lines added by hand.
    pub late: u64,
    /// Size of the trusted seal that the verification started from.
    pub since: u64,
}

/// What a verification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is as it was written.
    Intact(Report),
    /// Something is not; the report stops there.
    Altered(Box<Divergence>, Report),
}

impl Outcome {
    /// Whether everything is as it was written.
    #[must_use]
    pub const fn is_intact(&self) -> bool {
        matches!(self, Self::Intact(_))
    }

    /// What was recomputed.
    #[must_use]
    pub const fn report(&self) -> &Report {
        match self {
            Self::Intact(report) | Self::Altered(_, report) => report,
        }
    }

    /// The first thing wrong.
    #[must_use]
    pub fn divergence(&self) -> Option<&Divergence> {
        match self {
            Self::Intact(_) => None,
            Self::Altered(divergence, _) => Some(divergence),
        }
    }

    /// For programs.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let report = self.report();
        json!({
            "status": if self.is_intact() { "intact" } else { "altered" },
            "events": report.events, "seals": report.seals, "root": hex::encode(report.root),
            "tree_size": report.tree_size, "since": report.since, "unsealed": report.unsealed,
            "erased": report.erased, "late": report.late,
            "key_id": report.last.as_ref().map(|seal| &seal.key_id),
            "divergence": self.divergence().map(Divergence::to_json),
        })
    }
}
