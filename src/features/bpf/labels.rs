//! French words of the inputs of the BPF, and its tables in their order.

use entity::enrolment::TraineeStatus;
use entity::invoice_line::BpfOrigin;

use super::queries::Return;
use crate::features::enrolments::labels as enrolments;
use crate::render::french;
use crate::rules::training::bpf::{Line, Objective, Sum};

/// Title of the page.
pub const TITLE: &str = "Bilan pédagogique et financier";
/// Title of the list behind a line.
pub const BEHIND: &str = "Personnes comptées";
/// Fault of a year.
pub const YEAR_WANTED: &str = "Indiquez une année commencée, par exemple 2025";
/// Fault of a line.
pub const LINE_WANTED: &str = "Cette ligne n’existe pas dans le bilan";
/// Headings of the file.
pub const COLUMNS: [&str; 5] =
    ["Cadre", "Ligne", "Stagiaires", "Heures à déclarer", "Minutes réellement suivies"];
/// A programme without a code.
pub const NO_SPECIALITY: &str = "Sans code NSF";
/// The sum of a table.
const TOTAL: &str = "Total";

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// People and what they attended.
    pub sum: Sum,
    /// What lists whom it counts; none where nobody is listed.
    pub line: Option<Line>,
}

/// A frame of the Cerfa.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its anchor.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Heading of its first column.
    pub heading: &'static str,
    /// Heading of the people.
    pub people: &'static str,
    /// Its rows, the sum last where there is one.
    pub rows: Vec<Row>,
}

/// The tables of a year, in the order of the Cerfa.
#[must_use]
pub fn tables(found: &Return) -> Vec<Table> {
    let frames = &found.frames;
    let row = |name: String, sum: Sum, line: Line| Row { name, sum, line: Some(line) };
    let whole = || row(TOTAL.to_owned(), frames.total, Line::Total);
    let statuses = TraineeStatus::all().map(|status| {
        let sum = frames.statuses.get(&status).copied().unwrap_or_default();
        row(enrolments::status(status).to_owned(), sum, Line::Status(status))
    });
    let objectives = Objective::ALL.into_iter().map(|one| {
        let sum = frames.objectives.get(&one).copied().unwrap_or_default();
        row(objective(one).to_owned(), sum, Line::Objective(one))
    });
    let origins =
        frames.origins.iter().map(|(one, sum)| row(origin(*one).to_owned(), *sum, Line::Origin(*one)));
    let (main, others) = frames.main_specialities();
    let main =
        main.into_iter().map(|(code, sum)| row(speciality(code), sum, Line::Speciality(code.to_owned())));
    let others = others.map(|sum| Row { name: OTHERS.to_owned(), sum, line: None });
    let taught = |name: &str, sum: Sum| Row { name: name.to_owned(), sum, line: None };
    let table = |id, title, rows: Vec<Row>| Table { id, title, heading: LINE, people: TRAINEES, rows };
    vec![
        Table {
            people: TRAINERS,
            ..table(
                "cadre-e",
                "E. Personnes qui ont dispensé des heures",
                vec![taught(OWN_STAFF, found.own_staff), taught(EXTERNAL, found.external)],
            )
        },
        table("cadre-f1", "F-1. Par statut des stagiaires", statuses.chain([whole()]).collect()),
        table(
            "cadre-f2",
            "F-2. Dont actions confiées à un autre organisme",
            vec![row(ENTRUSTED.to_owned(), frames.entrusted, Line::Entrusted)],
        ),
        table("cadre-f3", "F-3. Par objectif", objectives.chain([whole()]).collect()),
        table("cadre-f4", "F-4. Par spécialité", main.chain(others).chain([whole()]).collect()),
        table("origine", "Par origine du financement", origins.chain([whole()]).collect()),
        table(
            "cadre-g",
            "G. Confiées par un autre organisme",
            vec![row(RECEIVED.to_owned(), frames.received, Line::Received)],
        ),
    ]
}

const LINE: &str = "Ligne";
const TRAINEES: &str = "Stagiaires";
const TRAINERS: &str = "Personnes";
const OTHERS: &str = "Autres spécialités";
const OWN_STAFF: &str = "De l’organisme";
const EXTERNAL: &str = "Extérieures, en sous-traitance";
const ENTRUSTED: &str = "Confiées à un autre organisme";
const RECEIVED: &str = "Reçues d’un autre organisme, hors du total";

/// An objective of F-3.
#[must_use]
pub const fn objective(objective: Objective) -> &'static str {
    match objective {
        Objective::Rncp6To8 => "RNCP, niveaux 6 à 8",
        Objective::Rncp5 => "RNCP, niveau 5",
        Objective::Rncp4 => "RNCP, niveau 4",
        Objective::Rncp3 => "RNCP, niveau 3",
        Objective::Rncp2 => "RNCP, niveau 2",
        Objective::CqpWithoutLevel => "CQP au RNCP, sans niveau",
        Objective::Rs => "Répertoire spécifique",
        Objective::Cqp => "CQP hors RNCP et répertoire spécifique",
        Objective::Other => "Autres formations professionnelles",
        Objective::Review => "Bilans de compétences",
        Objective::Vae => "Accompagnement à la VAE",
    }
}

