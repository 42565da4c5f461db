//! What a form sends: fields and files, urlencoded or multipart, with its token already checked.

use std::collections::BTreeMap;

use poem::http::StatusCode;
use poem::web::Multipart;
use poem::{Error, FromRequest, Request, RequestBody, Result};
use sha2::{Digest, Sha256};

use super::form::{CSRF_FIELD, VERSION_FIELD, token_and_key};
use super::once;
use super::session::{Session, check_csrf};
use crate::storage::content::MAX_UPLOAD;

/// Header with which the script of the pages sends the token.
const CSRF_HEADER: &str = "x-csrf-token";
const MOST_FIELDS: usize = 1000;

/// A file sent by a form.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// Its name, as the browser says; never a path.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// The fields and files of a form.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    fields: Vec<(String, String)>,
    files: BTreeMap<String, SentFile>,
}

impl FormData {
    /// The value of a field, trimmed; empty when absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// The value of a field, when something was typed.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a repeated field, boxes ticked for instance.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim()).collect()
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// Every field, as typed.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The version of the thing that the person had on screen.
    #[must_use]
    pub fn version(&self) -> Option<i32> {
        self.text(VERSION_FIELD).parse().ok()
    }

    /// The file of a field, when one was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&SentFile> {
        self.files.get(name).filter(|file| !file.name.is_empty() || !file.content.is_empty())
    }

    /// A form of these fields: those of an address, or of a test.
    #[must_use]
    pub fn of(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self { fields, files: BTreeMap::new() }
    }

    /// A hash of all that is sent to an address, without the token: two presses of one button have the same.
    fn fingerprint(&self, address: &str) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        };
        add(address.as_bytes());
        for (name, value) in self.fields().filter(|(name, _)| *name != CSRF_FIELD) {
            add(name.as_bytes());
            add(value.as_bytes());
        }
        for (name, file) in &self.files {
            add(name.as_bytes());
            add(file.name.as_bytes());
            add(&file.content);
        }
        hash.finalize().to_vec()
    }
}

impl<'a> FromRequest<'a> for FormData {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let form = if request.content_type().is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            multipart(request, body).await?
        } else {
            let pairs = poem::web::Form::<Vec<(String, String)>>::from_request(request, body).await?.0;
            Self { fields: pairs, files: BTreeMap::new() }
        };
        refuse_other_sites(request)?;
        if let Some(found) = Session::from_request(request, &mut RequestBody::default()).await?.0 {
            let by_script = request.header(CSRF_HEADER);
            let (token, key) = token_and_key(by_script.unwrap_or_else(|| form.text(CSRF_FIELD)));
            check_csrf(&found, token)?;
            // A script saves the same page again and again: each of its sendings counts.
            if let (Some(key), None) = (key, by_script) {
                let sent = form.fingerprint(&request.original_uri().to_string());
                once::enter(request, found.account.id, key, &sent).await?;
            }
        }
        Ok(form)
    }
}

/// A browser says where a form comes from; only our own pages may post.
fn refuse_other_sites(request: &Request) -> Result<()> {
    match request.header("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(Error::from_string("cross-site form", StatusCode::FORBIDDEN)),
    }
}

async fn multipart(request: &Request, body: &mut RequestBody) -> Result<FormData> {
    let mut parts = Multipart::from_request(request, body).await?;
    let mut form = FormData::default();
    while let Some(part) = parts.next_field().await? {
        if form.fields.len() + form.files.len() >= MOST_FIELDS {
            return Err(Error::from_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let Some(name) = part.name().map(str::to_owned) else { continue };
        match part.file_name().map(str::to_owned) {
            None => form.fields.push((name, part.text().await?)),
            Some(file_name) => {
                let content = part.bytes().await?;
                if content.len() > MAX_UPLOAD {
                    return Err(Error::from_status(StatusCode::PAYLOAD_TOO_LARGE));
                }
                form.files.insert(name, SentFile { name: file_name, content });
            }
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_presses_of_one_button_are_told_from_two_forms() {
        let typed = [("csrf", "jeton.1"), ("name", "Zoé"), ("city", "Agen")];
        let first = FormData::of(&typed).fingerprint("/structures/nouvelle");
        let other_token = [("csrf", "jeton.2"), typed[1], typed[2]];
        assert_eq!(FormData::of(&other_token).fingerprint("/structures/nouvelle"), first);
        for (fields, address) in [
            (typed.to_vec(), "/structures/nouvelle?suite=1"),
            (vec![typed[1]], "/structures/nouvelle"),
            (vec![("name", "ZoéAgen"), ("city", "")], "/structures/nouvelle"),
            (vec![("name", "Zoé"), ("city", "Agen"), ("confirme", "oui")], "/structures/nouvelle"),
        ] {
            assert_ne!(FormData::of(&fields).fingerprint(address), first, "{fields:?} {address}");
        }
        let file = SentFile { name: "a.pdf".to_owned(), content: vec![1] };
        let mut with_file = FormData::of(&typed);
        with_file.files.insert("file".to_owned(), file);
        assert_ne!(with_file.fingerprint("/structures/nouvelle"), first);
    }
}
