//! Asks people: each gets a link of their own.

use std::collections::{BTreeMap, BTreeSet};

use entity::enrolment::{self, EnrolmentState};
use entity::ids::{EnrolmentId, ExpertId, TrainingBuyerId, TrainingSessionId};
use entity::survey::{self, SurveyKind};
use entity::training_buyer::{self, BuyerKind};
use entity::{survey_invitation, training_session, training_slot, training_trainer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::Date;

use super::{Opened, invite, next_alarm};
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::settings;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::{To, What};
use crate::features::surveys::state::Step;

/// Opens a planned survey: people of its session, then these partners.
pub(super) async fn open(
    tx: &mut Tx,
    grant: &Grant,
    mut opened: Opened,
    partners: Vec<(String, Option<TrainingBuyerId>)>,
) -> Result<survey::Model, SurveyError> {
    let line = opened.next(Step::Open)?;
    let rules = settings::survey_rules(tx.conn()).await?;
    let id = opened.survey.id;
    let mut asked = Vec::new();
    if let Some(session) = opened.survey.session_id {
        match opened.survey.kind {
            SurveyKind::Hot | SurveyKind::Cold => {
                for one in trainees(tx, session).await? {
                    asked.push(invite(tx, id, To::Trainee(one), (Some(one), None)).await?);
                }
            }
            SurveyKind::Trainers => {
                for one in trainers(tx, session).await? {
                    asked.push(invite(tx, id, To::Trainer(one), (None, None)).await?);
                }
            }
            SurveyKind::Funders | SurveyKind::Companies => {}
        }
    }
    for (address, buyer) in partners {
        asked.push(invite(tx, id, To::Partner(address), (None, buyer)).await?);
    }
    opened.survey.state = line.to;
    opened.survey.invited = i32::try_from(asked.len()).unwrap_or(i32::MAX);
    opened.survey.deadline_at = Some(next_alarm(tx.now(), opened.survey.closes_at, &rules));
    opened.save(tx).await?;
    opened.record(tx, grant, What::Stepped { line, asked }).await
}

/// Who followed the session and did not ask to be left alone.
async fn trainees(tx: &Tx, session: TrainingSessionId) -> Result<Vec<EnrolmentId>, SurveyError> {
    let followed = [EnrolmentState::Present, EnrolmentState::Completed, EnrolmentState::DroppedOut];
    let found = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session))
        .filter(enrolment::Column::State.is_in(followed))
        .filter(enrolment::Column::ErasedAt.is_null())
        .order_by_asc(enrolment::Column::Seq)
        .all(tx.conn())
        .await?;
    let declined = survey_invitation::Entity::find()
        .filter(survey_invitation::Column::EnrolmentId.is_in(found.iter().map(|row| row.id)))
        .filter(survey_invitation::Column::DeclinedAt.is_not_null())
        .all(tx.conn())
        .await?;
    let left_alone: BTreeSet<EnrolmentId> = declined.iter().filter_map(|row| row.enrolment_id).collect();
    let wanted = found.iter().filter(|row| !row.email.is_empty() && !left_alone.contains(&row.id));
    Ok(wanted.map(|row| row.id).collect())
}

/// Who taught the session.
async fn trainers(tx: &Tx, session: TrainingSessionId) -> Result<Vec<ExpertId>, SurveyError> {
    let slots = training_slot::Entity::find()
        .select_only()
        .column(training_slot::Column::Id)
        .filter(training_slot::Column::SessionId.eq(session))
        .filter(training_slot::Column::DroppedAt.is_null());
    let found = training_trainer::Entity::find()
        .filter(training_trainer::Column::SlotId.in_subquery(slots.into_query()))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(tx.conn())
        .await?;
    let each: BTreeSet<ExpertId> = found.iter().map(|row| row.expert_id).collect();
    Ok(each.into_iter().collect())
}

/// The companies of the sessions that ended in a period, by address.
pub(super) async fn companies(
    tx: &Tx,
    (from, until): (Date, Date),
) -> Result<BTreeMap<String, TrainingBuyerId>, SurveyError> {
    let ended = training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(training_session::Column::EndsOn.between(from, until));
    let found = training_buyer::Entity::find()
        .filter(training_buyer::Column::Kind.eq(BuyerKind::Employer))
        .filter(training_buyer::Column::Email.ne(""))
        .filter(training_buyer::Column::ErasedAt.is_null())
        .filter(training_buyer::Column::SessionId.in_subquery(ended.into_query()))
        .order_by_asc(training_buyer::Column::Id)
        .all(tx.conn())
        .await?;
    Ok(found.into_iter().map(|row| (row.email, row.id)).collect())
}
