//! The list of sessions as a file: CSV piece by piece, so that a long list is never held whole, or a workbook.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, Stream};

use super::queries::{self, Filter, Found};
use super::{TrainingError, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::db::PageRequest;
use crate::render::spreadsheet;
use crate::render::workbook::Workbook;
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

/// Rows read at once.
const ROWS: u64 = 200;

/// An export under way.
pub struct Export {
    app: Arc<App>,
    actor: Actor,
    filter: Filter,
    next: Option<PageRequest>,
    begun: bool,
}

impl Export {
    /// Begins. The right was asked before, and the event recorded.
    #[must_use]
    pub fn begin(app: Arc<App>, actor: Actor, filter: Filter) -> Self {
        Self { app, actor, filter, next: Some(PageRequest::first(ROWS)), begun: false }
    }

    /// The next sessions; none at the end.
    async fn next(&mut self) -> Result<Option<Vec<Found>>, TrainingError> {
        let Some(page) = self.next.take() else { return Ok(None) };
        let found = queries::list(self.app.db.read(), &self.actor, &self.filter, &page).await?;
        self.next = found.next.map(|after| PageRequest { limit: ROWS, after: Some(after) });
        Ok(Some(found.items))
    }

    /// The next lines of the file; none at the end.
    async fn piece(&mut self) -> Result<Option<Bytes>, TrainingError> {
        let Some(rows) = self.next().await? else { return Ok(None) };
        let first = !std::mem::replace(&mut self.begun, true);
        let mut out = if first { spreadsheet::csv_head(&labels::COLUMNS) } else { Vec::new() };
        out.extend(spreadsheet::csv_lines(rows.iter().map(|row| line(row).to_vec())));
        Ok(Some(Bytes::from(out)))
    }

    /// The CSV file as a stream, for the body of an answer.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
        stream::try_unfold(self, |mut export| async move {
            let piece = export.piece().await.map_err(std::io::Error::other)?;
            Ok(piece.map(|piece| (piece, export)))
        })
    }

    /// The workbook, whole.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn workbook(mut self) -> Result<Vec<u8>, TrainingError> {
        let mut book = Workbook::new(labels::SESSIONS, &labels::COLUMNS);
        while let Some(rows) = self.next().await? {
            for row in &rows {
                book.push(line(row).iter().map(String::as_str));
            }
        }
        Ok(book.finish()?)
    }
}

/// One session, in the order of the columns.
fn line(found: &Found) -> [String; 20] {
    let (row, tally) = (&found.session, &found.tally);
    let day = |day: Option<time::Date>| day.map(iso).unwrap_or_default();
    [
        row.number.clone(),
        row.title.clone(),
        labels::theme(row.theme).to_owned(),
        labels::state(row.state).word.to_owned(),
        labels::kind(row.kind).to_owned(),
        labels::delivery(row.delivery).to_owned(),
        labels::modality(row.modality).to_owned(),
        day(row.starts_on),
        day(row.ends_on),
        row.zone.clone(),
        wording::place(row),
        row.department.clone(),
        row.region.clone(),
        (row.duration_minutes / 60).to_string(),
        tally.seats.to_string(),
        tally.held.to_string(),
        tally.waiting.to_string(),
        row.price_cents.map(exact).unwrap_or_default(),
        found.trainers.join(", "),
        found.structure_name.clone().unwrap_or_default(),
    ]
}
