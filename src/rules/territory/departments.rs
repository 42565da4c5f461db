//! The departments, overseas territories and regions as data (INSEE codes).
use super::{Department, Region};
use crate::rules::calendar::Calendar;

/// A department of the mainland or Corsica.
const fn mainland(code: &'static str, name: &'static str, region: &'static str) -> Department {
    Department { code, name, region: Some(region), zone: "Europe/Paris", calendar: Calendar::Metropolitan }
}

/// A department under the local law of Alsace-Moselle.
const fn alsace_moselle(code: &'static str, name: &'static str) -> Department {
    Department { calendar: Calendar::AlsaceMoselle, ..mainland(code, name, "44") }
}

/// An overseas department, which is also a region.
const fn overseas(
    code: &'static str,
    name: &'static str,
    region: &'static str,
    zone: &'static str,
    calendar: Calendar,
) -> Department {
    Department { code, name, region: Some(region), zone, calendar }
}

/// An overseas territory that is no region.
const fn territory(
    code: &'static str,
    name: &'static str,
    zone: &'static str,
    calendar: Calendar,
) -> Department {
    Department { code, name, region: None, zone, calendar }
}

/// The 96 departments of the mainland and Corsica, the 5 overseas departments, the 6 overseas territories.
pub(super) const DEPARTMENTS: [Department; 107] = [
    mainland("01", "Ain", "84"),
    mainland("02", "Aisne", "32"),
    mainland("03", "Allier", "84"),
    mainland("04", "Alpes-de-Haute-Provence", "93"),
    mainland("05", "Hautes-Alpes", "93"),
    mainland("06", "Alpes-Maritimes", "93"),
    mainland("07", "Ardèche", "84"),
    mainland("08", "Ardennes", "44"),
    mainland("09", "Ariège", "76"),
    mainland("10", "Aube", "44"),
    mainland("11", "Aude", "76"),
    mainland("12", "Aveyron", "76"),
    mainland("13", "Bouches-du-Rhône", "93"),
    mainland("14", "Calvados", "28"),
    mainland("15", "Cantal", "84"),
    mainland("16", "Charente", "75"),
    mainland("17", "Charente-Maritime", "75"),
    mainland("18", "Cher", "24"),
    mainland("19", "Corrèze", "75"),
    mainland("2A", "Corse-du-Sud", "94"),
    mainland("2B", "Haute-Corse", "94"),
    mainland("21", "Côte-d’Or", "27"),
    mainland("22", "Côtes-d’Armor", "53"),
    mainland("23", "Creuse", "75"),
    mainland("24", "Dordogne", "75"),
    mainland("25", "Doubs", "27"),
    mainland("26", "Drôme", "84"),
    mainland("27", "Eure", "28"),
    mainland("28", "Eure-et-Loir", "24"),
    mainland("29", "Finistère", "53"),
    mainland("30", "Gard", "76"),
    mainland("31", "Haute-Garonne", "76"),
    mainland("32", "Gers", "76"),
    mainland("33", "Gironde", "75"),
    mainland("34", "Hérault", "76"),
    mainland("35", "Ille-et-Vilaine", "53"),
    mainland("36", "Indre", "24"),
    mainland("37", "Indre-et-Loire", "24"),
    mainland("38", "Isère", "84"),
    mainland("39", "Jura", "27"),
    mainland("40", "Landes", "75"),
    mainland("41", "Loir-et-Cher", "24"),
    mainland("42", "Loire", "84"),
    mainland("43", "Haute-Loire", "84"),
    mainland("44", "Loire-Atlantique", "52"),
    mainland("45", "Loiret", "24"),
    mainland("46", "Lot", "76"),
    mainland("47", "Lot-et-Garonne", "75"),
    mainland("48", "Lozère", "76"),
    mainland("49", "Maine-et-Loire", "52"),
    mainland("50", "Manche", "28"),
    mainland("51", "Marne", "44"),
    mainland("52", "Haute-Marne", "44"),
    mainland("53", "Mayenne", "52"),
    mainland("54", "Meurthe-et-Moselle", "44"),
    mainland("55", "Meuse", "44"),
    mainland("56", "Morbihan", "53"),
    alsace_moselle("57", "Moselle"),
    mainland("58", "Nièvre", "27"),
    mainland("59", "Nord", "32"),
    mainland("60", "Oise", "32"),
    mainland("61", "Orne", "28"),
    mainland("62", "Pas-de-Calais", "32"),
    mainland("63", "Puy-de-Dôme", "84"),
    mainland("64", "Pyrénées-Atlantiques", "75"),
    mainland("65", "Hautes-Pyrénées", "76"),
    mainland("66", "Pyrénées-Orientales", "76"),
    alsace_moselle("67", "Bas-Rhin"),
    alsace_moselle("68", "Haut-Rhin"),
    mainland("69", "Rhône", "84"),
    mainland("70", "Haute-Saône", "27"),
    mainland("71", "Saône-et-Loire", "27"),
    mainland("72", "Sarthe", "52"),
    mainland("73", "Savoie", "84"),
    mainland("74", "Haute-Savoie", "84"),
    mainland("75", "Paris", "11"),
    mainland("76", "Seine-Maritime", "28"),
    mainland("77", "Seine-et-Marne", "11"),
    mainland("78", "Yvelines", "11"),
    mainland("79", "Deux-Sèvres", "75"),
    mainland("80", "Somme", "32"),
    mainland("81", "Tarn", "76"),
    mainland("82", "Tarn-et-Garonne", "76"),
    mainland("83", "Var", "93"),
    mainland("84", "Vaucluse", "93"),
    mainland("85", "Vendée", "52"),
    mainland("86", "Vienne", "75"),
    mainland("87", "Haute-Vienne", "75"),
    mainland("88", "Vosges", "44"),
    mainland("89", "Yonne", "27"),
    mainland("90", "Territoire de Belfort", "27"),
    mainland("91", "Essonne", "11"),
    mainland("92", "Hauts-de-Seine", "11"),
    mainland("93", "Seine-Saint-Denis", "11"),
    mainland("94", "Val-de-Marne", "11"),
    mainland("95", "Val-d’Oise", "11"),
    overseas("971", "Guadeloupe", "01", "America/Guadeloupe", Calendar::Guadeloupe),
    overseas("972", "Martinique", "02", "America/Martinique", Calendar::Martinique),
    overseas("973", "Guyane", "03", "America/Cayenne", Calendar::Guyane),
    overseas("974", "La Réunion", "04", "Indian/Reunion", Calendar::Reunion),
    territory("975", "Saint-Pierre-et-Miquelon", "America/Miquelon", Calendar::SaintPierreEtMiquelon),
    overseas("976", "Mayotte", "06", "Indian/Mayotte", Calendar::Mayotte),
    territory("977", "Saint-Barthélemy", "America/St_Barthelemy", Calendar::SaintBarthelemy),
    territory("978", "Saint-Martin", "America/Marigot", Calendar::SaintMartin),
    territory("986", "Wallis-et-Futuna", "Pacific/Wallis", Calendar::WallisEtFutuna),
    territory("987", "Polynésie française", "Pacific/Tahiti", Calendar::PolynesieFrancaise),
    territory("988", "Nouvelle-Calédonie", "Pacific/Noumea", Calendar::NouvelleCaledonie),
];

