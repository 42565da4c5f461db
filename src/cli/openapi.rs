//! `parchemin openapi`: the document of the API, as committed in `docs/openapi.json`.

use std::process::ExitCode;
use std::sync::Arc;

use crate::app::{App, SystemClock};
use crate::config::Config;
use crate::db::Db;
use crate::features;
use crate::mailer::Mailer;
use crate::storage::Storage;

use super::output::say;
use super::{Failure, start};

/// Prints the document. It depends on no configuration and touches no file.
///
/// # Errors
/// When an empty database cannot be opened in memory.
pub(super) async fn run() -> Result<ExitCode, Failure> {
    let db = Db::open("sqlite::memory:", false).await.map_err(|error| start::unreachable(&error))?;
    let app = App::new(Config::default(), db, Storage::memory(), Mailer::Absent, Arc::new(SystemClock));
    let document = crate::http::api::document::published(&features::api(&app).spec());
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| Failure::new(format!("Le document ne peut pas être écrit : {error}.")))?;
    say(text);
    Ok(ExitCode::SUCCESS)
}
