//! The parts of a sheet that a form changes: what the form shows, what it changes, where its faults go.

use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat};

use crate::http::web::FormData;
use crate::rules::money;
use crate::rules::training::programme::{Document, Module, Price, hours, minutes};

/// What says that the thing is taken away.
const REMOVAL: &str = "retirer";

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What it is, for whom, towards what.
    Presentation,
    /// How long, how, where, how many.
    Organisation,
    /// Methods and assessment.
    Teaching,
    /// How one gets in, and whom to call.
    Access,
    /// What ends it, and what that is worth.
    Sanction,
    /// Codes and mentions.
    Codes,
    /// One price.
    Price,
    /// One module.
    Module,
}

impl Part {
    /// Every part, in the order of the sheet.
    pub(super) const ALL: [Self; 8] = [
        Self::Presentation,
        Self::Organisation,
        Self::Teaching,
        Self::Access,
        Self::Sanction,
        Self::Codes,
        Self::Price,
        Self::Module,
    ];

    /// Its word in addresses.
    #[must_use]
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Presentation => "presentation",
            Self::Organisation => "organisation",
            Self::Teaching => "pedagogie",
            Self::Access => "acces",
            Self::Sanction => "sanction",
            Self::Codes => "codes",
            Self::Price => "tarifs",
            Self::Module => "modules",
        }
    }

    /// The part of a word.
    #[must_use]
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// The fields of a part that has no item.
    #[must_use]
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Presentation => &["title", "goal", "audience", "prerequisites", "objectives"],
            Self::Organisation => &[
                "duration_minutes",
                "half_days",
                "rhythm",
                "modality",
                "places",
                "group_min",
                "group_max",
                "remote_needs",
            ],
            Self::Teaching => {
                &["methods", "trainer_profile", "assessment_entry", "assessment_during", "assessment_end"]
            }
            Self::Access => &[
                "access_procedure",
                "access_delay",
                "accessibility",
                "disability_contact",
                "contact",
                "vat",
                "funding_hints",
            ],
            Self::Sanction => &[
                "sanction",
                "certification_version_id",
                "blocs",
                "equivalences",
                "bridges",
                "follow_ups",
                "outlets",
            ],
            Self::Codes => &["nsf", "formacodes", "rome", "legal_notes", "results_note"],
            Self::Price | Self::Module => &[],
        }
    }

    /// Where a field that lacks is filled in: the part and what follows the address of the sheet.
    #[must_use]
    pub(super) fn place(field: &str) -> String {
        let part = Self::ALL.into_iter().find(|part| part.fields().contains(&field));
        match (part, field) {
            (Some(part), _) => format!("{}#champ-{field}", part.word()),
            (None, "prices") => Self::Price.word().to_owned(),
            (None, _) => Self::Module.word().to_owned(),
        }
    }

    /// How many things the part has, none when it is one.
    const fn count(self, document: &Document) -> Option<usize> {
        match self {
            Self::Price => Some(document.prices.len()),
            Self::Module => Some(document.modules.len()),
            _ => None,
        }
    }

    /// Whether the address names something: a part without items, a new item or a known one.
    #[must_use]
    pub(super) fn holds(self, item: Option<usize>, document: &Document) -> bool {
        match (self.count(document), item) {
            (None, item) => item.is_none(),
            (Some(_), None) => true,
            (Some(count), Some(item)) => item < count,
        }
    }

    /// What the form shows of what is recorded.
    #[must_use]
    pub(super) fn values(self, item: Option<usize>, document: &Document) -> Vec<(String, String)> {
        match self {
            Self::Price => item.and_then(|at| document.prices.get(at)).map_or_else(new_price, price_values),
            Self::Module => {
                let known = item.and_then(|at| document.modules.get(at));
                let mut values = known.map(module_values).unwrap_or_default();
                let rank = item.unwrap_or(document.modules.len()) + 1;
                values.push(pair("rank", rank.to_string()));
                values
            }
            _ => self.fields().iter().flat_map(|field| value(field, document)).collect(),
        }
    }

    /// Where the thing will be, counted from 0.
    #[must_use]
    pub(super) fn position(self, item: Option<usize>, form: &FormData, document: &Document) -> usize {
        let count = self.count(document).unwrap_or_default();
        let others = count - usize::from(item.is_some()).min(count);
        if self == Self::Price {
            return item.unwrap_or(count);
        }
        let typed = form.text("rank").parse::<usize>().ok().filter(|rank| *rank > 0);
        typed.map(|rank| rank - 1).or(item).unwrap_or(others).min(others)
    }

    /// Changes the part as typed.
    pub(super) fn apply(self, item: Option<usize>, form: &FormData, document: &mut Document) {
        let rank = self.position(item, form, document);
        let removed = item.filter(|_| form.ticked(REMOVAL));
        match (self, removed) {
            (Self::Price, Some(at)) => document.remove_price(at),
            (Self::Module, Some(at)) => document.remove_module(at),
            (Self::Price, None) => document.put_price(item, price(form)),
            (Self::Module, None) => document.put_module(item, module(form), rank),
            (_, _) => {
                for field in self.fields() {
                    put(field, form, document);
                }
            }
        }
    }

    /// The field that a fault of the whole is about; empty when it is about none of this form.
    #[must_use]
    pub(super) fn field(self, position: usize, pointer: &str) -> String {
        let start = match self {
            Self::Price => format!("/prices/{position}"),
            Self::Module => format!("/modules/{position}"),
            _ => {
                let field = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
                let own = self.fields().contains(&field);
                return if own { format!("/{field}") } else { String::new() };
            }
        };
        let rest = pointer.strip_prefix(&start).filter(|rest| rest.starts_with('/')).unwrap_or_default();
        // a skill that is unknown is told of the list
        match rest.get(1..).and_then(|rest| rest.split_once('/')) {
            Some((list, _)) => format!("/{list}"),
            None => rest.to_owned(),
        }
    }
}

fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

fn number(value: Option<i32>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A number that is none is out of every range: the rules say which is expected.
fn typed_number(form: &FormData, name: &str) -> Option<i32> {
    form.optional(name).map(|text| text.parse().unwrap_or(i32::MIN))
}

fn typed_minutes(form: &FormData, name: &str) -> Option<i32> {
    form.optional(name).map(|text| minutes(text).unwrap_or(i32::MIN))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn codes(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn all(form: &FormData, name: &str) -> Vec<String> {
    form.all(name).into_iter().filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// The values of a field: several for a list of ticks.
fn value(field: &str, document: &Document) -> Vec<(String, String)> {
    let one = match field {
        "objectives" => document.objectives.join("\n"),
        "duration_minutes" => hours(document.duration_minutes),
        "half_days" => number(document.half_days),
        "modality" => document.modality.word(),
        "group_min" => number(document.group_min),
        "group_max" => number(document.group_max),
        "vat" => document.vat.word(),
        "sanction" => document.sanction.word(),
        "certification_version_id" => {
            document.certification_version_id.map(|id| id.to_string()).unwrap_or_default()
        }
        "blocs" => return document.blocs.iter().map(|code| pair("blocs", code)).collect(),
        "formacodes" => document.formacodes.join(", "),
        "rome" => document.rome.join(", "),
        text => text_of(&mut document.clone(), text).clone(),
    };
    vec![pair(field, one)]
}

/// Puts what was typed in a field.
fn put(field: &str, form: &FormData, document: &mut Document) {
    match field {
        "objectives" => document.objectives = lines(form.text(field)),
        "duration_minutes" => document.duration_minutes = typed_minutes(form, field),
        "half_days" => document.half_days = typed_number(form, field),
        "modality" => {
            document.modality = Modality::from_word(form.text(field)).unwrap_or(document.modality);
        }
        "group_min" => document.group_min = typed_number(form, field),
        "group_max" => document.group_max = typed_number(form, field),
        "vat" => document.vat = Vat::from_word(form.text(field)).unwrap_or(document.vat),
        "sanction" => {
            document.sanction = Sanction::from_word(form.text(field)).unwrap_or(document.sanction);
        }
        "certification_version_id" => {
            let typed = form.text(field).parse::<uuid::Uuid>().ok();
            document.certification_version_id = typed.map(Into::into);
        }
        "blocs" => document.blocs = all(form, field),
        "formacodes" => document.formacodes = codes(form.text(field)),
        "rome" => document.rome = codes(form.text(field)),
        text => form.text(field).clone_into(text_of(document, text)),
    }
}

/// The text of a field.
fn text_of<'a>(document: &'a mut Document, field: &str) -> &'a mut String {
    match field {
        "title" => &mut document.title,
        "goal" => &mut document.goal,
        "audience" => &mut document.audience,
        "prerequisites" => &mut document.prerequisites,
        "rhythm" => &mut document.rhythm,
        "places" => &mut document.places,
        "methods" => &mut document.methods,
        "trainer_profile" => &mut document.trainer_profile,
        "assessment_entry" => &mut document.assessment_entry,
        "assessment_during" => &mut document.assessment_during,
        "assessment_end" => &mut document.assessment_end,
        "equivalences" => &mut document.equivalences,
        "bridges" => &mut document.bridges,
        "follow_ups" => &mut document.follow_ups,
        "outlets" => &mut document.outlets,
        "access_procedure" => &mut document.access_procedure,
        "access_delay" => &mut document.access_delay,
        "funding_hints" => &mut document.funding_hints,
        "accessibility" => &mut document.accessibility,
        "disability_contact" => &mut document.disability_contact,
        "contact" => &mut document.contact,
        "remote_needs" => &mut document.remote_needs,
        "legal_notes" => &mut document.legal_notes,
        "nsf" => &mut document.nsf,
        _ => &mut document.results_note,
    }
}

fn new_price() -> Vec<(String, String)> {
    vec![pair("payer", Payer::Employer.word()), pair("unit", PriceUnit::Person.word())]
}

fn price_values(price: &Price) -> Vec<(String, String)> {
    vec![
        pair("payer", price.payer.word()),
        pair("unit", price.unit.word()),
        pair("amount_cents", money::exact(price.amount_cents)),
        pair("note", price.note.clone()),
    ]
}

/// An amount that is none is out of every range.
fn price(form: &FormData) -> Price {
    Price {
        payer: Payer::from_word(form.text("payer")).unwrap_or(Payer::Employer),
        unit: PriceUnit::from_word(form.text("unit")).unwrap_or(PriceUnit::Person),
        amount_cents: money::parse(form.text("amount_cents")).unwrap_or(-1),
        note: form.text("note").to_owned(),
    }
}

fn module_values(module: &Module) -> Vec<(String, String)> {
    let mut values = vec![
        pair("title", module.title.clone()),
        pair("content", module.content.clone()),
        pair("duration_minutes", hours(module.duration_minutes)),
    ];
    values.extend(module.skills.iter().map(|code| pair("skills", code)));
    values
}

fn module(form: &FormData) -> Module {
    Module {
        title: form.text("title").to_owned(),
        content: form.text("content").to_owned(),
        duration_minutes: typed_minutes(form, "duration_minutes"),
        skills: all(form, "skills"),
    }
}

#[cfg(test)]
mod tests;
