//! The minutes of a jury that members lacked: written by the program after the act S11, signed by those who came.

use entity::ids::JurySessionId;
use entity::jury_minutes::MinutesKind;
use entity::jury_session::JuryState;

use super::super::MinutesError;
use super::super::gather::{Day, Frame};
use super::super::load::Book;
use super::super::{documents, queries};
use super::{freeze, open};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::juries::state::{Event, told};
use crate::features::juries::{JuryEvent, What};

/// Writes the minutes of a jury without quorum; false when they are there, or when the jury is not in that state, and
/// nothing is then left to commit.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn write_no_quorum(tx: &mut Tx, id: JurySessionId) -> Result<bool, MinutesError> {
    let opened = open(tx, id, None, Permission::MinutesClose, Book::facts).await?;
    let (whole, grant) = (opened.book.whole, opened.grant);
    if whole.session.state != JuryState::NoQuorum || queries::has_minutes(tx.conn(), id).await? {
        return Ok(false);
    }
    let day = Day::load(tx.conn(), &whole).await?;
    let now = tx.now();
    let frame = Frame {
        kind: MinutesKind::NoQuorum,
        revision: 1,
        ended: now,
        frozen: now,
        corrects: None,
        organisation: tx.app().config.organisation.clone(),
    };
    let minutes = freeze(tx, &whole, &day, frame, None).await?;
    let jobs = vec![documents::text(&whole.session, &minutes, false)];
    let what = What::MinutesFrozen { minutes: &minutes };
    let event = JuryEvent::of_act(tx, &whole, told(Event::CloseDeliberation), what).doing(jobs);
    tx.record(&grant, &event).await?;
    Ok(true)
}
