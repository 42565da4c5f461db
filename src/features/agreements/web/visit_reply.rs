//! `/visites/reponse/{token}`: answers a visit without an account, by its date or by a reason. GET shows and never acts.

use askama::Template;
use entity::site;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::act::Act;
use super::cautions;
use super::perform::date_of_visit;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::agreements::actions::visit::{self, VISIT_HOUR, VISIT_PAST, first_day};
use crate::features::agreements::queries::visit_links::{VisitReply, visit_reply};
use crate::features::agreements::{AgreementError, Dossier, labels, wording};
use crate::features::settings;
use crate::http::web::by_link::{Said, bearer};
use crate::http::web::component::{Choice, Fact, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};
use crate::render::french;
use crate::rules::delays::AgreementDelays;
use crate::rules::territory;

/// Who answers, for the journal.
const BY_LINK: &str = "agreements.link";

/// The page of a link whose visit waits for an answer.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/visit_reply.html")]
pub struct VisitReplyPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Structure and place.
    pub subject: String,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, when something does.
    pub refused: Option<(String, Vec<String>)>,
    /// What to look at before the date is fixed, which then asks twice.
    pub warnings: Vec<String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The sites to choose from, when there are several.
    pub sites: Vec<Choice>,
    /// The first day that would not be refused.
    pub first_day: String,
    /// Zone of the hour, and in words.
    pub zone: (String, String),
    /// Where the forms post.
    pub action: String,
    /// Whether the form to decline is open.
    pub declining: bool,
    /// What was typed.
    pub form: FormState,
}

/// What an answer did.
enum Answered {
    Fixed,
    Declined,
    /// Nothing yet: these are to be looked at first.
    Asks(Vec<String>),
}

/// How the page of an open visit comes back.
struct Shown {
    status: StatusCode,
    form: FormState,
    refused: Option<(String, Vec<String>)>,
    warnings: Vec<String>,
    declining: bool,
}

#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let found = visit_reply(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    match found {
        VisitReply::Open(dossier) => {
            let shown = Shown {
                status: StatusCode::OK,
                form: FormState::filled([("hour", "09:00")]),
                refused: None,
                warnings: Vec::new(),
                declining: false,
            };
            open(&page, &token, &dossier, shown).await
        }
        VisitReply::Over => over(&page),
        VisitReply::Unknown => unknown(&page),
    }
}

#[handler]
pub(super) async fn answer(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let found = visit_reply(page.app.db.read(), &token, page.app.now()).await.map_err(WebError::from)?;
    let dossier = match found {
        VisitReply::Open(dossier) => dossier,
        VisitReply::Over => return over(&page),
        VisitReply::Unknown => return unknown(&page),
    };
    let declining = form.text("reponse") == "decliner";
    let mut shown = Shown {
        status: StatusCode::OK,
        form: FormState::filled(form.fields().filter(|(name, _)| *name != "confirme")),
        refused: None,
        warnings: Vec::new(),
        declining,
    };
    match done(&page, request, &dossier, &form).await {
        Ok(Answered::Fixed) => said(
            &page,
            StatusCode::OK,
            Said {
                title: "Date de visite fixée",
                text: "Merci\u{202f}: la visite est à vous, sa date est fixée.",
                next: "Un message de confirmation vous parvient, avec la date pour votre agenda. L’ordre de mission est établi.",
            },
        ),
        Ok(Answered::Declined) => said(
            &page,
            StatusCode::OK,
            Said {
                title: "Réponse enregistrée",
                text: "Merci d’avoir répondu.",
                next: "La visite sera confiée à une autre personne. Vous n’avez rien d’autre à faire.",
            },
        ),
        Ok(Answered::Asks(warnings)) => {
            shown.warnings = warnings;
            open(&page, &token, &dossier, shown).await
        }
        Err(error) => {
            match error.kind() {
                ErrorKind::Invalid => {
                    shown.status = StatusCode::UNPROCESSABLE_ENTITY;
                    shown.form = shown.form.with_errors(faults(&error));
                }
                ErrorKind::Conflict | ErrorKind::Stale => {
                    shown.status = StatusCode::CONFLICT;
                    shown.refused = Some((error.detail(), error.blocking()));
                }
                _ => return Err(WebError::from(error).into()),
            }
            open(&page, &token, &dossier, shown).await
        }
    }
}

