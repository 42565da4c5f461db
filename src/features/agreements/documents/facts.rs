//! What the documents have in common: who issues, who receives, the certification, the people.

use std::collections::HashMap;
use std::sync::Arc;

use entity::ids::{AccountId, AgreementRequestId};
use entity::registration::Register;
use entity::{account, agreement_request, expert, legal_certifier, registration, site};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use super::people::{Author, accounts, author, habilitated_until, reminded};
use super::texts::texts;
use super::wording::{self, UNKNOWN, or_unknown};
use crate::app::App;
use crate::config::Config;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::grid::Grid;
use crate::features::agreements::whole::{self, Whole};
use crate::features::{agreements, settings};
use crate::render::french;
use crate::rules::delays::AgreementDelays;
use crate::rules::fold::fold;
use crate::rules::grid::Thresholds;
use crate::rules::phone;
use crate::rules::right::{DatedRight, Span, valid_on};
use crate::rules::siret::Siret;
use crate::rules::territory::PARIS;

/// Whether what goes from a day to another, or has no end, holds on a day.
fn holds_on(from: Date, until: Option<Date>, on: Date) -> bool {
    valid_on(&DatedRight::from(Span { from, until }), on)
}

/// Whether two bodies, each with its name and its SIRET, are one: same SIREN, or same name when a number lacks.
fn is_same_body(one: (&str, &str), other: (&str, &str)) -> bool {
    let siren = |siret: &str| Siret::parse(siret).ok().map(Siret::siren);
    match (siren(one.1), siren(other.1)) {
        (Some(one), Some(other)) => one == other,
        _ => fold(one.0) == fold(other.0),
    }
}

/// Everything that the documents of a request may say.
pub struct Material {
    /// The request and what hangs on it.
    pub whole: Whole,
    /// The delays in force.
    pub delays: AgreementDelays,
    /// The thresholds recorded in the settings; none = those of the grid.
    pub thresholds: Option<Thresholds>,
    /// End of the habilitation of the contrôleur.
    pub habilitated_until: Option<Date>,
    /// Days on which the structure was reminded.
    pub reminded: Vec<OffsetDateTime>,
    /// Who submitted last.
    pub depositor: Option<Author>,
    /// Who did without the visit.
    pub waived_by: Option<Author>,
    accounts: HashMap<AccountId, account::Model>,
    registrations: Vec<registration::Model>,
    certifiers: Vec<legal_certifier::Model>,
    app: Arc<App>,
}

impl Material {
    /// Reads it all.
    ///
    /// # Errors
    /// No such request, or what the database answers.
    pub async fn load(app: &Arc<App>, id: AgreementRequestId) -> Result<Self, AgreementError> {
        Self::read(app, app.db.read(), id).await
    }

    /// Reads it all from a connection: that of an act that is only tried, for instance.
    ///
    /// # Errors
    /// No such request, or what the database answers.
    pub async fn read(
        app: &Arc<App>,
        conn: &impl ConnectionTrait,
        id: AgreementRequestId,
    ) -> Result<Self, AgreementError> {
        let request = agreement_request::Entity::find_by_id(id).one(conn).await?;
        let whole = whole::around(conn, request.ok_or(AgreementError::NotFound)?).await?;
        let version = whole.dossier.version.id;
        let registrations = registration::Entity::find()
            .filter(registration::Column::CertificationVersionId.eq(version))
            .filter(registration::Column::Register.ne(Register::None))
            .all(conn)
            .await?;
        let certifiers = legal_certifier::Entity::find()
            .filter(legal_certifier::Column::CertificationVersionId.eq(version))
            .all(conn)
            .await?;
        Ok(Self {
            delays: settings::agreement_delays(conn).await?,
            thresholds: settings::grid_thresholds(conn).await?,
            habilitated_until: habilitated_until(conn, &whole).await?,
            reminded: reminded(conn, id).await?,
            depositor: author(conn, id, &["AGR_SUBMITTED", "AGR_RESUBMITTED"]).await?,
            waived_by: author(conn, id, &["AGR_VISIT_WAIVED"]).await?,
            accounts: accounts(conn, &whole).await?,
            registrations,
            certifiers,
            app: Arc::clone(app),
            whole,
        })
    }

