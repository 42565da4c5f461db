//! The files of the network, missions, habilitations and pieces of experts, as the list of documents shows them: whoever
//! sees the mission or the person sees them there too, and no others.
//!
//! The rules are those of the pages of missions and of experts, said as filters of rows.

use entity::ids::{ExpertId, ExpertPieceId, HabilitationId, MissionId};
use entity::mission_offer::OfferState;
use entity::{document, expert, expert_piece, habilitation, mission, mission_certification, mission_offer};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::actions::download::Paper;
use super::error::AgreementError;
use crate::authz::{Actor, Facts, visible};

/// Kind of the subject of the files of a mission.
const MISSION: &str = "mission";
/// Kind of the subject of what the path to an habilitation leaves.
const HABILITATION: &str = "habilitation";
/// Kind of the subject of the file of a piece of an expert.
const PIECE: &str = "expert_piece";
/// What a certificate of presence is.
const PRESENCE: &str = "presence-certificate";
/// The other document of the same piece, in a query.
const LATER: &str = "later";

/// The files of the network that the actor may see.
#[must_use]
pub(super) fn seen(actor: &Actor) -> Condition {
    use document::Column;
    let experts = || {
        let all = expert::Entity::find().filter(visible::experts(actor));
        all.select_only().column(expert::Column::Id).into_query()
    };
    let mut files = Condition::any().add(habilitation::Column::ExpertId.in_subquery(experts()));
    if let Some(own) = actor.expert() {
        files = files.add(habilitation::Column::SeniorId.eq(own));
    }
    let files = habilitation::Entity::find().filter(files).select_only().column(habilitation::Column::Id);
    let of_paths = Condition::all()
        .add(Column::SubjectKind.eq(HABILITATION))
        .add(Column::SubjectId.in_subquery(files.into_query()));
    let pieces = expert_piece::Entity::find()
        .filter(expert_piece::Column::ExpertId.in_subquery(experts()))
        .filter(expert_piece::Column::VoidedAt.is_null())
        .select_only()
        .column(expert_piece::Column::Id);
    let of_pieces = Condition::all()
        .add(Column::SubjectKind.eq(PIECE))
        .add(Column::SubjectId.in_subquery(pieces.into_query()))
        .add(replaced().not());
    Condition::any().add(of_missions(actor)).add(of_paths).add(of_pieces)
}

/// The files of the missions that the actor sees. Whoever has a mission reads those made since their own answer: earlier
/// ones are about somebody else. A certificate of presence counts since the mission was last said done.
fn of_missions(actor: &Actor) -> Condition {
    use document::Column;
    let missions = mission::Entity::find().filter(visible::missions(actor));
    let missions = missions.select_only().column(mission::Column::Id);
    let made = || Expr::col((document::Entity, Column::CreatedAt));
    let done = mission::Entity::find()
        .filter(Expr::col((mission::Entity, mission::Column::DoneAt)).lte(made()))
        .select_only()
        .column(mission::Column::Id);
    let certified =
        Condition::any().add(Column::Kind.ne(PRESENCE)).add(Column::SubjectId.in_subquery(done.into_query()));
    let all = Condition::all()
        .add(Column::SubjectKind.eq(MISSION))
        .add(Column::SubjectId.in_subquery(missions.into_query()))
        .add(certified);
    let Some(own) = actor.expert().filter(|_| !actor.is_staff()) else { return all };
    let theirs = mission::Entity::find()
        .filter(mission::Column::ExpertId.eq(own))
        .select_only()
        .column(mission::Column::Id);
    let since = mission_offer::Entity::find()
        .filter(mission_offer::Column::ExpertId.eq(own))
        .filter(mission_offer::Column::State.eq(OfferState::Accepted))
        .filter(Expr::col((mission_offer::Entity, mission_offer::Column::AnsweredAt)).lte(made()))
        .select_only()
        .column(mission_offer::Column::MissionId);
    let read = Condition::any()
        .add(Column::SubjectId.not_in_subquery(theirs.into_query()))
        .add(Column::SubjectId.in_subquery(since.into_query()));
    all.add(read)
}

/// Whether a later file took the place of this one.
fn replaced() -> SimpleExpr {
    use document::Column;
    let of_piece = |column: Column| Expr::col((document::Entity, column));
    let later = Query::select()
        .expr(Expr::val(1))
        .from_as(document::Entity, LATER)
        .and_where(Expr::col((LATER, Column::SubjectKind)).eq(of_piece(Column::SubjectKind)))
        .and_where(Expr::col((LATER, Column::SubjectId)).eq(of_piece(Column::SubjectId)))
        .and_where(Expr::col((LATER, Column::Id)).gt(of_piece(Column::Id)))
        .to_owned();
    Expr::exists(later)
}

/// One of these files, and whose it is, if the actor may see it.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub(super) async fn paper(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    found: document::Model,
) -> Result<Paper, AgreementError> {
    let which = document::Entity::find_by_id(found.id).filter(seen(actor));
    which.one(conn).await?.ok_or(AgreementError::NotFound)?;
    match found.subject_kind.as_str() {
        MISSION => {
            let id = MissionId(found.subject_id);
            let mission = mission::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
            let others = mission_certification::Entity::find()
                .filter(mission_certification::Column::MissionId.eq(id))
                .all(conn)
                .await?;
            let facts = Facts {
                structure: mission.structure_id,
                region: Some(mission.region.clone()).filter(|region| !region.is_empty()),
                certification: mission.certification_id,
                certifications: others.iter().map(|row| row.certification_id).collect(),
                expert: Some(mission.expert_id),
                ..Facts::default()
            };
            Ok(Paper::of_mission(found, &mission, facts))
        }
        HABILITATION => {
            let id = HabilitationId(found.subject_id);
            let file = habilitation::Entity::find_by_id(id).one(conn).await?;
            let file = file.ok_or(AgreementError::NotFound)?;
            let person = person(conn, file.expert_id).await?;
            let senior = file.senior_id.filter(|senior| actor.expert() == Some(*senior));
            let mut facts = Facts { certification: file.certification_id, ..Facts::of_expert(&person) };
            facts.expert = senior.or(facts.expert);
            Ok(Paper::of_expert(found, &person, facts))
        }
        PIECE => {
            let id = ExpertPieceId(found.subject_id);
            let piece = expert_piece::Entity::find_by_id(id).one(conn).await?;
            let person = person(conn, piece.ok_or(AgreementError::NotFound)?.expert_id).await?;
            let facts = Facts::of_expert(&person);
            Ok(Paper::of_expert(found, &person, facts))
        }
        _ => Err(AgreementError::NotFound),
    }
}

async fn person(conn: &impl ConnectionTrait, id: ExpertId) -> Result<expert::Model, AgreementError> {
    expert::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)
}
