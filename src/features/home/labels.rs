//! French words of the home page, of the figures and of the search.

use time::Date;

use super::activity::Measure;
use super::engagement::{Awaited, Kind as EngagementKind};
pub use super::todo::labels::{title, urgency, verb, why};
use crate::render::french;

/// Heading of the first column of the table.
pub const ACT: &str = "Acte";
/// Title of the home page of someone whose name is not known.
pub const HELLO: &str = "Bonjour";
/// Title of the list of tasks.
pub const TODO: &str = "À faire";
/// Title of the figures.
pub const ACTIVITY: &str = "Activité de l’organisme certificateur";
/// Title of the figures of past years.
pub const IMPORTED: &str = "Chiffres repris";
/// Requests found.
pub const REQUESTS: &str = "Demandes d’agrément";
/// Structures found.
pub const STRUCTURES: &str = "Structures";
/// Experts found.
pub const EXPERTS: &str = "Intervenants";
/// Title of the search.
pub const SEARCH: &str = "Recherche";
/// Title of the counters of the margin.
pub const NOW: &str = "En ce moment";
/// Title of the head counts.
pub const ENTITLED: &str = "Intervenants habilités";
/// The link to the network of experts.
pub const NETWORK: &str = "Suivre le réseau";
/// The mean of a chart.
pub const MEAN: &str = "moyenne";
/// Name of the exported file.
pub const FILE: &str = "activite.csv";

/// The columns of a file of past figures: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("year", &["année", "year"], true),
    ("measure", &["acte", "mesure", "measure"], true),
    ("value", &["nombre", "valeur", "value"], true),
];

/// Title of the page that loads past figures.
pub const IMPORT_TITLE: &str = "Importer les années passées";
/// What a line is.
pub const IMPORT_LEAD: &str =
    "Une ligne par année et par acte. Un nombre du fichier remplace celui qui était connu de la même année.";

/// What a column holds.
#[must_use]
pub fn import_note(key: &str) -> &'static str {
    match key {
        "year" => "quatre chiffres",
        "measure" => "jurys CQP SP, contrôles, agréments demandés ou appuis pédagogiques",
        "value" => "nombre entier\u{202f}; vide s’il n’est pas connu, ce qui n’est pas zéro",
        _ => "",
    }
}

/// The act, as the table names it.
#[must_use]
pub const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::JurySessions => "Jurys CQP SP",
        Measure::Inspections => "Contrôles",
        Measure::AgreementRequests => "Agréments demandés",
        Measure::TeachingSupports => "Appuis pédagogiques",
    }
}

/// Title of the chart of a measure.
#[must_use]
pub const fn chart(measure: Measure) -> &'static str {
    match measure {
        Measure::JurySessions => "Jurys CQP SP tenus par an",
        Measure::Inspections => "Contrôles réalisés par an",
        Measure::AgreementRequests => "Agréments demandés par an",
        Measure::TeachingSupports => "Appuis pédagogiques par an",
    }
}

/// The sentence under the greeting: « Deux échéances sont dépassées, une action est attendue aujourd’hui. »
#[must_use]
pub fn summary(late: usize, today: usize, coming: usize) -> String {
    let late_part = match late {
        0 => None,
        1 => Some("Une échéance est dépassée".to_owned()),
        many => Some(format!("{} échéances sont dépassées", number(many))),
    };
    let today_part = match today {
        0 => None,
        1 => Some("une action est attendue aujourd’hui".to_owned()),
        many => Some(format!("{} actions sont attendues aujourd’hui", number(many).to_lowercase())),
    };
    match (late_part, today_part, coming) {
        (Some(late), Some(today), _) => format!("{late}, {today}."),
        (Some(late), None, _) => format!("{late}."),
        (None, Some(today), _) => format!("{}.", capitalised(&today)),
        (None, None, 0) => "Rien ne vous attend.".to_owned(),
        (None, None, _) => "Rien n’est en retard, rien n’est attendu aujourd’hui.".to_owned(),
    }
}

/// The same for somebody who sits in juries today, which is then never a day on which nothing is awaited.
#[must_use]
pub fn summary_of_expert(counts: (usize, usize, usize), juries: usize) -> String {
    let (late, today, coming) = counts;
    let told = match juries {
        0 => return summary(late, today, coming),
        1 => "Vous siégez à un jury aujourd’hui.".to_owned(),
        many => format!("Vous siégez à {} jurys aujourd’hui.", number(many).to_lowercase()),
    };
    if (late, today) == (0, 0) { told } else { format!("{told} {}", summary(late, today, coming)) }
}