    /// The grid of the visit.
    #[must_use]
    pub fn grid(&self) -> &'static Grid {
        self.whole.dossier.grid(&self.whole.attachments.scores, self.app.now())
    }

    /// The instant that it is.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.app.now()
    }

    /// The request itself.
    #[must_use]
    pub fn request(&self) -> &agreement_request::Model {
        &self.whole.dossier.request
    }

    /// "3 mars 2025", where the structure is.
    #[must_use]
    pub fn day(&self, at: OffsetDateTime) -> String {
        agreements::wording::day(at, &self.whole.dossier.structure.zone)
    }

    /// Name of an account.
    #[must_use]
    pub fn name_of(&self, id: Option<AccountId>) -> String {
        let account = id.and_then(|id| self.accounts.get(&id));
        account.map_or_else(|| self.config().organisation.clone(), |account| account.name.clone())
    }

    fn config(&self) -> &Config {
        &self.app.config
    }

    /// The body that issues the document, under its own SIRET; that of the legal certifier on a day when it is the same
    /// body and has no other.
    #[must_use]
    pub fn issuer(&self, on: Date) -> Value {
        let mut issuer = issuer(self.config());
        let same = self.other_certifier(on).is_none();
        if same && self.config().organisation_siret.trim().is_empty() {
            issuer["siret"] = self.legal_certifier(on)["siret"].clone();
        }
        issuer
    }

    /// Address that people type, for a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.app.url(path)
    }

    fn certifier_on(&self, on: Date) -> Option<&legal_certifier::Model> {
        self.certifiers.iter().find(|row| holds_on(row.starts_on, row.ends_on, on))
    }

    /// The body that answers in law on a day, when it is another one than the organisation of the configuration.
    fn other_certifier(&self, on: Date) -> Option<&legal_certifier::Model> {
        let own = (self.config().organisation.as_str(), self.config().organisation_siret.as_str());
        let other = |row: &&legal_certifier::Model| {
            !is_same_body((row.name.as_str(), row.siret.as_deref().unwrap_or_default()), own)
        };
        self.certifier_on(on).filter(other)
    }

    /// The body that answers in law for the certification on a day.
    #[must_use]
    pub fn legal_certifier(&self, on: Date) -> Value {
        let own = self.config();
        let found = self.certifier_on(on);
        let known = found.and_then(|row| row.siret.as_deref()).filter(|siret| !siret.is_empty());
        // Without one of its own, another body has none: never that of the organisation.
        let by_default =
            if self.other_certifier(on).is_some() { "" } else { own.organisation_siret.as_str() };
        json!({
            "name": found.map_or(own.organisation.as_str(), |row| row.name.as_str()),
            "siret": siret_of(known.unwrap_or(by_default)),
        })
    }

    /// The body on whose behalf the organisation decides; none when it is itself the certifier.
    #[must_use]
    pub fn on_behalf(&self, on: Date) -> Option<Value> {
        self.other_certifier(on).map(|_| self.legal_certifier(on))
    }

    /// The register entry on a day, when there is one.
    #[must_use]
    pub fn registration(&self, on: Date) -> Option<Value> {
        self.registrations.iter().find(|row| holds_on(row.starts_on, row.ends_on, on)).map(|row| {
            json!({
                "register": wording::register(row.register),
                "number": or_unknown(row.number.as_deref().unwrap_or_default()),
                "since": french::date(row.starts_on),
                "until": row.ends_on.map_or_else(|| UNKNOWN.to_owned(), french::date),
            })
        })
    }

    /// The certification.
    #[must_use]
    pub fn certification(&self, on: Date) -> Value {
        let version = &self.whole.dossier.version;
        json!({ "title": version.title, "version": version.label, "registration": self.registration(on) })
    }

    /// The structure, with or without the person who represents it.
    #[must_use]
    pub fn structure(&self) -> Value {
        structure_of(&self.whole.dossier)
    }

    /// The person who represents the certifier until somebody has signed for it.
    #[must_use]
    pub fn representative(&self) -> &str {
        &self.config().organisation_representative
    }

    /// The certifier as a party: the organisation itself, or the body that answers in law, which the organisation then
    /// represents. What is said of one is never said of the other.
    #[must_use]
    pub fn certifier(&self, on: Date) -> Value {
        let (own, legal) = (self.config(), self.legal_certifier(on));
        let representative = own.organisation_representative.trim();
        let organisation = json!({
            "legal_form": or_unknown(&own.organisation_legal_form),
            "address": or_unknown(&own.organisation_address),
            "representative": (!representative.is_empty()).then_some(representative),
        });
        let party = |name: &Value, siret: &Value, of: &Value, mandate: Option<Value>| {
            json!({
                "name": name,
                "siret": siret,
                "legal_form": of["legal_form"],
                "address": of["address"],
                "representative": of["representative"],
                "mandate": mandate,
            })
        };
        if self.other_certifier(on).is_none() {
            return party(&legal["name"], &legal["siret"], &organisation, None);
        }
        let mut mandate = organisation;
        mandate["name"] = json!(own.organisation);
        mandate["siret"] = json!(siret_of(&own.organisation_siret));
        party(&legal["name"], &legal["siret"], &Value::Null, Some(mandate))
    }

    /// Number of the seat, or the SIREN when the seat is not among the sites of the request.
    #[must_use]
    pub fn seat(&self) -> String {
        seat_of(&self.whole.dossier)
    }

    /// The sites, with their address.
    #[must_use]
    pub fn sites(&self) -> Vec<Value> {
        sites_of(&self.whole.dossier)
    }

    /// The place of the visit: the sites that it names, or the first of the request when it names none.
    pub fn place(&self) -> Value {
        let dossier = &self.whole.dossier;
        let typed = dossier.request.visit_place.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let named = self.whole.visited_sites();
        if named.len() > 1 {
            return places(&named, typed);
        }
        let mut visited = named.first().copied().or_else(|| dossier.sites.first()).map_or_else(
            || json!({ "name": dossier.structure.name, "siret": dossier.structure.siren, "address": UNKNOWN }),
            place,
        );
        if let Some(typed) = typed {
            let name = visited["name"].as_str().unwrap_or_default();
            visited["address"] = json!(without_name(typed, name));
        }
        visited
    }

    /// The services.
    #[must_use]
    pub fn roles(&self) -> Vec<&'static str> {
        wording::roles(self.request().role)
    }

    /// The person to write to about the file.
    #[must_use]
    pub fn contact(&self) -> Value {
        let officer = self.request().officer_id.and_then(|id| self.accounts.get(&id));
        json!({
            "name": officer.map_or(self.config().organisation.as_str(), |officer| officer.name.as_str()),
            "role": wording::OFFICER,
            "email": officer.map_or_else(|| email(self.config()), |officer| officer.email.clone()),
            "phone": or_unknown(&phone::grouped(&self.config().organisation_phone)),
        })
    }

    /// Head of a letter to the structure.
    #[must_use]
    pub fn letter(&self, on: &str, object: &str, references: &[(&str, &str)]) -> Value {
        let structure = &self.whole.dossier.structure;
        let request = self.request();
        json!({
            "place": self.town(),
            "on": on,
            "object": object,
            "recipient": {
                "name": structure.name,
                "attention": wording::attention(&request.signatory_name, &request.signatory_title),
                "address": [structure.address, format!("{} {}", structure.postal_code, structure.commune)],
            },
            "references": references,
            "delivery": texts().delivery,
        })
    }

    /// Town of the certifier, from its address.
    #[must_use]
    pub fn town(&self) -> String {
        let last = self.config().organisation_address.rsplit(',').next().unwrap_or_default();
        let town = last.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        or_unknown(town).to_owned()
    }

    /// Name of the contrôleur.
    #[must_use]
    pub fn controller(&self) -> Value {
        json!({ "name": self.controller_name(), "role": wording::CONTROLLER })
    }

    /// Name of the contrôleur.
    pub fn controller_name(&self) -> String {
        self.whole.controller.as_ref().map_or_else(|| UNKNOWN.to_owned(), expert::Model::name)
    }

    /// Number of the decision of a rank, the oldest being the first.
    #[must_use]
    pub fn decision_number(&self, rank: usize) -> String {
        format!("{}-D{rank}", self.whole.dossier.reference())
    }
}

