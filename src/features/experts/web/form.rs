//! Recording and changing an expert.

use askama::Template;
use entity::expert;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{Status as Situation, TypedExpert};
use super::super::queries::{self, Found};
use super::super::{ExpertError, actions, labels};
use crate::authz::{Facts, Permission, allows, allows_somewhere};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::phone;
use crate::rules::territory;

/// `/intervenants/nouveau` and `/intervenants/{number}/modifier`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/form.html")]
pub struct ExpertFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Where the form posts.
    pub action: String,
    /// Where to go back.
    pub back: Link,
    /// What binds an expert to the work.
    pub situations: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Somebody of the same name, already recorded: their page, and their number, asked once.
    pub namesake: Option<(Link, String)>,
    /// The form.
    pub form: FormState,
}

/// The name of the field that says that somebody of the same name is known.
const NAMESAKE: &str = "homonyme_connu";

/// The empty form.
#[handler]
pub(super) fn blank(page: Page) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::ExpertEdit, &Facts::default()).map_err(WebError::from)?;
    answer(&page, StatusCode::OK, None, FormState::default(), None)
}

fn answer(
    page: &Page,
    status: StatusCode,
    found: Option<&Found>,
    form: FormState,
    namesake: Option<&expert::Model>,
) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let path = found.map(|found| format!("/intervenants/{}", found.expert.number));
    let name = found.map(|found| found.expert.name());
    let title = name.as_deref().map_or_else(|| labels::NEW_EXPERT.to_owned(), labels::change_of);
    let context = ExpertFormPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        action: path
            .as_ref()
            .map_or_else(|| "/intervenants/nouveau".to_owned(), |path| format!("{path}/modifier")),
        back: Link::new(
            name.unwrap_or_else(|| labels::EXPERTS.to_owned()),
            path.unwrap_or_else(|| "/intervenants".to_owned()),
        ),
        situations: Situation::ALL.map(|one| Choice::new(one.word(), labels::situation(one))).to_vec(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        namesake: namesake.map(|one| {
            let page =
                Link::new(format!("{}, {}", one.name(), one.number), format!("/intervenants/{}", one.number));
            (page, one.number.clone())
        }),
        form,
    };
    page.answer_with(status, &context)
}

fn typed(form: &FormData) -> TypedExpert {
    let text = |name: &str| form.text(name).to_owned();
    TypedExpert {
        family_name: text("family_name"),
        first_names: text("first_names"),
        email: text("email"),
        phone: text("phone"),
        employer: text("employer"),
        status: text("status"),
        department: text("department"),
        territories: form.all("territories").into_iter().map(str::to_owned).collect(),
        travel_km: text("travel_km"),
        languages: text("languages"),
    }
}

/// Records.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let wanted = typed(&form).read()?;
        let conn = page.app.db.read();
        let namesake = queries::namesake(conn, page.actor(), &wanted).await?;
        if let Some(known) = namesake.filter(|known| form.text(NAMESAKE) != known.number) {
            return Ok(Err(known));
        }
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let expert = actions::create(&mut tx, &wanted).await?;
        tx.commit().await?;
        Ok::<_, ExpertError>(Ok(expert))
    };
    match done.await {
        Ok(Ok(expert)) => {
            Ok(flash::redirect(&format!("/intervenants/{}", expert.number), &labels::person_recorded()))
        }
        Ok(Err(known)) => answer(&page, StatusCode::OK, None, FormState::filled(form.fields()), Some(&known)),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, None, state, None)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn changeable(page: &Page, number: &str) -> Result<Found> {
    let found = queries::by_number(page.app.db.read(), page.actor(), number).await.map_err(WebError::from)?;
    let facts = Facts::of_expert(&found.expert);
    let _allowed = allows(page.actor(), Permission::ExpertEdit, &facts).map_err(WebError::from)?;
    Ok(found)
}

/// The form of an expert.
#[handler]
pub(super) async fn edit(page: Page, Path(number): Path<String>) -> Result<Response> {
    let found = changeable(&page, &number).await?;
    let known = actions::typed(&found.expert);
    let mut values = vec![
        ("family_name", known.family_name),
        ("first_names", known.first_names),
        ("email", known.email),
        ("phone", phone::grouped(&known.phone)),
        ("employer", known.employer),
        ("status", known.status),
        ("department", known.department),
        ("travel_km", known.travel_km),
        ("languages", known.languages),
    ];
    values.extend(known.territories.into_iter().map(|code| ("territories", code)));
    let form = FormState::filled(values).with_version(found.expert.version.into());
    answer(&page, StatusCode::OK, Some(&found), form, None)
}

/// Changes.
#[handler]
pub(super) async fn save(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let found = changeable(&page, &number).await?;
    let done = async {
        let change = typed(&form);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::edit(&mut tx, found.expert.id, form.version(), |known| *known = change).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&format!("/intervenants/{number}"), &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(form.version().unwrap_or(found.expert.version).into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, Some(&found), state, None)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