/// « De 9 h à 12 h 30, heure de Cayenne (14 h à Paris) ».
#[must_use]
pub fn sitting_hours(hours: &str, clock: &str) -> String {
    if clock.is_empty() { format!("De {hours}") } else { format!("De {hours}, {clock}") }
}

/// « Jury CQP Salarié polyvalent ».
#[must_use]
pub fn jury_of(certification: &str) -> String {
    format!("Jury {certification}")
}

fn number(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["Aucune", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The same text, its first letter a capital.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a chart says to those who do not see it: « 71 en 2020, 144 en 2021, non renseigné en 2022. »
#[must_use]
pub fn described(figures: &[(i32, Option<i32>)]) -> String {
    let part = |(year, value): &(i32, Option<i32>)| match value {
        Some(value) => format!("{} en {year}", french::integer(i64::from(*value))),
        None => format!("non renseigné en {year}"),
    };
    format!("{}.", figures.iter().map(part).collect::<Vec<_>>().join(", "))
}

/// Title of the head counts of another day.
#[must_use]
pub fn entitled_on(on: Date) -> String {
    format!("{ENTITLED} au {}", french::date(on))
}

/// When a structure will have its answer.
#[must_use]
pub fn decision_expected(on: Date) -> String {
    format!("Décision annoncée pour le {}", french::date(on))
}

/// Goes on with a draft.
pub const RESUME_DRAFT: &str = "Reprendre le brouillon";
/// Lodges an appeal.
pub const APPEAL: &str = "Former un recours";

/// When a draft was last saved, and how much it still wants.
#[must_use]
pub fn draft_saved(on: Date, left: Option<usize>) -> String {
    let saved = format!("Enregistré le {}", french::date(on));
    match left {
        None => saved,
        Some(0) => format!("{saved}, prêt pour le dépôt"),
        Some(1) => format!("{saved}, un point à compléter"),
        Some(more) => format!("{saved}, {more} points à compléter"),
    }
}

/// Until when an appeal may be lodged.
#[must_use]
pub fn appeal_until(on: Date) -> String {
    format!("Recours possible jusqu’au {}", french::date(on))
}

/// Title of a visit.
pub const VISIT: &str = "Visite d’agrément";
/// Term of a fact.
pub const FACT_WHEN: &str = "Quand";
/// Term of a fact.
pub const FACT_PLACE: &str = "Où";
/// Term of a fact.
pub const FACT_WITH: &str = "Avec";
/// Term of a fact.
pub const FACT_ANSWER: &str = "Réponse attendue";

/// Until when an answer is awaited.
#[must_use]
pub fn before(instant: &str) -> String {
    format!("jusqu’au {instant}")
}

/// What an engagement waits for.
#[must_use]
pub const fn awaited(kind: EngagementKind, awaited: Awaited) -> &'static str {
    match (kind, awaited) {
        (_, Awaited::Answer(_)) => "Réponse attendue",
        (EngagementKind::Mission, Awaited::Day) => "Acceptée",
        (EngagementKind::Visit, Awaited::Day) => "Date fixée",
        (EngagementKind::Meeting, Awaited::Day) => "Présence annoncée",
        (_, Awaited::End) => "En cours",
        (_, Awaited::Report) => "Compte rendu attendu",
    }
}

/// The act that an engagement waits for.
#[must_use]
pub const fn engagement_act(kind: EngagementKind, awaited: Awaited) -> &'static str {
    match (kind, awaited) {
        (EngagementKind::Meeting, Awaited::Answer(_)) => "Répondre à l’invitation",
        (_, Awaited::Answer(_)) => "Lire ou décliner",
        (EngagementKind::Mission, Awaited::Day) => "Ouvrir la mission",
        (EngagementKind::Visit, Awaited::Day) => "Préparer la visite",
        (EngagementKind::Meeting, Awaited::Day) => "Ouvrir la réunion",
        (_, Awaited::End) => "Terminer la mission",
        (_, Awaited::Report) => "Remettre le compte rendu",
    }
}

/// The last day of a right: « 3 mars 2026, dans 12 jours ».
#[must_use]
pub fn right_ends(on: Date, today: Date) -> String {
    format!("{}, {}", french::date(on), french::relative_days(on, today))
}