/// The structure of a request and the person who represents it.
#[must_use]
pub fn structure_of(dossier: &Dossier) -> Value {
    let (request, structure) = (&dossier.request, &dossier.structure);
    let name = or_unknown(&request.signatory_name);
    let title = or_unknown(&request.signatory_title);
    json!({
        "name": structure.name,
        "legal_form": or_unknown(&structure.legal_form),
        "siret": seat_of(dossier),
        "address": format!("{}, {} {}", structure.address, structure.postal_code, structure.commune),
        "representative": french::name_and_quality(name, title),
    })
}

/// The sites of a request, with their address.
#[must_use]
pub fn sites_of(dossier: &Dossier) -> Vec<Value> {
    dossier.sites.iter().map(place).collect()
}

fn seat_of(dossier: &Dossier) -> String {
    let seat = dossier.sites.iter().find(|site| site.is_seat).or_else(|| dossier.sites.first());
    seat.map_or_else(|| dossier.structure.siren.clone(), |site| siret_of(&site.siret))
}

/// The body that issues documents, as the configuration describes it.
#[must_use]
pub fn issuer(config: &Config) -> Value {
    let website = config.public_url.trim_end_matches('/').split("://").last().unwrap_or_default();
    let email = email(config);
    json!({
        "name": config.organisation,
        "branch": texts().branch,
        "address": or_unknown(&config.organisation_address),
        "siret": siret_of(&config.organisation_siret),
        "email": email,
        "phone": or_unknown(&phone::grouped(&config.organisation_phone)),
        "website": or_unknown(website),
        "privacy": email,
    })
}

