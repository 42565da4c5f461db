//! What the documents of an habilitation say.

use std::sync::Arc;

use entity::ids::AccountId;
use entity::{account, certification, expert, habilitation, habilitation_step};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{CERTIFICATE, CHARTER, LETTER, Order, PATH};
use crate::app::App;
use crate::features::agreements::documents::facts::{day_in_paris, email, issuer, signatory};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::{UNKNOWN, or_unknown};
use crate::features::experts::actions::habilitation::JuryMember;
use crate::features::experts::{ExpertError, labels, path, queries, wording};
use crate::features::settings;
use crate::render::french;
use crate::rules::habilitation_path::PathRules;
use crate::rules::phone;
use crate::rules::territory;

/// Everything that the documents of a file may say.
pub(super) struct Material {
    app: Arc<App>,
    file: habilitation::Model,
    /// Whose it is.
    pub(super) expert: expert::Model,
    senior: Option<String>,
    certification: Option<String>,
    /// The steps done until the act, oldest first.
    steps: Vec<habilitation_step::Model>,
    /// How many times each is done.
    rules: PathRules,
    /// Who acted, by name.
    author: String,
    at: OffsetDateTime,
}

impl Material {
    /// Reads it all.
    ///
    /// # Errors
    /// No such file, or what the database answers.
    pub(super) async fn load(app: &Arc<App>, order: &Order) -> Result<Self, ExpertError> {
        let conn = app.db.read();
        let found = habilitation::Entity::find_by_id(order.habilitation_id).one(conn).await?;
        let file = found.ok_or(ExpertError::NotFound)?;
        let expert = expert::Entity::find_by_id(file.expert_id).one(conn).await?;
        let senior = match file.senior_id {
            Some(senior) => expert::Entity::find_by_id(senior).one(conn).await?,
            None => None,
        };
        let certification = match file.certification_id {
            Some(id) => certification::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let at = order.at();
        let mut steps = queries::steps_of(conn, file.id).await?;
        steps.retain(|step| *step.logged_at <= at);
        Ok(Self {
            author: name_of(conn, app, order.by).await?,
            app: Arc::clone(app),
            expert: expert.ok_or(ExpertError::NotFound)?,
            senior: senior.map(|senior| senior.name()),
            certification: certification.map(|one| one.title),
            file,
            steps,
            rules: settings::path_rules(conn).await?,
            at,
        })
    }

    /// The facts of the document.
    pub(super) fn data(&self, order: &Order, template: &str) -> Value {
        let own = match template {
            LETTER => self.letter(order),
            CERTIFICATE => self.certificate(order),
            CHARTER => self.charter(order),
            PATH => self.path(order),
            _ => self.sheet(order),
        };
        let mut data = json!({
            "issuer": issuer(&self.app.config),
            "number": self.expert.number,
            "person": self.expert.name(),
            "expert": self.expert.number,
            "duty": labels::duty_of(self.file.duty),
            "kept": wording::KEPT,
        });
        if let (Value::Object(data), Value::Object(own)) = (&mut data, own) {
            data.extend(own);
        }
        data
    }

    fn letter(&self, order: &Order) -> Value {
        json!({
            "variant": order.variant(),
            "scope": self.scope(),
            "letter": {
                "place": UNKNOWN,
                "on": self.day(),
                "object": wording::object(&order.document),
                "recipient": {
                    "name": self.expert.name(),
                    "attention": wording::attention(&self.expert.number),
                    "address": [self.expert.email],
                },
                "references": [[wording::FILE, self.expert.number]],
                "delivery": texts().delivery,
            },
            "reason": order.reason,
            "redo": order.redo,
            "from": order.from,
            "until": order.until,
            "signatory": self.signed_by_team(),
            "contact": {
                "name": self.author,
                "role": wording::TEAM,
                "email": email(&self.app.config),
                "phone": or_unknown(&phone::grouped(&self.app.config.organisation_phone)),
            },
        })
    }

    fn certificate(&self, order: &Order) -> Value {
        json!({
            "variant": order.variant(),
            "scope": self.scope(),
            "period": { "from": order.from, "until": order.until },
            "conditions": order.reason,
            "issued_on": self.day(),
            "signatory": self.signed_by_team(),
        })
    }

    fn charter(&self, order: &Order) -> Value {
        let signed = (order.variant() == "signed").then(|| wording::signed(self.at));
        json!({ "on": self.day(), "signed": signed })
    }

    fn path(&self, order: &Order) -> Value {
        let file = &self.file;
        let duty = file.duty;
        let to_jury = order.variant() == "file";
        let progress = queries::progress_of(&self.rules, file, &self.steps);
        let step = |step: &path::Progress| json!({ "step": labels::path::step(duty, step.kind), "wanted": step.wanted, "done": step.done });
        let sheet = |step: &habilitation_step::Model| {
            json!({
                "step": labels::path::step(duty, step.kind),
                "on": french::date(step.done_on),
                "place": written(&step.place),
                "sheet": written(&step.sheet),
            })
        };
        let jury = file.jury_on.filter(|_| to_jury).map(|day| {
            let members: Vec<JuryMember> = serde_json::from_str(&file.jury).unwrap_or_default();
            let members: Vec<_> = members.iter().map(labels::path::jury_member).collect();
            json!({ "on": french::date(day), "members": members })
        });
        json!({
            "variant": order.variant(),
            "scope": self.scope(),
            "on": self.day(),
            "applied_on": file.applied_on.map(french::date),
            "senior": self.senior,
            "motivation": written(&file.motivation),
            "action_plan": written(&file.action_plan),
            "steps": progress.iter().map(step).collect::<Vec<_>>(),
            "jury": jury,
            "done": to_jury.then(|| self.steps.iter().map(sheet).collect::<Vec<_>>()),
            "signatory": self.signed_by_team(),
        })
    }

    fn sheet(&self, order: &Order) -> Value {
        let step = self.steps.iter().find(|step| Some(step.id) == order.step_id);
        let what = step.map(|step| labels::path::step_done(&self.file, step));
        json!({
            "step": what.unwrap_or(UNKNOWN),
            "on": step.map_or_else(|| self.day(), |step| french::date(step.done_on)),
            "place": step.and_then(|step| written(&step.place)),
            "sheet": step.and_then(|step| written(&step.sheet)).unwrap_or(UNKNOWN),
            "action_plan": written(&self.file.action_plan),
            "signatory": signatory(&self.author, wording::WROTE_THE_SHEET, self.at),
        })
    }

    /// The certification and the regions.
    fn scope(&self) -> Value {
        let codes = self.file.regions.split(',').filter(|code| !code.is_empty());
        let names: Vec<_> =
            codes.map(|code| territory::region(code).map_or(code, |region| region.name)).collect();
        let regions = if names.is_empty() { labels::EVERYWHERE.to_owned() } else { french::list(&names) };
        let certification = self.certification.as_deref().unwrap_or(wording::EVERY_CERTIFICATION);
        json!({ "certification": certification, "regions": regions })
    }

    fn signed_by_team(&self) -> Value {
        signatory(&self.author, wording::TEAM, self.at)
    }

    /// The day of the act, where the certifier is.
    fn day(&self) -> String {
        french::date(day_in_paris(self.at))
    }
}

fn written(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

async fn name_of(
    conn: &impl ConnectionTrait,
    app: &App,
    id: Option<AccountId>,
) -> Result<String, ExpertError> {
    let found = match id {
        Some(id) => account::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    Ok(found.map_or_else(|| app.config.organisation.clone(), |account| account.name))
}
