//! `/compte`: name, theme, shortcuts.

use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::actions;
use super::super::error::AccountError;
use super::super::input::Profile;
use super::super::queries;
use super::labels;
use super::pages::ProfilePage;
use super::security::errors_of;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::FormState;
use crate::http::web::{FormData, Page, WebError, flash};

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let account = &page.visitor.account;
    let shortcuts = if account.shortcuts { "oui" } else { "" };
    let theme = account.theme.word();
    let form =
        FormState::filled([("name", account.name.as_str()), ("theme", &theme), ("shortcuts", shortcuts)])
            .with_version(i64::from(account.version));
    answer(&page, StatusCode::OK, form).await
}

async fn answer(page: &Page, status: StatusCode, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::PROFILE_NOT_SAVED);
    let context = ProfilePage {
        shell: page.shell(labels::PROFILE).with_errors(summary.is_some()),
        summary,
        facts: facts(page).await.map_err(WebError::from)?,
        form,
        themes: labels::THEMES.map(|(value, label)| Choice::new(value, label)).to_vec(),
        has_structure: page.actor().structures().next().is_some(),
    };
    page.answer_with(status, &context)
}

async fn facts(page: &Page) -> Result<Vec<Fact>, AccountError> {
    let structures = queries::structure_names(page.app.db.read(), page.actor().structures()).await?;
    let mut facts = vec![Fact::new(labels::ADDRESS, page.visitor.account.email.clone())];
    for held in &page.actor().held {
        let place = held.structure.and_then(|id| structures.get(&id)).cloned().unwrap_or_default();
        facts.push(Fact::new(labels::ROLE, super::super::labels::role(held.role)).with_note(place));
    }
    Ok(facts)
}

/// Keeps the profile.
#[handler]
pub(super) async fn save(page: Page, form: FormData) -> Result<Response> {
    let shortcuts = form.ticked("shortcuts");
    let done = async {
        let profile = Profile::parse(form.text("name"), form.text("theme"), shortcuts)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::edit_profile(&mut tx, form.version().unwrap_or_default(), &profile).await?;
        tx.commit().await?;
        Ok::<_, AccountError>(())
    };
    match done.await {
        Ok(()) => Ok(flash::redirect("/compte", &labels::profile_saved())),
        Err(error @ AccountError::Invalid(_)) => {
            let state = FormState::filled(form.fields())
                .with_errors(errors_of(&error))
                .with_version(i64::from(form.version().unwrap_or_default()));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