/// The address to write to, without a name.
#[must_use]
pub fn email(config: &Config) -> String {
    let address = config.mail_reply_to.as_deref().unwrap_or(&config.mail_from);
    let inside = address.rsplit_once('<').map_or(address, |(_, rest)| rest);
    inside.trim_end_matches('>').trim().to_owned()
}

/// Who signs, in which quality, when.
#[must_use]
pub fn signatory(name: &str, role: &str, at: OffsetDateTime) -> Value {
    json!({ "name": name, "role": role, "signed": wording::signed(at) })
}

/// The day in Paris, where the certifier is.
#[must_use]
pub fn day_in_paris(at: OffsetDateTime) -> Date {
    crate::rules::deadline::day_in_zone(at, PARIS)
}

/// A SIRET in groups, or the words that say that there is none.
#[must_use]
pub fn siret_of(siret: &str) -> String {
    match Siret::parse(siret) {
        Ok(siret) => siret.grouped(),
        Err(_) => or_unknown(siret).to_owned(),
    }
}

/// A place as typed, without the name of the site that the form writes before it and that documents give apart.
fn without_name<'a>(typed: &'a str, name: &str) -> &'a str {
    typed.strip_prefix(name).and_then(|rest| rest.strip_prefix(", ")).unwrap_or(typed)
}

/// Several places: their names, their numbers, and what was typed of them or the address of each.
fn places(sites: &[&site::Model], typed: Option<&str>) -> Value {
    let each =
        |of: fn(&site::Model) -> String| sites.iter().map(|site| of(site)).collect::<Vec<_>>().join(", ");
    json!({
        "name": each(|site| site.label.clone()),
        "siret": each(|site| siret_of(&site.siret)),
        "address": typed.map_or_else(|| agreements::wording::addresses(sites), str::to_owned),
    })
}

fn place(site: &site::Model) -> Value {
    json!({
        "name": site.label,
        "siret": siret_of(&site.siret),
        "address": format!("{}, {} {}", site.address, site.postal_code, site.commune),
    })
}

#[cfg(test)]
mod tests {
    use super::{Siret, is_same_body, without_name};

    #[test]
    fn a_body_is_known_by_its_siren_then_by_its_name() {
        let siret = |siren, establishment| Siret::with_check_digits(siren, establishment).to_string();
        let (seat, office, other) = (siret(99_900_012, 1), siret(99_900_012, 2), siret(99_900_064, 1));
        let (seat, office, elsewhere) = (seat.as_str(), office.as_str(), other.as_str());
        for (one, other, same) in [
            (("CHANTIER école", seat), ("Chantier Ecole", office), true),
            (("CHANTIER école", seat), ("Association nationale", office), true),
            (("CHANTIER école", seat), ("CHANTIER école", elsewhere), false),
            (("CHANTIER école", ""), ("Chantier Ecole", elsewhere), true),
            (("CHANTIER école", ""), ("Association nationale", seat), false),
        ] {
            assert_eq!(is_same_body(one, other), same, "{one:?} {other:?}");
        }
    }

    #[test]
    fn the_name_of_a_site_is_said_once() {
        for (typed, name, expected) in [
            ("Siège, 2 rue Haute, 58000 Nevers", "Siège", "2 rue Haute, 58000 Nevers"),
            ("2 rue Haute, 58000 Nevers", "Siège", "2 rue Haute, 58000 Nevers"),
            ("Siège social, 2 rue Haute", "Siège", "Siège social, 2 rue Haute"),
        ] {
            assert_eq!(without_name(typed, name), expected, "{typed}");
        }
    }
}
