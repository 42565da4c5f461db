//! The team asks companies or funders what they think of the year.

use std::collections::BTreeMap;

use entity::ids::TrainingBuyerId;
use entity::survey;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Duration;

use super::open::{companies, open};
use super::{Opened, begun};
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::settings;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::{SurveyEvent, What};
use crate::features::surveys::input::Partners;
use crate::features::surveys::labels::faults;
use crate::features::surveys::state::{Step, TABLE};
use crate::rules::deadline::add_months;

/// Asks these addresses, and the companies of the last months when that is wanted, each once.
///
/// # Errors
/// Nobody to ask, the refusal of the policy, what the database answers.
pub async fn ask_partners(tx: &mut Tx, asked: &Partners) -> Result<survey::Model, SurveyError> {
    let grant = tx.authorize(Permission::SurveyManage, &Facts::default())?;
    let rules = settings::survey_rules(tx.conn()).await?;
    let mut people: BTreeMap<String, Option<TrainingBuyerId>> =
        asked.addresses.iter().map(|address| (address.clone(), None)).collect();
    if asked.known {
        let today = tx.now().date();
        let from = add_months(today, -i32::from(rules.partners_months));
        for (address, buyer) in companies(tx, (from, today)).await? {
            people.insert(address, Some(buyer));
        }
    }
    if people.is_empty() {
        return Err(vec![Fault::new("/addresses", "missing", faults::ADDRESSES)].into());
    }
    let until = tx.now() + Duration::days(rules.cold_days.into());
    let row = begun(tx, asked.kind, None, (tx.now(), until));
    let active = row.clone().into_active_model().reset_all();
    survey::Entity::insert(active).exec_without_returning(tx.conn()).await?;
    let what = What::Stepped { line: TABLE.next(None, Step::Plan)?, asked: Vec::new() };
    tx.record(&grant, &SurveyEvent { survey: row.clone(), session: None, what }).await?;
    let opened = Opened { survey: row, session: None };
    open(tx, &grant, opened, people.into_iter().collect()).await
}
