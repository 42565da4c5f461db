//! `/structures/{siren}/convention`: the State conventions of a structure, as of a day.

use askama::Template;
use entity::dated_right::RightKind;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::queries::{self, Found};
use super::show::Asked;
use crate::authz::{Facts, Permission, may};
use crate::features::rights::input::TypedRecord;
use crate::features::rights::web::{RecordRow, records};
use crate::features::rights::{self, Held, Holder, RightError};
use crate::http::web::component::{AsOf, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::add_days;
use crate::rules::typed_date::{self, iso};

/// `/structures/{siren}/convention`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/convention.html")]
pub struct ConventionPage {
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
    /// The address of this page.
    pub address: String,
    /// The structure.
    pub back: Link,
    /// Said when none holds that day; empty when one does.
    pub none: &'static str,
    /// The conventions, the latest first.
    pub rows: Vec<RecordRow>,
    /// Where the days of the form come from; empty when they are only proposed.
    pub from: String,
    /// The form of the next one.
    pub form: FormState,
    /// Whether the form comes back.
    pub open: bool,
    /// Whether the visitor may record.
    pub may_edit: bool,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(siren): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let found = queries::by_siren(page.app.db.read(), page.actor(), &siren).await.map_err(WebError::from)?;
    let day = asked.day().unwrap_or_else(|| page.app.today());
    answer(&page, StatusCode::OK, &found, day, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    found: &Found,
    day: Date,
    returned: Option<FormState>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let row = &found.structure;
    let held = queries::conventions(conn, row.id).await.map_err(WebError::from)?;
    let known = rights::queries::records(conn, &held).await.map_err(WebError::from)?;
    let facts = Facts { structure: Some(row.id), region: Some(row.region.clone()), ..Facts::default() };
    let address = format!("/structures/{}/convention", row.siren);
    let past = AsOf::of(day, page.app.today(), address.clone());
    let may_edit = past.is_none() && may(page.actor(), Permission::ConventionManage, &facts);
    let summary = returned.as_ref().and_then(|form| form.summary(rights::labels::NOT_RECORDED));
    let today = page.app.today();
    let usual = records::proposal(RightKind::StateConvention, &held, &known, today);
    let (typed, from) = if may_edit {
        let sent = queries::sent_convention(conn, row.id).await.map_err(WebError::from)?;
        prefilled(usual, &held, sent.as_ref())
    } else {
        (usual, String::new())
    };
    let holds = held.iter().any(|held| held.valid_on(day));
    let context = ConventionPage {
        shell: page.shell(labels::CONVENTIONS).with_errors(summary.is_some()),
        summary,
        day,
        past,
        dates: FormState::filled([("au", iso(day))]),
        address,
        back: Link::new(row.name.clone(), format!("/structures/{}", row.siren)),
        none: if holds { "" } else { rights::labels::none(RightKind::StateConvention) },
        rows: records::rows(&held, &known, day, may_edit),
        from,
        open: returned.is_some(),
        form: returned.unwrap_or_else(|| records::form(typed)).with_prefix("convention"),
        may_edit,
    };
    page.answer_with(status, &context)
}

/// What the form proposes, and where its days come from: those of the piece of a request, when it goes beyond what is
/// held.
fn prefilled(
    usual: TypedRecord,
    held: &[Held],
    sent: Option<&queries::SentConvention>,
) -> (TypedRecord, String) {
    let last = held.iter().filter_map(|held| held.right.ends_on).max();
    let further = sent.filter(|sent| last.is_none_or(|last| last < sent.ends_on));
    if let Some(sent) = further {
        let after = last.map(|last| add_days(last, 1));
        let starts_on = after.max(sent.proof_on).map(iso).unwrap_or_default();
        let typed = TypedRecord { starts_on, ends_on: iso(sent.ends_on), ..usual };
        return (typed, labels::from_request(&sent.request));
    }
    (usual, String::new())
}

/// Records.
#[handler]
pub(super) async fn record(page: Page, Path(siren): Path<String>, form: FormData) -> Result<Response> {
    let found = queries::by_siren(page.app.db.read(), page.actor(), &siren).await.map_err(WebError::from)?;
    let holder = Holder::structure(found.structure.id);
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let typed = records::typed(&form);
        rights::actions::record(&mut tx, holder, RightKind::StateConvention, &typed).await?;
        Ok::<_, RightError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => {
            let path = format!("/structures/{siren}/convention");
            Ok(flash::redirect(&path, &rights::labels::recorded()))
        }
        Err(error) if records::comes_back(&error) => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_prefix("convention");
            let today = page.app.today();
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &found, today, Some(state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

impl Asked {
    /// The day that the address asks for.
    fn day(&self) -> Option<Date> {
        typed_date::parse(&self.au)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_piece_sent_goes_before_the_usual_days() {
        let usual = TypedRecord {
            number: "C-12".to_owned(),
            issuer: "DDETS".to_owned(),
            starts_on: "2025-10-06".to_owned(),
            ends_on: "2026-10-05".to_owned(),
        };
        let sent = queries::SentConvention {
            request: "AGR-2025-0042".to_owned(),
            proof_on: Some(date!(2025 - 01 - 01)),
            ends_on: date!(2025 - 12 - 31),
        };
        for (sent, days) in
            [(Some(&sent), ("2025-01-01", "2025-12-31")), (None, ("2025-10-06", "2026-10-05"))]
        {
            let (typed, from) = prefilled(usual.clone(), &[], sent);
            assert_eq!((typed.starts_on.as_str(), typed.ends_on.as_str()), days);
            assert_eq!(from.contains("AGR-2025-0042"), sent.is_some(), "{from}");
        }
    }
}
