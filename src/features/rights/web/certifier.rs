//! `/droits/certificateur`: the Qualiopi certificate and the insurance of the certifying body, as of a day.

use askama::Template;
use entity::dated_right::RightKind;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::queries::{self, Held};
use super::super::{CERTIFIER_PAGE, Holder, RightError, actions, labels};
use super::records::{self, RecordRow};
use crate::authz::{Facts, Permission, may};
use crate::http::web::component::AsOf;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date;

/// What the certifying body holds.
const KINDS: [RightKind; 2] = [RightKind::Qualiopi, RightKind::Insurance];

/// The rights of one kind.
#[derive(Clone, Debug)]
pub struct CertifierSection {
    /// The word of the kind, for its form and the ids of the page.
    pub kind: String,
    /// Its name.
    pub title: &'static str,
    /// What its form does.
    pub add: &'static str,
    /// Said when none holds that day; empty when one does.
    pub none: &'static str,
    /// The rights, the latest first.
    pub rows: Vec<RecordRow>,
    /// The form of the next one.
    pub form: FormState,
    /// Whether the form comes back.
    pub open: bool,
}

/// `/droits/certificateur`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/rights/certifier.html")]
pub struct CertifierPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The day looked at.
    pub day: Date,
    /// Said when that day is not today: nothing is recorded from there.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// Certificate, then insurance.
    pub sections: Vec<CertifierSection>,
    /// Whether the visitor may record.
    pub may_edit: bool,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    au: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let day = typed_date::parse(&asked.au).unwrap_or_else(|| page.app.today());
    answer(&page, StatusCode::OK, day, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    day: Date,
    returned: Option<(RightKind, FormState)>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let held = queries::of_certifier(conn, page.actor()).await.map_err(WebError::from)?;
    let records = queries::records(conn, &held).await.map_err(WebError::from)?;
    let past = AsOf::of(day, page.app.today(), CERTIFIER_PAGE.to_owned());
    let may_edit = past.is_none() && may(page.actor(), Permission::CertifierRightManage, &Facts::default());
    let summary = returned.as_ref().and_then(|(_, form)| form.summary(labels::NOT_RECORDED));
    let section = |kind: RightKind| {
        let own: Vec<Held> = held.iter().filter(|held| held.right.kind == kind).cloned().collect();
        let holds = own.iter().any(|held| held.valid_on(day));
        let back = returned.as_ref().filter(|(returned, _)| *returned == kind);
        let form = back.map(|(_, form)| form.clone());
        CertifierSection {
            kind: kind.word(),
            title: labels::kind(kind),
            add: labels::add(kind),
            none: if holds { "" } else { labels::none(kind) },
            rows: records::rows(&own, &records, day, may_edit),
            open: form.is_some(),
            form: form
                .unwrap_or_else(|| records::form(records::proposal(kind, &own, &records, page.app.today())))
                .with_prefix(kind.word()),
        }
    };
    let context = CertifierPage {
        shell: page.shell(labels::OF_CERTIFIER).with_errors(summary.is_some()),
        summary,
        day,
        past,
        dates: FormState::filled([("au", typed_date::iso(day))]),
        sections: KINDS.map(section).into(),
        may_edit,
    };
    page.answer_with(status, &context)
}

/// Records.
#[handler]
pub(super) async fn record(page: Page, form: FormData) -> Result<Response> {
    let asked = RightKind::from_word(form.text("kind")).filter(|kind| KINDS.contains(kind));
    let kind = asked.ok_or(RightError::NotFound).map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::record(&mut tx, Holder::certifier(), kind, &records::typed(&form)).await?;
        Ok::<_, RightError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(CERTIFIER_PAGE, &labels::recorded())),
        Err(error) if records::comes_back(&error) => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_prefix(kind.word());
            let returned = Some((kind, state));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, page.app.today(), returned).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