const fn region(code: &'static str, name: &'static str, tile: &'static str) -> Region {
    Region { code, name, tile }
}

/// The 13 regions of the mainland and Corsica, then the 5 of overseas.
pub(super) const REGIONS: [Region; 18] = [
    region("11", "Île-de-France", "IDF"),
    region("24", "Centre-Val de Loire", "CVL"),
    region("27", "Bourgogne-Franche-Comté", "BFC"),
    region("28", "Normandie", "NOR"),
    region("32", "Hauts-de-France", "HDF"),
    region("44", "Grand Est", "GES"),
    region("52", "Pays de la Loire", "PDL"),
    region("53", "Bretagne", "BRE"),
    region("75", "Nouvelle-Aquitaine", "NAQ"),
    region("76", "Occitanie", "OCC"),
    region("84", "Auvergne-Rhône-Alpes", "ARA"),
    region("93", "Provence-Alpes-Côte d’Azur", "PAC"),
    region("94", "Corse", "COR"),
    region("01", "Guadeloupe", "GLP"),
    region("02", "Martinique", "MTQ"),
    region("03", "Guyane", "GUF"),
    region("04", "La Réunion", "REU"),
    region("06", "Mayotte", "MYT"),
];

/// Time zones where somebody may act, with the place that people name its hour by.
pub(super) const ZONES: [(&str, &str); 14] = [
    ("Europe/Paris", "Paris"),
    ("America/Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique"),
    ("America/Cayenne", "Guyane"),
    ("Indian/Reunion", "La Réunion"),
    ("Indian/Mayotte", "Mayotte"),
    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    ("America/St_Barthelemy", "Saint-Barthélemy"),
    ("America/Marigot", "Saint-Martin"),
    ("Pacific/Wallis", "Wallis-et-Futuna"),
    ("Pacific/Tahiti", "Tahiti"),
    ("Pacific/Marquesas", "Marquises"),
    ("Pacific/Gambier", "Gambier"),
    ("Pacific/Noumea", "Nouméa"),
];
