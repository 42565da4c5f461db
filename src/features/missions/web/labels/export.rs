//! French words of the list of missions as a file.

/// Name of the file.
pub(in crate::features::missions::web) const FILE: &str = "missions.csv";

/// Its columns.
pub(in crate::features::missions::web) const COLUMNS: [&str; 11] = [
    "Mission",
    "Objet",
    "Titre",
    "Début, heure du lieu",
    "Fin, heure du lieu",
    "Fuseau",
    "Intervenant",
    "Nom",
    "Structure",
    "Lieu",
    "État",
];
