//! Somebody is expected to fund an enrolment, or those of all the people of its buyer in the session.

use entity::enrolment::{self, EnrolmentState};
use entity::funding::{self, FundingState};
use entity::ids::EnrolmentId;
use entity::training_session;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::Dossier;
use crate::features::enrolments::state::{has_begun, is_live};
use crate::features::funding::events::{FundingEvent, What};
use crate::features::funding::input::{Terms, TypedTerms};
use crate::features::funding::state::{Step, TABLE};
use crate::features::funding::{FundingError, Record};

/// Records a funding. With `everybody`, one for each person whom the same buyer enrolled in the session; the one of
/// the enrolment is first.
///
/// # Errors
/// Every fault, [`FundingError::EnrolmentOver`], the refusal of the policy, what the database answers.
pub async fn create(
    tx: &mut Tx,
    id: EnrolmentId,
    typed: &TypedTerms,
    everybody: bool,
) -> Result<Vec<Record>, FundingError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::FundingManage, &dossier.facts())?;
    if !is_funded(dossier.enrolment.state) {
        return Err(FundingError::EnrolmentOver);
    }
    let terms = typed.read()?;
    let mut people = vec![dossier.enrolment.clone()];
    if everybody {
        let others = enrolment::Entity::find()
            .filter(enrolment::Column::BuyerId.eq(dossier.enrolment.buyer_id))
            .filter(enrolment::Column::Id.ne(id))
            .order_by_asc(enrolment::Column::Seq)
            .all(tx.conn())
            .await?;
        people.extend(others.into_iter().filter(|row| is_funded(row.state)));
    }
    let line = TABLE.next(None, Step::Record)?;
    let mut records = Vec::new();
    for person in people {
        let record = insert(tx, person, &dossier.session, &terms).await?;
        tx.record(&grant, &FundingEvent::of(&record, What::Stepped(line))).await?;
        records.push(record);
    }
    Ok(records)
}

/// Whether there is something to fund: a training to come, or that was followed.
const fn is_funded(state: EnrolmentState) -> bool {
    is_live(state) || has_begun(state)
}

async fn insert(
    tx: &Tx,
    person: enrolment::Model,
    session: &training_session::Model,
    terms: &Terms,
) -> Result<Record, FundingError> {
    let last = funding::Entity::find()
        .filter(funding::Column::EnrolmentId.eq(person.id))
        .order_by_desc(funding::Column::Seq)
        .one(tx.conn())
        .await?;
    let row = funding::Model {
        id: tx.new_id(),
        enrolment_id: person.id,
        seq: last.map_or(0, |row| row.seq) + 1,
        session_id: session.id,
        structure_id: person.structure_id,
        scheme: terms.scheme,
        funder: terms.funder.clone(),
        state: FundingState::ToRequest,
        agreement_number: String::new(),
        amount_cents: 0,
        agreed_minutes: 0,
        subrogation: terms.subrogation,
        eu_funded: terms.eu_funded || session.eu_funded,
        requested_on: None,
        agreed_on: None,
        paid_cents: 0,
        reason: String::new(),
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        version: 1,
    };
    let insert = funding::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(Record { funding: row, enrolment: person, session: session.clone(), pieces: Vec::new() })
}
