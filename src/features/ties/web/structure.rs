//! `/structures/{siren}/liens`: everyone who is tied with a structure, and its group.

use askama::Template;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::{TieError, actions, labels, queries};
use super::rows::{Side, TieRow, day_asked, rows};
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{AsOf, Fact, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::siret::Siren;
use crate::rules::typed_date;

/// `/structures/{siren}/liens`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/ties/structure.html")]
pub struct StructurePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Back to the file.
    pub back: Link,
    /// SIREN, for the addresses.
    pub siren: String,
    /// SIREN, in groups.
    pub reference: String,
    /// Name.
    pub name: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// The ties.
    pub ties: Vec<TieRow>,
    /// Whether the ties that people declared are left out.
    pub partial: bool,
    /// Whether the reader may change the group.
    pub may_edit: bool,
    /// The form of the group.
    pub group: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(siren): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let on = day_asked(&asked).unwrap_or_else(|| page.app.today());
    answer(&page, StatusCode::OK, &siren, on, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    siren: &str,
    on: Date,
    returned: Option<FormState>,
) -> Result<Response> {
    let (conn, actor) = (page.app.db.read(), page.actor());
    let structure = queries::by_siren(conn, actor, siren).await.map_err(WebError::from)?;
    let lines = queries::of_structure(conn, actor, structure.id, on).await.map_err(WebError::from)?;
    let known = queries::group_of(conn, structure.id).await.map_err(WebError::from)?;
    let summary = returned.as_ref().and_then(|form| form.summary(labels::NOT_RECORDED));
    let facts =
        Facts { structure: Some(structure.id), region: Some(structure.region.clone()), ..Facts::default() };
    let shown = known.clone().unwrap_or_else(|| labels::NO_GROUP.to_owned());
    let form = returned.unwrap_or_else(|| FormState::filled([("group", known.unwrap_or_default())]));
    let context = StructurePage {
        shell: page.shell(labels::INDEPENDENCE).with_errors(summary.is_some()),
        summary,
        back: Link::new(structure.name.clone(), format!("/structures/{}", structure.siren)),
        siren: structure.siren.clone(),
        reference: Siren::parse(&structure.siren).map_or_else(|_| structure.siren.clone(), Siren::grouped),
        name: structure.name.clone(),
        margin: vec![Fact::new(labels::GROUP, shown)],
        past: AsOf::of(on, page.app.today(), format!("/structures/{}/liens", structure.siren)),
        dates: FormState::filled([("au", typed_date::iso(on))]),
        ties: rows(&lines, Side::Structure),
        partial: !queries::told(actor, None),
        may_edit: may(actor, Permission::TieEdit, &facts),
        group: form.with_prefix("groupe"),
    };
    page.answer_with(status, &context)
}

/// Names the group of the structure.
#[handler]
pub(super) async fn group(page: Page, Path(siren): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let structure = queries::by_siren(page.app.db.read(), page.actor(), &siren).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::set_group(&mut tx, structure.id, form.text("group")).await?;
        Ok::<_, TieError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&format!("/structures/{siren}/liens"), &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &siren, page.app.today(), Some(state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
