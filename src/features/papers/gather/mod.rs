//! Everything that a paper of a session may say, read at once, then told in French.
//!
//! [`Material`] is the session and what hangs on it, read once for as many papers as wanted; [`Material::about`] adds whom
//! one of them is about. Nothing is written here: a preview and a dry run read the same.

mod content;
mod who;

pub use who::{Gathered, Reached, callable};

use std::collections::HashMap;

use entity::ids::{
    EnrolmentId, ExpertId, TrainingBuyerId, TrainingSessionId, TrainingSlotId, TrainingSubcontractId,
};
use entity::training_handbook::{self, HandbookKind};
use entity::{
    expert, programme_module, programme_version, training_buyer, training_room, training_session,
    training_slot, training_subcontract, training_trainer,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, OffsetDateTime};

use super::PaperError;
use crate::app::App;
use crate::authz::Facts;
use crate::config::Config;
use crate::features::enrolments::dossier::facts_of;
use crate::features::programmes::queries::handbook_in_force;
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::training::cancellation::CancellationRules;
use crate::rules::training::settings::{EnrolmentRules, InvoiceRules, PaperRules};
use crate::rules::training::withdrawal::WithdrawalRules;

/// What a paper is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A buyer, for all their people.
    Buyer(TrainingBuyerId),
    /// A person.
    Enrolment(EnrolmentId),
    /// A half-day.
    Slot(TrainingSlotId),
    /// What is entrusted.
    Subcontract(TrainingSubcontractId),
}

/// The rules in force.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Delays of papers.
    pub papers: PaperRules,
    /// What invoices say.
    pub invoices: InvoiceRules,
    /// What a cancellation costs.
    pub cancellation: CancellationRules,
    /// The days to withdraw.
    pub withdrawal: WithdrawalRules,
    /// Delays of enrolments.
    pub enrolments: EnrolmentRules,
}

impl Rules {
    async fn read(conn: &impl ConnectionTrait) -> Result<Self, PaperError> {
        Ok(Self {
            papers: settings::paper_rules(conn).await?,
            invoices: settings::invoice_rules(conn).await?,
            cancellation: settings::cancellation_rules(conn).await?,
            withdrawal: settings::withdrawal_rules(conn).await?,
            enrolments: settings::enrolment_rules(conn).await?,
        })
    }
}

/// A session and what hangs on it.
#[derive(Clone, Debug)]
pub struct Material {
    /// The session.
    pub session: training_session::Model,
    /// The sheet that it follows.
    pub sheet: programme_version::Model,
    /// Its half-days, in order.
    pub slots: Vec<training_slot::Model>,
    /// Who pays.
    pub buyers: Vec<training_buyer::Model>,
    /// What is entrusted, at present.
    pub subcontract: Option<training_subcontract::Model>,
    /// What everybody is given.
    pub handbooks: Vec<training_handbook::Model>,
    /// The rules.
    pub rules: Rules,
    /// The instant at which it was read.
    pub now: OffsetDateTime,
    modules: Vec<programme_module::Model>,
    room: Option<training_room::Model>,
    trainers: HashMap<TrainingSlotId, Vec<ExpertId>>,
    experts: HashMap<ExpertId, expert::Model>,
    config: Config,
}

impl Material {
    /// Reads a session.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], what the database answers.
    pub async fn read(
        app: &App,
        conn: &impl ConnectionTrait,
        id: TrainingSessionId,
    ) -> Result<Self, PaperError> {
        let session = training_session::Entity::find_by_id(id).one(conn).await?;
        let session = session.ok_or(PaperError::NotFound)?;
        let sheet = programme_version::Entity::find_by_id(session.programme_version_id).one(conn).await?;
        let sheet = sheet.ok_or(PaperError::NotFound)?;
        let modules = programme_module::Entity::find()
            .filter(programme_module::Column::ProgrammeVersionId.eq(sheet.id))
            .order_by_asc(programme_module::Column::Position)
            .all(conn)
            .await?;
        let slots = training_slot::Entity::find()
            .filter(training_slot::Column::SessionId.eq(id))
            .filter(training_slot::Column::DroppedAt.is_null())
            .order_by_asc(training_slot::Column::StartsAt)
            .all(conn)
            .await?;
        let room = match session.room_id {
            Some(room) => training_room::Entity::find_by_id(room).one(conn).await?,
            None => None,
        };
        let buyers = training_buyer::Entity::find()
            .filter(training_buyer::Column::SessionId.eq(id))
            .order_by_asc(training_buyer::Column::Id)
            .all(conn)
            .await?;
        let subcontract = training_subcontract::Entity::find()
            .filter(training_subcontract::Column::SessionId.eq(id))
            .filter(training_subcontract::Column::EndedAt.is_null())
            .one(conn)
            .await?;
        let (trainers, experts) = trainers_of(conn, &slots).await?;
        let now = app.now();
        let handbooks = handbooks_of(conn, &session, day_in_zone(now, PARIS)).await?;
        let rules = Rules::read(conn).await?;
        let config = app.config.clone();
        Ok(Self {
            session,
            sheet,
            slots,
            buyers,
            subcontract,
            handbooks,
            rules,
            now,
            modules,
            room,
            trainers,
            experts,
            config,
        })
    }

    /// The day in Paris, where the body is.
    #[must_use]
    pub fn today(&self) -> Date {
        day_in_zone(self.now, PARIS)
    }

    /// What the policy looks at for the session itself.
    #[must_use]
    pub fn facts(&self) -> Facts {
        facts_of(&self.session)
    }

    /// The version in force of what everybody is given.
    #[must_use]
    pub fn handbook(&self, kind: HandbookKind) -> Option<&training_handbook::Model> {
        self.handbooks.iter().find(|one| one.kind == kind)
    }
}

type Trainers = (HashMap<TrainingSlotId, Vec<ExpertId>>, HashMap<ExpertId, expert::Model>);

async fn trainers_of(
    conn: &impl ConnectionTrait,
    slots: &[training_slot::Model],
) -> Result<Trainers, PaperError> {
    let rows = training_trainer::Entity::find()
        .filter(training_trainer::Column::SlotId.is_in(slots.iter().map(|slot| slot.id)))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .order_by_asc(training_trainer::Column::Id)
        .all(conn)
        .await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let mut by_slot: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_slot.entry(row.slot_id).or_default().push(row.expert_id);
    }
    Ok((by_slot, people.into_iter().map(|one| (one.id, one)).collect()))
}

/// What the session gives, else what is in force on a day: one of each kind.
async fn handbooks_of(
    conn: &impl ConnectionTrait,
    session: &training_session::Model,
    on: Date,
) -> Result<Vec<training_handbook::Model>, PaperError> {
    let mut found = Vec::new();
    for (kind, given) in [
        (HandbookKind::WelcomeBooklet, session.welcome_id),
        (HandbookKind::HouseRules, session.rules_id),
        (HandbookKind::Terms, None),
    ] {
        let chosen = match given {
            Some(id) => training_handbook::Entity::find_by_id(id).one(conn).await?,
            None => handbook_in_force(conn, kind, on).await?,
        };
        found.extend(chosen);
    }
    Ok(found)
}
