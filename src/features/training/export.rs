//! The list of sessions as a file: CSV piece by piece, so that a long list is never held whole, or a workbook.

use std::io::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::queries::{self, Filter, Found};
use super::{TrainingError, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::db::PageRequest;
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

/// Rows read at once.
const ROWS: u64 = 200;
/// The mark by which spreadsheets know UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

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
        let mut out = Vec::new();
        let first = !std::mem::replace(&mut self.begun, true);
        if first {
            out.extend_from_slice(MARK);
        }
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
        if first {
            writer.write_record(labels::COLUMNS)?;
        }
        for row in &rows {
            writer.write_record(line(row))?;
        }
        let out = writer.into_inner();
        let out = out.map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
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
        let mut sheet = String::from(SHEET_BEGINS);
        let mut rank = 1;
        push_row(&mut sheet, rank, &labels::COLUMNS.map(str::to_owned));
        while let Some(rows) = self.next().await? {
            for row in &rows {
                rank += 1;
                push_row(&mut sheet, rank, &line(row));
            }
        }
        sheet.push_str(SHEET_ENDS);
        Ok(zipped(&sheet)?)
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

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sessions" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET_BEGINS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_ENDS: &str = "</sheetData></worksheet>";

/// One row, from 1, of fewer cells than there are letters.
fn push_row(sheet: &mut String, rank: usize, cells: &[String]) {
    sheet.push_str(&format!("<row r=\"{rank}\">"));
    for (column, cell) in ('A'..='Z').zip(cells) {
        sheet.push_str(&format!("<c r=\"{column}{rank}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        sheet.push_str(&escaped(cell));
        sheet.push_str("</t></is></c>");
    }
    sheet.push_str("</row>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn zipped(sheet: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    #[test]
    fn the_workbook_is_read_by_others() {
        let mut sheet = String::from(SHEET_BEGINS);
        push_row(&mut sheet, 1, &["SES-2026-0001".to_owned(), "A & B < C".to_owned()]);
        sheet.push_str(SHEET_ENDS);
        let bytes = zipped(&sheet).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Sessions").unwrap();
        assert_eq!(range.get((0, 1)), Some(&Data::String("A & B < C".to_owned())));
    }
}
