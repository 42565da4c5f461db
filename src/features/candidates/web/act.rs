//! The acts that have a page of their own: how somebody is reached, giving up, being put out, another structure.

use askama::Template;
use entity::candidate::Leaving;
use entity::ids::StructureId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{TypedExclusion, TypedTransfer, TypedWithdrawal, typed_contact};
use super::super::state::Step;
use super::super::{CandidateError, Dossier, actions, labels};
use super::civil::{CivilChoices, contact as contact_of, contact_fields};
use super::new::errors_of;
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::features::structures;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Which act a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// How somebody is reached.
    Contact,
    /// Giving up.
    Withdrawal,
    /// Being put out.
    Exclusion,
    /// Another structure.
    Transfer,
}

impl ActKind {
    /// The last part of its address.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Contact => "coordonnees",
            Self::Withdrawal => "abandon",
            Self::Exclusion => "exclusion",
            Self::Transfer => "structure",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Contact => labels::CONTACT,
            Self::Withdrawal => labels::WITHDRAWAL,
            Self::Exclusion => labels::EXCLUSION,
            Self::Transfer => labels::TRANSFER,
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Contact => Permission::CandidateEdit,
            Self::Withdrawal => Permission::CandidateWithdraw,
            Self::Exclusion => Permission::CandidateExclude,
            Self::Transfer => Permission::CandidateTransfer,
        }
    }

    /// The step that it makes; none when it moves nothing.
    const fn step(self) -> Option<Step> {
        match self {
            Self::Withdrawal => Some(Step::Withdraw),
            Self::Exclusion => Some(Step::ExcludeForFraud),
            Self::Contact | Self::Transfer => None,
        }
    }
}

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/act.html")]
pub struct CandidateActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the file.
    pub number: String,
    /// Which act.
    pub kind: ActKind,
    /// The form.
    pub form: FormState,
    /// What the fields choose from.
    pub choices: CivilChoices,
    /// Why somebody gives up.
    pub leavings: Vec<Choice>,
}

/// How they are reached.
#[handler]
pub(super) async fn contact(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, ActKind::Contact).await
}

/// Giving up.
#[handler]
pub(super) async fn withdrawal(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, ActKind::Withdrawal).await
}

/// Being put out.
#[handler]
pub(super) async fn exclusion(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, ActKind::Exclusion).await
}

/// Another structure.
#[handler]
pub(super) async fn transfer(page: Page, Path(number): Path<String>) -> Result<Response> {
    blank(&page, &number, ActKind::Transfer).await
}

async fn blank(page: &Page, number: &str, kind: ActKind) -> Result<Response> {
    let read = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await?;
        let _allowed = allows(page.actor(), kind.permission(), &dossier.facts())?;
        if let Some(step) = kind.step() {
            dossier.next(step)?;
        }
        Ok::<_, CandidateError>(dossier)
    };
    let dossier = read.await.map_err(WebError::from)?;
    let form = match kind {
        ActKind::Contact => FormState::filled(contact_fields(&typed_contact(&dossier.candidate))),
        _ => FormState::default(),
    };
    answer(page, StatusCode::OK, &dossier, kind, form)
}

fn answer(
    page: &Page,
    status: StatusCode,
    dossier: &Dossier,
    kind: ActKind,
    form: FormState,
) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    page.answer_with(
        status,
        &CandidateActPage {
            shell: page.shell(kind.title()).with_errors(summary.is_some()),
            summary,
            number: dossier.candidate.number.clone(),
            kind,
            form: form.with_version(dossier.candidate.version.into()),
            choices: CivilChoices::with(Vec::new()),
            leavings: Leaving::all()
                .map(|one| Choice::new(one.word(), labels::person::leaving(one)))
                .collect(),
        },
    )
}

/// What an act did, or the page again.
async fn settled(
    page: &Page,
    number: &str,
    kind: ActKind,
    form: &FormData,
    done: std::result::Result<Flash, CandidateError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await;
            let dossier = dossier.map_err(WebError::from)?;
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &dossier, kind, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The candidate of a number and a transaction.
async fn begun(page: &Page, number: &str) -> std::result::Result<(Dossier, Tx), CandidateError> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await?;
    let tx = page.app.begin(page.actor().clone()).await?;
    Ok((dossier, tx))
}

/// Changes how they are reached.
#[handler]
pub(super) async fn change_contact(
    page: Page,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let typed = contact_of(&form);
        actions::change_contact(&mut tx, dossier.candidate.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::contact_changed())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, ActKind::Contact, &form, done).await
}

/// Records that they give up.
#[handler]
pub(super) async fn withdraw(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedWithdrawal { leaving: text("leaving"), note: text("note") };
        actions::withdraw(&mut tx, dossier.candidate.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::withdrawn())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, ActKind::Withdrawal, &form, done).await
}

/// Puts them out.
#[handler]
pub(super) async fn exclude(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedExclusion { reason: text("reason"), heard_on: text("heard_on") };
        actions::exclude(&mut tx, dossier.candidate.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::excluded())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, ActKind::Exclusion, &form, done).await
}

/// Has another structure follow them.
#[handler]
pub(super) async fn change_structure(
    page: Page,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let siren: String = form.text("structure_id").chars().filter(|c| !c.is_whitespace()).collect();
        let structure: Option<StructureId> = structures::queries::id_of(page.app.db.read(), &siren).await?;
        let (dossier, mut tx) = begun(&page, &number).await?;
        let typed = TypedTransfer { structure, reason: form.text("reason").to_owned() };
        actions::change_structure(&mut tx, dossier.candidate.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::transferred())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, ActKind::Transfer, &form, done).await
}
