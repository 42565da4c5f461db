//! `/api/v1/activity/juries`.

use std::sync::Arc;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::labels;
use super::queries::{self, Found};
use super::sheet::{By, Key, Line, Wanted};
use crate::app::App;
use crate::http::api::words::words;
use crate::http::api::{ApiError, Caller, ShortText, Tag};

/// The figures of juries.
pub struct FiguresApi {
    /// What every part shares.
    pub app: Arc<App>,
}

words! {
    /// What a line of the figures gathers.
    FiguresByWord as "JuryFiguresBy" for By {
        /// A civil year of Paris, or a quarter of the one that is asked for.
        Period,
        /// A version of a certification.
        Version,
        /// A structure.
        Structure,
        /// A region.
        Region,
    }
}

/// A line of the figures of juries. A number of people is null when it is hidden, being too small or giving back one that
/// is.
#[derive(Clone, Debug, Object)]
pub struct JuryFiguresLineOut {
    /// What it is about, in French.
    pub name: String,
    /// The year, the key of the version or of the structure, the INSEE code of the region; empty for the whole.
    pub key: String,
    /// Juries that were held and whose decisions stand.
    pub juries: u64,
    /// Present, or absent without a reason.
    pub expected: Option<u32>,
    /// Present.
    pub present: Option<u32>,
    /// Absent without a reason.
    pub absent: Option<u32>,
    /// Absent with a reason, which consumes nothing.
    pub excused: Option<u32>,
    /// Left for a job before the jury, which is no failure.
    pub left_for_work: Option<u32>,
    /// Whole certifications.
    pub total: Option<u32>,
    /// Parts of one.
    pub partial: Option<u32>,
    /// Refusals, with frauds and the decisions whose certificate was revoked.
    pub refused: Option<u32>,
    /// Adjourned.
    pub adjourned: Option<u32>,
    /// Present among those expected, in tenths of a percent.
    pub presentation_permille: Option<u32>,
    /// Whole certifications among those present, in tenths of a percent.
    pub success_permille: Option<u32>,
    /// Median of the days from the request to the jury.
    pub days_request_to_jury: Option<i64>,
    /// Median of the days from the jury to the notification.
    pub days_jury_to_notification: Option<i64>,
    /// Median of the days from the jury to its first certificate.
    pub days_jury_to_certificate: Option<i64>,
}

/// The figures of juries.
#[derive(Clone, Debug, Object)]
pub struct JuryFiguresOut {
    /// The lines.
    pub items: Vec<JuryFiguresLineOut>,
    /// All of them.
    pub whole: JuryFiguresLineOut,
    /// The smallest number of people that is shown.
    pub smallest_cell: u16,
}

/// A part of a whole, in tenths of a percent.
fn permille((part, whole): (u32, u32)) -> u32 {
    let (part, whole) = (u64::from(part), u64::from(whole));
    u32::try_from((part * 1000 + whole / 2) / whole.max(1)).unwrap_or(u32::MAX)
}

impl JuryFiguresLineOut {
    fn of(found: &Found, line: &Line) -> Self {
        let key = match &line.key {
            None => String::new(),
            Some(Key::Year(year)) => year.to_string(),
            Some(Key::Quarter(year, rank)) => format!("{year}-Q{rank}"),
            Some(Key::Version(id)) => id.to_string(),
            Some(Key::Structure(id)) => id.to_string(),
            Some(Key::Region(code)) => code.clone(),
        };
        Self {
            name: labels::line(found, line),
            key,
            juries: u64::try_from(line.juries).unwrap_or(u64::MAX),
            expected: line.people.expected,
            present: line.people.present,
            absent: line.people.absent,
            excused: line.people.excused,
            left_for_work: line.people.left_for_work,
            total: line.people.total,
            partial: line.people.partial,
            refused: line.people.refused,
            adjourned: line.people.adjourned,
            presentation_permille: line.people.presentation().map(permille),
            success_permille: line.people.success().map(permille),
            days_request_to_jury: line.asked_to_held,
            days_jury_to_notification: line.held_to_told,
            days_jury_to_certificate: line.held_to_certified,
        }
    }
}

#[derive(ApiResponse)]
enum Figures {
    /// The figures.
    #[oai(status = 200)]
    Sheet(Json<JuryFiguresOut>),
}

#[OpenApi]
impl FiguresApi {
    /// Read the figures of juries
    ///
    /// Juries that were held and whose decisions stand, by civil year of Paris. A number of people that is too small is
    /// hidden, with what would give it back.
    #[oai(
        path = "/activity/juries",
        method = "get",
        operation_id = "jury_figures_get",
        tag = "Tag::Settings"
    )]
    async fn juries(
        &self,
        caller: Caller,
        /// What a line gathers; a period by default.
        by: Query<Option<FiguresByWord>>,
        /// Only the juries of this civil year.
        year: Query<Option<i32>>,
        /// Only those of the certification of this code.
        certification: Query<Option<ShortText>>,
        /// Only those of this region, by its INSEE code.
        region: Query<Option<ShortText>>,
    ) -> Result<Figures, ApiError> {
        let wanted = Wanted {
            by: by.0.map(By::from).unwrap_or_default(),
            year: year.0,
            certification: certification.0.map(String::from),
            region: region.0.map(String::from),
        };
        let found = queries::figures(self.app.db.read(), &caller.0, &wanted).await?;
        let sheet = &found.sheet;
        Ok(Figures::Sheet(Json(JuryFiguresOut {
            items: sheet.lines.iter().map(|line| JuryFiguresLineOut::of(&found, line)).collect(),
            whole: JuryFiguresLineOut::of(&found, &sheet.whole),
            smallest_cell: found.smallest,
        })))
    }
}