/// The counters of the margin, after the number: singular below two, and plural.
#[must_use]
pub const fn counter(name: Counter, one: bool) -> &'static str {
    match (name, one) {
        (Counter::Submitted, true) => "demande à examiner",
        (Counter::Submitted, false) => "demandes à examiner",
        (Counter::Incomplete, true) => "dossier à compléter",
        (Counter::Incomplete, false) => "dossiers à compléter",
        (Counter::Complete, true) => "visite à confier",
        (Counter::Complete, false) => "visites à confier",
        (Counter::Visits, true) => "visite en cours",
        (Counter::Visits, false) => "visites en cours",
        (Counter::Opinions, true) => "avis à présenter",
        (Counter::Opinions, false) => "avis à présenter",
        (Counter::Committee, true) => "dossier en commission",
        (Counter::Committee, false) => "dossiers en commission",
        (Counter::Appeals, true) => "recours ouvert",
        (Counter::Appeals, false) => "recours ouverts",
        (Counter::Conventions, true) => "convention à signer",
        (Counter::Conventions, false) => "conventions à signer",
        (Counter::Agreed, true) => "agrément en vigueur",
        (Counter::Agreed, false) => "agréments en vigueur",
        (Counter::JuriesAsked, true) => "jury à planifier",
        (Counter::JuriesAsked, false) => "jurys à planifier",
        (Counter::MinutesToSign, true) => "procès-verbal à signer",
        (Counter::MinutesToSign, false) => "procès-verbaux à signer",
        (Counter::Vacant, true) => "mission à pourvoir",
        (Counter::Vacant, false) => "missions à pourvoir",
        (Counter::Reports, true) => "compte rendu attendu",
        (Counter::Reports, false) => "comptes rendus attendus",
        (Counter::Mandataires, true) => "mandataire",
        (Counter::Mandataires, false) => "mandataires",
        (Counter::Controleurs, true) => "contrôleur",
        (Counter::Controleurs, false) => "contrôleurs",
        (Counter::Epsp, true) => "formateur EPSP",
        (Counter::Epsp, false) => "formateurs EPSP",
        (Counter::People, true) => "personne distincte",
        (Counter::People, false) => "personnes distinctes",
    }
}

/// A counter of the margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Requests submitted.
    Submitted,
    /// Requests incomplete.
    Incomplete,
    /// Requests complete.
    Complete,
    /// Visits given, planned, made or under comment.
    Visits,
    /// Opinions given.
    Opinions,
    /// Requests in committee.
    Committee,
    /// Appeals.
    Appeals,
    /// Conventions not signed by both.
    Conventions,
    /// Rights in force.
    Agreed,
    /// Juries asked for, that wait for a date.
    JuriesAsked,
    /// Minutes of juries that wait for signatures.
    MinutesToSign,
    /// Missions that nobody has.
    Vacant,
    /// Missions that have ended and whose report is awaited.
    Reports,
    /// Mandataires entitled.
    Mandataires,
    /// Contrôleurs entitled.
    Controleurs,
    /// Formateurs EPSP entitled.
    Epsp,
    /// Distinct people among those entitled.
    People,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_says_what_is_late_and_what_is_today() {
        for (late, today, coming, expected) in [
            (2, 2, 0, "Deux échéances sont dépassées, deux actions sont attendues aujourd’hui."),
            (1, 0, 3, "Une échéance est dépassée."),
            (0, 1, 0, "Une action est attendue aujourd’hui."),
            (12, 1, 0, "12 échéances sont dépassées, une action est attendue aujourd’hui."),
            (0, 0, 4, "Rien n’est en retard, rien n’est attendu aujourd’hui."),
            (0, 0, 0, "Rien ne vous attend."),
        ] {
            assert_eq!(summary(late, today, coming), expected);
        }
    }

    #[test]
    fn a_day_on_which_somebody_sits_in_a_jury_is_never_told_empty() {
        for (counts, juries, expected) in [
            ((0, 0, 4), 0, "Rien n’est en retard, rien n’est attendu aujourd’hui."),
            ((0, 0, 4), 1, "Vous siégez à un jury aujourd’hui."),
            ((0, 0, 0), 2, "Vous siégez à deux jurys aujourd’hui."),
            ((1, 0, 0), 1, "Vous siégez à un jury aujourd’hui. Une échéance est dépassée."),
        ] {
            assert_eq!(summary_of_expert(counts, juries), expected);
        }
    }
}
