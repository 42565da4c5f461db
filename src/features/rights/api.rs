//! `/api/v1/rights`.

mod bodies;

pub use bodies::{CertifierRightIn, CertifierRightWord, ConventionIn, RightEndIn, RightTakenBackIn};

use std::sync::Arc;

use entity::dated_right::{self, HolderKind, RightKind};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use time::Date;
use uuid::Uuid;

use super::queries::{self, Filter, Held, Shown};
use super::{Holder, actions, holders};
use crate::app::App;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag};
use crate::rules::right::Standing;

/// Dated rights.
pub struct RightsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "RightKind", rename_all = "snake_case")]
pub enum RightKindWord {
    /// Of an expert, for a duty.
    Habilitation,
    /// Of a structure, on a site.
    Agreement,
    /// Of a version of a certification, in a register.
    Registration,
    /// State convention of a structure.
    StateConvention,
    /// Qualiopi certificate.
    Qualiopi,
    /// Insurance.
    Insurance,
    /// Any other piece with an end.
    Piece,
}

impl RightKindWord {
    const fn kind(self) -> RightKind {
        match self {
            Self::Habilitation => RightKind::Habilitation,
            Self::Agreement => RightKind::Agreement,
            Self::Registration => RightKind::Registration,
            Self::StateConvention => RightKind::StateConvention,
            Self::Qualiopi => RightKind::Qualiopi,
            Self::Insurance => RightKind::Insurance,
            Self::Piece => RightKind::Piece,
        }
    }

    const fn of(kind: RightKind) -> Self {
        match kind {
            RightKind::Habilitation => Self::Habilitation,
            RightKind::Agreement => Self::Agreement,
            RightKind::Registration => Self::Registration,
            RightKind::StateConvention => Self::StateConvention,
            RightKind::Qualiopi => Self::Qualiopi,
            RightKind::Insurance => Self::Insurance,
            RightKind::Piece => Self::Piece,
        }
    }
}

/// Whose right it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "RightHolderKind", rename_all = "snake_case")]
pub enum HolderWord {
    /// An expert.
    Expert,
    /// A structure.
    Structure,
    /// A site of a structure.
    Site,
    /// A version of a certification.
    CertificationVersion,
    /// The certifying body; its key is nil.
    Certifier,
}

impl HolderWord {
    const fn kind(self) -> HolderKind {
        match self {
            Self::Expert => HolderKind::Expert,
            Self::Structure => HolderKind::Structure,
            Self::Site => HolderKind::Site,
            Self::CertificationVersion => HolderKind::CertificationVersion,
            Self::Certifier => HolderKind::Certifier,
        }
    }

    const fn of(kind: HolderKind) -> Self {
        match kind {
            HolderKind::Expert => Self::Expert,
            HolderKind::Structure => Self::Structure,
            HolderKind::Site => Self::Site,
            HolderKind::CertificationVersion => Self::CertificationVersion,
            HolderKind::Certifier => Self::Certifier,
        }
    }
}

/// Where a right stands on the day looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "RightStanding", rename_all = "snake_case")]
pub enum StandingWord {
    /// It holds.
    InForce,
    /// It holds after its last day, a renewal being examined.
    InGrace,
    /// Set aside.
    Suspended,
    /// Waits for something, a signature for instance.
    Pending,
    /// Its first day is ahead.
    ToCome,
    /// Its last day is behind.
    Ended,
    /// It never counted.
    Void,
}

impl StandingWord {
    const fn of(standing: Standing) -> Self {
        match standing {
            Standing::InForce => Self::InForce,
            Standing::InGrace => Self::InGrace,
            Standing::Suspended => Self::Suspended,
            Standing::Pending => Self::Pending,
            Standing::ToCome => Self::ToCome,
            Standing::Ended => Self::Ended,
            Standing::Void => Self::Void,
        }
    }
}

/// Which rights a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "RightsShown", rename_all = "snake_case")]
pub enum ShownWord {
    /// Those that hold on the day.
    InForce,
    /// Those set aside on the day.
    Suspended,
    /// Every one, ended ones too.
    All,
}

/// Days on which a right does not count.
#[derive(Clone, Debug, Object)]
pub struct SuspensionOut {
    /// First day.
    pub starts_on: Date,
    /// Last day; none while it lasts.
    pub ends_on: Option<Date>,
}

/// A right.
#[derive(Clone, Debug, Object)]
pub struct RightOut {
    /// Key.
    pub id: Uuid,
    /// What is held.
    pub kind: RightKindWord,
    /// Whose it is.
    pub holder_kind: HolderWord,
    /// Key of the holder.
    pub holder_id: Uuid,
    /// Name of the holder.
    pub holder_name: String,
    /// On what, in canonical words.
    pub scope: String,
    /// What a person calls it.
    pub reference: String,
    /// First day.
    pub starts_on: Date,
    /// Last day; none when it is open.
    pub ends_on: Option<Date>,
    /// Until when it still holds after its last day.
    pub grace_until: Option<Date>,
    /// Where it stands on the day looked at.
    pub standing: StandingWord,
    /// Days on which it does not count.
    pub suspensions: Vec<SuspensionOut>,
    /// Version.
    pub version: i32,
}

