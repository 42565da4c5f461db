//! What happened to a programme. Nobody is written to: the catalogue tells it.

use entity::{programme, programme_version, training_handbook};
use serde_json::{Value, json};
use uuid::Uuid;

use super::state::{Step, TABLE};
use crate::events::{DocumentRef, DomainEvent, Subject, diff};
use crate::rules::training::programme::Document;
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
pub enum ProgrammeEvent {
    /// Recorded, with the draft of its first sheet.
    Created {
        /// The programme.
        programme: programme::Model,
        /// What the draft says.
        sheet: Box<Document>,
    },
    /// What stands beside its sheets changed.
    Changed {
        /// Before.
        before: Box<programme::Model>,
        /// After.
        after: programme::Model,
    },
    /// A draft was opened.
    DraftOpened {
        /// The programme.
        programme: programme::Model,
        /// The draft.
        version: programme_version::Model,
    },
    /// A draft changed.
    DraftChanged {
        /// The programme.
        programme: programme::Model,
        /// The draft.
        version: programme_version::Model,
        /// What it said.
        before: Box<Document>,
        /// What it says.
        after: Box<Document>,
    },
    /// A draft was thrown away.
    DraftDiscarded {
        /// The programme.
        programme: programme::Model,
        /// The draft.
        version: programme_version::Model,
        /// What it said.
        sheet: Box<Document>,
    },
    /// A sheet was published.
    Published {
        /// The programme, before.
        before: Box<programme::Model>,
        /// The programme, after.
        programme: programme::Model,
        /// The version.
        version: programme_version::Model,
        /// What it says.
        sheet: Box<Document>,
    },
    /// It is no longer offered, or it is prepared again.
    Moved {
        /// The programme, before.
        before: Box<programme::Model>,
        /// The programme, after.
        programme: programme::Model,
        /// Which of both.
        step: Step,
    },
}

/// The whole of a sheet but whom to call, who may be somebody; a document of ours is always JSON.
fn whole(document: &Document) -> Value {
    let mut value = serde_json::to_value(document).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|field, _| !CALLED.contains(&field.as_str()));
    }
    value
}

/// The fields that may name somebody.
const CALLED: [&str; 2] = ["contact", "disability_contact"];

/// Whom to call, when it is told.
fn called(document: &Document) -> Vec<(&'static str, String)> {
    let [contact, disability] = CALLED;
    let told = [(contact, &document.contact), (disability, &document.disability_contact)];
    told.into_iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| (field, text.clone())).collect()
}

fn head(row: &programme::Model) -> Value {
    json!({
        "code": row.code,
        "slug": row.slug,
        "title": row.title,
        "theme": row.theme.word(),
        "trainer_right": row.trainer_right.word(),
        "certification_id": row.certification_id,
        "recycling_months": row.recycling_months,
        "external_ref": row.external_ref,
    })
}

fn of_version(row: &programme_version::Model) -> Value {
    json!({ "version_id": row.id, "number": row.number })
}

impl ProgrammeEvent {
    /// Name and code of a step from a state: those of the table.
    fn told(&self) -> (&'static str, &'static str) {
        let (from, step) = match self {
            Self::Changed { .. } => return ("programme.changed", "PRG_CHANGED"),
            Self::DraftOpened { .. } => return ("programme.draft_opened", "PRG_DRAFT_OPENED"),
            Self::DraftChanged { .. } => return ("programme.draft_changed", "PRG_DRAFT_CHANGED"),
            Self::DraftDiscarded { .. } => return ("programme.draft_discarded", "PRG_DRAFT_DISCARDED"),
            Self::Created { .. } => (None, Step::Create),
            Self::Published { before, .. } => (Some(before.state), Step::Publish),
            Self::Moved { before, step, .. } => (Some(before.state), *step),
        };
        // the act asked the table before it moved anything
        TABLE.next(from, step).map_or(("programme.changed", "PRG_CHANGED"), |row| (row.name(), row.code()))
    }
}

