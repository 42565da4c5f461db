//! French words of the list of experts as a file.

/// Name of the file.
pub(in crate::features::experts::web) const FILE: &str = "intervenants.csv";

/// Its columns.
pub(in crate::features::experts::web) const COLUMNS: [&str; 6] =
    ["Numéro", "Nom", "Prénoms", "Habilitations ce jour-là", "Première échéance", "Département"];
