//! Lists as files for spreadsheets: semicolons, the mark by which they know UTF-8, and nothing that they would compute.

/// The media type of these files.
pub const CSV: &str = "text/csv; charset=utf-8";

/// A file of lines under these columns.
#[must_use]
pub fn csv(columns: &[&str], lines: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    [csv_head(columns), csv_lines(lines)].concat()
}

/// The beginning of a file that is sent piece by piece.
#[must_use]
pub fn csv_head(columns: &[&str]) -> Vec<u8> {
    let mut file = String::from("\u{feff}");
    write(&mut file, columns.iter().copied());
    file.into_bytes()
}

/// More lines of it.
#[must_use]
pub fn csv_lines(lines: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut piece = String::new();
    for line in lines {
        write(&mut piece, line.iter().map(String::as_str));
    }
    piece.into_bytes()
}

fn write<'a>(file: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (rank, cell) in cells.enumerate() {
        if rank > 0 {
            file.push(';');
        }
        // A cell that begins so would be taken for a formula: the apostrophe says that it is words.
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mark = if formula { "'" } else { "" };
        if cell.contains([';', '"', '\n', '\r']) {
            file.push('"');
            file.push_str(mark);
            file.push_str(&cell.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(mark);
            file.push_str(cell);
        }
    }
    file.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_kept_apart_and_none_is_a_formula() {
        for (cell, expected) in [
            ("Zoé N’Guyen-d’Arc", "Zoé N’Guyen-d’Arc"),
            ("rue A; rue B", "\"rue A; rue B\""),
            ("dite \"Zoé\"", "\"dite \"\"Zoé\"\"\""),
            ("=1+1", "'=1+1"),
            ("-1;2", "\"'-1;2\""),
            ("", ""),
        ] {
            let file = csv(&["Nom", "Lieu"], [vec![cell.to_owned(), "Nevers".to_owned()]]);
            let text = String::from_utf8(file).unwrap();
            assert_eq!(text, format!("\u{feff}Nom;Lieu\n{expected};Nevers\n"), "{cell}");
        }
    }
}
