//! `/sessions/{number}/papiers/{seq}`: a paper, who signs it, its files; and the page that takes it back.

use askama::Template;
use entity::ids::DocumentId;
use entity::training_signature;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedAnswer;
use super::super::state::{Step, TABLE};
use super::super::{PaperError, Record, actions, labels, queries, wording};
use super::{Refused, refusal};
use crate::authz::{Permission, may};
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, download, filters, flash};

/// Somebody who signs.
#[derive(Clone, Debug)]
pub struct SignatoryView {
    /// As whom.
    pub party: &'static str,
    /// Name.
    pub name: String,
    /// What they answered.
    pub status: Status,
    /// How and when; empty before.
    pub answer: String,
    /// The path of the drawing.
    pub drawing: String,
    /// Why they refused.
    pub reason: String,
}

impl From<&training_signature::Model> for SignatoryView {
    fn from(row: &training_signature::Model) -> Self {
        let answer = row.kind.zip(row.signed_at).map(|(kind, at)| wording::answered(kind, *at));
        Self {
            party: wording::party(row.party),
            name: row.name.clone(),
            status: labels::answer(row.kind),
            answer: answer.unwrap_or_default(),
            drawing: row.drawing.clone(),
            reason: row.reason.clone(),
        }
    }
}

/// `/sessions/{number}/papiers/{seq}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/show.html")]
pub struct PaperShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// What people call it.
    pub reference: String,
    /// Its address.
    pub path: String,
    /// Number of its session.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// What there is to know.
    pub facts: Vec<Fact>,
    /// Its files.
    pub files: Vec<Link>,
    /// Who signs.
    pub signatories: Vec<SignatoryView>,
    /// « 1 signature sur 2 ».
    pub progress: String,
    /// As whom the visitor signs.
    pub own: Option<&'static str>,
    /// Fingerprint of the text, sent back with the answer.
    pub seen: String,
    /// Whether the visitor may take it back.
    pub may_void: bool,
    /// The form.
    pub form: FormState,
}

/// `/sessions/{number}/papiers/{seq}/retirer`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/void.html")]
pub struct VoidPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// What people call it.
    pub reference: String,
    /// Its address.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// The form.
    pub form: FormState,
}

async fn found(page: &Page, number: &str, seq: &str) -> Result<Record, PaperError> {
    let seq = seq.parse().map_err(|_| PaperError::NotFound)?;
    Record::by_number(page.app.db.read(), page.actor(), number, seq).await
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path((number, seq)): Path<(String, String)>) -> Result<Response> {
    let record = found(&page, &number, &seq).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, record, (FormState::default(), None)).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    record: Record,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let files = queries::documents(page.app.db.read(), &record).await.map_err(WebError::from)?;
    let path = record.path();
    let own = actions::party_of(page.actor(), &record).filter(|_| record.is_open()).filter(|party| {
        let permission = match party {
            entity::training_signature::Party::Provider => Permission::PaperSign,
            _ => Permission::PaperAnswer,
        };
        may(page.actor(), permission, &record.facts())
    });
    let given = record.signatures.iter().filter(|one| one.kind.is_some()).count();
    let summary = form.summary(labels::NOT_DONE);
    let may_void = TABLE.can(record.paper.state, Step::Void)
        && may(page.actor(), Permission::PaperIssue, &record.facts());
    let context = PaperShowPage {
        shell: page.shell(labels::kind(record.paper.kind)).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        number: record.session.number.clone(),
        status: labels::standing(record.paper.state, record.signed()),
        facts: facts(&record).map_err(WebError::from)?,
        files: files
            .iter()
            .map(|file| Link::new(file.title.clone(), format!("{path}/fichiers/{}", file.id)))
            .collect(),
        signatories: record.signatures.iter().map(Into::into).collect(),
        progress: labels::progress(given, record.signatures.len()),
        own: own.map(wording::party),
        seen: hex::encode(&record.paper.content_hash),
        may_void,
        path,
        form,
    };
    page.answer_with(status, &context)
}

