//! A request with all that an act needs to know: the structure, the sites, the certification.

use std::collections::{HashMap, HashSet};

use entity::ids::{AgreementRequestId, SiteId};
use entity::{
    agreement_request, certification, certification_version, decision, grid_score, request_site, site,
    structure,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Date, OffsetDateTime};

use super::deadlines::AnswerEnds;
use super::error::AgreementError;
use super::grid::{self, Grid};
use super::state::{self, Step, Transition};
use crate::authz::Facts;
use crate::db::{Error, Tx};
use crate::events::Subject;
use crate::rules::deadline;

/// A request and its surroundings.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The request.
    pub request: agreement_request::Model,
    /// Who asks.
    pub structure: structure::Model,
    /// Where.
    pub sites: Vec<site::Model>,
    /// For what.
    pub version: certification_version::Model,
    /// The usual name of the certification.
    pub usual_name: String,
}

impl Dossier {
    /// Loads a request and locks its row until the commit.
    ///
    /// # Errors
    /// [`AgreementError::NotFound`], or what the database answers.
    pub async fn locked(tx: &Tx, id: AgreementRequestId) -> Result<Self, AgreementError> {
        let request = agreement_request::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), request.ok_or(AgreementError::NotFound)?).await
    }

    /// The surroundings of a request.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        request: agreement_request::Model,
    ) -> Result<Self, AgreementError> {
        let structure = structure::Entity::find_by_id(request.structure_id).one(conn).await?;
        let structure = structure.ok_or_else(|| missing("structure", request.structure_id.to_string()))?;
        let version =
            certification_version::Entity::find_by_id(request.certification_version_id).one(conn).await?;
        let version = version
            .ok_or_else(|| missing("certification_version", request.certification_version_id.to_string()))?;
        let named = certification::Entity::find_by_id(version.certification_id).one(conn).await?;
        let usual_name = named.map(|one| one.short_title).unwrap_or_default();
        let sites = sites(conn, request.id).await?;
        Ok(Self { request, structure, sites, version, usual_name })
    }

    /// The surroundings of several requests, whose order is kept, in a fixed number of queries.
    ///
    /// # Errors
    /// When a row is missing, or what the database answers.
    pub async fn several(
        conn: &impl ConnectionTrait,
        requests: Vec<agreement_request::Model>,
    ) -> Result<Vec<Self>, AgreementError> {
        let named = requests.iter().map(|request| request.structure_id);
        let structures =
            structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
        let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
        let named: HashSet<_> = requests.iter().map(|request| request.certification_version_id).collect();
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::Id.is_in(named))
            .all(conn)
            .await?;
        let named: HashSet<_> = versions.iter().map(|version| version.certification_id).collect();
        let named =
            certification::Entity::find().filter(certification::Column::Id.is_in(named)).all(conn).await?;
        let usual: HashMap<_, _> = named.into_iter().map(|row| (row.id, row.short_title)).collect();
        let versions: HashMap<_, _> = versions.into_iter().map(|row| (row.id, row)).collect();
        let mut sites = sites_of(conn, &requests).await?;
        let whole = requests.into_iter().map(|request| -> Result<Self, AgreementError> {
            let structure = structures.get(&request.structure_id).cloned();
            let version = versions.get(&request.certification_version_id).cloned();
            let certification = version.as_ref().map(|version| version.certification_id);
            Ok(Self {
                usual_name: certification.and_then(|id| usual.get(&id).cloned()).unwrap_or_default(),
                structure: structure.ok_or_else(|| missing("structure", request.structure_id.to_string()))?,
                version: version.ok_or_else(|| {
                    missing("certification_version", request.certification_version_id.to_string())
                })?,
                sites: sites.remove(&request.id).unwrap_or_default(),
                request,
            })
        });
        whole.collect()
    }

    /// What the policy needs.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            structure: Some(self.request.structure_id),
            region: Some(self.structure.region.clone()),
            certification: Some(self.version.certification_id),
            expert: self.request.controller_id,
            inspected_by: self.request.controller_id,
            ..Facts::default()
        }
    }

    /// What names the certification: usual name, title and name of the version.
    #[must_use]
    pub fn certification(&self) -> [&str; 3] {
        [&self.usual_name, &self.version.title, &self.version.label]
    }

    /// The human number: that of the draft until the first submission.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.request.number.as_deref().unwrap_or(&self.request.draft_number)
    }

    /// Path of the page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/agrements/{}", self.reference())
    }

    /// The subject of an event.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("agreement_request", self.request.id, self.reference())
    }

    /// When the visit in course was recorded; none while a second one is still to come, though the first was made.
    #[must_use]
    pub fn visited_at(&self) -> Option<entity::Instant> {
        use agreement_request::RequestState as S;
        let to_come = matches!(self.request.state, S::Complete | S::VisitToSchedule | S::VisitScheduled);
        self.request.visited_at.filter(|_| !to_come)
    }

    /// The day that it is where the structure is.
    #[must_use]
    pub fn today(&self, now: OffsetDateTime) -> Date {
        deadline::day_in_zone(now, &self.structure.zone)
    }

    /// The grid of the visit: that of its first score, or the one in force on its day.
    #[must_use]
    pub fn grid(&self, scores: &[grid_score::Model], now: OffsetDateTime) -> &'static Grid {
        let at = self.request.visited_at.map_or(now, |at| *at);
        grid::of(scores, self.today(at))
    }

    /// The end of a day where the structure is: when a deadline of the structure ends.
    #[must_use]
    pub fn end_of(&self, date: Date) -> OffsetDateTime {
        deadline::end_of_day(date, &self.structure.zone)
            .unwrap_or_else(|_| date.with_time(time::macros::time!(23:59:59)).assume_utc())
    }

    /// The instant until which the structure may answer, in the states that have one.
    #[must_use]
    pub fn due_at(&self) -> Option<OffsetDateTime> {
        let request = &self.request;
        let ends = AnswerEnds {
            return_due_at: request.return_due_at,
            comments_due_at: request.comments_due_at.filter(|_| request.commented_at.is_none()),
            adjourned_until: request.adjourned_until,
            appeal_until: request.appeal_until,
        };
        ends.in_state(request.state, &self.structure.zone)
    }

    /// Refuses when the version seen is not the current one; none = the caller does not mind.
    ///
    /// # Errors
    /// [`AgreementError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), AgreementError> {
        match seen {
            Some(seen) if seen != self.request.version => Err(AgreementError::Stale),
            _ => Ok(()),
        }
    }

    /// Makes a step: new state, new version, and what else the act changes.
    ///
    /// # Errors
    /// When the state does not allow it, or what the database answers.
    pub async fn step(
        &mut self,
        tx: &Tx,
        step: Step,
        change: impl FnOnce(&mut agreement_request::ActiveModel),
    ) -> Result<&'static Transition, AgreementError> {
        let line = state::TABLE.next(self.request.state, step)?;
        self.change(tx, |row| {
            row.state = Set(line.to);
            row.warned = Set(0);
            row.deadline_at = Set(None);
            if state::is_over(line.to) {
                row.closed_at = Set(Some(tx.instant()));
            }
            change(row);
        })
        .await?;
        Ok(line)
    }

    /// Changes the request without a step; its version grows.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn change(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut agreement_request::ActiveModel),
    ) -> Result<(), AgreementError> {
        let mut row: agreement_request::ActiveModel = self.request.clone().into();
        row.version = Set(self.request.version + 1);
        change(&mut row);
        self.request = row.update(tx.conn()).await?;
        Ok(())
    }

    /// The decision in force.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn last_decision(
        &self,
        conn: &impl ConnectionTrait,
    ) -> Result<Option<decision::Model>, AgreementError> {
        let found = decision::Entity::find()
            .filter(decision::Column::RequestId.eq(self.request.id))
            .order_by_desc(decision::Column::Id)
            .one(conn)
            .await?;
        Ok(found)
    }
}

