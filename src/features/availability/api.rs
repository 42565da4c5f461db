//! `/api/v1/experts/{id}/availability` and what goes with it, `/api/v1/school-holidays`.

use std::sync::Arc;

use entity::ids::{AbsenceId, ExpertId, RecurringHalfDayId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use time::Date;
use uuid::Uuid;

use super::input::{self, Wish};
use super::queries;
use super::shapes::{
    AbsenceIn, AvailabilityIn, AvailabilityOut, MonthIn, RhythmIn, SchoolHolidayOut, SchoolHolidayPage,
    SchoolImportOut, SchoolYearIn, SchoolYearOut,
};
use super::{AvailabilityError, actions, import};
use crate::app::App;
use crate::db::Tx;
use crate::error::Fault;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::import::{ImportRefused, Options, TableError};
use crate::rules::deadline::add_days;
use crate::rules::half_day::{HALVES, first_of_month, month};
use crate::rules::period::Period;
use crate::rules::school_zone::SchoolZone;

/// The time of experts, and school holidays.
pub struct AvailabilityApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// School holidays.
#[derive(ApiResponse)]
enum Holidays {
    /// The holidays.
    #[oai(status = 200)]
    Page(Json<SchoolHolidayPage>),
}

/// The school holidays of a zone for one school year.
#[derive(ApiResponse)]
enum Year {
    /// What is kept.
    #[oai(status = 200)]
    Kept(Json<SchoolYearOut>),
}

/// A file of school holidays.
#[derive(Debug, Multipart)]
struct HolidayFile {
    /// CSV or XLSX.
    file: Upload,
    /// Only say what would happen.
    dry_run: Option<bool>,
}

/// What an import did.
#[derive(ApiResponse)]
enum Imported {
    /// Read; `written` tells what was recorded.
    #[oai(status = 200)]
    Done(Json<SchoolImportOut>),
}

/// Days shown when no range is asked: five weeks from today.
const USUAL_DAYS: i32 = 34;

#[OpenApi(tag = "Tag::Experts")]
impl AvailabilityApi {
    /// Read the time of an expert
    ///
    /// Every half-day from `from` to `until`, thirteen months at most; five weeks from today unless given.
    #[oai(path = "/experts/:id/availability", method = "get", operation_id = "availability_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// First day.
        from: Query<Option<Date>>,
        /// Last day.
        until: Query<Option<Date>>,
    ) -> Result<Read<AvailabilityOut>, ApiError> {
        let conn = self.app.db.read();
        let expert = queries::expert(conn, &caller.0, id.0.into()).await?;
        let from = from.0.unwrap_or_else(|| queries::local_day(&expert, self.app.now()));
        let until = until.0.unwrap_or_else(|| add_days(from, USUAL_DAYS));
        let range = input::range(from, until).map_err(AvailabilityError::Invalid)?;
        let sheet = queries::sheet(conn, &caller.0, expert.id, range).await?;
        Ok(Read::new(AvailabilityOut::of(&sheet, range), sheet.version))
    }

    /// Declare the half-days of an expert
    ///
    /// Replaces every single date from `from` to `until`: a half-day that is left out follows habits and absences
    /// again. The past does not change. `If-Match` is needed; `"0"` when nothing was declared yet.
    #[oai(path = "/experts/:id/availability", method = "put", operation_id = "availability_declare")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// First day.
        from: Query<Date>,
        /// Last day.
        until: Query<Date>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AvailabilityIn>,
    ) -> Result<Read<AvailabilityOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let range = input::range(from.0, until.0).map_err(AvailabilityError::Invalid)?;
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::declare(&mut tx, id, Some(seen), range, |_| whole(range, &body.0)).await?;
        let out = after(&tx, id, range).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Read::new(out, version))
    }

    /// Fill a month like the one before
    ///
    /// The second Tuesday like the second Tuesday, from today on; absences and holidays stay. Answers the month.
    #[oai(
        path = "/experts/:id/availability/like-last-month",
        method = "post",
        operation_id = "availability_repeat"
    )]
    async fn repeat(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<MonthIn>,
    ) -> Result<Read<AvailabilityOut>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::like_last_month(&mut tx, id, None, body.0.month).await?;
        let range = month_of(body.0.month).map_err(AvailabilityError::Invalid)?;
        let out = after(&tx, id, range).await?;
        let version = out.version;
        let read = Read::new(out, version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// Ask an expert to declare their time
    ///
    /// Writes to the expert, once a day at most. Answers the five weeks to come.
    #[oai(path = "/experts/:id/availability/ask", method = "post", operation_id = "availability_ask")]
    async fn ask(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<AvailabilityOut>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::ask(&mut tx, id).await?;
        let range = self.coming();
        let out = after(&tx, id, range).await?;
        let version = out.version;
        let read = Read::new(out, version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// Add half-days that come back
    ///
    /// Single dates that they cover are wiped. Answers the five weeks to come.
    #[oai(path = "/experts/:id/rhythms", method = "post", operation_id = "rhythm_add")]
    async fn add_rhythm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<RhythmIn>,
    ) -> Result<Created<AvailabilityOut>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_rhythm(&mut tx, id, None, &body.0.typed()).await?;
        self.created(tx, id).await
    }

    /// Stop a half-day from coming back
    ///
    /// From today on; what is past stays. Answers the five weeks to come.
    #[oai(path = "/experts/:id/rhythms/:rhythm_id", method = "delete", operation_id = "rhythm_end")]
    async fn end_rhythm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        rhythm_id: Path<Uuid>,
    ) -> Result<Read<AvailabilityOut>, ApiError> {
        let (id, rhythm): (ExpertId, RecurringHalfDayId) = (id.0.into(), rhythm_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::end_rhythm(&mut tx, id, rhythm, None).await?;
        self.read(tx, id).await
    }

    /// Declare an absence
    ///
    /// Single dates inside it are wiped. The reason is confidential. Answers the five weeks to come.
    #[oai(path = "/experts/:id/absences", method = "post", operation_id = "absence_declare")]
    async fn add_absence(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<AbsenceIn>,
    ) -> Result<Created<AvailabilityOut>, ApiError> {
        let id: ExpertId = id.0.into();
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_absence(&mut tx, id, None, &body.0.typed()).await?;
        self.created(tx, id).await
    }

    /// Give up an absence
    ///
    /// One that has begun ends yesterday. Answers the five weeks to come.
    #[oai(path = "/experts/:id/absences/:absence_id", method = "delete", operation_id = "absence_cancel")]
    async fn cancel_absence(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        absence_id: Path<Uuid>,
    ) -> Result<Read<AvailabilityOut>, ApiError> {
        let (id, absence): (ExpertId, AbsenceId) = (id.0.into(), absence_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::cancel_absence(&mut tx, id, absence, None).await?;
        self.read(tx, id).await
    }

    /// List school holidays
    ///
    /// Those that staff imported, and those of the published national calendar where nothing replaces them.
    #[oai(path = "/school-holidays", method = "get", operation_id = "school_holiday_list")]
    async fn holidays(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Word of a zone.
        zone: Query<Option<ShortText>>,
    ) -> Result<Holidays, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = queries::school_calendar(self.app.db.read(), &caller.0).await?;
        let zone = zone.0.map(String::from).filter(|word| !word.is_empty());
        let wanted = zone.map(|word| SchoolZone::of(&word));
        let shown = found.iter().filter(|one| wanted.is_none_or(|zone| zone == Some(one.zone)));
        let items: Vec<SchoolHolidayOut> = shown.map(Into::into).collect();
        let key = |one: &SchoolHolidayOut| format!("{} {} {}", one.zone, one.starts_on, one.name);
        let (items, next_cursor) = PageParams::part(items, &page, key)?;
        Ok(Holidays::Page(Json(SchoolHolidayPage { items, next_cursor })))
    }

    /// Keep the school holidays of a zone for one school year
    ///
    /// In place of those known of it, as the text that decides them gives them; without holidays, what was kept is taken
    /// back.
    #[oai(path = "/school-holidays/year", method = "put", operation_id = "school_year_set")]
    async fn set_year(&self, caller: Caller, body: Json<SchoolYearIn>) -> Result<Year, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let kept = actions::set_school_year(&mut tx, &body.0.typed()).await?;
        tx.commit().await?;
        Ok(Year::Kept(Json(SchoolYearOut { holidays: kept.iter().map(Into::into).collect() })))
    }

    /// Import school holidays
    ///
    /// A CSV or XLSX file with the columns `zone`, `vacances`, `du`, `au`; both days included. A zone and school year
    /// of the file replaces what was known of it.
    #[oai(path = "/school-holidays/import", method = "post", operation_id = "school_holiday_import")]
    async fn import(&self, caller: Caller, form: HolidayFile) -> Result<Imported, ApiError> {
        let options = Options { dry_run: form.dry_run.unwrap_or_default(), skip_invalid: false };
        let name = form.file.file_name().unwrap_or("import").chars().take(200).collect::<String>();
        let bytes = form.file.into_vec().await.map_err(|_| TableError::Format)?;
        let report = import::import(&self.app, caller.0, &bytes, &name, options).await?;
        if report.written == 0 && !report.faults.is_empty() && !options.dry_run {
            return Err(ImportRefused(report).into());
        }
        Ok(Imported::Done(Json(SchoolImportOut::of(&report))))
    }
}

