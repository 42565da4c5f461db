//! Texts of the mails: minijinja, strict, from `templates/mail/<name>/`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use rust_embed::RustEmbed;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::config::Config;
use crate::db;
use crate::events::class_of;
use crate::render::french::{cut, parts_words};
use crate::rules::notices::Class;

/// Whether the person who receives a mail may choose how: the footer then says where.
#[must_use]
pub fn may_choose(name: &str) -> bool {
    let class = class_of(name);
    class == Class::Digest || Class::CHOSEN.contains(&class)
}

#[derive(RustEmbed)]
#[folder = "templates/mail"]
struct Files;

#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "our own files, named in lower case")]
fn is_html(path: &str) -> bool {
    path.ends_with(".html")
}

/// On one line, its words one space apart. The spaces that French typography holds to a word are part of it.
fn one_line(text: &str) -> String {
    text.split(parts_words).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A rendered mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Version of the template: a fingerprint of its files and of those that every mail shares.
    pub version: String,
}

/// Letters of a version.
const VERSION: usize = 12;

static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(versions);

/// The version of a template, by its name: what its files and the shared ones hold.
fn versions() -> HashMap<String, String> {
    let texts: BTreeMap<String, Vec<u8>> = Files::iter()
        .filter(|path| path.ends_with(".txt") || is_html(path))
        .filter_map(|path| {
            let data = Files::get(&path)?.data.into_owned();
            Some((path.into_owned(), data))
        })
        .collect();
    let names: BTreeSet<&str> =
        texts.keys().filter_map(|path| path.split_once('/')).map(|(name, _)| name).collect();
    let version = |name: &str| -> String {
        let mut hash = Sha256::new();
        for (path, text) in &texts {
            let folder = path.split_once('/').map(|(folder, _)| folder);
            if folder.is_none_or(|folder| folder == name) {
                hash.update(path.as_bytes());
                hash.update(text);
            }
        }
        let digest: [u8; 32] = hash.finalize().into();
        hex::encode(digest).chars().take(VERSION).collect()
    };
    names.into_iter().map(|name| (name.to_owned(), version(name))).collect()
}

/// Every template of a mail.
pub struct MailTemplates {
    engine: Environment<'static>,
    common: serde_json::Value,
}

