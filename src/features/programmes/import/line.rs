//! A line of a file, over what is recorded of its programme. Pure.

use entity::programme::{Theme, TrainerRight};
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction};

use super::super::input::TypedProgramme;
use super::super::labels::import as labels;
use crate::import::{Columns, Row};
use crate::rules::fold::fold;
use crate::rules::money;
use crate::rules::training::programme::{Aimed, Document, Module, Price, minutes};

/// What is wrong in a line: the column, and the sentence.
pub(super) type Wrong = Vec<(&'static str, String)>;

/// What a line says.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The programme; its certification is looked for by whoever calls.
    pub(super) typed: TypedProgramme,
    /// Its sheet.
    pub(super) sheet: Document,
}

/// The columns of prices, and who pays them.
const PRICES: [(&str, Payer); 5] = [
    ("price_employer", Payer::Employer),
    ("price_opco", Payer::Opco),
    ("price_individual", Payer::Individual),
    ("price_member", Payer::Member),
    ("price_public", Payer::Public),
];

/// The columns of texts.
const TEXTS: [&str; 18] = [
    "goal",
    "audience",
    "prerequisites",
    "rhythm",
    "places",
    "methods",
    "trainer_profile",
    "assessment_entry",
    "assessment_during",
    "assessment_end",
    "access_procedure",
    "access_delay",
    "funding_hints",
    "accessibility",
    "disability_contact",
    "contact",
    "remote_needs",
    "legal_notes",
];

/// The column that a fault is about.
pub(super) fn column(pointer: &str) -> &'static str {
    let field = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
    let field = match field {
        "duration_minutes" => "duration",
        "certification_id" | "certification_version_id" => "certification",
        "prices" => "price_employer",
        other => other,
    };
    labels::IMPORT_COLUMNS.iter().find(|(key, ..)| *key == field).map_or("code", |(key, ..)| *key)
}

struct Cells<'a> {
    columns: &'a Columns,
    row: &'a Row,
    wrong: Wrong,
}

impl<'a> Cells<'a> {
    fn get(&self, key: &str) -> &'a str {
        self.columns.cell(self.row, key)
    }

    /// A cell when it holds something, as it is read; what cannot be is noted.
    fn when<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
        message: &str,
    ) -> Option<T> {
        let text = self.get(key);
        if text.is_empty() {
            return None;
        }
        let found = read(text);
        if found.is_none() {
            self.wrong.push((key, message.to_owned()));
        }
        found
    }

    fn number(&mut self, key: &'static str) -> Option<i32> {
        self.when(key, |text| text.parse().ok(), labels::NO_NUMBER)
    }

    /// The parts of a cell.
    fn parts(&self, key: &str, separators: &[char]) -> Option<Vec<String>> {
        let parts = self.get(key).split(|c: char| separators.contains(&c)).map(str::trim);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
        (!parts.is_empty()).then_some(parts)
    }
}

/// The value that a file writes in one of these words.
fn named<T: Copy>(
    text: &str,
    mut values: impl Iterator<Item = T>,
    words: fn(T) -> &'static [&'static str],
) -> Option<T> {
    let written = fold(text);
    values.find(|value| words(*value).iter().any(|word| fold(word) == written))
}

/// Reads a line over what is recorded.
///
/// # Errors
/// Everything wrong.
pub(super) fn read(columns: &Columns, row: &Row, base: Document) -> Result<Line, Wrong> {
    let mut cells = Cells { columns, row, wrong: Vec::new() };
    let theme =
        cells.when("theme", |text| named(text, Theme::all(), labels::theme_words), labels::UNKNOWN_THEME);
    let wrong_theme = !cells.wrong.is_empty();
    let right = |text: &str| named(text, TrainerRight::all(), labels::right_words);
    let trainer_right = cells.when("trainer_right", right, labels::UNKNOWN_RIGHT);
    let title = cells.get("title").to_owned();
    let typed = TypedProgramme {
        code: cells.get("code").to_owned(),
        slug: cells.get("slug").to_owned(),
        title: title.clone(),
        theme: theme.map(Theme::word).unwrap_or_default(),
        trainer_right: trainer_right.map(TrainerRight::word).unwrap_or_default(),
        certification: None,
        recycling_months: cells.get("recycling_months").to_owned(),
        external_ref: cells.get("external_ref").to_owned(),
    };
    let sheet = Document { title, ..sheet(&mut cells, base) };
    let mut wrong = cells.wrong;
    let told = |pointer: &str| !(wrong_theme && pointer == "/theme");
    if let Err(faults) = typed.read() {
        let own = faults.iter().filter(|fault| told(&fault.pointer));
        wrong.extend(own.map(|fault| (column(&fault.pointer), fault.message.clone())));
    }
    // codes of a referential are not in files: those that the draft has stay
    let aimed = Aimed {
        blocs: sheet.blocs.iter().cloned().collect(),
        skills: sheet.modules.iter().flat_map(|module| module.skills.iter().cloned()).collect(),
    };
    match crate::rules::training::programme::read(&sheet, &aimed) {
        Ok(sheet) if wrong.is_empty() => return Ok(Line { typed, sheet }),
        Ok(_) => {}
        Err(faults) => {
            wrong.extend(faults.into_iter().map(|fault| (column(&fault.pointer), fault.message)));
        }
    }
    Err(wrong)
}

