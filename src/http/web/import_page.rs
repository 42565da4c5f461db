//! The page that loads a file: the columns that it may hold, what is wrong line by line, what would be recorded. Each
//! feature says its columns and hands over what its import reported.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, Result};

use super::component::Link;
use super::form::{ErrorSummary, FieldErrors, FormState};
use super::layout::{Flash, Shell, Tone};
use super::{FormData, Page, WebError, filters, flash};
use crate::error::{DomainError, ErrorKind};
use crate::import::{LineFault, Options, Report, labels};

/// Heaviest file that the page announces, in bytes.
const HEAVIEST: u64 = 10_000_000;

/// What a feature says of the files that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Title of the page.
    pub title: &'static str,
    /// What a line is, and what is done with it.
    pub lead: &'static str,
    /// Where the form posts: the address of the page.
    pub action: &'static str,
    /// Where the page comes from, and goes to once the file is recorded: address, words.
    pub back: (&'static str, &'static str),
    /// The columns: name for the program, names in files, whether they are needed.
    pub columns: &'static [(&'static str, &'static [&'static str], bool)],
    /// What a column holds; may be empty.
    pub note: fn(&str) -> &'static str,
}

/// One column of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRow {
    /// The name that it is asked for by.
    pub name: &'static str,
    /// Its other names.
    pub others: String,
    /// Whether a file without it is refused.
    pub required: bool,
    /// What it holds.
    pub note: &'static str,
}

/// What a file would do: in bold, then the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it sounds.
    pub tone: Tone,
    /// The fact.
    pub title: String,
    /// What goes with it.
    pub text: String,
}

/// What is wrong in a file, under its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Their title.
    pub heading: &'static str,
    /// Whether they are of the columns: the page then says what file is expected.
    pub of_columns: bool,
    /// One sentence each.
    pub sentences: Vec<String>,
}

impl From<&Report> for Faults {
    fn from(report: &Report) -> Self {
        Self {
            heading: report.heading(),
            of_columns: report.is_of_columns(),
            sentences: report.faults.iter().map(LineFault::sentence).collect(),
        }
    }
}

/// A page that loads a file.
#[derive(Template, Clone, Debug)]
#[template(path = "web/import.html")]
pub struct ImportPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where to go back.
    pub back: Link,
    /// What a line is.
    pub lead: &'static str,
    /// Where the form posts.
    pub action: &'static str,
    /// What the file would do, when it was only checked.
    pub told: Option<Told>,
    /// Everything wrong in the file.
    pub faults: Faults,
    /// The first line of a file with every column.
    pub first_line: String,
    /// The columns without which a file is refused.
    pub needed: String,
    /// The columns.
    pub columns: Vec<ColumnRow>,
    /// Heaviest file, in bytes.
    pub heaviest: u64,
    /// The form.
    pub form: FormState,
}

impl ImportPage {
    fn of(page: &Page, kind: &Kind, form: FormState) -> Self {
        let summary = form.summary(labels::NOT_IMPORTED);
        let column = |(key, names, required): &(&str, &'static [&'static str], bool)| ColumnRow {
            name: names[0],
            others: names[1..].join(", "),
            required: *required,
            note: (kind.note)(key),
        };
        let names = |kept: &dyn Fn(bool) -> bool| -> Vec<&'static str> {
            kind.columns
                .iter()
                .filter(|(_, _, required)| kept(*required))
                .map(|(_, names, _)| names[0])
                .collect()
        };
        Self {
            shell: page.shell(kind.title).with_errors(summary.is_some()),
            summary,
            back: Link::new(kind.back.1, kind.back.0),
            lead: kind.lead,
            action: kind.action,
            told: None,
            faults: Faults::default(),
            first_line: names(&|_| true).join(";"),
            needed: names(&|required| required).join(", "),
            columns: kind.columns.iter().map(column).collect(),
            heaviest: HEAVIEST,
            form,
        }
    }
}

/// The page before a file was chosen.
///
/// # Errors
/// When the template refuses to render.
pub fn blank(page: &Page, kind: &Kind) -> Result<Response> {
    page.answer(&ImportPage::of(page, kind, FormState::default()))
}

/// A file that was sent, and how to import it.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// How to import it.
    pub options: Options,
}

/// The file of the form; without a name and empty when none was chosen.
#[must_use]
pub fn sent(form: &FormData) -> Sent<'_> {
    let options = Options { dry_run: form.ticked("essai"), skip_invalid: false };
    match form.file("file") {
        Some(file) => Sent { name: &file.name, bytes: &file.content, options },
        None => Sent { name: "", bytes: &[], options },
    }
}

/// Answers what an import did: back with a message once recorded, the same page with every fault, or with what would be
/// recorded when the file was only checked.
///
/// # Errors
/// What the import answers besides faults; a template that refuses to render.
pub fn answer<E: DomainError>(
    page: &Page,
    kind: &Kind,
    sent: Sent<'_>,
    done: std::result::Result<Report, E>,
) -> Result<Response> {
    let options = sent.options;
    let report = match done {
        Ok(report) => report,
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let chosen = !(sent.name.is_empty() && sent.bytes.is_empty());
            let told = if chosen {
                FieldErrors::of(&error)
            } else {
                [("/file", labels::FILE_WANTED)].into_iter().collect()
            };
            return refused(page, kind, options, told, Faults::default());
        }
        Err(error) => return Err(WebError::from(error).into()),
    };
    if !report.faults.is_empty() {
        let faults = Faults::from(&report);
        let told = [("/file", report.refusal())].into_iter().collect();
        return refused(page, kind, options, told, faults);
    }
    if report.read == 0 {
        let told = [("/file", labels::NO_LINE)].into_iter().collect();
        return refused(page, kind, options, told, Faults::default());
    }
    if options.dry_run {
        let mut context = ImportPage::of(page, kind, FormState::default());
        let told = [labels::known(report.known), labels::ignored(&report.ignored)];
        let text = told.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        context.told = Some(Told { tone: Tone::Info, title: labels::checked(report.ready), text });
        return page.answer(&context);
    }
    let (title, text) = report.said();
    let done = Flash::done(title, text);
    Ok(flash::redirect(kind.back.0, &done))
}

fn refused(
    page: &Page,
    kind: &Kind,
    options: Options,
    errors: FieldErrors,
    faults: Faults,
) -> Result<Response> {
    let ticked = options.dry_run.then_some(("essai", "oui"));
    let form = FormState::filled(ticked).with_errors(errors);
    let mut context = ImportPage::of(page, kind, form);
    context.faults = faults;
    page.answer_with(StatusCode::UNPROCESSABLE_ENTITY, &context)
}
