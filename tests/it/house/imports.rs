//! The columns of the files that people bring are those that the guide of operators names.

use std::path::Path;

use parchemin::features::{experts, home, missions, programmes, structures};

/// The columns of a kind of file: name for the program, names in files, whether they are needed.
type Columns = &'static [(&'static str, &'static [&'static str], bool)];

#[test]
fn the_guide_names_every_column_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operations.md");
    let guide = std::fs::read_to_string(path).unwrap();
    let imports = guide.split("## Imports\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let kinds: [(&str, Columns); 5] = [
        ("`structures`, ", structures::labels::IMPORT_COLUMNS),
        ("`experts`, ", experts::import::labels::IMPORT_COLUMNS),
        ("`missions`, ", missions::import::labels::IMPORT_COLUMNS),
        ("`programmes`, ", programmes::labels::import::IMPORT_COLUMNS),
        ("`history`, ", home::labels::IMPORT_COLUMNS),
    ];
    for (start, columns) in kinds {
        let part = imports.split(&format!("\n{start}")).nth(1).unwrap();
        let rows = part.lines().skip_while(|line| !line.starts_with("|---"));
        let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
        let mut told = Vec::new();
        for row in rows {
            let mut cells = row.trim_matches('|').split('|');
            let (names, needed) = (cells.next().unwrap(), cells.next().unwrap().trim() == "yes");
            told.extend(names.split('`').skip(1).step_by(2).map(|name| (name.to_owned(), needed)));
        }
        let mut known: Vec<_> =
            columns.iter().map(|(_, names, needed)| (names[0].to_owned(), *needed)).collect();
        told.sort();
        known.sort();
        assert_eq!(told, known, "{start}");
    }
}
