//! A list as a workbook of one sheet (OOXML): words in cells, which nothing computes.

use std::io::Write as _;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The media type of these files.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET_BEGINS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_ENDS: &str = "</sheetData></worksheet>";

/// A workbook that is being written.
#[derive(Clone, Debug)]
pub struct Workbook {
    name: &'static str,
    sheet: String,
    rows: usize,
}

impl Workbook {
    /// Begins, with the name of the sheet and its columns.
    #[must_use]
    pub fn new(name: &'static str, columns: &[&str]) -> Self {
        let mut book = Self { name, sheet: String::from(SHEET_BEGINS), rows: 0 };
        book.push(columns.iter().copied());
        book
    }

    /// One row more, of fewer cells than there are letters.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.rows += 1;
        let rank = self.rows.to_string();
        self.sheet.push_str("<row r=\"");
        self.sheet.push_str(&rank);
        self.sheet.push_str("\">");
        for (column, cell) in ('A'..='Z').zip(cells) {
            self.sheet.push_str("<c r=\"");
            self.sheet.push(column);
            self.sheet.push_str(&rank);
            self.sheet.push_str("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            self.sheet.push_str(&escaped(cell));
            self.sheet.push_str("</t></is></c>");
        }
        self.sheet.push_str("</row>");
    }

    /// The file.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn finish(mut self) -> zip::result::ZipResult<Vec<u8>> {
        self.sheet.push_str(SHEET_ENDS);
        let workbook = WORKBOOK.replace("{name}", &escaped(self.name));
        let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("xl/workbook.xml", workbook.as_str()),
            ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
            ("xl/worksheets/sheet1.xml", self.sheet.as_str()),
        ] {
            archive.start_file(name, options)?;
            archive.write_all(content.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    #[test]
    fn the_workbook_is_read_by_others() {
        let mut book = Workbook::new("Sessions", &["Session", "Formation"]);
        book.push(["SES-2026-0001", "A & B < C"]);
        let bytes = book.finish().unwrap();
        let mut read: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let range = read.worksheet_range("Sessions").unwrap();
        assert_eq!(range.get((0, 1)), Some(&Data::String("Formation".to_owned())));
        assert_eq!(range.get((1, 1)), Some(&Data::String("A & B < C".to_owned())));
    }
}