impl AvailabilityApi {
    /// The five weeks to come.
    fn coming(&self) -> Period {
        let today = self.app.today();
        Period::new(today, add_days(today, USUAL_DAYS)).unwrap_or_else(|_| Period::months(today, 1))
    }

    async fn created(&self, mut tx: Tx, id: ExpertId) -> Result<Created<AvailabilityOut>, ApiError> {
        let out = after(&tx, id, self.coming()).await?;
        let version = out.version;
        let created = Created::new(out, &format!("/experts/{id}/availability"), version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    async fn read(&self, tx: Tx, id: ExpertId) -> Result<Read<AvailabilityOut>, ApiError> {
        let out = after(&tx, id, self.coming()).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Read::new(out, version))
    }
}

/// Every half-day of a range: what is said, and what is given back to habits and absences.
fn whole(range: Period, body: &AvailabilityIn) -> Vec<Wish> {
    let said = body.wishes();
    let days = (0..range.days()).filter_map(|day| i32::try_from(day).ok());
    let left = days.flat_map(|day| HALVES.map(|half| (add_days(range.from(), day), half)));
    let left = left.filter(|(day, half)| !said.iter().any(|wish| (wish.day, wish.half) == (*day, *half)));
    let left: Vec<_> = left.map(|(day, half)| Wish { day, half, available: None }).collect();
    said.into_iter().chain(left).collect()
}

fn month_of(day: Date) -> Result<Period, Vec<Fault>> {
    let first = first_of_month(day);
    input::range(first, month(first).last().unwrap_or(first))
}

/// The time of the expert as the transaction leaves it.
async fn after(tx: &Tx, id: ExpertId, range: Period) -> Result<AvailabilityOut, ApiError> {
    let sheet = queries::sheet(tx.conn(), tx.actor(), id, range).await?;
    Ok(AvailabilityOut::of(&sheet, range))
}
