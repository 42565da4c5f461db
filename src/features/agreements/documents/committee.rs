//! The file of a committee: its agenda, with a summary of each file. It belongs to the committee, whose members read it.

use std::sync::Arc;

use entity::agreement_request::{self, RequestState};
use entity::request_piece::PieceState;
use entity::{committee, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::facts::{Material, day_in_paris};
use super::texts::texts;
use super::visit::rating_of;
use super::wording::{self, UNKNOWN, or_unknown};
use super::{COMMITTEE_FILE, Order, keep, template_of};
use crate::app::App;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::labels;
use crate::features::agreements::whole::{self, Whole};
use crate::features::agreements::wording as desk;
use crate::render::french;
use crate::rules::grid::Thresholds;
use crate::rules::typed_date::iso;
use crate::storage::issued;
use crate::worker::WorkError;

/// Issues the file of the committee that an act changed the agenda of.
pub(super) async fn issue(app: &Arc<App>, material: &Material, order: &Order) -> Result<(), WorkError> {
    let none = || WorkError::GiveUp("the act names no committee".to_owned());
    let id = order.committee_id.ok_or_else(none)?;
    let conn = app.db.read();
    let found = committee::Entity::find_by_id(id).one(conn).await.map_err(AgreementError::from)?;
    let committee = found.ok_or(AgreementError::NotFound)?;
    let template = template_of(COMMITTEE_FILE)?;
    let day = iso(committee.meets_on);
    let version = format!("{}-{}", material.whole.dossier.reference(), order.version);
    let file_name = issued::file_name(wording::title(COMMITTEE_FILE), &day, version);
    let about = ("committee", id.0);
    let known = issued::already_issued(conn, about, COMMITTEE_FILE, &file_name).await;
    if known.map_err(AgreementError::from)? {
        return Ok(());
    }
    let at = order.instant(material.request().agenda_at).unwrap_or_else(|| app.now());
    let files = files(conn, &committee).await?;
    let data = data(material, &committee, &files, at);
    let title = &wording::distinct_title(COMMITTEE_FILE, Some(&wording::drawn_up_at(at)));
    let draft = issued::Draft {
        kind: COMMITTEE_FILE,
        template,
        title,
        reference: &day,
        file_name,
        data,
        files: Vec::new(),
        at,
    };
    keep(app, order, about, draft).await
}

/// The files on the agenda, in the order of their keys; a file that was withdrawn is no longer on it.
async fn files(
    conn: &impl ConnectionTrait,
    committee: &committee::Model,
) -> Result<Vec<Whole>, AgreementError> {
    use agreement_request::Column;
    let requests = agreement_request::Entity::find()
        .filter(Column::CommitteeId.eq(committee.id))
        .filter(Column::State.ne(RequestState::Withdrawn))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let mut files = Vec::with_capacity(requests.len());
    for request in requests {
        files.push(whole::around(conn, request).await?);
    }
    Ok(files)
}

fn data(material: &Material, committee: &committee::Model, files: &[Whole], at: OffsetDateTime) -> Value {
    let summaries: Vec<_> = files.iter().map(|file| summary(file, material.thresholds, at)).collect();
    json!({
        "issuer": material.issuer(day_in_paris(at)),
        "number": format!("COM-{}", iso(committee.meets_on)),
        "committee": {
            "name": wording::COMMITTEE,
            "on": french::long_date(committee.meets_on),
            "place": or_unknown(&committee.place),
        },
        "files": summaries,
        "prepared_on": wording::in_paris(at),
        "contact": material.contact(),
        "kept": texts().kept_file,
    })
}

/// What a committee reads of a file before it opens it.
fn summary(file: &Whole, set: Option<Thresholds>, now: OffsetDateTime) -> Value {
    let (dossier, with) = (&file.dossier, &file.attachments);
    let (request, structure) = (&dossier.request, &dossier.structure);
    let day = |at: entity::Instant| desk::day(*at, &structure.zone);
    let accepted = with.pieces.iter().filter(|piece| piece.state == PieceState::Accepted).count();
    let controller = file.controller.as_ref().map_or_else(|| UNKNOWN.to_owned(), expert::Model::name);
    let visited = request.visited_at.filter(|_| request.visit_waived_reason.is_none());
    let grid = visited.map(|_| {
        let (tally, rating) = rating_of(file, set, now);
        json!({ "rating": wording::rating(rating), "summary": wording::summary(tally) })
    });
    let earlier: Vec<_> = with
        .decisions
        .iter()
        .rev()
        .map(|one| wording::decided_on(labels::outcome(one.outcome), &day(one.decided_at)))
        .collect();
    json!({
        "reference": dossier.reference(),
        "structure": structure.name,
        "commune": format!("{} {}", structure.postal_code, structure.commune),
        "kind": wording::kind(request.kind),
        "certification": dossier.version.title,
        "roles": wording::roles(request.role),
        "sites": desk::sites(&dossier.sites),
        "deposited_on": request.submitted_at.map_or_else(|| UNKNOWN.to_owned(), day),
        "pieces": wording::pieces_accepted(accepted),
        "visit": visited.map(|at| json!({
            "on": french::long_date(crate::rules::deadline::day_in_zone(*at, &structure.zone)),
            "mode": wording::mode(request.visit_mode),
            "controller": controller,
        })),
        "waived": request.visit_waived_reason,
        "grid": grid,
        "opinion": request.opinion.zip(request.opinion_at).map(|(opinion, at)| json!({
            "label": labels::opinion_status(opinion).word,
            "text": or_unknown(request.opinion_text.as_deref().unwrap_or_default()),
            "on": day(at),
        })),
        "comments": request.commented_at.map(|at| wording::answered_on(&day(at))),
        "earlier": (!earlier.is_empty()).then(|| earlier.join(", ")),
    })
}
