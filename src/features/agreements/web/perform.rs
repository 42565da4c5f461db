//! Does an act from what its form sends.

use entity::agreement_request::{Opinion, VisitMode};
use entity::appeal::AppealOutcome;
use entity::ids::{AgreementId, CommitteeId, ExpertId, RequestPieceId, ReserveId, SiteId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::act::Act;
use super::reading;
use crate::db::Tx;
use crate::features::agreements::actions::examination::AskedPiece;
use crate::features::agreements::actions::visit::VisitRecord;
use crate::features::agreements::actions::{decision, examination, filing, right, visit};
use crate::features::agreements::input::{LetterInput, VisitInput};
use crate::features::agreements::{AgreementError, Dossier};
use crate::http::web::FormData;

/// Does the act.
pub(super) async fn perform(
    tx: &mut Tx,
    act: Act,
    dossier: &Dossier,
    form: &FormData,
) -> Result<(), AgreementError> {
    match act {
        Act::Review | Act::Return | Act::Complete | Act::Assign | Act::Waive => {
            examine(tx, act, dossier, form).await
        }
        Act::Decline
        | Act::Release
        | Act::Schedule
        | Act::Postpone
        | Act::RecordVisit
        | Act::SendReport
        | Act::Finalise => inspect(tx, act, dossier, form).await,
        Act::Agenda | Act::Decide | Act::RecordLetter | Act::Resume | Act::Settle => {
            decide(tx, act, dossier, form).await
        }
        Act::SignStructure | Act::SignCertifier | Act::CloseReserve => follow(tx, act, dossier, form).await,
        Act::Submit | Act::Withdraw | Act::Comment | Act::Appeal => answer(tx, act, dossier, form).await,
        // Files are kept before any transaction: `deposit` receives them at an address of its own.
        Act::Supply | Act::ProveReserve => Err(AgreementError::NotFound),
    }
}

async fn answer(tx: &mut Tx, act: Act, dossier: &Dossier, form: &FormData) -> Result<(), AgreementError> {
    let (id, seen) = (dossier.request.id, form.version());
    match act {
        Act::Submit => {
            // The form of the last step names the version before what it sends was kept; its question, the one after.
            let asked = seen.filter(|_| form.text("etape").is_empty());
            filing::submit(tx, id, asked).await.map(drop)
        }
        Act::Withdraw => filing::withdraw(tx, id, seen, form.text("reason")).await.map(drop),
        Act::Comment => visit::comment(tx, id, seen, form.text("text")).await.map(drop),
        _ => decision::appeal(tx, id, seen, form.text("text")).await.map(drop),
    }
}

async fn examine(tx: &mut Tx, act: Act, dossier: &Dossier, form: &FormData) -> Result<(), AgreementError> {
    let (id, seen) = (dossier.request.id, form.version());
    match act {
        Act::Review => {
            let piece: RequestPieceId = key(form.text("piece"))?.into();
            let reason = (form.text("opinion") == "remplacer").then(|| form.text("reason"));
            examination::review_piece(tx, id, piece, reason).await.map(drop)
        }
        Act::Return => {
            let asked = form.all("pieces").into_iter().map(|code| AskedPiece {
                code: code.to_owned(),
                reason: form.text(&format!("pieces/{code}")).to_owned(),
            });
            let asked: Vec<_> = asked.collect();
            examination::return_request(tx, id, seen, &asked, form.text("message")).await.map(drop)
        }
        Act::Complete => examination::complete(tx, id, seen).await.map(drop),
        Act::Waive => examination::waive_visit(tx, id, seen, form.text("reason")).await.map(drop),
        _ => {
            let chosen: ExpertId =
                chosen(form, "controller_id", "Choisissez la personne qui fera la visite")?.into();
            let reason = form.optional(&format!("reason/{chosen}"));
            visit::assign(tx, id, seen, chosen, reason).await.map(drop)
        }
    }
}

async fn inspect(tx: &mut Tx, act: Act, dossier: &Dossier, form: &FormData) -> Result<(), AgreementError> {
    let (id, seen) = (dossier.request.id, form.version());
    match act {
        Act::Decline => visit::decline(tx, id, seen, form.text("reason")).await.map(drop),
        Act::Release => visit::release(tx, id, seen, form.text("reason")).await.map(drop),
        Act::Schedule => visit::schedule(tx, id, seen, date_of_visit(form)?).await.map(drop),
        Act::Postpone => {
            visit::postpone(tx, id, seen, date_of_visit(form)?, form.text("reason")).await.map(drop)
        }
        Act::RecordVisit => {
            let record = VisitRecord {
                scores: Vec::new(),
                persons_met: form.text("persons_met").to_owned(),
                refused: form.ticked("refused"),
            };
            visit::record_visit(tx, id, seen, record).await.map(drop)
        }
        Act::SendReport => visit::send_report(tx, id, seen).await.map(drop),
        _ => {
            let opinion = Opinion::all().find(|opinion| opinion.word() == form.text("opinion"));
            let opinion = opinion.ok_or_else(|| {
                AgreementError::fault("/opinion", "opinion-missing", "Choisissez le sens de votre avis")
            })?;
            visit::finalise(tx, id, seen, opinion, form.text("text")).await.map(drop)
        }
    }
}

async fn decide(tx: &mut Tx, act: Act, dossier: &Dossier, form: &FormData) -> Result<(), AgreementError> {
    let (id, seen) = (dossier.request.id, form.version());
    match act {
        Act::Agenda => {
            let committee = chosen(form, "committee_id", "Choisissez une commission à venir")?;
            decision::put_on_agenda(tx, id, seen, committee.into()).await.map(drop)
        }
        Act::RecordLetter => {
            let typed = |name: &str| form.text(name).to_owned();
            let letter = LetterInput {
                number: typed("number"),
                sent_on: typed("sent_on"),
                presented_on: typed("presented_on"),
            };
            decision::record_letter(tx, id, seen, &letter).await.map(drop)
        }
        Act::Resume => {
            let to = if form.text("to") == "visite" {
                decision::ResumeTo::Visit
            } else {
                decision::ResumeTo::Committee(
                    chosen(form, "committee_id", "Choisissez une commission à venir")?.into(),
                )
            };
            decision::resume(tx, id, seen, to).await.map(drop)
        }
        Act::Settle => {
            let outcome = match form.text("outcome") {
                "upheld" => AppealOutcome::Upheld,
                "overturned" => AppealOutcome::Overturned,
                _ => {
                    let message = "Choisissez le sens de la réponse";
                    return Err(AgreementError::fault("/outcome", "outcome-missing", message));
                }
            };
            let committee: Option<CommitteeId> =
                form.optional("committee_id").map(key).transpose()?.map(Into::into);
            decision::settle(tx, id, seen, outcome, form.text("reasons"), committee).await.map(drop)
        }
        _ => {
            let input = reading::decision(form, dossier.today(tx.now())).map_err(AgreementError::Invalid)?;
            decision::decide(tx, id, seen, input).await.map(drop)
        }
    }
}

async fn follow(tx: &mut Tx, act: Act, dossier: &Dossier, form: &FormData) -> Result<(), AgreementError> {
    let seen = form.version();
    let found = entity::agreement::Entity::find()
        .filter(entity::agreement::Column::RequestId.eq(dossier.request.id))
        .one(tx.conn())
        .await?;
    let id: AgreementId = found.ok_or(AgreementError::NotFound)?.id;
    match act {
        Act::SignStructure => {
            right::sign_for_structure(tx, id, seen, form.text("name"), form.text("quality")).await.map(drop)
        }
        Act::SignCertifier => {
            right::sign_for_certifier(tx, id, seen, form.text("name"), form.text("quality")).await.map(drop)
        }
        _ => {
            let reserve: ReserveId = key(form.text("reserve"))?.into();
            right::close_reserve(tx, id, reserve, form.text("evidence")).await.map(drop)
        }
    }
}

/// The date of a visit, as its form sends it.
pub(super) fn date_of_visit(form: &FormData) -> Result<VisitInput, AgreementError> {
    let mode = VisitMode::all().find(|mode| mode.word() == form.text("mode")).unwrap_or(VisitMode::OnSite);
    let zone = form.text("zone").to_owned();
    let at = reading::instant(form, &zone).map_err(AgreementError::Invalid)?;
    let mut sites: Vec<SiteId> = Vec::new();
    for site in form.all("sites") {
        sites.push(key(site)?.into());
    }
    let accepted_on =
        reading::optional_date(form, "accepted_on").map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    Ok(VisitInput {
        at,
        zone,
        place: form.text("place").to_owned(),
        mode,
        sites,
        accepted_by: form.text("accepted_by").to_owned(),
        accepted_on,
    })
}

/// A key that travelled in a hidden field.
fn key(text: &str) -> Result<Uuid, AgreementError> {
    Uuid::parse_str(text).map_err(|_| AgreementError::NotFound)
}

/// A key that a person chose.
fn chosen(form: &FormData, name: &str, message: &str) -> Result<Uuid, AgreementError> {
    match form.optional(name) {
        Some(text) => key(text),
        None => Err(AgreementError::fault(&format!("/{name}"), "choice-missing", message)),
    }
}
