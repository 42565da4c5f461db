//! `/api/v1/annual-returns`.

use std::sync::Arc;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use uuid::Uuid;

use super::BpfError;
use super::labels::{self, Row};
use super::queries::{self, Behind, Return};
use crate::app::App;
use crate::features::enrolments::dossier::reference;
use crate::features::enrolments::labels::pages::in_a_list;
use crate::http::api::{ApiError, Caller, PageParams, ShortText, Tag};
use crate::rules::training::bpf::Sum;

/// The inputs of the annual return of training bodies.
pub struct BpfApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A table of the annual return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum AnnualReturnTable {
    /// All of frame F.
    Total,
    /// By what people were, F-1.
    Status,
    /// By where the money comes from.
    Origin,
    /// By what sessions prepare, F-3.
    Objective,
    /// By speciality, F-4.
    Speciality,
    /// Entrusted to another body, F-2.
    Entrusted,
    /// Entrusted by another body, G.
    Received,
}

impl AnnualReturnTable {
    const fn word(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Status => "status",
            Self::Origin => "origin",
            Self::Objective => "objective",
            Self::Speciality => "speciality",
            Self::Entrusted => "entrusted",
            Self::Received => "received",
        }
    }
}

/// People, and what they attended.
#[derive(Clone, Copy, Debug, Object)]
pub struct AnnualReturnSum {
    /// People; whoever followed two sessions counts twice.
    pub people: u64,
    /// Minutes really attended.
    pub minutes: u64,
    /// Hours to declare, to the nearest.
    pub hours: u64,
}

impl From<Sum> for AnnualReturnSum {
    fn from(sum: Sum) -> Self {
        Self { people: sum.people, minutes: sum.minutes, hours: sum.hours() }
    }
}

/// A line of a frame.
#[derive(Clone, Debug, Object)]
pub struct AnnualReturnLine {
    /// What it is about, in French.
    pub name: String,
    /// Its table; none where nobody is listed.
    pub table: Option<String>,
    /// Its key in the table: a word, or the three figures of a speciality; may be empty.
    pub key: String,
    /// What it counts.
    pub sum: AnnualReturnSum,
}

impl From<&Row> for AnnualReturnLine {
    fn from(row: &Row) -> Self {
        let words = row.line.as_ref().map(labels::words_of);
        let (table, key) = words.map_or((None, String::new()), |(table, key)| (Some(table.to_owned()), key));
        Self { name: row.name.clone(), table, key, sum: row.sum.into() }
    }
}

/// A frame of the annual return.
#[derive(Clone, Debug, Object)]
pub struct AnnualReturnFrame {
    /// Its title, in French.
    pub title: String,
    /// Its lines, the sum last where there is one.
    pub lines: Vec<AnnualReturnLine>,
}

/// The inputs of the annual return of a year.
#[derive(Clone, Debug, Object)]
pub struct AnnualReturnOut {
    /// The civil year of the accounts.
    pub year: i32,
    /// Whether it has ended.
    pub ended: bool,
    /// Sessions that ended in it and were held.
    pub sessions: u64,
    /// Those of them that are not closed: their attendance may still be corrected.
    pub open_sessions: u64,
    /// Whether some were at a distance.
    pub remote: bool,
    /// Total of frame F.
    pub total: AnnualReturnSum,
    /// F-2, in the total.
    pub entrusted: AnnualReturnSum,
    /// G, not in the total.
    pub received: AnnualReturnSum,
    /// Whether the tables have one total.
    pub adds_up: bool,
    /// The frames, in the order of the Cerfa.
    pub frames: Vec<AnnualReturnFrame>,
}

impl From<&Return> for AnnualReturnOut {
    fn from(found: &Return) -> Self {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let frame = |table: labels::Table| AnnualReturnFrame {
            title: table.title.to_owned(),
            lines: table.rows.iter().map(Into::into).collect(),
        };
        Self {
            year: found.year,
            ended: found.ended,
            sessions: count(found.sessions),
            open_sessions: count(found.open),
            remote: found.remote,
            total: found.frames.total.into(),
            entrusted: found.frames.entrusted.into(),
            received: found.frames.received.into(),
            adds_up: found.frames.adds_up(),
            frames: labels::tables(found).into_iter().map(frame).collect(),
        }
    }
}

/// Somebody whom a line counts.
#[derive(Clone, Debug, Object)]
pub struct AnnualReturnPerson {
    /// Key of the enrolment.
    pub enrolment_id: Uuid,
    /// What people call it.
    pub reference: String,
    /// Name, as in a list.
    pub name: String,
    /// Key of the session.
    pub session_id: Uuid,
    /// Title of the session.
    pub session_title: String,
    /// Minutes really attended.
    pub minutes: u32,
}

impl From<&Behind> for AnnualReturnPerson {
    fn from(one: &Behind) -> Self {
        Self {
            enrolment_id: one.enrolment.id.0,
            reference: reference(&one.session, &one.enrolment),
            name: in_a_list(&one.enrolment),
            session_id: one.session.id.0,
            session_title: one.session.title.clone(),
            minutes: one.entry.minutes,
        }
    }
}

/// A page of the people whom a line counts.
#[derive(Clone, Debug, Object)]
pub struct AnnualReturnPeoplePage {
    /// The people, in the order of their enrolments.
    pub items: Vec<AnnualReturnPerson>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Told {
    /// The inputs of the year.
    #[oai(status = 200)]
    Return(Json<AnnualReturnOut>),
}

#[derive(ApiResponse)]
enum Listed {
    /// The people.
    #[oai(status = 200)]
    Page(Json<AnnualReturnPeoplePage>),
}

#[OpenApi(prefix_path = "/annual-returns", tag = "Tag::Settings")]
impl BpfApi {
    /// Read the inputs of the annual return
    ///
    /// People and hours really attended in the sessions that ended in a civil year, as the frames E, F and G of the
    /// « bilan pédagogique et financier » ask. They count the whole body.
    #[oai(path = "/", method = "get", operation_id = "annual_return_get")]
    async fn figures(
        &self,
        caller: Caller,
        /// The year; the last that has ended unless given.
        year: Query<Option<i32>>,
    ) -> Result<Told, ApiError> {
        let found = self.found(&caller, year.0).await?;
        Ok(Told::Return(Json((&found).into())))
    }

    /// List whom a line of the annual return counts
    #[oai(path = "/people", method = "get", operation_id = "annual_return_people")]
    async fn people(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The year; the last that has ended unless given.
        year: Query<Option<i32>>,
        /// The table; the total unless given.
        table: Query<Option<AnnualReturnTable>>,
        /// The key of the line in its table.
        key: Query<Option<ShortText>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = self.found(&caller, year.0).await?;
        let table = table.0.map(AnnualReturnTable::word).unwrap_or_default();
        let key = key.0.map(String::from).unwrap_or_default();
        let line = labels::line_of(table, &key).ok_or_else(BpfError::no_such_line)?;
        let people = queries::behind(self.app.db.read(), &found, &line, &page).await?;
        let next_cursor = people.next.map(|cursor| cursor.encode());
        let items = people.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(AnnualReturnPeoplePage { items, next_cursor })))
    }
}

impl BpfApi {
    async fn found(&self, caller: &Caller, year: Option<i32>) -> Result<Return, BpfError> {
        let today = self.app.today();
        let year = year.unwrap_or_else(|| queries::last_year(today));
        queries::read(self.app.db.read(), &caller.0, year, today).await
    }
}
