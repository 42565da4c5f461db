//! The templates of the mails over the API.

use std::sync::Arc;

use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use serde_json::{Map, Value};

use crate::app::App;
use crate::features::mail::templates::{self, TemplateFile, TemplateLine};
use crate::http::api::words::words;
use crate::http::api::{ApiError, Caller, PageParams, Read, ShortText, Tag};
use crate::rules::notices::Class;

words! {
    /// What a mail is.
    MailClassOut as "MailClass" for Class {
        /// A decision, a delay that opens a right, a date to be present at.
        Legal,
        /// About the safety of an account.
        Security,
        /// Something to do or to know for one's work.
        Work,
        /// A date that comes near, already told once.
        Reminder,
        /// The daily digest itself.
        Digest,
    }
}

/// A template of a mail.
#[derive(Clone, Debug, Object)]
pub struct MailTemplateOut {
    /// Its name.
    pub name: String,
    /// Its subject, with the values of its sample.
    pub subject: String,
    /// What such a mail is.
    pub class: MailClassOut,
    /// Whether whoever receives it may turn it off or gather it.
    pub may_choose: bool,
    /// Its version: it changes with its text.
    pub version: String,
}

impl From<TemplateLine> for MailTemplateOut {
    fn from(line: TemplateLine) -> Self {
        Self {
            name: line.name,
            subject: line.subject,
            class: line.class.into(),
            may_choose: line.may_choose,
            version: line.version,
        }
    }
}

/// A template of a mail, written with its sample.
#[derive(Clone, Debug, Object)]
pub struct MailTemplateFileOut {
    /// The template.
    pub template: MailTemplateOut,
    /// Why such a mail is received.
    pub reason: String,
    /// Its text part.
    pub text: String,
    /// Its HTML part.
    pub html: String,
    /// Its own variables, with the values of its sample.
    pub variables: Any<Value>,
}

impl From<TemplateFile> for MailTemplateFileOut {
    fn from(file: TemplateFile) -> Self {
        let variables: Map<String, Value> = file.variables.into_iter().collect();
        Self {
            template: file.line.into(),
            reason: file.reason,
            text: file.text,
            html: file.html,
            variables: Any(Value::Object(variables)),
        }
    }
}

/// A page of templates.
#[derive(Clone, Debug, Object)]
pub struct MailTemplatePage {
    /// The templates, by name.
    pub items: Vec<MailTemplateOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The templates of the mails.
pub struct MailTemplatesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi]
impl MailTemplatesApi {
    /// Templates of the mails, by name.
    #[oai(
        path = "/mail-templates",
        method = "get",
        operation_id = "mail_template_list",
        tag = "Tag::Settings"
    )]
    async fn list(
        &self,
        caller: Caller,
        /// Rows wanted, from 1 to 200.
        limit: Query<Option<u32>>,
        /// Where to start.
        cursor: Query<Option<String>>,
    ) -> Result<Json<MailTemplatePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let all = templates::list(&self.app.mails, &caller.0)?;
        let (found, next_cursor) = PageParams::part(all, &page, |one| one.name.clone())?;
        let items = found.into_iter().map(MailTemplateOut::from).collect();
        Ok(Json(MailTemplatePage { items, next_cursor }))
    }

    /// One template of a mail, written with its sample.
    #[oai(
        path = "/mail-templates/:name",
        method = "get",
        operation_id = "mail_template_get",
        tag = "Tag::Settings"
    )]
    async fn read(
        &self,
        caller: Caller,
        name: Path<ShortText>,
    ) -> Result<Read<MailTemplateFileOut>, ApiError> {
        let file = templates::find(&self.app.mails, &caller.0, &name.0.0)?;
        let version = format!("\"{}\"", file.line.version);
        Ok(Read::Read(Json(file.into()), version))
    }
}
