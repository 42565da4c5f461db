//! The list of enrolments as a file: CSV piece by piece, so that a long list is never held whole, or a workbook. It names
//! people as lists do, and says no more of them.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, Stream};

use super::EnrolmentError;
use super::labels::{self, pages};
use super::queries::{self, Filter, Line};
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

    /// The next enrolments; none at the end.
    async fn next(&mut self) -> Result<Option<Vec<Line>>, EnrolmentError> {
        let Some(page) = self.next.take() else { return Ok(None) };
        let found = queries::list(self.app.db.read(), &self.actor, &self.filter, &page).await?;
        self.next = found.next.map(|after| PageRequest { limit: ROWS, after: Some(after) });
        Ok(Some(found.items))
    }

    /// The next lines of the file; none at the end.
    async fn piece(&mut self) -> Result<Option<Bytes>, EnrolmentError> {
        let Some(rows) = self.next().await? else { return Ok(None) };
        let first = !std::mem::replace(&mut self.begun, true);
        let mut out = if first { spreadsheet::csv_head(&pages::COLUMNS) } else { Vec::new() };
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
    pub async fn workbook(mut self) -> Result<Vec<u8>, EnrolmentError> {
        let mut book = Workbook::new(pages::ENROLMENTS, &pages::COLUMNS);
        while let Some(rows) = self.next().await? {
            for row in &rows {
                book.push(line(row).iter().map(String::as_str));
            }
        }
        Ok(book.finish()?)
    }
}

/// One enrolment, in the order of the columns.
fn line(found: &Line) -> [String; 9] {
    let (row, session) = (&found.enrolment, &found.session);
    let day = |day: Option<time::Date>| day.map(iso).unwrap_or_default();
    [
        found.reference(),
        pages::in_a_list(row),
        labels::state(row.state).word.to_owned(),
        row.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        found.payer.clone(),
        session.title.clone(),
        day(session.starts_on),
        day(session.ends_on),
        row.price_cents.map(exact).unwrap_or_default(),
    ]
}
