//! What happens to the inputs of the BPF: they are taken away.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DomainEvent, Subject};

/// The inputs were taken away as a file.
pub(super) struct BpfExported<'a> {
    /// Key of the export.
    pub id: Uuid,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: &'a str,
    /// The year.
    pub year: i32,
}

impl DomainEvent for BpfExported<'_> {
    fn name(&self) -> &'static str {
        "bpf.exported"
    }

    fn code(&self) -> &'static str {
        "BPF_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("bpf", self.id, format!("bpf {}", self.year))
    }

    fn payload(&self) -> Value {
        json!({ "sha256": self.sha256, "year": self.year })
    }
}