impl DomainEvent for ProgrammeEvent {
    fn name(&self) -> &'static str {
        self.told().0
    }

    fn code(&self) -> &'static str {
        self.told().1
    }

    fn subject(&self) -> Subject {
        let row = match self {
            Self::Created { programme, .. }
            | Self::Changed { after: programme, .. }
            | Self::DraftOpened { programme, .. }
            | Self::DraftChanged { programme, .. }
            | Self::DraftDiscarded { programme, .. }
            | Self::Published { programme, .. }
            | Self::Moved { programme, .. } => programme,
        };
        Subject::new("programme", row.id, row.code.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Created { programme, .. } => (None, Some(programme.state.word())),
            Self::Published { before, programme, .. } | Self::Moved { before, programme, .. } => {
                (Some(before.state.word()), Some(programme.state.word()))
            }
            Self::Changed { .. }
            | Self::DraftOpened { .. }
            | Self::DraftChanged { .. }
            | Self::DraftDiscarded { .. } => (None, None),
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Created { programme, sheet } => {
                let mut value = head(programme);
                value["sheet"] = whole(sheet);
                value
            }
            Self::Changed { before, after } => json!({ "changed": diff::diff(&head(before), &head(after)) }),
            Self::DraftOpened { version, .. } => of_version(version),
            Self::DraftChanged { version, before, after, .. } => {
                let mut value = of_version(version);
                value["changed"] = diff::diff(&whole(before), &whole(after));
                value
            }
            Self::DraftDiscarded { version, sheet, .. } | Self::Published { version, sheet, .. } => {
                let mut value = of_version(version);
                value["sheet"] = whole(sheet);
                value
            }
            Self::Moved { programme, .. } => json!({ "retired_on": programme.retired_on.map(iso) }),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Created { sheet, .. }
            | Self::DraftChanged { after: sheet, .. }
            | Self::DraftDiscarded { sheet, .. }
            | Self::Published { sheet, .. } => called(sheet),
            Self::Changed { .. } | Self::DraftOpened { .. } | Self::Moved { .. } => Vec::new(),
        }
    }
}

/// A file of programmes was loaded.
#[derive(Clone, Debug)]
pub(super) struct FileImported {
    /// Key of the import.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Lines recorded.
    pub written: usize,
    /// Lines that changed nothing.
    pub unchanged: usize,
    /// Lines refused.
    pub refused: usize,
}

impl DomainEvent for FileImported {
    fn name(&self) -> &'static str {
        "programmes.imported"
    }

    fn code(&self) -> &'static str {
        "PROGRAMMES_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("import", self.id, self.file_name.clone())
    }

    fn payload(&self) -> Value {
        json!({
            "file": self.file_name,
            "sha256": self.sha256,
            "written": self.written,
            "unchanged": self.unchanged,
            "refused": self.refused,
        })
    }
}

/// A version of what everybody is given before they enrol was added.
#[derive(Clone, Debug)]
pub(super) struct HandbookAdded {
    /// The version.
    pub handbook: training_handbook::Model,
    /// Its file.
    pub document: DocumentRef,
}

impl DomainEvent for HandbookAdded {
    fn name(&self) -> &'static str {
        "training_handbook.added"
    }

    fn code(&self) -> &'static str {
        "TRAINING_HANDBOOK_ADDED"
    }

    fn subject(&self) -> Subject {
        let label = format!("{} {}", self.handbook.kind.word(), self.handbook.number);
        Subject::new("training_handbook", self.handbook.id, label)
    }

    fn payload(&self) -> Value {
        json!({
            "kind": self.handbook.kind.word(),
            "number": self.handbook.number,
            "starts_on": iso(self.handbook.in_force_on),
        })
    }

    fn documents(&self) -> Vec<DocumentRef> {
        vec![self.document.clone()]
    }
}
