//! Shapes shared by every resource: creation, reading with its version, pages, `If-Match`.

use poem_openapi::payload::Json;
use poem_openapi::types::{ParseFromJSON, ToJSON};
use poem_openapi::{ApiResponse, Tags};
use uuid::Uuid;

use super::problem::ApiError;
use crate::db::idempotency::Answer;
use crate::db::{Cursor, Page, PageRequest, Tx};

/// Groups of operations.
#[derive(Clone, Copy, Debug, Tags)]
pub enum Tag {
    /// Accounts, sessions and tokens.
    Accounts,
    /// Structures and their sites.
    Structures,
    /// Certifications and their versions.
    Certifications,
    /// Experts and their habilitations.
    Experts,
    /// Requests of agreement, committees, agreements.
    Agreements,
    /// Certificates, and what anybody may verify of them.
    Certificates,
    /// The public catalogue of training.
    Catalogue,
    /// Dated rights, whoever holds them.
    Rights,
    /// Missions of experts.
    Missions,
    /// Candidates.
    Candidates,
    /// Sessions of juries.
    Juries,
    /// Programmes, training sessions, their rooms, enrolments, attendance and surveys.
    Training,
    /// Documents.
    Documents,
    /// Messages.
    Mails,
    /// The journal.
    Journal,
    /// Settings and figures.
    Settings,
}

/// 201 with the new thing, where it is and its version.
#[derive(ApiResponse)]
pub enum Created<T: ParseFromJSON + ToJSON + Send + Sync> {
    /// Created.
    #[oai(status = 201)]
    Created(
        Json<T>,
        /// Where it is.
        #[oai(header = "Location")]
        String,
        /// Its version.
        #[oai(header = "ETag")]
        String,
    ),
}

impl<T: ParseFromJSON + ToJSON + Send + Sync> Created<T> {
    /// The new thing, under a path of the API.
    pub fn new(thing: T, path: &str, version: i32) -> Self {
        Self::Created(Json(thing), format!("/api/v1{path}"), format!("\"{version}\""))
    }

    /// The same, committed with the act for whoever repeats the request.
    #[must_use]
    pub fn kept(self, tx: &mut Tx) -> Self {
        let Self::Created(thing, location, etag) = &self;
        let (location, etag) = (Some(location.clone()), Some(etag.clone()));
        tx.keep_answer(Answer { location, etag, ..Answer::new(201, thing.0.to_json_string()) });
        self
    }
}

/// 200 with the thing and its version.
#[derive(ApiResponse)]
pub enum Read<T: ParseFromJSON + ToJSON + Send + Sync> {
    /// Found.
    #[oai(status = 200)]
    Read(
        Json<T>,
        /// Its version.
        #[oai(header = "ETag")]
        String,
    ),
}

impl<T: ParseFromJSON + ToJSON + Send + Sync> Read<T> {
    /// The thing at a version.
    pub fn new(thing: T, version: i32) -> Self {
        Self::Read(Json(thing), format!("\"{version}\""))
    }

    /// The same, committed with the act for whoever repeats the request.
    #[must_use]
    pub fn kept(self, tx: &mut Tx) -> Self {
        let Self::Read(thing, etag) = &self;
        tx.keep_answer(Answer { etag: Some(etag.clone()), ..Answer::new(200, thing.0.to_json_string()) });
        self
    }
}

/// The version of `If-Match: "3"`, when the caller gives one.
///
/// # Errors
/// 412 when the header is no version that was ever given.
pub fn if_match(header: Option<&String>) -> Result<Option<i32>, ApiError> {
    let Some(header) = header else { return Ok(None) };
    let version = header.trim().trim_start_matches("W/").trim_matches('"').parse();
    version.map(Some).map_err(|_| ApiError::stale())
}

/// The parameters of every list.
pub struct PageParams;

impl PageParams {
    /// The page asked by `limit` and `cursor`.
    ///
    /// # Errors
    /// 422 when a page may not hold so many rows, or when the cursor is not one that a list gave.
    pub fn read(limit: Option<u32>, cursor: Option<&String>) -> Result<PageRequest, ApiError> {
        let limit = u64::from(limit.unwrap_or(50));
        if !(1..=PageRequest::MOST).contains(&limit) {
            return Err(ApiError::bad_limit());
        }
        let mut page = PageRequest::first(limit);
        if let Some(text) = cursor.filter(|text| !text.is_empty()) {
            page.after = Some(Cursor::decode(text).ok_or_else(ApiError::bad_cursor)?);
        }
        Ok(page)
    }

    /// The page of a list that is read whole, because it is short or computed, and where the next one starts; `key` is
    /// what tells a row from all others.
    ///
    /// # Errors
    /// 422 when the cursor was given after a row that is not in the list, or no longer.
    pub fn part<T>(
        rows: Vec<T>,
        page: &PageRequest,
        key: impl Fn(&T) -> String,
    ) -> Result<(Vec<T>, Option<String>), ApiError> {
        let seen = match &page.after {
            None => 0,
            Some(last) => {
                let at = rows.iter().rposition(|row| key(row) == last.value);
                at.ok_or_else(ApiError::bad_cursor)? + 1
            }
        };
        let left = rows.into_iter().skip(seen).collect();
        let cut = Page::cut(left, page.limit, |row| Cursor { value: key(row), id: Uuid::nil() });
        Ok((cut.items, cut.next.map(|cursor| cursor.encode())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        words: &[&'static str],
        limit: u32,
        cursor: Option<&String>,
    ) -> (Vec<&'static str>, Option<String>) {
        let page = PageParams::read(Some(limit), cursor).unwrap();
        PageParams::part(words.to_vec(), &page, |word| (*word).to_owned()).unwrap()
    }

    #[test]
    fn a_list_that_is_read_whole_is_given_page_by_page() {
        let words = ["été", "au|tomne", "hiver"];
        let (first, next) = read(&words, 2, None);
        assert_eq!(first, ["été", "au|tomne"]);
        let (rest, end) = read(&words, 2, next.as_ref());
        assert_eq!((rest.as_slice(), end), (&["hiver"][..], None));
        let (all, end) = read(&words, 3, None);
        assert_eq!((all.len(), end), (3, None));
    }

    #[test]
    fn a_cursor_after_a_row_that_left_is_refused() {
        let (_, next) = read(&["été", "automne"], 1, None);
        let page = PageParams::read(None, next.as_ref()).unwrap();
        let refused = PageParams::part(vec!["automne"], &page, |word| (*word).to_owned());
        assert!(matches!(refused, Err(ApiError::Invalid(_))));
    }
}
