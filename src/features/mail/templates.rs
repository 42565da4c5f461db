//! The templates of the mails and of the documents, as the program carries them: read, each with its sample, never
//! changed.

use serde_json::Value;

use super::MailError;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::events::class_of;
use crate::render::mail::{MailTemplates, MailText, may_choose};
use crate::render::pdf;
use crate::rules::notices::Class;

/// What every mail receives besides its own variables: the words of this house are shown, and not those of a sample.
const COMMON: [&str; 3] = ["base_url", "org", "signature"];

/// A template of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Its name, which is that of its folder.
    pub name: String,
    /// Its subject, with the values of its sample.
    pub subject: String,
    /// What such a mail is.
    pub class: Class,
    /// Whether whoever receives it may turn it off or gather it.
    pub may_choose: bool,
    /// Its version.
    pub version: String,
}

/// A template, written with its sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFile {
    /// The template.
    pub line: TemplateLine,
    /// Why such a mail is received.
    pub reason: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// Its own variables and the values of its sample, in the order of their names.
    pub variables: Vec<(String, Value)>,
}

/// A template of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTemplate {
    /// Its name.
    pub name: &'static str,
    /// The names of its samples.
    pub samples: Vec<String>,
}

/// Every template of a mail, by name.
///
/// # Errors
/// The refusal of the policy; a template that cannot be rendered.
pub fn list(mails: &MailTemplates, actor: &Actor) -> Result<Vec<TemplateLine>, MailError> {
    let _seen = allows(actor, Permission::SettingView, &Facts::default())?;
    let all = MailTemplates::samples().into_iter();
    let read = |(name, sample): (String, Value)| {
        let subject = mails.subject(&name, &own(sample))?;
        Ok::<_, MailError>(line(name, subject))
    };
    all.map(read).collect()
}

/// One template, written with its sample.
///
/// # Errors
/// [`MailError::NoTemplate`], the refusal of the policy; a template that cannot be rendered.
pub fn find(mails: &MailTemplates, actor: &Actor, name: &str) -> Result<TemplateFile, MailError> {
    let _seen = allows(actor, Permission::SettingView, &Facts::default())?;
    let sample = own(MailTemplates::sample(name).ok_or(MailError::NoTemplate)?);
    let reason = sample["reason"].as_str().unwrap_or_default().to_owned();
    let MailText { subject, text, html, version: _ } = mails.render(name, &reason, &sample)?;
    let Value::Object(mut variables) = sample else { return Err(MailError::NoTemplate) };
    variables.remove("reason");
    let mut variables: Vec<_> = variables.into_iter().collect();
    variables.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(TemplateFile { line: line(name.to_owned(), subject), reason, text, html, variables })
}

/// Every template of a document, by name.
///
/// # Errors
/// The refusal of the policy.
pub fn documents(actor: &Actor) -> Result<Vec<DocumentTemplate>, MailError> {
    let _seen = allows(actor, Permission::SettingView, &Facts::default())?;
    let document = |name| DocumentTemplate { name, samples: pdf::samples(name) };
    Ok(pdf::DOCUMENTS.into_iter().map(document).collect())
}

/// The document of a sample, and the facts that it is typeset with.
///
/// # Errors
/// [`MailError::NoTemplate`], the refusal of the policy.
pub fn document_sample(actor: &Actor, name: &str) -> Result<(&'static str, Value), MailError> {
    let _seen = allows(actor, Permission::SettingView, &Facts::default())?;
    pdf::sample(name).ok_or(MailError::NoTemplate)
}

fn line(name: String, subject: String) -> TemplateLine {
    TemplateLine {
        class: class_of(&name),
        may_choose: may_choose(&name),
        version: MailTemplates::version(&name),
        name,
        subject,
    }
}

/// A sample without what every mail receives.
fn own(mut sample: Value) -> Value {
    if let Some(variables) = sample.as_object_mut() {
        variables.retain(|name, _| !COMMON.contains(&name.as_str()));
    }
    sample
}
