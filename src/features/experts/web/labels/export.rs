//! French words of the list of experts as a file.

/// Name of the file.
pub const FILE: &str = "intervenants.csv";

/// Its columns.
pub const COLUMNS: [&str; 6] =
    ["Numéro", "Nom", "Prénoms", "Habilitations ce jour-là", "Première échéance", "Département"];
