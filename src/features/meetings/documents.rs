//! The documents of a meeting: the sheet that people sign, before it, and its minutes, once they are published. The team
//! asks for each; it is typeset before the transaction that keeps it.

use std::sync::Arc;

use entity::meeting::MeetingState;
use entity::meeting_action;
use entity::meeting_guest::GuestAnswer;
use serde_json::{Value, json};

use super::queries::{self, Whole};
use super::state::{InvalidStep, Step};
use super::{MeetingError, actions, labels};
use crate::app::App;
use crate::authz::{Actor, Permission, allows};
use crate::features::agreements::documents::facts::issuer;
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::signed;
use crate::render::french;
use crate::storage::issued;

/// A document that is made of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// What people sign.
    Sheet,
    /// The minutes.
    Minutes,
}

impl Paper {
    /// Its template, which is also its kind.
    #[must_use]
    pub const fn template(self) -> &'static str {
        match self {
            Self::Sheet => "meeting-sheet",
            Self::Minutes => "meeting-minutes",
        }
    }

    /// The document that a meeting in a state calls for: a sheet before, minutes after.
    #[must_use]
    pub const fn of(state: MeetingState) -> Option<Self> {
        match state {
            MeetingState::Invited => Some(Self::Sheet),
            MeetingState::MinutesPublished => Some(Self::Minutes),
            MeetingState::Planned | MeetingState::Held | MeetingState::Cancelled => None,
        }
    }

    /// The step that it goes with.
    const fn step(self) -> Step {
        match self {
            Self::Sheet => Step::Hold,
            Self::Minutes => Step::Publish,
        }
    }
}

/// Makes a document of a meeting and keeps it with its files. Asked again, the same version gives the same document.
///
/// # Errors
/// The refusal of the policy, a state that does not call for it, [`MeetingError::Stale`], what the typesetter, the store
/// or the database answers.
pub async fn issue(app: &Arc<App>, actor: &Actor, whole: &Whole, paper: Paper) -> Result<(), MeetingError> {
    let row = &whole.meeting;
    let guests: Vec<_> = whole.guests.iter().map(|guest| guest.row.clone()).collect();
    let _allowed = allows(actor, Permission::MeetingManage, &queries::facts(actor, &guests))?;
    if Paper::of(row.state) != Some(paper) {
        return Err(InvalidStep { from: row.state, step: paper.step() }.into());
    }
    let (kind, title) = (paper.template(), labels::document(paper));
    let file_name = issued::file_name(title, &row.number, row.version);
    if issued::already_issued(app.db.read(), ("meeting", row.id.0), kind, &file_name).await? {
        return Ok(());
    }
    let data = match paper {
        Paper::Sheet => sheet(app, whole),
        Paper::Minutes => minutes(app, whole),
    };
    let reference = row.number.as_str();
    let (files, at) = (Vec::new(), app.now());
    let draft = issued::Draft { kind, template: kind, title, reference, file_name, data, files, at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(actor.clone()).await?;
    if actions::issue_document(&mut tx, row.id, row.version, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// What both say.
fn shared(app: &App, whole: &Whole) -> Value {
    let row = &whole.meeting;
    json!({
        "issuer": issuer(&app.config),
        "number": row.number,
        "title": labels::title(row.kind),
        "when": labels::when(*row.starts_at, &row.zone),
        "duration": labels::duration(row.lasts_minutes),
        "place": labels::place(row),
        "agenda": row.agenda.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>(),
        "signatory": {
            "name": app.config.organisation,
            "role": labels::TEAM,
            "signed": null,
        },
        "kept": texts().kept_meeting,
    })
}

/// What people sign: everyone invited who did not decline.
fn sheet(app: &App, whole: &Whole) -> Value {
    let awaited = whole.guests.iter().filter(|guest| guest.row.answer != GuestAnswer::Away);
    let line = |guest: &queries::Guest| json!({ "name": guest.expert.name(), "number": guest.expert.number });
    let mut data = shared(app, whole);
    data["guests"] = awaited.map(line).collect();
    data
}

fn minutes(app: &App, whole: &Whole) -> Value {
    let names = |there: bool| -> Vec<String> {
        let found = whole.guests.iter().filter(|guest| (guest.row.present == Some(true)) == there);
        found.map(|guest| guest.expert.name()).collect()
    };
    let action = |row: &meeting_action::Model| {
        let due = french::date(row.due_on);
        json!({ "text": row.text, "owner": row.owner, "due": due })
    };
    let mut data = shared(app, whole);
    data["signatory"]["signed"] = json!(signed(app.now()));
    data["present"] = json!(names(true));
    data["absent"] = json!(names(false));
    data["minutes"] = json!(whole.meeting.minutes);
    data["decisions"] = whole.decisions.iter().map(|row| json!(row.text)).collect();
    data["actions"] = whole.actions.iter().map(action).collect();
    data["spent"] = json!(whole.meeting.time_spent_minutes.map(labels::duration));
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_comes_before_and_minutes_after() {
        for (state, expected) in [
            (MeetingState::Planned, None),
            (MeetingState::Invited, Some(Paper::Sheet)),
            (MeetingState::Held, None),
            (MeetingState::MinutesPublished, Some(Paper::Minutes)),
            (MeetingState::Cancelled, None),
        ] {
            assert_eq!(Paper::of(state), expected, "{state}");
        }
    }
}
