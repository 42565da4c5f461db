//! The team, the experts with their habilitations and interests, and the accounts that act in the story.

use std::collections::HashMap;

use anyhow::Context;
use entity::account_role::Role;
use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId};
use time::{Date, Duration};

use super::paths::OnTheWay;
use super::structures::Structures;
use super::{Stage, data};
use crate::authz::{Actor, Channel, account_actor};
use crate::features::accounts::actions::{HandOver, create_account};
use crate::features::accounts::input::{NewAccount, RoleInput};
use crate::features::experts::input::{TypedExpert, TypedHabilitation};
use crate::features::experts::{ExpertError, actions};
use crate::features::ties;
use crate::features::ties::input::{TypedEmployment, TypedInterest};
use crate::rules::typed_date::iso;

/// Who acts for the certifier.
pub(super) struct People {
    /// Everyone of the team, by address.
    pub(super) team: HashMap<String, Actor>,
    /// Who runs the certification.
    pub(super) manager: Actor,
    /// Who answers appeals against the decisions of the first.
    pub(super) other_manager: Actor,
    /// The accounts of the other roles.
    pub(super) accounts: Vec<data::Account>,
}

/// What comes later in the life of an expert.
#[derive(Clone, Copy)]
pub(super) enum Later<'a> {
    /// An habilitation is granted.
    Habilitation(ExpertId, &'a data::Habilitation),
    /// An interest is declared.
    Interest(ExpertId, &'a data::Interest),
    /// The structure that employs them is recorded, named by its SIRET.
    Employer(ExpertId, &'a str),
    /// The declaration of the year is made; whether there is nothing to tell.
    Declaration(ExpertId, bool),
    /// Something happens on the way to an habilitation.
    Path(OnTheWay<'a>),
}

/// Days since most people declared; the sixth of each seven has not, unless they have interests to tell, and may preside
/// over no jury.
const DECLARED: i64 = 40;
const SEVEN: usize = 7;
const SILENT: usize = 5;

/// Days between the grant of an habilitation and its first day: as long as a visit is fixed ahead, so that none is fixed on
/// a day that only the next period holds.
const GRANTED_AHEAD: Duration = Duration::days(30);

impl Later<'_> {
    /// The day it happens; one that starts soon was granted yesterday at the latest.
    pub(super) fn day(&self, stage: &Stage<'_>) -> anyhow::Result<Date> {
        Ok(match self {
            Self::Interest(_, known) => stage.day(known.declared_days_ago),
            Self::Declaration(..) | Self::Employer(..) => stage.day(DECLARED),
            Self::Path(way) => stage.working_day(way.act.days_ago),
            Self::Habilitation(_, held) => {
                let (starts_on, _) = held.days()?;
                starts_on.saturating_sub(GRANTED_AHEAD).min(stage.day(1))
            }
        })
    }
}

/// A contrôleur: the file and the account.
pub(super) type Controllers = HashMap<String, (ExpertId, Actor)>;

/// Opens the accounts of the team.
pub(super) async fn staff(stage: &Stage<'_>, file: &data::People) -> anyhow::Result<People> {
    let mut team = HashMap::new();
    for one in &file.staff {
        let role = RoleInput { regions: one.regions.clone(), ..RoleInput::everywhere(one.role) };
        let actor = open_account(stage, &one.email, &one.name, role, None).await;
        team.insert(one.email.clone(), actor.with_context(|| one.email.clone())?);
    }
    for account in file.account.iter().filter(|account| account.role == Role::Trainee) {
        let role = RoleInput::everywhere(Role::Trainee);
        open_account(stage, &account.email, &account.name, role, None).await?;
    }
    let named =
        |email: &str| team.get(email).cloned().with_context(|| format!("{email} is not in people.toml"));
    let (manager, other_manager) = (named("manager@demo.test")?, named("manager2@demo.test")?);
    let copy = |account: &data::Account| data::Account {
        email: account.email.clone(),
        name: account.name.clone(),
        role: account.role,
        expert: account.expert.clone(),
        structure: account.structure.clone(),
    };
    Ok(People { team, manager, other_manager, accounts: file.account.iter().map(copy).collect() })
}

/// Opens one account and gives who acts with it.
pub(super) async fn open_account(
    stage: &Stage<'_>,
    email: &str,
    name: &str,
    role: RoleInput,
    expert: Option<ExpertId>,
) -> anyhow::Result<Actor> {
    let input = NewAccount::parse(email, name, vec![role], expert)?;
    let mut tx = stage.app.begin(Actor::system("demo.load")).await?;
    let (account, _) = create_account(&mut tx, input, HandOver::ByHand).await?;
    tx.commit().await?;
    let found = account_actor(stage.app.db.bookkeeping(), account.id, Channel::Web).await?;
    Ok(found.with_context(|| format!("{email} is not active"))?.0)
}

/// Records the experts; the contrôleurs have an account.
pub(super) async fn experts<'a>(
    stage: &Stage<'_>,
    people: &People,
    file: &'a data::Experts,
    structures: &'a data::Structures,
) -> anyhow::Result<(Controllers, Vec<Later<'a>>)> {
    let (mut controllers, mut later) = (HashMap::new(), Vec::new());
    for (position, one) in file.expert.iter().enumerate() {
        let id = expert(stage, people, one).await.with_context(|| one.number.clone())?;
        later.extend(one.habilitation.iter().map(|held| Later::Habilitation(id, held)));
        later.extend(one.interest.iter().map(|known| Later::Interest(id, known)));
        later.extend(employer(one, structures).map(|siret| Later::Employer(id, siret)));
        later.extend(declares(position, one).then_some(Later::Declaration(id, one.interest.is_empty())));
        if one.habilitation.iter().any(|held| held.duty == Duty::Controleur) {
            let name = format!("{} {}", one.first_names, one.family_name);
            let role = RoleInput::everywhere(Role::Expert);
            let actor = open_account(stage, &one.email, &name, role, Some(id)).await?;
            controllers.insert(one.number.clone(), (id, actor));
        }
    }
    Ok((controllers, later))
}

/// Whether someone made the declaration of the year. Interests are told in it: whoever has some made it.
pub(super) fn declares(position: usize, one: &data::Expert) -> bool {
    position % SEVEN != SILENT || !one.interest.is_empty()
}

/// The SIRET of the structure that employs someone, when it is one of the story.
pub(super) fn employer<'a>(one: &data::Expert, structures: &'a data::Structures) -> Option<&'a str> {
    let employer = one.employer.as_ref()?;
    let known = structures.structure.iter().find(|structure| structure.name == *employer)?;
    Some(&known.siret)
}

