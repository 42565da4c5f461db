//! People on the way to an habilitation, or whose habilitation ended: every state of the table, overseas included.

use anyhow::Context;
use entity::habilitation_step::StepKind;
use entity::ids::{ExpertId, HabilitationId};
use entity::{expert, habilitation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Duration;

use super::people::{Later, People};
use super::{Stage, data, last_working_day};
use crate::db::Tx;
use crate::features::experts::actions::TypedPiece;
use crate::features::experts::actions::habilitation::{
    self as acts, Admission, Application, JuryMember, LoggedStep, Presentation, Quality, Verdict,
};
use crate::features::experts::input::TypedExpert;
use crate::features::experts::{ExpertError, actions, jobs, queries};
use crate::features::{settings, ties};
use crate::rules::typed_date::iso;

/// One act of someone on the way.
#[derive(Clone, Copy)]
pub(super) struct OnTheWay<'a> {
    /// Who.
    pub(super) expert: ExpertId,
    /// Who accompanies.
    pub(super) senior: ExpertId,
    /// The file of the demonstration.
    pub(super) file: &'a data::PathFile,
    /// What happens.
    pub(super) act: &'a data::PathAct,
}

/// Records the people; gives what comes later.
pub(super) async fn record<'a>(
    stage: &Stage<'_>,
    people: &People,
    file: &'a data::Paths,
) -> anyhow::Result<Vec<Later<'a>>> {
    let mut later = Vec::new();
    for one in &file.path {
        let typed = TypedExpert {
            family_name: one.family_name.clone(),
            first_names: one.first_names.clone(),
            email: one.email.clone(),
            phone: one.phone.clone(),
            status: one.status.clone(),
            department: one.department.clone(),
            territories: one.territories.clone(),
            travel_km: one.travel_km.clone(),
            languages: one.languages.clone(),
            employer: String::new(),
        };
        let new = typed.read().map_err(ExpertError::Invalid).with_context(|| one.email.clone())?;
        let mut tx = stage.app.begin(people.manager.clone()).await?;
        let row = actions::create(&mut tx, &new).await?;
        tx.commit().await?;
        let conn = stage.app.db.bookkeeping();
        let senior = expert::Entity::find().filter(expert::Column::Number.eq(&one.senior)).one(conn).await?;
        let senior = senior.with_context(|| one.senior.clone())?.id;
        let way = |act| Later::Path(OnTheWay { expert: row.id, senior, file: one, act });
        later.extend(one.act.iter().map(way));
    }
    Ok(later)
}

async fn file_of(tx: &Tx, expert: ExpertId) -> anyhow::Result<HabilitationId> {
    let last = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.eq(expert))
        .order_by_desc(habilitation::Column::Id)
        .one(tx.conn())
        .await?;
    Ok(last.context("no file is open")?.id)
}

/// Does what comes.
pub(super) async fn happen(stage: &Stage<'_>, people: &People, way: OnTheWay<'_>) -> anyhow::Result<()> {
    use data::PathEvent as Event;
    let event = way.act.event;
    if event == Event::Expire {
        jobs::run(stage.app).await?;
        return Ok(());
    }
    let actor = match event {
        Event::ConfirmWithdrawal => people.other_manager.clone(),
        _ => people.manager.clone(),
    };
    let mut tx = stage.app.begin(actor).await?;
    act(stage, &mut tx, way).await.with_context(|| format!("{} {event:?}", way.file.email))?;
    Ok(tx.commit().await?)
}

/// Records the pieces that the application asks for.
async fn bring_pieces(tx: &mut Tx, way: OnTheWay<'_>, proof_on: &str) -> anyhow::Result<()> {
    let expert = expert::Entity::find_by_id(way.expert).one(tx.conn()).await?.context("no such expert")?;
    let today = tx.app().today();
    let asked = queries::asked_pieces(tx.conn(), way.file.duty, &expert, today).await?;
    for piece in asked.into_iter().filter(|piece| !piece.held) {
        let typed = TypedPiece {
            code: piece.code,
            note: String::new(),
            proof_on: proof_on.to_owned(),
            valid_until: String::new(),
        };
        actions::add_piece(tx, way.expert, &typed).await?;
    }
    Ok(())
}

async fn act(stage: &Stage<'_>, tx: &mut Tx, way: OnTheWay<'_>) -> anyhow::Result<()> {
    use data::PathEvent as Event;
    let today = stage.working_day(way.act.days_ago);
    let text = way.act.text.as_str();
    if way.act.event == Event::Apply {
        let application = Application {
            duty: way.file.duty,
            certification: None,
            regions: way.file.regions.clone(),
            motivation: way.file.motivation.clone(),
        };
        acts::apply(tx, way.expert, &application).await?;
        return Ok(());
    }
    let id = file_of(tx, way.expert).await?;
    match way.act.event {
        Event::Apply | Event::Expire => {}
        Event::Reject => drop(acts::reject(tx, id, None, text).await?),
        Event::Admit => {
            let admission = Admission {
                interview_on: iso(last_working_day(today.saturating_sub(Duration::days(2)))),
                interview: text.to_owned(),
                senior: Some(way.senior),
                action_plan: text.to_owned(),
            };
            bring_pieces(tx, way, &iso(today)).await?;
            acts::admit(tx, id, None, &admission).await?;
        }
        Event::Train => {
            let steps = settings::path_rules(tx.conn()).await?.steps(way.file.duty);
            for (kind, times) in steps.into_iter().filter(|(kind, _)| *kind != StepKind::Interview) {
                for _ in 0..times {
                    let logged = LoggedStep {
                        kind,
                        done_on: iso(today),
                        place: String::new(),
                        sheet: text.to_owned(),
                        action_plan: String::new(),
                        mission: None,
                    };
                    acts::log_step(tx, id, None, &logged).await?;
                }
            }
        }
        Event::Sign => {
            acts::sign_charter(tx, id, None).await?;
            ties::actions::declare_year(tx, way.expert, true, "").await?;
        }
        Event::Present => {
            let members = vec![
                JuryMember::named("Camille N.", Quality::Manager),
                JuryMember::named("Dominique S.", Quality::Senior),
                JuryMember::named("Ariel E.", Quality::External),
            ];
            let presentation = Presentation { on: iso(today), members, ..Presentation::default() };
            acts::present(tx, id, None, &presentation).await?;
        }
        Event::Grant => {
            let ends_on = way.act.ends_days_ago.map(|days| iso(stage.day(days))).unwrap_or_default();
            let verdict = Verdict::Grant { starts_on: iso(today), ends_on, conditions: text.to_owned() };
            acts::decide(tx, id, None, &verdict).await?;
        }
        Event::Defer => {
            let verdict = Verdict::Defer { redo: vec![StepKind::Supervised], reasons: text.to_owned() };
            acts::decide(tx, id, None, &verdict).await?;
        }
        Event::Refuse => {
            acts::decide(tx, id, None, &Verdict::Refuse { reasons: text.to_owned() }).await?;
        }
        Event::Suspend => drop(acts::suspend(tx, id, None, None, text).await?),
        Event::AskWithdrawal => drop(acts::ask_withdrawal(tx, id, None, text).await?),
        Event::ConfirmWithdrawal => drop(acts::confirm_withdrawal(tx, id, None).await?),
        Event::Resign => drop(acts::resign(tx, id, None, None, text).await?),
    }
    Ok(())
}
