//! What happens to a draw: journal line, and the record that it leaves.

use entity::draw::{self, DrawState};
use serde_json::{Value, json};

use super::super::documents;
use crate::events::{DocumentRef, DomainEvent, Job, Subject};
use crate::rules::transitions::Told;

/// What happened to a draw besides its states.
pub(crate) enum DrawWhat {
    /// A step of its table.
    Step,
    /// Something was planned from what it drew.
    Planned { number: String },
    /// Its record was typeset and sealed.
    Record { document: DocumentRef, archival: bool },
}

/// One event of a draw. Nobody is written to: a draw is read where it is published.
pub(crate) struct DrawEvent<'a> {
    /// The draw after the act.
    pub draw: &'a draw::Model,
    /// Name and code of the event.
    pub line: Told,
    /// States.
    pub states: (Option<String>, Option<String>),
    /// What happened.
    pub what: DrawWhat,
}

impl DomainEvent for DrawEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("draw", self.draw.id, self.draw.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        self.draw.closing.as_deref()
    }

    fn payload(&self) -> Value {
        match &self.what {
            DrawWhat::Step => json!({
                "algorithm": self.draw.algorithm,
                "size": self.draw.size,
                "rules": self.draw.rules,
                "population_on": self.draw.population_on.to_string(),
                "seed": self.draw.seed,
                "inputs_hash": self.draw.inputs_hash,
                "result_hash": self.draw.result_hash,
            }),
            DrawWhat::Planned { number } => json!({ "inspection": number }),
            DrawWhat::Record { archival, .. } => {
                json!({ "archival": archival, "result_hash": self.draw.result_hash })
            }
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            DrawWhat::Record { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match (&self.what, self.draw.state) {
            (DrawWhat::Step, DrawState::Drawn) => vec![documents::record_order(self.draw)],
            _ => Vec::new(),
        }
    }
}
