//! `/inscriptions/dossiers/{reference}/{act}`: the acts that have a page of their own, what follows from them said before they
//! are done.

use askama::Template;
use entity::enrolment::{self, EnrolmentCause, TraineeStatus};
use entity::enrolment_need::{FilledBy, Positioning, Prerequisites};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::EnrolmentError;
use super::super::actions::{self, By};
use super::super::costs::owed;
use super::super::dossier;
use super::super::input::{TypedCancellation, TypedContact, TypedContract, TypedGuardian, TypedNeed};
use super::super::labels::{self, faults, pages, said};
use super::super::queries::{self, Whole};
use super::super::state::{Step, TABLE, is_live};
use super::list::path;
use super::new::person_of;
use crate::authz::{Actor, Denied, Permission, allows};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::day_in_zone;
use crate::rules::typed_date::iso;

/// Which act a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// The need and the positioning.
    Need,
    /// The signature of the contract or of the convention.
    Contract,
    /// How the person is reached.
    Contact,
    /// Somebody else of the same employer.
    Replacement,
    /// Another session.
    Transfer,
    /// No to a request.
    Refusal,
    /// The person or the employer cancels.
    Cancellation,
    /// The certifier cancels.
    Withdrawal,
    /// Somebody gave up on the way.
    DropOut,
}

impl ActKind {
    /// Every act, as the page of an enrolment lists them.
    pub const ALL: [Self; 9] = [
        Self::Need,
        Self::Contract,
        Self::Contact,
        Self::Replacement,
        Self::Transfer,
        Self::Refusal,
        Self::Cancellation,
        Self::Withdrawal,
        Self::DropOut,
    ];

    /// The last part of its address.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Need => "besoin",
            Self::Contract => "signature",
            Self::Contact => "coordonnees",
            Self::Replacement => "remplacement",
            Self::Transfer => "session",
            Self::Refusal => "refus",
            Self::Cancellation => "annulation",
            Self::Withdrawal => "annulation-organisme",
            Self::DropOut => "abandon",
        }
    }

    fn of(verb: &str) -> std::result::Result<Self, EnrolmentError> {
        Self::ALL.into_iter().find(|kind| kind.verb() == verb).ok_or(EnrolmentError::NotFound)
    }

    /// Its title, for whoever acts: a structure cancels, the team does it for somebody.
    #[must_use]
    pub fn title(self, actor: &Actor) -> &'static str {
        match self {
            Self::Need => pages::NEED,
            Self::Contract => pages::CONTRACT,
            Self::Contact => pages::CONTACT,
            Self::Replacement => pages::REPLACEMENT,
            Self::Transfer => pages::TRANSFER,
            Self::Refusal => pages::REFUSAL,
            Self::Cancellation if actor.is_staff() => pages::CANCELLATION,
            Self::Cancellation => pages::OWN_CANCELLATION,
            Self::Withdrawal => pages::WITHDRAWAL,
            Self::DropOut => pages::DROP_OUT,
        }
    }

    /// What the policy is asked.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Need | Self::Contact | Self::Replacement => Permission::EnrolmentCreate,
            Self::Cancellation => Permission::EnrolmentCancel,
            Self::Contract | Self::Transfer | Self::Refusal | Self::Withdrawal | Self::DropOut => {
                Permission::EnrolmentManage
            }
        }
    }

    /// Whether the state of an enrolment allows it.
    #[must_use]
    pub fn fits(self, row: &enrolment::Model) -> bool {
        let can = |step| TABLE.can(row.state, step);
        match self {
            Self::Need => is_live(row.state),
            Self::Contact => row.erased_at.is_none(),
            Self::Contract => can(Step::Contract),
            Self::Replacement => can(Step::Replace),
            Self::Transfer => can(Step::Move) || row.state == enrolment::EnrolmentState::Postponed,
            Self::Refusal => can(Step::Refuse),
            Self::Cancellation => can(Step::CancelByClient) || can(Step::Decline),
            // a request is refused
            Self::Withdrawal => can(Step::CancelByProvider) && !can(Step::Refuse),
            Self::DropOut => can(Step::DropOut),
        }
    }
}

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/enrolments/act.html")]
pub struct EnrolmentActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What people call the enrolment.
    pub reference: String,
    /// Who.
    pub name: String,
    /// The last part of the address.
    pub verb: &'static str,
    /// The form.
    pub form: FormState,
    /// What follows, said before it is done; may be empty.
    pub consequence: String,
    /// Causes.
    pub causes: Vec<Choice>,
    /// What somebody is.
    pub statuses: Vec<Choice>,
    /// Whether the prerequisites are met.
    pub prerequisites: Vec<Choice>,
    /// How somebody is positioned.
    pub positionings: Vec<Choice>,
    /// Who tells the need.
    pub tellers: Vec<Choice>,
}

