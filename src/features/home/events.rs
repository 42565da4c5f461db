//! What happens to the figures: past ones written, the table taken away; and to the tasks that the team shares out.

use entity::ids::AccountId;
use entity::task_note;
use serde_json::{Value, json};
use uuid::Uuid;

use super::activity::Figure;
use super::todo::Task;
use super::todo::follow::labels as words;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::typed_date::iso;

/// Past figures were written over what was known.
pub(super) struct HistoryImported<'a> {
    /// Key of the import.
    pub id: Uuid,
    /// The figures.
    pub figures: &'a [Figure],
}

impl DomainEvent for HistoryImported<'_> {
    fn name(&self) -> &'static str {
        "history.imported"
    }

    fn code(&self) -> &'static str {
        "HISTORY_IMPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("yearly_figure", self.id, "yearly_figures")
    }

    fn payload(&self) -> Value {
        let figure = |figure: &Figure| json!([figure.year, figure.measure.word(), figure.value]);
        json!({ "figures": self.figures.iter().map(figure).collect::<Vec<_>>() })
    }
}

/// The table was taken away as a file.
pub(super) struct ActivityExported<'a> {
    /// Key of the export.
    pub id: Uuid,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: &'a str,
    /// First and last year.
    pub years: Option<(i32, i32)>,
}

impl DomainEvent for ActivityExported<'_> {
    fn name(&self) -> &'static str {
        "activity.exported"
    }

    fn code(&self) -> &'static str {
        "ACTIVITY_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("activity", self.id, "activity")
    }

    fn payload(&self) -> Value {
        json!({ "sha256": self.sha256, "years": self.years })
    }
}

/// What the team does with a task.
pub(super) struct TaskEvent<'a> {
    /// The task, with its name.
    pub task: &'a Task,
    /// What is noted of it from now on.
    pub note: &'a task_note::Model,
    /// What was done.
    pub act: TaskAct,
}

/// What was done with a task.
pub(super) enum TaskAct {
    /// Somebody took it.
    Taken,
    /// It is nobody's again.
    Released {
        /// Who had it.
        from: Option<AccountId>,
    },
    /// It was given to somebody, who is told unless they did it.
    HandedOver {
        /// Who had it.
        from: Option<AccountId>,
        /// Who has it now.
        to: AccountId,
        /// Name of who did it; none when it is the same person.
        told_by: Option<String>,
        /// Where it is followed.
        link: String,
    },
    /// It was put off.
    Postponed,
    /// It is in the list again.
    BroughtBack,
}

impl DomainEvent for TaskEvent<'_> {
    fn name(&self) -> &'static str {
        match self.act {
            TaskAct::Taken => "task.taken",
            TaskAct::Released { .. } => "task.released",
            TaskAct::HandedOver { .. } => "task.handed_over",
            TaskAct::Postponed => "task.postponed",
            TaskAct::BroughtBack => "task.brought_back",
        }
    }

    fn code(&self) -> &'static str {
        match self.act {
            TaskAct::Taken => "TASK_TAKEN",
            TaskAct::Released { .. } => "TASK_RELEASED",
            TaskAct::HandedOver { .. } => "TASK_HANDED_OVER",
            TaskAct::Postponed => "TASK_POSTPONED",
            TaskAct::BroughtBack => "TASK_BROUGHT_BACK",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("task_note", self.note.id, self.task.reference.clone())
    }

    fn reason(&self) -> Option<&str> {
        match self.act {
            TaskAct::Postponed => self.note.reason.as_deref(),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let mut told = json!({ "task": self.task.kind.name(), "subject_id": self.task.subject });
        match &self.act {
            TaskAct::Taken | TaskAct::BroughtBack => {}
            TaskAct::Released { from } => told["from_id"] = json!(from),
            TaskAct::HandedOver { from, to, .. } => {
                told["from_id"] = json!(from);
                told["to_id"] = json!(to);
            }
            TaskAct::Postponed => told["until"] = json!(self.note.postponed_until.map(iso)),
        }
        told
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.act {
            TaskAct::HandedOver { to, told_by: Some(name), link, .. } => {
                let variables = json!({
                    "from_name": name,
                    "task": words::named(self.task),
                    "about": self.task.about,
                    "due_on": french::date(self.task.due_on),
                    "has_deadline": self.task.kind.has_deadline().to_string(),
                    "link": link,
                });
                vec![Mail::new("task-handed-over", Recipient::Account { id: *to }, words::WHY, variables)]
            }
            TaskAct::HandedOver { told_by: None, .. }
            | TaskAct::Taken
            | TaskAct::Released { .. }
            | TaskAct::Postponed
            | TaskAct::BroughtBack => Vec::new(),
        }
    }
}