fn missing(table: &'static str, id: String) -> Error {
    Error::Inconsistent { table, id, what: "named by a request, not found" }
}

/// The sites of several requests, the seat of each first.
async fn sites_of(
    conn: &impl ConnectionTrait,
    requests: &[agreement_request::Model],
) -> Result<HashMap<AgreementRequestId, Vec<site::Model>>, AgreementError> {
    let named = request_site::Entity::find()
        .filter(request_site::Column::RequestId.is_in(requests.iter().map(|request| request.id)))
        .all(conn)
        .await?;
    let sites = site::Entity::find()
        .filter(site::Column::Id.is_in(named.iter().map(|row| row.site_id)))
        .order_by_desc(site::Column::IsSeat)
        .order_by_asc(site::Column::Siret)
        .all(conn)
        .await?;
    let mut by_site: HashMap<_, Vec<_>> = HashMap::new();
    for row in named {
        by_site.entry(row.site_id).or_default().push(row.request_id);
    }
    let mut by_request: HashMap<_, Vec<_>> = HashMap::new();
    for site in sites {
        for request in by_site.get(&site.id).into_iter().flatten() {
            by_request.entry(*request).or_default().push(site.clone());
        }
    }
    Ok(by_request)
}

/// The sites of a request, its seat first.
///
/// # Errors
/// What the database answers.
pub async fn sites(
    conn: &impl ConnectionTrait,
    request: AgreementRequestId,
) -> Result<Vec<site::Model>, AgreementError> {
    use sea_orm::QueryTrait;
    let named = request_site::Entity::find()
        .select_only()
        .column(request_site::Column::SiteId)
        .filter(request_site::Column::RequestId.eq(request))
        .into_query();
    let sites = site::Entity::find()
        .filter(site::Column::Id.in_subquery(named))
        .order_by_desc(site::Column::IsSeat)
        .order_by_asc(site::Column::Siret)
        .all(conn)
        .await?;
    Ok(sites)
}

/// The sites of a request where its visit goes; none while none is fixed, and for a visit that names none.
///
/// # Errors
/// What the database answers.
pub async fn visited(
    conn: &impl ConnectionTrait,
    request: AgreementRequestId,
) -> Result<Vec<SiteId>, AgreementError> {
    let rows = request_site::Entity::find()
        .filter(request_site::Column::RequestId.eq(request))
        .filter(request_site::Column::Visited.eq(true))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.site_id).collect())
}