type Done = std::result::Result<(Flash, Option<String>), EnrolmentError>;

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path((reference, act)): Path<(String, String)>) -> Result<Response> {
    let read = async {
        let kind = ActKind::of(&act)?;
        let whole = found(&page, &reference).await?;
        allowed(&page, kind, &whole)?;
        let form = first_form(&page, kind, &whole);
        Ok::<_, EnrolmentError>((kind, whole, form))
    };
    let (kind, whole, form) = read.await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, kind, &whole, form).await
}

async fn found(page: &Page, reference: &str) -> std::result::Result<Whole, EnrolmentError> {
    let conn = page.app.db.read();
    let line = queries::by_reference(conn, page.actor(), reference).await?;
    queries::whole(conn, page.actor(), line).await
}

/// Whether this person may do it now.
fn allowed(page: &Page, kind: ActKind, whole: &Whole) -> std::result::Result<(), EnrolmentError> {
    let row = &whole.line.enrolment;
    let asked: std::result::Result<_, Denied> =
        allows(page.actor(), kind.permission(), &dossier::facts(row, &whole.line.session));
    let _grant = asked?;
    if kind.fits(row) { Ok(()) } else { Err(EnrolmentError::Closed) }
}

/// What is known already.
fn first_form(page: &Page, kind: ActKind, whole: &Whole) -> FormState {
    let row = &whole.line.enrolment;
    match kind {
        ActKind::Contact => FormState::filled([
            ("email", row.email.clone()),
            ("phone", row.phone.clone()),
            ("postal_address", row.postal_address.clone()),
            ("job", row.job.clone()),
            ("status", row.status.word()),
            ("guardian/name", row.guardian_name.clone()),
            ("guardian/email", row.guardian_email.clone()),
            ("guardian/phone", row.guardian_phone.clone()),
        ]),
        ActKind::Need => match &whole.need {
            Some(need) => FormState::filled([
                ("expectations", need.expectations.clone()),
                ("employer_view", need.employer_view.clone()),
                ("funder_view", need.funder_view.clone()),
                ("basis", need.basis.clone()),
                ("prerequisites", need.prerequisites.word()),
                ("positioning", need.positioning.word()),
                ("positioning_result", need.positioning_result.clone()),
                ("filled_by", need.filled_by.word()),
                ("signed_on", need.signed_on.map(iso).unwrap_or_default()),
            ]),
            None => FormState::filled([("prerequisites", Prerequisites::ToCheck.word())]),
        },
        ActKind::Contract => {
            let today = day_in_zone(page.app.now(), &whole.line.session.zone);
            FormState::filled([("signed_on", iso(today))])
        }
        _ => FormState::default(),
    }
}

async fn answer(
    page: &Page,
    status: StatusCode,
    kind: ActKind,
    whole: &Whole,
    form: FormState,
) -> Result<Response> {
    let (row, session) = (&whole.line.enrolment, &whole.line.session);
    let consequence = match kind {
        ActKind::Cancellation => {
            let today = day_in_zone(page.app.now(), &session.zone);
            let cents = owed(page.app.db.read(), row, session, today).await.map_err(WebError::from)?;
            pages::owed(cents)
        }
        _ => String::new(),
    };
    let summary = form.summary(pages::NOT_RECORDED);
    page.answer_with(
        status,
        &EnrolmentActPage {
            shell: page.shell(kind.title(page.actor())).with_errors(summary.is_some()),
            summary,
            reference: whole.line.reference(),
            name: pages::in_a_sentence(row),
            verb: kind.verb(),
            form: form.with_version(row.version.into()),
            consequence,
            causes: causes(kind),
            statuses: TraineeStatus::all().map(|one| Choice::new(one.word(), labels::status(one))).collect(),
            prerequisites: Prerequisites::all()
                .map(|one| Choice::new(one.word(), labels::prerequisites(one)))
                .collect(),
            positionings: Positioning::all()
                .map(|one| Choice::new(one.word(), labels::positioning(one)))
                .collect(),
            tellers: FilledBy::all().map(|one| Choice::new(one.word(), labels::filled_by(one))).collect(),
        },
    )
}

/// The causes that an act may have.
fn causes(kind: ActKind) -> Vec<Choice> {
    use EnrolmentCause as C;
    let causes: &[C] = match kind {
        ActKind::Refusal => &[C::Prerequisites, C::Funding, C::Provider, C::Other],
        ActKind::Withdrawal => &[C::Provider, C::ForceMajeure, C::Other],
        ActKind::Cancellation => &[
            C::Work,
            C::Health,
            C::Personal,
            C::Employer,
            C::Funding,
            C::Withdrawal,
            C::ForceMajeure,
            C::Other,
        ],
        ActKind::DropOut => &[C::Work, C::Health, C::Personal, C::Employer, C::ForceMajeure, C::Other],
        ActKind::Need | ActKind::Contract | ActKind::Contact | ActKind::Replacement | ActKind::Transfer => {
            &[]
        }
    };
    causes.iter().map(|one| Choice::new(one.word(), labels::cause(*one))).collect()
}

