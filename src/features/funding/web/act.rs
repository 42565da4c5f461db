//! `/financements/{reference}/{act}`: what happens to a funding, each on its page, said before it is done.

use askama::Template;
use entity::funding::FundingState;
use entity::funding_piece::FundingPieceKind;
use entity::ids::FundingPieceId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{TypedAgreement, TypedPiece, hours};
use super::super::state::{Step, TABLE, may_change, takes_pieces};
use super::super::{FundingError, Record, actions, labels, queries};
use super::{Refused, refusal, schemes, terms};
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::money;
use crate::rules::typed_date::iso;

/// Which act a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FundingAct {
    /// The funder was asked.
    Request,
    /// It agreed.
    Agree,
    /// It refused.
    Refuse,
    /// A piece was sent.
    Piece,
    /// Nothing is waited for.
    Settle,
    /// The scheme and the funder.
    Change,
    /// It was recorded wrongly, or is looked at again.
    Reopen,
    /// It is given up.
    End,
}

impl FundingAct {
    /// Every act, as the page of a funding lists them.
    pub const ALL: [Self; 8] = [
        Self::Request,
        Self::Agree,
        Self::Refuse,
        Self::Piece,
        Self::Settle,
        Self::Change,
        Self::Reopen,
        Self::End,
    ];

    /// The last part of its address.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Request => "demande",
            Self::Agree => "accord",
            Self::Refuse => "refus",
            Self::Piece => "piece",
            Self::Settle => "solde",
            Self::Change => "modification",
            Self::Reopen => "retour",
            Self::End => "abandon",
        }
    }

    fn of(verb: &str) -> std::result::Result<Self, FundingError> {
        Self::ALL.into_iter().find(|act| act.verb() == verb).ok_or(FundingError::NotFound)
    }

    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Request => labels::step(Step::Request),
            Self::Agree => labels::step(Step::Agree),
            Self::Refuse => labels::step(Step::Refuse),
            Self::Piece => labels::PIECE,
            Self::Settle => labels::step(Step::Settle),
            Self::Change => labels::CHANGE,
            Self::Reopen => labels::step(Step::Reopen),
            Self::End => labels::step(Step::End),
        }
    }

    /// Whether the state of a funding allows it.
    #[must_use]
    pub fn fits(self, state: FundingState) -> bool {
        match self {
            Self::Request => TABLE.can(state, Step::Request),
            Self::Agree => TABLE.can(state, Step::Agree),
            Self::Refuse => TABLE.can(state, Step::Refuse),
            Self::Piece => takes_pieces(state),
            Self::Settle => TABLE.can(state, Step::Settle),
            Self::Change => may_change(state),
            Self::Reopen => TABLE.can(state, Step::Reopen),
            Self::End => TABLE.can(state, Step::End),
        }
    }
}

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/funding/act.html")]
pub struct FundingActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// What people call the funding.
    pub reference: String,
    /// The last part of the address.
    pub verb: &'static str,
    /// The word of the button.
    pub title: &'static str,
    /// Schemes.
    pub schemes: Vec<Choice>,
    /// Kinds of pieces.
    pub kinds: Vec<Choice>,
    /// Files that may be sent.
    pub files: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

async fn found(page: &Page, reference: &str) -> std::result::Result<Record, FundingError> {
    let record = Record::by_reference(page.app.db.read(), page.actor(), reference).await?;
    let _allowed = allows(page.actor(), Permission::FundingManage, &record.facts())?;
    Ok(record)
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path((reference, act)): Path<(String, String)>) -> Result<Response> {
    let read = async {
        let act = FundingAct::of(&act)?;
        let record = found(&page, &reference).await?;
        if !act.fits(record.funding.state) {
            return Err(FundingError::Frozen);
        }
        Ok((act, record))
    };
    let (act, record) = read.await.map_err(WebError::from)?;
    let form = first_form(&page, act, &record);
    answer(&page, StatusCode::OK, act, &record, (form, None)).await
}

