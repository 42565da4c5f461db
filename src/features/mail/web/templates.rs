//! `/parametres/modeles`: what the program writes, each template with its sample.

use askama::Template;
use poem::http::header;
use poem::web::Path;
use poem::{Response, Result, handler};
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::Value;

use super::super::labels::{self, term};
use super::super::templates::{self, DocumentTemplate, TemplateFile, TemplateLine};
use super::show::SANDBOX;
use super::text::{Line, paragraphs};
use crate::features::notices;
use crate::http::web::component::{Fact, Link};
use crate::http::web::download::attachment;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::pdf::{PdfMeta, Standard, render_blocking};
use crate::storage::content::FileKind;

/// One template of a mail.
#[derive(Clone, Debug)]
pub struct TemplateRow {
    /// Its name.
    pub name: String,
    /// Its subject, with the values of its sample.
    pub subject: String,
    /// What such a mail is.
    pub class: &'static str,
    /// Whether its reader may turn it off.
    pub choice: &'static str,
}

impl From<TemplateLine> for TemplateRow {
    fn from(line: TemplateLine) -> Self {
        Self {
            class: notices::labels::class(line.class),
            choice: labels::choice(line.may_choose),
            name: line.name,
            subject: line.subject,
        }
    }
}

/// The templates of one area.
#[derive(Clone, Debug)]
pub struct TemplateArea {
    /// Its title.
    pub title: &'static str,
    /// The templates.
    pub rows: Vec<TemplateRow>,
}

/// One template of a document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// What the document is.
    pub title: &'static str,
    /// Name of the template.
    pub name: &'static str,
    /// Its samples.
    pub samples: Vec<Link>,
}

impl From<DocumentTemplate> for DocumentRow {
    fn from(template: DocumentTemplate) -> Self {
        let count = template.samples.len();
        let link = |(sample, place): (String, usize)| {
            Link::new(labels::example(place, count), format!("/parametres/modeles/{sample}/exemple"))
        };
        Self {
            title: labels::document(template.name),
            name: template.name,
            samples: template.samples.into_iter().zip(1..).map(link).collect(),
        }
    }
}

/// `/parametres/modeles`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/templates.html")]
pub struct TemplatesPage {
    /// The shell.
    pub shell: Shell,
    /// The mails, area by area.
    pub areas: Vec<TemplateArea>,
    /// The documents.
    pub documents: Vec<DocumentRow>,
}

/// One variable, and its value in the sample.
#[derive(Clone, Debug)]
pub struct VariableRow {
    /// Its name.
    pub name: String,
    /// Its value, or what stands for nothing.
    pub value: String,
}

/// `/parametres/modeles/{name}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/mail/template.html")]
pub struct TemplatePage {
    /// The shell; its title is the subject.
    pub shell: Shell,
    /// Which template, what for.
    pub facts: Vec<Fact>,
    /// The text part.
    pub text: Vec<Vec<Line>>,
    /// Where the HTML part is shown alone.
    pub html: String,
    /// Its own variables.
    pub variables: Vec<VariableRow>,
}

#[handler]
pub(super) async fn list(page: Page) -> Result<Response> {
    let found = templates::list(&page.app.mails, page.actor()).map_err(WebError::from)?;
    let documents = templates::documents(page.actor()).map_err(WebError::from)?;
    page.answer(&TemplatesPage {
        shell: page.shell(labels::TEMPLATES),
        areas: areas(found),
        documents: documents.into_iter().map(DocumentRow::from).collect(),
    })
}

/// The templates by area, in the order of areas; one that holds none is not shown.
fn areas(found: Vec<TemplateLine>) -> Vec<TemplateArea> {
    let area = |(title, _)| TemplateArea { title, rows: Vec::new() };
    let mut areas: Vec<_> = labels::AREAS.into_iter().map(area).collect();
    for line in found {
        let title = labels::area(&line.name);
        if let Some(area) = areas.iter_mut().find(|area| area.title == title) {
            area.rows.push(line.into());
        }
    }
    areas.retain(|area| !area.rows.is_empty());
    areas
}

#[handler]
pub(super) async fn show(page: Page, Path(name): Path<String>) -> Result<Response> {
    let file = templates::find(&page.app.mails, page.actor(), &name).map_err(WebError::from)?;
    let shell = page.shell(file.line.subject.clone());
    page.answer(&context(shell, file))
}

#[handler]
pub(super) async fn html(page: Page, Path(name): Path<String>) -> Result<Response> {
    let file = templates::find(&page.app.mails, page.actor(), &name).map_err(WebError::from)?;
    Ok(Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, SANDBOX)
        .body(file.html))
}

#[handler]
pub(super) async fn example(page: Page, Path(name): Path<String>) -> Result<Response> {
    let (document, facts) = templates::document_sample(page.actor(), &name).map_err(WebError::from)?;
    let meta = PdfMeta {
        title: labels::document(document).to_owned(),
        ident: page.app.new_id().to_string(),
        created_at: page.app.now(),
    };
    let pictures = pictures(document, &page.app.url("/parametres/modeles"));
    let made = render_blocking(document, facts, pictures, meta, Standard::Plain).await;
    let made = made.map_err(poem::error::InternalServerError)?;
    Ok(attachment(FileKind::Pdf.media_type(), &format!("{name}.pdf"), made.bytes))
}

/// The pictures of a sample: the square code of the certificate leads to the templates, since nothing was issued.
fn pictures(document: &str, address: &str) -> Vec<(&'static str, Vec<u8>)> {
    let code = (document == "agreement-certificate").then(|| QrCode::new(address).ok()).flatten();
    let drawing = code.map(|code| code.render::<svg::Color<'_>>().quiet_zone(false).build());
    drawing.map(|drawing| ("qr.svg", drawing.into_bytes())).into_iter().collect()
}

fn context(shell: Shell, file: TemplateFile) -> TemplatePage {
    let TemplateFile { line, reason, text, html: _, variables } = file;
    let facts = vec![
        Fact::new(term::TEMPLATE, line.name.clone()).mono().with_note(labels::version(&line.version)),
        Fact::new(term::CLASS, notices::labels::class(line.class)).with_note(labels::choice(line.may_choose)),
        Fact::new(term::REASON, reason),
    ];
    let variable = |(name, value): (String, Value)| VariableRow { name, value: labels::sample_value(&value) };
    TemplatePage {
        shell,
        facts,
        text: paragraphs(&text, None),
        html: format!("/parametres/modeles/{}/html", line.name),
        variables: variables.into_iter().map(variable).collect(),
    }
}
