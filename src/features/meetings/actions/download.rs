//! Keeps who took a file of a meeting.

use std::sync::Arc;

use entity::document;

use super::super::MeetingError;
use super::super::queries::Whole;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that a file was taken, unless by a guest, to whom it is addressed.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    whole: &Whole,
    document: &document::Model,
) -> Result<(), MeetingError> {
    if whole.guests.iter().any(|guest| actor.expert() == Some(guest.expert.id)) {
        return Ok(());
    }
    let reading = Reading::Document { document, reference: &whole.meeting.number };
    Ok(record_reading(app, actor, (Permission::MeetingView, &Facts::default()), reading).await?)
}