/// What there is to know of a paper, in a list.
pub(super) fn facts(record: &Record) -> Result<Vec<Fact>, PaperError> {
    let paper = &record.paper;
    let mut facts = vec![Fact::new(labels::facts::TRAINING, &record.session.title)];
    if record.is_typeset() {
        let content = record.content()?;
        if let Some(person) = content.person {
            facts.push(Fact::new(labels::facts::PERSON, person.name));
        }
        if let Some(buyer) = content.buyer {
            facts.push(Fact::new(labels::facts::BUYER, buyer.name));
        }
        facts.push(Fact::new(labels::facts::DATES, content.dates.period));
    }
    facts.push(Fact::new(labels::facts::ISSUED, wording::instant(*paper.issued_at)));
    if let Some(until) = paper.sign_until {
        facts.push(Fact::new(labels::facts::UNTIL, wording::instant(*until)));
    }
    facts.push(Fact::new(labels::facts::REVISION, paper.revision.to_string()));
    Ok(facts)
}

/// What somebody typed to answer.
pub(super) fn typed(form: &FormData) -> TypedAnswer {
    let text = |name: &str| form.text(name).to_owned();
    TypedAnswer { way: text("way"), drawing: text("drawing"), reason: text("reason"), seen: text("seen") }
}

/// Keeps the answer of the visitor.
#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, seq)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let record = found(&page, &number, &seq).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        // The text is frozen: its fingerprint is sent back, and nothing around it makes the page old.
        let signed = Box::pin(actions::sign(&mut tx, record.paper.id, None, &typed(&form))).await?;
        tx.commit().await?;
        Ok::<_, PaperError>((record.path(), signed))
    };
    match Box::pin(done).await {
        Ok((path, signed)) => Ok(flash::redirect(&path, &labels::answer_kept(signed.refused, signed.last))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            let record = found(&page, &number, &seq).await.map_err(WebError::from)?;
            answer(&page, status, record, (state, refused)).await
        }
    }
}

/// Asks before taking back.
#[handler]
pub(super) async fn ask_void(page: Page, Path((number, seq)): Path<(String, String)>) -> Result<Response> {
    let record = found(&page, &number, &seq).await.map_err(WebError::from)?;
    let form = FormState::default().with_version(record.paper.version.into());
    void_page(&page, StatusCode::OK, &record, (form, None))
}

fn void_page(
    page: &Page,
    status: StatusCode,
    record: &Record,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let allowed = crate::authz::allows(page.actor(), Permission::PaperIssue, &record.facts());
    let _allowed = allowed.map_err(PaperError::from).map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let context = VoidPage {
        shell: page.shell(labels::VOID).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        path: record.path(),
        kind: labels::kind(record.paper.kind),
        form,
    };
    page.answer_with(status, &context)
}

/// Takes it back.
#[handler]
pub(super) async fn take_back(
    page: Page,
    Path((number, seq)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let record = found(&page, &number, &seq).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::void(&mut tx, record.paper.id, form.version(), form.text("reason")).await?;
        tx.commit().await?;
        Ok::<_, PaperError>(record.path())
    };
    match Box::pin(done).await {
        Ok(path) => Ok(flash::redirect(&path, &labels::voided())),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            let record = found(&page, &number, &seq).await.map_err(WebError::from)?;
            let state = state.with_version(record.paper.version.into());
            void_page(&page, status, &record, (state, refused))
        }
    }
}

/// A file.
#[handler]
pub(super) async fn read_file(
    page: Page,
    Path((number, seq, id)): Path<(String, String, Uuid)>,
) -> Result<Response> {
    let done = async {
        let record = found(&page, &number, &seq).await?;
        let file = queries::document(page.app.db.read(), &record, DocumentId(id)).await?;
        let content = page.app.storage.get(&file.sha256).await?;
        actions::download(&page.app, page.actor(), &record, &file).await?;
        Ok::<_, PaperError>((file, content))
    };
    let (file, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&file.media_type, &file.download_name(), content))
}