impl RightOut {
    fn of(held: &Held, holder_name: String, on: Date) -> Self {
        let row = &held.right;
        let suspension =
            |span: &crate::rules::right::Span| SuspensionOut { starts_on: span.from, ends_on: span.until };
        Self {
            id: row.id.0,
            kind: RightKindWord::of(row.kind),
            holder_kind: HolderWord::of(row.holder_kind),
            holder_id: row.holder_id,
            holder_name,
            scope: row.scope.clone(),
            reference: row.reference.clone(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            grace_until: row.grace_until,
            standing: StandingWord::of(held.standing_on(on)),
            suspensions: held.suspensions.iter().map(suspension).collect(),
            version: row.version,
        }
    }
}

/// A page of rights.
#[derive(Clone, Debug, Object)]
pub struct RightPage {
    /// The rights, those that end soonest first.
    pub items: Vec<RightOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The furthest end that may be asked for: a century.
const MOST_DAYS: i32 = 36_525;

/// A page of rights.
#[derive(ApiResponse)]
enum Listed {
    /// The rights that the caller may see.
    #[oai(status = 200)]
    Page(Json<RightPage>),
}

#[OpenApi(prefix_path = "/rights", tag = "Tag::Rights")]
impl RightsApi {
    /// List rights as of a date
    ///
    /// Habilitations, agreements, registrations and pieces with an end: those that hold on `on`, the day of today unless
    /// given, those that end soonest first.
    #[oai(path = "/", method = "get", operation_id = "right_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The day looked at.
        on: Query<Option<Date>>,
        kind: Query<Option<RightKindWord>>,
        /// Those that hold unless given.
        shown: Query<Option<ShownWord>>,
        /// Those that hold and end within so many days; wins over `shown`.
        ending_within: Query<Option<u32>>,
        /// INSEE code of a region.
        region: Query<Option<ShortText>>,
        /// Given with `holder_id`.
        holder_kind: Query<Option<HolderWord>>,
        /// Given with `holder_kind`.
        holder_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        queries::may_list(&caller.0)?;
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let holder = holder_kind.0.zip(holder_id.0);
        let filter = Filter {
            on: on.0.unwrap_or_else(|| self.app.today()),
            shown: match (ending_within.0, shown.0) {
                (Some(days), _) => {
                    Shown::EndingWithin(i32::try_from(days).unwrap_or(MOST_DAYS).min(MOST_DAYS))
                }
                (None, Some(ShownWord::Suspended)) => Shown::Suspended,
                (None, Some(ShownWord::All)) => Shown::All,
                (None, Some(ShownWord::InForce) | None) => Shown::InForce,
            },
            kind: kind.0.map(RightKindWord::kind),
            region: region.0.map(String::from).filter(|code| !code.is_empty()),
            holder: holder.map(|(kind, id)| Holder { kind: kind.kind(), id }),
        };
        let conn = self.app.db.read();
        let found = queries::list(conn, &caller.0, &filter, &page).await?;
        let rows: Vec<_> = found.items.iter().map(|held| &held.right).collect();
        let names = holders::of(conn, &rows).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let name = |held: &Held| names.get(&held.right.holder_id).map(|holder| holder.name.clone());
        let items = found
            .items
            .iter()
            .map(|held| RightOut::of(held, name(held).unwrap_or_default(), filter.on))
            .collect();
        Ok(Listed::Page(Json(RightPage { items, next_cursor })))
    }

    /// Read a right as of a date
    ///
    /// `standing` is that of `on`.
    #[oai(path = "/:id", method = "get", operation_id = "right_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Read<RightOut>, ApiError> {
        let held = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let on = on.0.unwrap_or_else(|| self.app.today());
        Ok(Read::new(told(&self.app, &held, on).await?, held.right.version))
    }

    /// Record a certificate or an insurance of the certifying body
    ///
    /// Two of one kind share no day.
    #[oai(path = "/certifier", method = "post", operation_id = "certifier_right_record")]
    async fn record(
        &self,
        caller: Caller,
        body: Json<CertifierRightIn>,
    ) -> Result<Created<RightOut>, ApiError> {
        let kind = body.0.kind.kind();
        let mut tx = self.app.begin(caller.0).await?;
        let right = actions::record(&mut tx, Holder::certifier(), kind, &body.0.typed()).await?;
        tx.commit().await?;
        let (path, version) = (format!("/rights/{}", right.id), right.version);
        Ok(Created::new(recorded(&self.app, right).await?, &path, version))
    }

    /// End a right before its term
    ///
    /// What the certifying body holds, or the State convention of a structure: withdrawn, terminated.
    #[oai(path = "/:id/end", method = "post", operation_id = "right_end")]
    async fn end(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<RightEndIn>,
    ) -> Result<Read<RightOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let right = actions::cut_short(&mut tx, id.0.into(), None, &body.0.typed()).await?;
        tx.commit().await?;
        let version = right.version;
        Ok(Read::new(recorded(&self.app, right).await?, version))
    }

    /// Take back a right that was recorded by mistake
    ///
    /// It never counted, and its days are free again. What another feature gave is not taken back here.
    #[oai(path = "/:id/take-back", method = "post", operation_id = "right_take_back")]
    async fn take_back(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<RightTakenBackIn>,
    ) -> Result<Read<RightOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let right = actions::take_back(&mut tx, id.0.into(), None, &body.0.reason.0).await?;
        tx.commit().await?;
        let version = right.version;
        Ok(Read::new(recorded(&self.app, right).await?, version))
    }
}

/// A right with the name of its holder.
async fn told(app: &App, held: &Held, on: Date) -> Result<RightOut, ApiError> {
    let names = holders::of(app.db.read(), &[&held.right]).await?;
    let name = names.get(&held.right.holder_id).map(|holder| holder.name.clone());
    Ok(RightOut::of(held, name.unwrap_or_default(), on))
}

/// A right recorded by hand, which is never set aside, once the act is committed.
///
/// # Errors
/// What the database answers.
pub async fn recorded(app: &App, right: dated_right::Model) -> Result<RightOut, ApiError> {
    let held = Held { right, suspensions: Vec::new() };
    told(app, &held, app.today()).await
}