/// Where the money comes from.
#[must_use]
pub const fn origin(origin: BpfOrigin) -> &'static str {
    match origin {
        BpfOrigin::Companies => "Entreprises, pour leurs salariés",
        BpfOrigin::Apprenticeship => "Contrats d’apprentissage",
        BpfOrigin::Professionalisation => "Contrats de professionnalisation",
        BpfOrigin::Promotion => "Promotion ou reconversion par alternance",
        BpfOrigin::Transition => "Projets de transition professionnelle",
        BpfOrigin::Cpf => "Compte personnel de formation",
        BpfOrigin::JobSeekers => "Dispositifs pour les personnes en recherche d’emploi",
        BpfOrigin::SelfEmployed => "Dispositifs pour les travailleurs non salariés",
        BpfOrigin::SkillsPlan => "Plan de développement des compétences",
        BpfOrigin::PublicAgents => "Pouvoirs publics, pour leurs agents",
        BpfOrigin::European => "Instances européennes",
        BpfOrigin::State => "État",
        BpfOrigin::Regions => "Conseils régionaux",
        BpfOrigin::FranceTravail => "France Travail",
        BpfOrigin::OtherPublic => "Autres ressources publiques",
        BpfOrigin::Individuals => "Particuliers, à leurs frais",
        BpfOrigin::Organisations => "Autres organismes de formation",
        BpfOrigin::OtherProducts => "Autres produits",
        BpfOrigin::None => "Hors bilan",
    }
}

/// « NSF 344 ».
#[must_use]
pub fn speciality(code: &str) -> String {
    if code.is_empty() { NO_SPECIALITY.to_owned() } else { format!("NSF {code}") }
}

/// What a line is called.
#[must_use]
pub fn line(line: &Line) -> String {
    match line {
        Line::Total => TOTAL.to_owned(),
        Line::Status(status) => enrolments::status(*status).to_owned(),
        Line::Origin(one) => origin(*one).to_owned(),
        Line::Objective(one) => objective(*one).to_owned(),
        Line::Speciality(code) => speciality(code),
        Line::Entrusted => ENTRUSTED.to_owned(),
        Line::Received => RECEIVED.to_owned(),
    }
}

/// The words of a line in an address and in the API: the table and the key in it.
#[must_use]
pub fn words_of(line: &Line) -> (&'static str, String) {
    match line {
        Line::Total => ("total", String::new()),
        Line::Status(status) => ("status", status.word()),
        Line::Origin(one) => ("origin", one.word()),
        Line::Objective(one) => ("objective", one.word().to_owned()),
        Line::Speciality(code) => ("speciality", code.clone()),
        Line::Entrusted => ("entrusted", String::new()),
        Line::Received => ("received", String::new()),
    }
}

/// The line of two words; none when there is no such line.
#[must_use]
pub fn line_of(table: &str, key: &str) -> Option<Line> {
    match table {
        "" | "total" => Some(Line::Total),
        "status" => TraineeStatus::from_word(key).map(Line::Status),
        "origin" => BpfOrigin::from_word(key).map(Line::Origin),
        "objective" => Objective::ALL.into_iter().find(|one| one.word() == key).map(Line::Objective),
        "speciality" => Some(Line::Speciality(key.to_owned())),
        "entrusted" => Some(Line::Entrusted),
        "received" => Some(Line::Received),
        _ => None,
    }
}

/// « 12 sessions terminées en 2025 ».
#[must_use]
pub fn period(found: &Return) -> String {
    let count = i64::try_from(found.sessions).unwrap_or_default();
    let sessions = french::plural(count, "session tenue", "sessions tenues");
    let remote = if found.remote { "dont à distance" } else { "aucune à distance" };
    format!("{sessions} en {}, {remote}", found.year)
}

/// What may still change the figures; none when nothing does.
#[must_use]
pub fn not_final(found: &Return) -> Option<String> {
    if !found.ended {
        return Some(format!("L’année {} n’est pas terminée.", found.year));
    }
    let open = i64::try_from(found.open).unwrap_or_default();
    let open =
        (open > 0).then(|| french::plural(open, "session n’est pas close", "sessions ne sont pas closes"));
    open.map(|sessions| format!("{sessions}\u{202f}: leurs présences peuvent encore être corrigées."))
}

/// « 14 h 30 ».
#[must_use]
pub fn hours(minutes: u64) -> String {
    let hours = french::integer(i64::try_from(minutes / 60).unwrap_or(i64::MAX));
    match minutes % 60 {
        0 => format!("{hours}\u{a0}h"),
        rest => format!("{hours}\u{a0}h\u{a0}{rest:02}"),
    }
}

/// Name of the file of a year.
#[must_use]
pub fn file(year: i32) -> String {
    format!("bpf-{year}.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_its_words() {
        let lines = [Line::Total, Line::Entrusted, Line::Received, Line::Speciality("344".to_owned())]
            .into_iter()
            .chain(TraineeStatus::all().map(Line::Status))
            .chain(BpfOrigin::all().map(Line::Origin))
            .chain(Objective::ALL.into_iter().map(Line::Objective));
        for one in lines {
            let (table, key) = words_of(&one);
            assert_eq!(line_of(table, &key), Some(one.clone()), "{one:?}");
            assert!(!line(&one).is_empty());
        }
        assert_eq!((line_of("status", "x"), line_of("x", "")), (None, None));
        assert_eq!(
            (hours(90), hours(74_400)),
            ("1\u{a0}h\u{a0}30".to_owned(), "1\u{202f}240\u{a0}h".to_owned())
        );
    }
}