/// Does it.
#[handler]
pub(super) async fn submit(
    page: Page,
    Path((reference, act)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let kind = ActKind::of(&act).map_err(WebError::from)?;
    let whole = found(&page, &reference).await.map_err(WebError::from)?;
    match Box::pin(act_of(&page, kind, &whole, &form)).await {
        Ok((said, other)) => {
            let back = other.unwrap_or_else(|| path(&whole.line));
            Ok(flash::redirect(&back, &said))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, kind, &whole, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The faults of a refusal; what lacks is told thing by thing, another session where it was typed.
pub(super) fn errors_of(error: &EnrolmentError) -> FieldErrors {
    let lacking = error.blocking();
    let mut errors = if lacking.is_empty() { FieldErrors::of(error) } else { FieldErrors::default() };
    for one in lacking {
        errors.push("", one);
    }
    errors.rename("/session_id", "/session");
    errors
}

/// What was done, and where the page goes when it is not back.
async fn act_of(page: &Page, kind: ActKind, whole: &Whole, form: &FormData) -> Done {
    let id = whole.line.enrolment.id;
    let seen = form.version();
    let cancellation =
        || TypedCancellation { cause: form.text("cause").to_owned(), reason: form.text("reason").to_owned() };
    let target = if kind == ActKind::Transfer { Some(target(page, form).await?) } else { None };
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let mut other = None;
    let said = match kind {
        ActKind::Need => {
            actions::record_need(&mut tx, id, seen, &need_of(form)).await?;
            said::need_recorded()
        }
        ActKind::Contract => {
            let typed =
                TypedContract { signed_on: form.text("signed_on").to_owned(), remote: form.ticked("remote") };
            said::contracted(actions::contract(&mut tx, id, seen, &typed).await?.state)
        }
        ActKind::Contact => {
            Box::pin(actions::change_contact(&mut tx, id, seen, &contact_of(form))).await?;
            said::contact_changed()
        }
        ActKind::Replacement => {
            let row = Box::pin(actions::replace(&mut tx, id, seen, &person_of(form, ""))).await?;
            other = Some(format!("/inscriptions/dossiers/{}", dossier::reference(&whole.line.session, &row)));
            said::replaced()
        }
        ActKind::Transfer => {
            let session = target.ok_or(EnrolmentError::NotFound)?;
            let row = Box::pin(actions::transfer(&mut tx, id, seen, session.id)).await?;
            other = Some(format!("/inscriptions/dossiers/{}", dossier::reference(&session, &row)));
            said::moved(row.state)
        }
        ActKind::Refusal => {
            actions::refuse(&mut tx, id, seen, &cancellation()).await?;
            said::refused()
        }
        ActKind::Cancellation | ActKind::Withdrawal => {
            let by = if kind == ActKind::Cancellation { By::Client } else { By::Provider };
            Box::pin(actions::cancel_as_typed(&mut tx, id, seen, by, &cancellation())).await?;
            said::cancelled()
        }
        ActKind::DropOut => {
            actions::drop_out(&mut tx, id, seen, &cancellation()).await?;
            said::dropped_out()
        }
    };
    tx.commit().await?;
    Ok((said, other))
}

/// The session that was typed.
async fn target(
    page: &Page,
    form: &FormData,
) -> std::result::Result<entity::training_session::Model, EnrolmentError> {
    let number = form.text("session").to_uppercase();
    let found = queries::session_by_number(page.app.db.read(), &number).await?;
    found.ok_or_else(|| vec![Fault::new("/session_id", "unknown", faults::SESSION_WANTED)].into())
}

fn need_of(form: &FormData) -> TypedNeed {
    let text = |name: &str| form.text(name).to_owned();
    TypedNeed {
        expectations: text("expectations"),
        employer_view: text("employer_view"),
        funder_view: text("funder_view"),
        basis: text("basis"),
        prerequisites: text("prerequisites"),
        positioning: text("positioning"),
        positioning_result: text("positioning_result"),
        filled_by: text("filled_by"),
        signed_on: text("signed_on"),
    }
}

fn contact_of(form: &FormData) -> TypedContact {
    let text = |name: &str| form.text(name).to_owned();
    TypedContact {
        email: text("email"),
        phone: text("phone"),
        postal_address: text("postal_address"),
        job: text("job"),
        status: text("status"),
        guardian: TypedGuardian {
            name: text("guardian/name"),
            email: text("guardian/email"),
            phone: text("guardian/phone"),
        },
    }
}