/// Answers in the name of whoever holds the link. The version that was read is named, so that a visit given to somebody
/// else meanwhile is not answered.
async fn done(
    page: &PublicPage,
    request: &Request,
    dossier: &Dossier,
    form: &FormData,
) -> std::result::Result<Answered, AgreementError> {
    let (id, seen) = (dossier.request.id, Some(dossier.request.version));
    if form.text("reponse") == "decliner" {
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        visit::decline(&mut tx, id, seen, form.text("reason")).await?;
        tx.commit().await?;
        return Ok(Answered::Declined);
    }
    let date = date_of_visit(form)?;
    let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
    let after = visit::schedule(&mut tx, id, seen, date).await?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let warnings = cautions::of(Act::Schedule, dossier, &after, &delays);
    if !warnings.is_empty() && form.text("confirme") != "oui" {
        return Ok(Answered::Asks(warnings));
    }
    tx.commit().await?;
    Ok(Answered::Fixed)
}

/// The faults of an answer, at the fields of this page.
fn faults(error: &AgreementError) -> FieldErrors {
    let place = |fault: Fault| {
        let pointer = match (fault.code, fault.pointer.as_str()) {
            (VISIT_HOUR | VISIT_PAST, _) => "/hour".to_owned(),
            (_, "/at") => "/day".to_owned(),
            _ => fault.pointer,
        };
        (pointer, fault.message)
    };
    error.faults().into_iter().map(place).collect()
}

async fn open(page: &PublicPage, token: &str, dossier: &Dossier, shown: Shown) -> Result<Response> {
    let delays = settings::agreement_delays(page.app.db.read()).await.map_err(WebError::from)?;
    let summary = shown.form.summary("Votre réponse n’est pas encore enregistrée");
    let zone = dossier.sites.first().map_or(dossier.structure.zone.as_str(), |site| site.zone.as_str());
    let context = VisitReplyPage {
        shell: page.shell("Répondre à une visite").with_errors(summary.is_some()),
        reference: dossier.reference().to_owned(),
        subject: format!("{}, {}", dossier.structure.name, dossier.structure.commune),
        summary,
        refused: shown.refused,
        warnings: shown.warnings,
        facts: facts(dossier, &delays),
        sites: choices(dossier),
        first_day: wording::long(first_day(dossier, &delays, page.app.now())),
        zone: (zone.to_owned(), format!("Heure de {}", territory::zone_place(zone).unwrap_or(zone))),
        action: format!("/visites/reponse/{token}"),
        declining: shown.declining,
        form: shown.form,
    };
    page.answer_with(shown.status, &context)
}

/// What a person must know to answer.
fn facts(dossier: &Dossier, delays: &AgreementDelays) -> Vec<Fact> {
    let request = &dossier.request;
    let mut facts = vec![
        Fact::new("Structure", dossier.structure.name.clone()),
        Fact::new("Certification", labels::certification(dossier.certification())),
        Fact::new("Nature de la demande", labels::kind(request.kind)),
        Fact::new("Sites", wording::sites(&dossier.sites).join("\u{202f}; ")),
    ];
    if let Some(given) = request.assigned_at {
        let before = visit::visit_before(dossier.today(*given), delays);
        facts.push(Fact::new("À faire au plus tard le", french::date(before)));
    }
    facts.extend(request.mission_number.iter().map(|number| Fact::new("Mission", number.clone())));
    facts
}

/// The sites of a request that has several.
fn choices(dossier: &Dossier) -> Vec<Choice> {
    let choice = |site: &site::Model| Choice::new(site.id.to_string(), site.label.clone());
    if dossier.sites.len() < 2 { Vec::new() } else { dossier.sites.iter().map(choice).collect() }
}

fn over(page: &PublicPage) -> Result<Response> {
    said(
        page,
        StatusCode::GONE,
        Said {
            title: "Lien terminé",
            text: "Cette visite n’attend plus de réponse par ce lien.",
            next: "Elle a reçu une réponse, elle est confiée à une autre personne, ou le délai est passé. Son dossier s’ouvre avec vos identifiants.",
        },
    )
}

fn unknown(page: &PublicPage) -> Result<Response> {
    said(
        page,
        StatusCode::NOT_FOUND,
        Said {
            title: "Lien inconnu",
            text: "Ce lien n’est pas reconnu.",
            next: "Ouvrez celui du dernier message reçu, ou connectez-vous.",
        },
    )
}

fn said(page: &PublicPage, status: StatusCode, said: Said) -> Result<Response> {
    let own = Link::new("Voir mes visites", "/agrements");
    page.answer_with(status, &said.page(page.shell(said.title), own))
}
