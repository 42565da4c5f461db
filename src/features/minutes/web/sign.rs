//! `/jurys/{number}/pv/signatures`: each member in turn, on one tablet or on their own account. Made for a tablet.

use askama::Template;
use entity::ids::JuryMemberId;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::content::Member;
use super::super::input::TypedSignature;
use super::super::load::{Book, Record};
use super::super::{MinutesError, actions, labels};
use super::acte::{ActeView, steps};
use super::{Refused, refusal};
use crate::authz::{Permission, may};
use crate::features::juries::wording as words;
use crate::http::web::component::{Status, Step};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Somebody who signs.
#[derive(Clone, Debug)]
pub struct SignerView {
    /// Key of the seat.
    pub id: String,
    /// Name.
    pub name: String,
    /// In which quality.
    pub quality: String,
    /// What they answered, and when.
    pub answer: Option<(Status, String)>,
    /// The path of the drawing.
    pub drawing: String,
    /// Why they refused.
    pub reason: String,
    /// Whether their turn is open on this page.
    pub active: bool,
    /// Whether it is the visitor.
    pub own: bool,
}

/// `/jurys/{number}/pv/signatures`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/sign.html")]
pub struct SignPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// « 1 réponse sur 3 ».
    pub progress: String,
    /// How far the jury is.
    pub steps: Vec<Step>,
    /// The frozen text.
    pub acte: ActeView,
    /// Its fingerprint, sent back with each answer.
    pub seen: String,
    /// Who signs.
    pub signers: Vec<SignerView>,
    /// Whether the visitor may have somebody sign here.
    pub may_sign: bool,
    /// The form.
    pub form: FormState,
}

/// Whose turn is open.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Turn {
    membre: Option<Uuid>,
}

/// The signatures.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(turn): Query<Turn>,
) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, turn.membre, (FormState::default(), None)).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    turn: Option<Uuid>,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let book = Book::by_number(page.app.db.read(), page.actor(), number).await.map_err(WebError::from)?;
    let record = book.current().ok_or(MinutesError::NothingToSign).map_err(WebError::from)?;
    let may_sign =
        record.is_open() && may(page.actor(), Permission::MinutesSign, &book.facts_of_signer(page.actor()));
    let own = page.actor().expert().and_then(|expert| book.seat_of(expert)).map(|seat| seat.0);
    let waits = |id: &Uuid| record.signature_of(JuryMemberId(*id)).is_none();
    let mut left = record.signers().map(|member| member.id).filter(waits);
    let active = turn.filter(waits).or_else(|| own.filter(waits)).or_else(|| left.next());
    let active = active.filter(|_| may_sign);
    let zone = book.whole.session.zone.as_str();
    let view = |member: &Member| signer(record, member, zone, (active, own));
    let summary = form.summary(labels::NOT_DONE);
    let context = SignPage {
        shell: page.shell(labels::SIGN).with_errors(summary.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        progress: labels::progress(record.signatures.len(), record.content.members.len()),
        steps: steps(&book),
        acte: ActeView::of(record),
        seen: hex::encode(&record.row.content_hash),
        signers: record.signers().map(view).collect(),
        may_sign,
        form,
    };
    page.answer_with(status, &context)
}

fn signer(
    record: &Record,
    member: &Member,
    zone: &str,
    (active, own): (Option<Uuid>, Option<Uuid>),
) -> SignerView {
    let row = record.signature_of(JuryMemberId(member.id));
    SignerView {
        id: member.id.to_string(),
        name: member.name.clone(),
        quality: member.quality.clone(),
        answer: row.map(|row| (labels::answered(row.kind), words::instant(*row.signed_at, zone))),
        drawing: row.map(|row| row.drawing.clone()).unwrap_or_default(),
        reason: row.and_then(|row| row.reason.clone()).unwrap_or_default(),
        active: active == Some(member.id),
        own: own == Some(member.id),
    }
}

fn member_of(form: &FormData) -> Option<Uuid> {
    form.text("member").parse().ok()
}

/// Keeps the answer of a member.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let member = member_of(&form);
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedSignature {
        member: JuryMemberId(member.unwrap_or_default()),
        way: text("way"),
        code: text("code"),
        drawing: text("drawing"),
        reason: text("reason"),
        seen: text("seen"),
    };
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        // The text is frozen: nothing that changes around it makes the page old, and its fingerprint is sent back.
        let signed = Box::pin(actions::sign(&mut tx, book.whole.session.id, None, &typed)).await?;
        tx.commit().await?;
        Ok::<_, MinutesError>((book.whole.path(), signed))
    };
    match Box::pin(done).await {
        Ok((path, signed)) => {
            let said = labels::said::answer_kept(signed.refused, signed.last);
            Ok(flash::redirect(&format!("{path}/pv/signatures"), &said))
        }
        Err(error) => {
            actions::count_miss(&page.app, &error).await.map_err(WebError::from)?;
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, member, (state, refused)).await
        }
    }
}

/// Sends a code to a member.
#[handler]
pub(super) async fn send_code(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let member = member_of(&form);
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let key = JuryMemberId(member.unwrap_or_default());
        let name = actions::send_code(&mut tx, book.whole.session.id, key).await?;
        tx.commit().await?;
        Ok::<_, MinutesError>((book.whole.path(), name))
    };
    match done.await {
        Ok((path, name)) => {
            let turn = member.unwrap_or_default();
            Ok(flash::redirect(
                &format!("{path}/pv/signatures?membre={turn}"),
                &labels::said::code_sent(&name),
            ))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, member, (state, refused)).await
        }
    }
}