/// What is known already.
fn first_form(page: &Page, act: FundingAct, record: &Record) -> FormState {
    let row = &record.funding;
    let today = iso(page.app.today());
    let yes = |ticked: bool| if ticked { "oui".to_owned() } else { String::new() };
    let form = match act {
        FundingAct::Request => FormState::filled([("requested_on", today)]),
        FundingAct::Agree => {
            let (amount, known) = (money::field(row.amount_cents), row.agreed_minutes);
            let planned = if known > 0 { known } else { record.session.duration_minutes };
            FormState::filled([
                ("agreement_number", row.agreement_number.clone()),
                ("amount_cents", amount),
                ("agreed_minutes", hours(planned)),
                ("agreed_on", row.agreed_on.map_or(today, iso)),
            ])
        }
        FundingAct::Piece => FormState::filled([("sent_on", today)]),
        FundingAct::Change => FormState::filled([
            ("scheme", row.scheme.word()),
            ("funder", row.funder.clone()),
            ("subrogation", yes(row.subrogation)),
            ("eu_funded", yes(row.eu_funded)),
        ]),
        FundingAct::Settle => FormState::filled([("paid_cents", money::field(row.paid_cents))]),
        FundingAct::Refuse | FundingAct::Reopen | FundingAct::End => FormState::default(),
    };
    form.with_version(row.version.into())
}

async fn answer(
    page: &Page,
    status: StatusCode,
    act: FundingAct,
    record: &Record,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let files = if act == FundingAct::Piece {
        queries::files(page.app.db.read(), &record.enrolment).await.map_err(WebError::from)?
    } else {
        Vec::new()
    };
    let summary = form.summary(labels::NOT_RECORDED);
    let context = FundingActPage {
        shell: page.shell(act.title()).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        verb: act.verb(),
        title: act.title(),
        schemes: schemes(),
        kinds: FundingPieceKind::all().map(|one| Choice::new(one.word(), labels::piece(one))).collect(),
        files: files.iter().map(|file| Choice::new(file.id.to_string(), file.title.clone())).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Does it.
#[handler]
pub(super) async fn submit(
    page: Page,
    Path((reference, act)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let act = FundingAct::of(&act)?;
        let record = found(&page, &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let said = Box::pin(perform(&mut tx, act, &record, &form)).await?;
        tx.commit().await?;
        Ok::<_, FundingError>((record.path(), said))
    };
    match Box::pin(done).await {
        Ok((path, said)) => Ok(flash::redirect(&path, &said)),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            let act = FundingAct::of(&act).map_err(WebError::from)?;
            let record = found(&page, &reference).await.map_err(WebError::from)?;
            let state = state.with_version(record.funding.version.into());
            answer(&page, status, act, &record, (state, refused)).await
        }
    }
}

async fn perform(
    tx: &mut Tx,
    act: FundingAct,
    record: &Record,
    form: &FormData,
) -> std::result::Result<Flash, FundingError> {
    let (id, seen) = (record.funding.id, form.version());
    let text = |name: &str| form.text(name).to_owned();
    match act {
        FundingAct::Request => {
            actions::request(tx, id, seen, form.text("requested_on")).await?;
            Ok(labels::changed())
        }
        FundingAct::Agree => {
            let typed = TypedAgreement {
                number: text("agreement_number"),
                amount: text("amount_cents"),
                hours: text("agreed_minutes"),
                agreed_on: text("agreed_on"),
            };
            actions::agree(tx, id, seen, &typed).await?;
            Ok(labels::answered())
        }
        FundingAct::Refuse => {
            actions::refuse(tx, id, seen, form.text("reason")).await?;
            Ok(labels::answered())
        }
        FundingAct::Piece => {
            let typed = TypedPiece {
                kind: text("kind"),
                sent_on: text("sent_on"),
                note: text("note"),
                document_id: text("document_id"),
            };
            actions::send_piece(tx, id, seen, &typed).await?;
            Ok(labels::piece_sent())
        }
        FundingAct::Settle => {
            actions::settle(tx, id, seen, form.text("paid_cents")).await?;
            Ok(labels::changed())
        }
        FundingAct::Change => {
            actions::change(tx, id, seen, &terms(form)).await?;
            Ok(labels::changed())
        }
        FundingAct::Reopen => {
            actions::reopen(tx, id, seen, form.text("reason")).await?;
            Ok(labels::changed())
        }
        FundingAct::End => {
            actions::end(tx, id, seen, form.text("reason")).await?;
            Ok(labels::changed())
        }
    }
}

/// Takes back a piece that was recorded by mistake.
#[handler]
pub(super) async fn take_back(
    page: Page,
    Path((reference, piece)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let record = found(&page, &reference).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::void_piece(&mut tx, record.funding.id, form.version(), FundingPieceId(piece)).await?;
        tx.commit().await?;
        Ok::<_, FundingError>(record.path())
    };
    let path = Box::pin(done).await.map_err(WebError::from)?;
    Ok(flash::redirect(&path, &labels::piece_voided()))
}
