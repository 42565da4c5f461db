//! `/api/v1/experts/{id}/impediment`: somebody cannot come for some days.

use std::sync::Arc;

use entity::ids::ExpertId;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use crate::app::App;
use crate::authz::{Facts, Permission, allows};
use crate::db::idempotency::Answer;
use crate::features::availability::{AvailabilityError, input, queries as time_of};
use crate::features::missions::shapes::{ImpedimentIn, ImpedimentOut};
use crate::features::missions::{actions, queries};
use crate::http::api::{ApiError, Caller, Tag};

/// What somebody who cannot come lets go of.
pub struct ImpedimentApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What an impediment touches.
#[derive(ApiResponse)]
enum Listed {
    /// Missions, visits and meetings.
    #[oai(status = 200)]
    Page(Json<ImpedimentOut>),
}

#[OpenApi(prefix_path = "/experts", tag = "Tag::Missions")]
impl ImpedimentApi {
    /// Tell what an absence of some days would touch
    ///
    /// The missions, visits and meetings of an expert from `from` to `until` that the caller may see, the earliest
    /// first, each with what becomes of it when the absence is recorded by the operation below. Nothing is changed.
    #[oai(path = "/:id/impediment", method = "get", operation_id = "impediment_preview")]
    async fn preview(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// First day.
        from: Query<Date>,
        /// Last day.
        until: Query<Date>,
    ) -> Result<Listed, ApiError> {
        let conn = self.app.db.read();
        let id: ExpertId = id.0.into();
        let person = time_of::expert(conn, &caller.0, id).await?;
        let facts = Facts { expert: Some(id), ..Facts::default() };
        let _allowed = allows(&caller.0, Permission::AvailabilityEdit, &facts)?;
        let period = input::range(from.0, until.0).map_err(AvailabilityError::Invalid)?;
        let found = queries::touched(conn, &caller.0, &person, period, self.app.now()).await?;
        Ok(Listed::Page(Json(found.as_slice().into())))
    }

    /// Say that an expert cannot come for some days
    ///
    /// Their absence is declared and everything that they have on these days is let go of, all of it or nothing: they
    /// drop out of missions, offers end, visits are to be given to somebody else, meetings excuse them. Whoever is
    /// touched is told, as by each of these acts. Answers what was touched.
    #[oai(path = "/:id/impediment", method = "post", operation_id = "impediment_declare")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<ImpedimentIn>,
    ) -> Result<Listed, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let found = actions::impede(&mut tx, id.0.into(), &body.0.typed()).await?;
        let out = ImpedimentOut::from(found.as_slice());
        tx.keep_answer(Answer::new(200, out.to_json_string()));
        tx.commit().await?;
        Ok(Listed::Page(Json(out)))
    }
}
