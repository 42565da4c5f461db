//! `/intervenants/reseau.csv`: the network on a day as a file, one line for each duty that somebody holds. Taking it is
//! written in the journal.

use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::labels;
use super::super::queries;
use super::super::sheet::{Line, Network};
use super::show::Asked;
use crate::authz::Permission;
use crate::db::{List, record_taken};
use crate::error::Fault;
use crate::features::experts::{ExpertError, labels as words};
use crate::http::web::{Page, WebError, download};
use crate::render::spreadsheet;
use crate::rules::{territory, typed_date};

/// The file.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let (day, wrong) = asked.day(page.app.today());
    let network = queries::network(page.app.db.read(), page.actor(), day).await.map_err(WebError::from)?;
    if let Some(message) = wrong {
        let fault = Fault::new("/au", "date", message);
        return Err(WebError::from(ExpertError::from(vec![fault])).into());
    }
    let lines: Vec<_> = network.lines.iter().map(|one| line(&network, one)).collect();
    let count = lines.len();
    let file = spreadsheet::csv(&labels::COLUMNS, lines);
    record_taken(&page.app, page.actor(), Permission::NetworkView, (List::Network, file.as_slice(), count))
        .await
        .map_err(ExpertError::from)
        .map_err(WebError::from)?;
    Ok(download::attachment(spreadsheet::CSV, labels::FILE, file))
}

fn line(network: &Network, line: &Line) -> Vec<String> {
    let regions = line.regions.iter();
    let regions: Vec<&str> =
        regions.map(|code| territory::region(code).map_or(code.as_str(), |found| found.name)).collect();
    vec![
        words::duty(line.duty).to_owned(),
        line.number.clone(),
        line.name.clone(),
        if regions.is_empty() { words::EVERYWHERE.to_owned() } else { regions.join(", ") },
        line.ends_on.map(typed_date::iso).unwrap_or_default(),
        labels::soon(network.ends_soon(line)).to_owned(),
        line.load.to_string(),
        labels::risks(&line.risks),
    ]
}
