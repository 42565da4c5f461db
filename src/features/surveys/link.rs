//! The link of an invitation. It follows from the invitation and from the key of the installation, so that a reminder has the
//! same; only the hash of it is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::SurveyInvitationId;

use crate::app::App;
use crate::keys::KeyError;

const CONTEXT: &str = "surveys.invitation";

/// The token of an invitation.
///
/// # Errors
/// When the key cannot be read.
pub fn token(app: &App, id: SurveyInvitationId) -> Result<String, KeyError> {
    Ok(URL_SAFE_NO_PAD.encode(app.keyed_hash(CONTEXT, &id.to_string())?))
}

/// The address where an invitation is answered.
///
/// # Errors
/// When the key cannot be read.
pub fn address(app: &App, id: SurveyInvitationId) -> Result<String, KeyError> {
    Ok(app.url(&format!("/enquetes/{}", token(app, id)?)))
}
