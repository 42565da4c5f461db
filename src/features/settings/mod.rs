//! What the certifier may change without a new version of the program: delays, independence matrix, thresholds
//! of the control grid, recipients of the head of the journal.
//!
//! Defaults are in code, on each type; the table `setting` holds only what was changed, with its version. A
//! stored value that no longer fits its type is an error, never silently the default.
//!
//! Permissions: `setting:view`, `setting:edit`. Event: `setting.changed`. Screen: `/parametres/delais`.
//!
//! To add a setting: give its type a `Default`, add a variant to [`Key`] and its face below.

pub mod actions;
pub mod api;
mod error;
mod events;
mod key;
pub mod labels;
pub mod queries;
pub mod web;

pub use error::SettingError;
pub use events::SettingChanged;
pub use key::Key;
pub use queries::Current;

use entity::setting;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::de::DeserializeOwned;

use crate::db;
use crate::rules::application_pieces::ApplicationPieces;
use crate::rules::delays::AgreementDelays;
use crate::rules::grid::Thresholds;
use crate::rules::habilitation_path::PathRules;
use crate::rules::interests::DeclarationRules;
use crate::rules::jury::opening::OpeningRules;
use crate::rules::jury_figures::FigureRules;
use crate::rules::life::LifeDelays;
use crate::rules::meetings::MeetingRules;
use crate::rules::missions::MissionRules;
use crate::rules::pieces::AskedPieces;
use crate::rules::renewal::RenewalRules;
use crate::rules::right::AlertDistances;
use crate::rules::signals::SignalRules;
use crate::rules::ties::Matrix;

/// The delays of the agreement procedure in force.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn agreement_delays(conn: &impl ConnectionTrait) -> Result<AgreementDelays, db::Error> {
    read(conn, Key::AgreementDelays).await
}

/// The pieces of a request that are asked for besides the others.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn asked_pieces(conn: &impl ConnectionTrait) -> Result<AskedPieces, db::Error> {
    read(conn, Key::AskedPieces).await
}

/// The matrix of independence in force.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn tie_matrix(conn: &impl ConnectionTrait) -> Result<Matrix, db::Error> {
    read(conn, Key::TieMatrix).await
}

/// When interests are declared, and for which duties that is needed.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn declaration_rules(conn: &impl ConnectionTrait) -> Result<DeclarationRules, db::Error> {
    read(conn, Key::InterestDeclarations).await
}

/// The thresholds of the control grid, once recorded; until then each version of the grid has its own.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn grid_thresholds(conn: &impl ConnectionTrait) -> Result<Option<Thresholds>, db::Error> {
    recorded(conn, Key::GridThresholds).await
}

/// The addresses that receive the head of the journal every day.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn head_recipients(conn: &impl ConnectionTrait) -> Result<Vec<String>, db::Error> {
    read(conn, Key::HeadRecipients).await
}

/// The distances before the end of a right at which people are told.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn right_alerts(conn: &impl ConnectionTrait) -> Result<AlertDistances, db::Error> {
    read(conn, Key::RightAlerts).await
}

/// The pieces without which nobody is admitted to the path to an habilitation.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn application_pieces(conn: &impl ConnectionTrait) -> Result<ApplicationPieces, db::Error> {
    read(conn, Key::ApplicationPieces).await
}

/// How many times each step of the path to an habilitation is done.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn path_rules(conn: &impl ConnectionTrait) -> Result<PathRules, db::Error> {
    read(conn, Key::PathRules).await
}

/// The conditions of the renewal of an habilitation.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn renewal_rules(conn: &impl ConnectionTrait) -> Result<RenewalRules, db::Error> {
    read(conn, Key::RenewalRules).await
}

/// The rules of meetings in force.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn meeting_rules(conn: &impl ConnectionTrait) -> Result<MeetingRules, db::Error> {
    read(conn, Key::MeetingRules).await
}

/// The rules of figures in force.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn figure_rules(conn: &impl ConnectionTrait) -> Result<FigureRules, db::Error> {
    read(conn, Key::FigureRules).await
}

/// From when juries may be opened.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn jury_opening(conn: &impl ConnectionTrait) -> Result<OpeningRules, db::Error> {
    read(conn, Key::JuryOpening).await
}

/// The delays of an agreement in life.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn life_delays(conn: &impl ConnectionTrait) -> Result<LifeDelays, db::Error> {
    read(conn, Key::LifeDelays).await
}

/// When the figures of a structure are a signal.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn signal_rules(conn: &impl ConnectionTrait) -> Result<SignalRules, db::Error> {
    read(conn, Key::SignalRules).await
}

/// The rules of missions in force.
///
/// # Errors
/// What the database answers, or a stored value that does not fit.
pub async fn mission_rules(conn: &impl ConnectionTrait) -> Result<MissionRules, db::Error> {
    read(conn, Key::MissionRules).await
}

async fn read<T: DeserializeOwned + Default>(conn: &impl ConnectionTrait, key: Key) -> Result<T, db::Error> {
    Ok(recorded(conn, key).await?.unwrap_or_default())
}

async fn recorded<T: DeserializeOwned>(
    conn: &impl ConnectionTrait,
    key: Key,
) -> Result<Option<T>, db::Error> {
    let Some(row) = setting::Entity::find_by_id(key.name().to_owned()).one(conn).await? else {
        return Ok(None);
    };
    let value = serde_json::from_value(row.value).map_err(|_| db::Error::Inconsistent {
        table: "setting",
        id: row.key,
        what: "does not fit its type",
    })?;
    Ok(Some(value))
}
