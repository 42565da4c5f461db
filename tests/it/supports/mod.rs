//! Teaching support.

mod journey;
mod pages;
mod refusals;
mod states;

use entity::agreement_request::VisitMode;
use entity::structure;
use entity::teaching_support::{self, SupportOrigin, SupportState};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use crate::support::TestApp;

/// A support that a structure asked for, without its history.
pub async fn asked(t: &TestApp, structure: &structure::Model) -> teaching_support::Model {
    let row = teaching_support::Model {
        id: t.app.new_id().into(),
        number: "APP-2025-9001".to_owned(),
        structure_id: structure.id,
        site_id: None,
        agreement_id: None,
        certification_version_id: None,
        origin: SupportOrigin::Asked,
        inspection_id: None,
        state: SupportState::Requested,
        need: "Préparer les observations".to_owned(),
        objectives: "Deux observations par compétence".to_owned(),
        mode: VisitMode::OnSite,
        half_days: None,
        cost_cents: None,
        payer: None,
        quote_document_id: None,
        requested_by: None,
        requested_at: t.app.now().into(),
        settled_by: None,
        settled_at: None,
        reason: None,
        expert_id: None,
        mission_id: None,
        tie_override: None,
        starts_at: None,
        ends_at: None,
        zone: structure.zone.clone(),
        place: "Nevers".to_owned(),
        sequence: 0,
        performed_at: None,
        minutes_given: None,
        persons: None,
        attendance_document_id: None,
        report: None,
        actions: None,
        reported_at: None,
        survey_sent_at: None,
        satisfaction: None,
        satisfaction_text: None,
        satisfied_at: None,
        closed_by: None,
        closed_at: None,
        deadline_at: None,
        warned: 0,
        version: 1,
        search: "app-2025-9001".to_owned(),
    };
    row.into_active_model().reset_all().insert(t.app.db.bookkeeping()).await.unwrap()
}