impl MailTemplates {
    /// The templates of the binary, each compiled when it is first wanted.
    ///
    /// Rendering one that does not compile fails, and a test renders them all.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut engine = Environment::new();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        engine.set_auto_escape_callback(
            |name| {
                if is_html(name) { AutoEscape::Html } else { AutoEscape::None }
            },
        );
        engine.add_filter("cut", cut);
        engine.set_loader(|name| {
            let file = name.strip_prefix("mail/").and_then(Files::get);
            Ok(file.map(|file| String::from_utf8_lossy(&file.data).into_owned()))
        });
        let common = json!({
            "org": {
                "name": config.organisation,
                "address": config.organisation_address,
                "reply_to": config.mail_reply_to.as_deref().unwrap_or(&config.mail_from),
            },
            "base_url": config.public_url.trim_end_matches('/'),
            "signature": { "name": config.organisation, "role": "L’équipe certification" },
        });
        Self { engine, common }
    }

    /// Renders a mail with its own variables over the common ones.
    ///
    /// # Errors
    /// When a template is missing or names a variable that is not given.
    pub fn render(
        &self,
        name: &str,
        reason: &str,
        variables: &serde_json::Value,
    ) -> Result<MailText, db::Error> {
        let context = self.context(name, reason, variables);
        Ok(MailText {
            subject: one_line(&self.part(name, "subject.txt", &context)?),
            text: self.part(name, "body.txt", &context)?,
            html: self.part(name, "body.html", &context)?,
            version: Self::version(name),
        })
    }

    /// Renders the subject of a mail alone.
    ///
    /// # Errors
    /// As [`MailTemplates::render`].
    pub fn subject(&self, name: &str, variables: &serde_json::Value) -> Result<String, db::Error> {
        let context = self.context(name, "", variables);
        Ok(one_line(&self.part(name, "subject.txt", &context)?))
    }

    /// The common variables, then those of the mail.
    fn context(&self, name: &str, reason: &str, variables: &serde_json::Value) -> Value {
        let mut context = self.common.clone();
        if let (Some(context), Some(own)) = (context.as_object_mut(), variables.as_object()) {
            context.insert("reason".to_owned(), json!(reason));
            context.insert("may_choose".to_owned(), json!(may_choose(name)));
            context.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        Value::from(Serde(&context))
    }

    fn part(&self, name: &str, part: &str, context: &Value) -> Result<String, db::Error> {
        let path = format!("mail/{name}/{part}");
        self.engine
            .get_template(&path)
            .and_then(|template| template.render(context))
            .map_err(|source| db::Error::Template { name: path, source })
    }

    /// The version of a template; empty for one that does not exist.
    #[must_use]
    pub fn version(name: &str) -> String {
        VERSIONS.get(name).cloned().unwrap_or_default()
    }

    /// Names of the mails that exist, in order.
    #[must_use]
    pub fn names() -> Vec<String> {
        let names = Files::iter().filter_map(|path| path.strip_suffix("/sample.json").map(str::to_owned));
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The variables of the sample of a mail.
    #[must_use]
    pub fn sample(name: &str) -> Option<serde_json::Value> {
        let name = VERSIONS.get_key_value(name)?.0;
        serde_json::from_slice(&Files::get(&format!("{name}/sample.json"))?.data).ok()
    }

    /// The variables that a mail has and its sample lacks, or the other way round: what people read as its sample must
    /// be what is sent.
    #[must_use]
    pub fn unlike_sample(name: &str, variables: &serde_json::Value) -> Vec<String> {
        const COMMON: [&str; 4] = ["org", "base_url", "signature", "reason"];
        let keys = |all: &serde_json::Value| -> BTreeSet<String> {
            let keys = all.as_object().into_iter().flat_map(serde_json::Map::keys);
            keys.filter(|key| !COMMON.contains(&key.as_str())).cloned().collect()
        };
        let sample = Self::sample(name).unwrap_or_default();
        keys(&sample).symmetric_difference(&keys(variables)).cloned().collect()
    }

    /// Names of the mails that exist, each with the variables of its sample.
    #[must_use]
    pub fn samples() -> Vec<(String, serde_json::Value)> {
        let all = Self::names().into_iter();
        all.filter_map(|name| Self::sample(&name).map(|sample| (name, sample))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{MailTemplates, VERSION, one_line, versions};
    use crate::config::Config;

    #[test]
    fn each_template_has_its_version() {
        let versions = versions();
        let visit = &versions["visit-scheduled"];
        assert_eq!(visit.len(), VERSION);
        assert_ne!(visit, &versions["visit-moved"]);
        assert!(versions.values().all(|version| version.chars().all(|c| c.is_ascii_hexdigit())));
    }

    #[test]
    fn a_sample_is_found_by_the_name_of_its_mail_and_nothing_else_is() {
        assert!(MailTemplates::sample("visit-moved").is_some());
        for name in ["", "visit", "visit-moved/", "../mail/visit-moved", "README.md"] {
            assert_eq!(MailTemplates::sample(name), None, "{name}");
        }
    }

    #[test]
    fn a_mail_that_is_not_its_sample_is_known() {
        let mut variables = MailTemplates::sample("visit-moved").unwrap();
        assert!(MailTemplates::unlike_sample("visit-moved", &variables).is_empty());
        let fields = variables.as_object_mut().unwrap();
        fields.remove("place");
        fields.insert("room".to_owned(), "B12".into());
        assert_eq!(MailTemplates::unlike_sample("visit-moved", &variables), ["place", "room"]);
    }

    #[test]
    fn a_subject_is_one_line_and_keeps_its_narrow_spaces() {
        let written = "\nDemande  AGR-2026-0001\u{202f}:\n  fin à 23\u{a0}h\u{a0}59\r\n";
        assert_eq!(one_line(written), "Demande AGR-2026-0001\u{202f}: fin à 23\u{a0}h\u{a0}59");
        assert_eq!(one_line(" \n"), "");
    }

    #[test]
    fn a_long_title_is_cut_at_a_word_in_the_subject() {
        let mut variables =
            MailTemplates::samples().into_iter().find(|(name, _)| name == "mission-offered").unwrap().1;
        variables["title"] = "Jury du CQP Salarié polyvalent à Saint-Laurent-du-Maroni".into();
        let mail = MailTemplates::new(&Config::default()).render("mission-offered", "", &variables).unwrap();
        assert!(mail.subject.contains("Jury du CQP Salarié polyvalent à\u{a0}…, MIS-"), "{}", mail.subject);
    }
}
