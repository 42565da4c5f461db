//! What the command line does with the journal: each function gives what to print and the exit code.
//!
//! 0: intact, or done. 1: altered. 2: could not run.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::alone::Proof;
use super::divergence::Outcome;
use super::error::FileError;
use super::{actions, file, labels, verify as recompute};
use crate::app::App;
use crate::authz::Actor;
use crate::error::DomainError;

/// Intact.
pub const INTACT: i32 = 0;
/// Altered.
pub const ALTERED: i32 = 1;
/// Could not run.
pub const FAILED: i32 = 2;

/// `journal verify [--json] [--since SEAL]`: recomputes the journal of the database, and writes nothing.
pub async fn verify(app: &Arc<App>, as_json: bool, since: Option<&str>) -> (String, i32) {
    let since = match since.map(str::parse::<recompute::Since>).transpose() {
        Ok(since) => since,
        Err(error) => return failed(&error.to_string(), as_json),
    };
    match recompute::verify(app.db.read(), since.as_ref()).await {
        Ok(outcome) => said(&outcome, as_json),
        Err(error) => failed(&labels::database_away(&error), as_json),
    }
}

/// Larger files are not the proof of one event.
const LARGEST_PROOF: u64 = 1024 * 1024;

/// `journal verify --file FILE [--json]`: checks an export, or the proof of one event, without a database.
#[must_use]
pub fn verify_file(path: &Path, as_json: bool) -> (String, i32) {
    if let Some(proof) = proof(path) {
        return said(&proof.check(), as_json);
    }
    let opened = std::fs::File::open(path).map_err(FileError::from);
    match opened.and_then(|opened| file::verify_reader(BufReader::new(opened))) {
        Ok(outcome) => said(&outcome, as_json),
        Err(error) => failed(&error.to_string(), as_json),
    }
}

/// The proof that a file holds, if it is one.
fn proof(path: &Path) -> Option<Proof> {
    let mut text = String::new();
    std::fs::File::open(path).ok()?.take(LARGEST_PROOF).read_to_string(&mut text).ok()?;
    Proof::read(&text)
}

/// `journal export --out FILE`: the file appears whole, or not at all.
pub async fn export(app: &Arc<App>, out: &Path) -> (String, i32) {
    let mut export = match actions::export(app, Actor::system("journal.export")).await {
        Ok(export) => export,
        Err(error) => {
            tracing::error!(%error, "journal export");
            return failed(&error.detail(), false);
        }
    };
    let size = export.header().tree_size;
    match write(&mut export, out).await {
        Ok(()) => (labels::exported(size, out), INTACT),
        Err(error) => failed(&labels::not_written(&error), false),
    }
}

async fn write(export: &mut super::export::Export, out: &Path) -> anyhow::Result<()> {
    let draft = out.with_added_extension("part");
    let mut file = std::fs::File::create(&draft)?;
    while let Some(piece) = export.next().await? {
        file.write_all(&piece)?;
    }
    file.sync_all()?;
    std::fs::rename(&draft, out)?;
    Ok(())
}

fn said(outcome: &Outcome, as_json: bool) -> (String, i32) {
    let text = if as_json { outcome.to_json().to_string() } else { outcome.line() };
    (text, if outcome.is_intact() { INTACT } else { ALTERED })
}

fn failed(message: &str, as_json: bool) -> (String, i32) {
    let text = if as_json {
        json!({ "status": "failed", "message": message }).to_string()
    } else {
        message.to_owned()
    };
    (text, FAILED)
}