/// The regions where somebody works: those of their habilitations, or their own when one counts everywhere.
fn territories(one: &data::Expert) -> Vec<String> {
    if one.habilitation.iter().any(|held| held.regions.is_empty()) {
        return Vec::new();
    }
    one.habilitation.iter().flat_map(|held| held.regions.iter().cloned()).collect()
}

async fn expert(stage: &Stage<'_>, people: &People, one: &data::Expert) -> anyhow::Result<ExpertId> {
    let typed = TypedExpert {
        family_name: one.family_name.clone(),
        first_names: one.first_names.clone(),
        email: one.email.clone(),
        phone: one.phone.clone(),
        employer: one.employer.clone().unwrap_or_default(),
        status: one.status.clone(),
        department: one.department.clone(),
        territories: territories(one),
        ..TypedExpert::default()
    };
    let new = typed.read().map_err(ExpertError::Invalid)?;
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    let row = actions::create(&mut tx, &new).await?;
    tx.commit().await?;
    anyhow::ensure!(row.number == one.number, "recorded as {}", row.number);
    Ok(row.id)
}

/// Records what comes later.
pub(super) async fn happen(
    stage: &Stage<'_>,
    people: &People,
    structures: &Structures,
    certifications: &HashMap<String, CertificationId>,
    later: Later<'_>,
) -> anyhow::Result<()> {
    if let Later::Path(way) = later {
        return super::paths::happen(stage, people, way).await;
    }
    let mut tx = stage.app.begin(people.manager.clone()).await?;
    match later {
        Later::Path(_) => {}
        Later::Habilitation(expert, held) => {
            // A control is not tied to one certification; the other duties are.
            let certification = certifications.get(&held.certification).copied();
            let typed = TypedHabilitation {
                duty: held.duty,
                starts_on: held.starts_on.to_string(),
                ends_on: held.ends_on.to_string(),
                certification: certification.filter(|_| held.duty != Duty::Controleur),
                regions: held.regions.clone(),
            };
            actions::record(&mut tx, expert, None, &typed).await?;
        }
        Later::Interest(expert, known) => {
            let structure = structures.get(&known.structure).with_context(|| known.structure.clone())?;
            let typed = TypedInterest {
                structure: structure.id,
                tie: known.tie,
                since: iso(stage.day(known.since_days_ago)),
                until: known.until_days_ago.map(|days| iso(stage.day(days))).unwrap_or_default(),
                detail: known.detail.clone(),
                declared_on: iso(stage.day(known.declared_days_ago)),
            };
            ties::actions::declare_interest(&mut tx, expert, &typed).await?;
        }
        Later::Employer(expert, siret) => {
            let structure = structures.get(siret).with_context(|| siret.to_owned())?.id;
            let typed = TypedEmployment { structure, since: String::new(), until: String::new() };
            ties::actions::record_employment(&mut tx, expert, &typed).await?;
        }
        Later::Declaration(expert, nothing) => {
            ties::actions::declare_year(&mut tx, expert, nothing, "").await?;
        }
    }
    Ok(tx.commit().await?)
}