/// The sheet with what the cells say.
fn sheet(cells: &mut Cells<'_>, base: Document) -> Document {
    let mut sheet = base;
    for key in TEXTS {
        let text = cells.get(key);
        if !text.is_empty() {
            text.clone_into(text_of(&mut sheet, key));
        }
    }
    sheet.duration_minutes = cells.when("duration", minutes, labels::NO_DURATION).or(sheet.duration_minutes);
    let modality = |text: &str| named(text, Modality::all(), labels::modality_words);
    sheet.modality = cells.when("modality", modality, labels::UNKNOWN_MODALITY).unwrap_or(sheet.modality);
    sheet.half_days = cells.number("half_days").or(sheet.half_days);
    sheet.group_min = cells.number("group_min").or(sheet.group_min);
    sheet.group_max = cells.number("group_max").or(sheet.group_max);
    let sanction = |text: &str| named(text, Sanction::all(), labels::sanction_words);
    sheet.sanction = cells.when("sanction", sanction, labels::UNKNOWN_SANCTION).unwrap_or(sheet.sanction);
    if let Some(objectives) = cells.parts("objectives", &['\n']) {
        sheet.objectives = objectives;
    }
    if let Some(nsf) = cells.parts("nsf", &['\n']) {
        sheet.nsf = nsf.concat();
    }
    sheet.formacodes = cells.parts("formacodes", &[',', ' ', '\n']).unwrap_or(sheet.formacodes);
    sheet.rome = cells.parts("rome", &[',', ' ', '\n']).unwrap_or(sheet.rome);
    if let Some(lines) = cells.parts("modules", &['\n']) {
        sheet.modules = lines.iter().map(|line| module(line, &sheet.modules)).collect();
    }
    for (key, payer) in PRICES {
        if let Some(amount_cents) = cells.when(key, money::parse, labels::NO_AMOUNT) {
            let unit = PriceUnit::Person;
            let at = sheet.prices.iter().position(|price| price.payer == payer && price.unit == unit);
            let note = at.map(|at| sheet.prices[at].note.clone()).unwrap_or_default();
            sheet.put_price(at, Price { payer, unit, amount_cents, note });
        }
    }
    sheet
}

/// « Titre : contenu », with the skills of the module of that title when there is one.
fn module(line: &str, known: &[Module]) -> Module {
    let (title, content) = line.split_once(':').unwrap_or((line, ""));
    let title = title.trim().to_owned();
    let same = known.iter().find(|module| module.title == title);
    Module {
        content: content.trim().to_owned(),
        duration_minutes: same.and_then(|module| module.duration_minutes),
        skills: same.map(|module| module.skills.clone()).unwrap_or_default(),
        title,
    }
}

/// The text of a column.
fn text_of<'a>(sheet: &'a mut Document, key: &str) -> &'a mut String {
    match key {
        "goal" => &mut sheet.goal,
        "audience" => &mut sheet.audience,
        "prerequisites" => &mut sheet.prerequisites,
        "rhythm" => &mut sheet.rhythm,
        "places" => &mut sheet.places,
        "methods" => &mut sheet.methods,
        "trainer_profile" => &mut sheet.trainer_profile,
        "assessment_entry" => &mut sheet.assessment_entry,
        "assessment_during" => &mut sheet.assessment_during,
        "assessment_end" => &mut sheet.assessment_end,
        "access_procedure" => &mut sheet.access_procedure,
        "access_delay" => &mut sheet.access_delay,
        "funding_hints" => &mut sheet.funding_hints,
        "accessibility" => &mut sheet.accessibility,
        "disability_contact" => &mut sheet.disability_contact,
        "contact" => &mut sheet.contact,
        "remote_needs" => &mut sheet.remote_needs,
        _ => &mut sheet.legal_notes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_keeps_what_was_known_of_the_one_of_its_title() {
        let known = [Module {
            title: "Agir".to_owned(),
            content: "avant".to_owned(),
            duration_minutes: Some(60),
            skills: vec!["C1".to_owned()],
        }];
        let found = module("Agir : après", &known);
        assert_eq!(
            (found.content.as_str(), found.duration_minutes, found.skills.len()),
            ("après", Some(60), 1)
        );
        let new = module("Réagir", &known);
        assert_eq!((new.title.as_str(), new.content.as_str()), ("Réagir", ""));
    }

    #[test]
    fn every_fault_has_a_column() {
        for (pointer, expected) in [
            ("/title", "title"),
            ("/duration_minutes", "duration"),
            ("/prices/0/amount_cents", "price_employer"),
            ("/modules/2/title", "modules"),
            ("/certification_id", "certification"),
            ("/elsewhere", "code"),
        ] {
            assert_eq!(column(pointer), expected);
        }
        for key in TEXTS {
            assert_eq!(column(&format!("/{key}")), key);
        }
    }
}
