//! `/droits`: every dated right as of a day, those that end soonest first.

use askama::Template;
use entity::dated_right::RightKind;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::queries::{self, Filter, Held, Shown};
use super::super::{holders, labels, names};
use crate::authz::{Facts, Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{AsOf, Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::deadline::add_days;
use crate::rules::territory;
use crate::rules::typed_date;

const ROWS: u64 = 30;
/// Days before its end at which a right is to be renewed.
const SOON: i32 = 180;

/// One right of the list.
#[derive(Clone, Debug)]
pub struct RightRow {
    /// Who holds it.
    pub holder: String,
    /// Site, commune, number.
    pub note: String,
    /// Page of the holder.
    pub href: String,
    /// What is held: a piece by its own name.
    pub name: String,
    /// What a person calls it.
    pub reference: String,
    /// Where it stands that day.
    pub status: Status,
    /// Its days.
    pub period: String,
    /// How long is left; empty when it has no end or it is behind.
    pub left: String,
}

/// `/droits`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/rights/list.html")]
pub struct RightsPage {
    /// The shell.
    pub shell: Shell,
    /// The day looked at.
    pub day: Date,
    /// Said when that day is not today.
    pub past: Option<AsOf>,
    /// The filters: `nature`, `region`, `montrer`, `au`.
    pub form: FormState,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Which ones.
    pub shown: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The rights.
    pub rows: Vec<RightRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor sees what the certifying body holds.
    pub certifier: bool,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    nature: String,
    region: String,
    montrer: String,
    au: String,
    suite: String,
}

impl Asked {
    fn address(&self, next: &str) -> String {
        let parameters = [
            ("nature", self.nature.as_str()),
            ("region", &self.region),
            ("montrer", &self.montrer),
            ("au", &self.au),
            ("suite", next),
        ];
        address::with_query("/droits", &parameters)
    }

    /// The same list today.
    fn today(&self) -> String {
        let parameters =
            [("nature", self.nature.as_str()), ("region", &self.region), ("montrer", &self.montrer)];
        address::with_query("/droits", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    queries::may_list(page.actor()).map_err(WebError::from)?;
    let conn = page.app.db.read();
    let day = typed_date::parse(&asked.au).unwrap_or_else(|| page.app.today());
    let filter = Filter {
        on: day,
        shown: match asked.montrer.as_str() {
            "echeance" => Shown::EndingWithin(SOON),
            "suspendus" => Shown::Suspended,
            "tous" => Shown::All,
            _ => Shown::InForce,
        },
        kind: RightKind::from_word(&asked.nature),
        region: Some(asked.region.clone()).filter(|code| !code.is_empty()),
        holder: None,
    };
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let rights: Vec<_> = found.items.iter().map(|held| &held.right).collect();
    let holders = holders::of(conn, &rights).await.map_err(WebError::from)?;
    let mut names = names::of(conn, &rights).await.map_err(WebError::from)?;
    let rows = found.items.iter().map(|held| {
        let name = names.remove(&held.right.id).unwrap_or_default();
        row(held, name, holders.get(&held.right.holder_id), day)
    });
    let rows = rows.collect();
    let context = RightsPage {
        shell: page.shell(labels::RIGHTS),
        day,
        past: AsOf::of(day, page.app.today(), asked.today()),
        kinds: RightKind::all().map(|kind| Choice::new(kind.word(), labels::kind(kind))).collect(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        shown: labels::SHOWN.iter().skip(1).map(|(word, label)| Choice::new(*word, *label)).collect(),
        certifier: may(page.actor(), Permission::RightView, &Facts::default()),
        filtered: [&asked.nature, &asked.region, &asked.montrer, &asked.au]
            .iter()
            .any(|text| !text.is_empty()),
        rows,
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        form: FormState::filled([
            ("nature", asked.nature.clone()),
            ("region", asked.region.clone()),
            ("montrer", asked.montrer.clone()),
            ("au", typed_date::iso(day)),
        ]),
    };
    page.answer(&context)
}

/// Whether a right holds on a day and is to be renewed.
pub(super) fn soon(held: &Held, day: Date) -> bool {
    held.valid_on(day) && held.right.ends_on.is_some_and(|end| day <= end && end <= add_days(day, SOON))
}

fn row(held: &Held, name: String, holder: Option<&holders::HolderName>, day: Date) -> RightRow {
    let row = &held.right;
    let standing = held.standing_on(day);
    let ahead = row.ends_on.filter(|end| *end >= day && standing.is_valid());
    RightRow {
        holder: holder.map_or_else(|| labels::UNKNOWN_HOLDER.to_owned(), |holder| holder.name.clone()),
        note: holder.map(|holder| holder.note.clone()).unwrap_or_default(),
        href: holder.map(|holder| holder.href.clone()).unwrap_or_default(),
        name,
        reference: row.reference.clone(),
        status: if soon(held, day) { labels::ENDS_SOON } else { labels::standing(standing) },
        period: queries::span(row).to_string(),
        left: ahead.map(|end| french::relative_days(end, day)).unwrap_or_default(),
    }
}
