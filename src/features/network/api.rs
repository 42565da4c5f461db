//! `/api/v1/network`.

use std::sync::Arc;

use entity::habilitation::Duty;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::Date;
use uuid::Uuid;

use super::queries;
use super::sheet::{Line, Network};
use crate::app::App;
use crate::features::experts::shapes::DutyWord;
use crate::http::api::{ApiError, Caller, Tag};

/// The network of experts.
pub struct NetworkApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// One duty of the network.
#[derive(Clone, Debug, Object)]
pub struct NetworkDutyOut {
    /// The duty.
    pub duty: DutyWord,
    /// People who hold it on the day.
    pub entitled: u64,
    /// Those whose right ends within six months.
    pub ending: u64,
    /// Those who have a condition of renewal at risk.
    pub at_risk: u64,
    /// Mean load of the twelve months until the day, in tenths of a mission or visit.
    pub mean_load_tenths: u64,
}

/// One region of the network.
#[derive(Clone, Debug, Object)]
pub struct NetworkRegionOut {
    /// INSEE code.
    pub code: String,
    /// French name.
    pub name: String,
    /// Distinct people who may act there.
    pub people: u64,
    /// Mandataires who may act there.
    pub mandataires: u64,
    /// Contrôleurs who may act there.
    pub controleurs: u64,
    /// Formateurs EPSP who may act there.
    pub epsp: u64,
    /// Rights of these people that end within ninety days.
    pub ending: u64,
    /// Missions and visits that take place there, over the twelve months until the day.
    pub load: u64,
}

/// Someone who holds a duty.
#[derive(Clone, Debug, Object)]
pub struct NetworkLineOut {
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Number.
    pub number: String,
    /// Family name, then first names.
    pub name: String,
    /// The duty.
    pub duty: DutyWord,
    /// INSEE codes of the regions where; none = everywhere.
    pub regions: Vec<String>,
    /// Last day of the right, and of those that go on with it without a gap; null while it has none.
    pub ends_on: Option<Date>,
    /// Missions and visits of the twelve months until the day.
    pub load: u64,
    /// Conditions of renewal at risk, in French, the most urgent first.
    pub at_risk: Vec<String>,
}

/// The network on a day.
#[derive(Clone, Debug, Object)]
pub struct NetworkOut {
    /// The day.
    pub on: Date,
    /// Distinct people.
    pub people: u64,
    /// Each duty.
    pub duties: Vec<NetworkDutyOut>,
    /// Each region that the caller follows.
    pub regions: Vec<NetworkRegionOut>,
    /// Everyone who holds a duty, once for each, in alphabetical order.
    pub items: Vec<NetworkLineOut>,
}

/// The network.
#[derive(ApiResponse)]
enum Seen {
    /// The network.
    #[oai(status = 200)]
    Network(Json<NetworkOut>),
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl NetworkOut {
    fn of(network: &Network) -> Self {
        let duty = |duty: Duty| NetworkDutyOut {
            duty: duty.into(),
            entitled: number(network.entitled(duty)),
            ending: number(network.ending(duty)),
            at_risk: number(network.at_risk(duty)),
            mean_load_tenths: number(network.mean_tenths(duty)),
        };
        let region = |code: &'static str, name: &'static str| NetworkRegionOut {
            code: code.to_owned(),
            name: name.to_owned(),
            people: number(network.people_in(code)),
            mandataires: number(network.in_region(Duty::Mandataire, code)),
            controleurs: number(network.in_region(Duty::Controleur, code)),
            epsp: number(network.in_region(Duty::Epsp, code)),
            ending: number(network.ending_in(code)),
            load: number(network.load_in(code)),
        };
        let line = |line: &Line| NetworkLineOut {
            expert_id: line.expert.0,
            number: line.number.clone(),
            name: line.name.clone(),
            duty: line.duty.into(),
            regions: line.regions.clone(),
            ends_on: line.ends_on,
            load: number(line.load),
            at_risk: line.risks.iter().map(|risk| risk.said.clone()).collect(),
        };
        Self {
            on: network.on,
            people: number(network.people()),
            duties: Duty::all().map(duty).collect(),
            regions: network.regions.iter().map(|one| region(one.code, one.name)).collect(),
            items: network.lines.iter().map(line).collect(),
        }
    }
}

#[OpenApi(prefix_path = "/network", tag = "Tag::Experts")]
impl NetworkApi {
    /// Read the network of experts as of a date
    ///
    /// How many people hold each duty and where, whose rights end within six months, what each carried over twelve months,
    /// which conditions of renewal are at risk. A role limited to regions sees the people who may act in them.
    #[oai(path = "/", method = "get", operation_id = "network_get")]
    async fn get(
        &self,
        caller: Caller,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Seen, ApiError> {
        let on = on.0.unwrap_or_else(|| self.app.today());
        let network = queries::network(self.app.db.read(), &caller.0, on).await?;
        Ok(Seen::Network(Json(NetworkOut::of(&network))))
    }
}
