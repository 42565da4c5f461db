//! What is known of a session when its certificates are delivered: read whole, in a few queries, and turned into contents.
//!
//! Everything is that of the day of the decision: the register entry, the body in charge, the referential of the session.

use std::collections::{BTreeMap, BTreeSet};

use entity::candidate::{self, JuryDecision};
use entity::certificate::CertificateKind;
use entity::ids::{CandidateId, JuryPassageId, JurySessionId};
use entity::referential::{self, ReferentialState};
use entity::{certification, jury_passage, jury_ruling, jury_session, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::content::{Certified, Certifier, Content, FORMAT, Holder, Registered, Signatory, Unit};
use super::{CertificateError, labels};
use crate::authz::Facts;
use crate::config::Config;
use crate::features::agreements::documents::texts::texts;
use crate::features::certifications::queries::{self as certifications, DescribedVersion};
use crate::rules::civil_status::completeness::{Missing, completeness};
use crate::rules::civil_status::{self, BirthDate, FIRST_NAMES, TypedCivilStatus};
use crate::rules::deadline::{add_months, day_in_zone};
use crate::rules::referential::Document;
use crate::rules::typed_date::iso;

/// A session and what its decisions are about.
#[derive(Clone, Debug)]
pub struct Source {
    /// The session.
    pub session: jury_session::Model,
    /// INSEE region of its structure.
    pub region: String,
    /// The certification.
    pub certification: certification::Model,
    /// Its version, with its register entries and the bodies in charge.
    pub version: DescribedVersion,
    /// What the version attests.
    pub referential: Document,
    /// Those who passed and may be delivered something, in the order of the session.
    pub passages: Vec<Passage>,
}

/// Somebody who passed.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The passage.
    pub row: jury_passage::Model,
    /// The candidate.
    pub candidate: candidate::Model,
    /// What the jury ruled: unit and whether it is acquired.
    pub rulings: BTreeMap<String, bool>,
}

/// Those of a session to whom something is still to be delivered.
#[derive(Clone, Debug, Default)]
pub struct Left<'a> {
    /// Whose content is whole, and what they are delivered.
    pub ready: Vec<(&'a Passage, CertificateKind)>,
    /// What lacks to the others, one line for each, in French.
    pub lacking: Vec<String>,
}

/// What is given to a content from outside.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Chance that nobody finds the content without.
    pub salt: [u8; 16],
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// The number that it takes the place of.
    pub replaces: Option<String>,
}

impl Passage {
    /// What is delivered; nothing without a decision that gives something.
    #[must_use]
    pub fn kind(&self) -> Option<CertificateKind> {
        match self.row.decision? {
            JuryDecision::Total => Some(CertificateKind::Full),
            JuryDecision::Partial => Some(CertificateKind::Blocs),
            JuryDecision::Refused
            | JuryDecision::Adjourned
            | JuryDecision::Absent
            | JuryDecision::AbsentExcused
            | JuryDecision::Fraud => None,
        }
    }
}

impl Source {
    /// A session with those who may be delivered something.
    ///
    /// # Errors
    /// [`CertificateError::NotFound`], what the database answers.
    pub async fn load(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Self, CertificateError> {
        let session = jury_session::Entity::find_by_id(id).one(conn).await?;
        let session = session.ok_or(CertificateError::NotFound)?;
        let (certification, version) =
            certifications::version(conn, session.certification_version_id).await?;
        let structure = structure::Entity::find_by_id(session.structure_id).one(conn).await?;
        let region = structure.map(|row| row.region).unwrap_or_default();
        let referential = referential_of(conn, &session).await?;
        let passages = passages(conn, id).await?;
        Ok(Self { session, region, certification, version, referential, passages })
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            structure: Some(self.session.structure_id),
            region: Some(self.region.clone()).filter(|region| !region.is_empty()),
            certification: Some(self.certification.id),
            ..Facts::default()
        }
    }

    /// The day of the delivery: the one that was decided, else today.
    #[must_use]
    pub fn delivery_day(&self, today: Date) -> Date {
        self.session.delivered_on.unwrap_or(today)
    }

    /// Those to whom something is still to be delivered, but for what was delivered already.
    #[must_use]
    pub fn left(
        &self,
        config: &Config,
        delivered: &[(JuryPassageId, CertificateKind)],
        on: Date,
    ) -> Left<'_> {
        let mut left = Left::default();
        for passage in &self.passages {
            let Some(kind) = passage.kind() else { continue };
            if delivered.contains(&(passage.row.id, kind)) {
                continue;
            }
            let delivery = Delivery { salt: [0; 16], number: String::new(), on, replaces: None };
            match self.content(config, passage, kind, delivery) {
                Ok(_) => left.ready.push((passage, kind)),
                Err(lacking) => left.lacking.push(labels::lacking(&passage.candidate.number, &lacking)),
            }
        }
        left
    }

    /// The day of a decision, where the jury sat.
    #[must_use]
    pub fn decided_on(&self, passage: &Passage, otherwise: Date) -> Date {
        let at = passage.row.decided_at.or(self.session.ends_at);
        at.map_or(otherwise, |at| day_in_zone(*at, &self.session.zone))
    }

    /// What is printed for somebody.
    ///
    /// # Errors
    /// Everything that lacks, in French.
    pub fn content(
        &self,
        config: &Config,
        passage: &Passage,
        kind: CertificateKind,
        delivery: Delivery,
    ) -> Result<Content, Vec<String>> {
        let (holder, mut lacking) = match holder(&passage.candidate, delivery.on) {
            Ok(holder) => (Some(holder), Vec::new()),
            Err(lacking) => (None, lacking),
        };
        let attested = self.attested(kind, &passage.rulings);
        if kind == CertificateKind::Blocs && attested.acquired.is_empty() {
            lacking.push(labels::NO_UNIT.to_owned());
        }
        let decided_on = self.decided_on(passage, delivery.on);
        let (Some(holder), true) = (holder, lacking.is_empty()) else { return Err(lacking) };
        let place = Some(self.session.place.trim().to_owned());
        Ok(Content {
            format: FORMAT.to_owned(),
            salt: hex::encode(delivery.salt),
            kind,
            number: delivery.number,
            replaces: delivery.replaces,
            holder,
            certification: self.certified(decided_on),
            certifier: self.certifier(config, decided_on),
            decided_on: iso(decided_on),
            jury: self.session.number.clone(),
            place: place.filter(|place| !place.is_empty() && !passage.candidate.detained),
            delivered_on: iso(delivery.on),
            valid_until: self.valid_until(kind, decided_on).map(iso),
            acquired: attested.acquired,
            remaining: attested.remaining,
            skills: attested.skills,
            signatory: Signatory {
                name: or(&config.organisation_representative, labels::NO_DIRECTOR).to_owned(),
                role: labels::DIRECTOR.to_owned(),
            },
        })
    }

    fn certified(&self, on: Date) -> Certified {
        let version = &self.version.version;
        let registered = self.version.registration_on(on).and_then(|entry| {
            Some(Registered {
                register: Some(labels::register(entry.register)).filter(|name| !name.is_empty())?.to_owned(),
                number: entry.number.clone().filter(|number| !number.is_empty())?,
                level: entry.level.clone(),
                since: iso(entry.starts_on),
                until: entry.ends_on.map(iso),
            })
        });
        Certified {
            code: self.certification.code.clone(),
            title: version.title.clone(),
            version: version.label.clone(),
            registration: registered,
        }
    }

    /// The body in charge that day; ours when the version names none.
    fn certifier(&self, config: &Config, on: Date) -> Certifier {
        let found = self.version.certifier_on(on);
        let own = found.is_none_or(|row| row.name == config.organisation);
        let siret = found.and_then(|row| row.siret.clone()).filter(|siret| !siret.is_empty());
        let siret = siret.or_else(|| own.then(|| config.organisation_siret.clone()));
        Certifier {
            name: found.map_or_else(|| config.organisation.clone(), |row| row.name.clone()),
            siret: siret.unwrap_or_default(),
            branch: texts().branch.clone(),
        }
    }

    /// The last day when blocs count, by the rules of the referential.
    fn valid_until(&self, kind: CertificateKind, decided_on: Date) -> Option<Date> {
        let years = self.referential.results.bloc_validity_years;
        (kind == CertificateKind::Blocs && years > 0).then(|| add_months(decided_on, years * 12))
    }

    fn attested(&self, kind: CertificateKind, rulings: &BTreeMap<String, bool>) -> Attested {
        let document = &self.referential;
        let ruled = |code: &str| rulings.get(code).copied();
        let full = kind == CertificateKind::Full;
        let mut attested = Attested::default();
        let mut acquired = BTreeSet::new();
        for bloc in &document.blocs {
            let unit = Unit { code: bloc.code.clone(), title: bloc.title.clone() };
            let got = ruled(&bloc.code).unwrap_or(full && !bloc.optional);
            if got {
                acquired.insert(bloc.code.as_str());
                attested.acquired.push(unit);
            } else if !full && !bloc.optional {
                attested.remaining.push(unit);
            }
        }
        for skill in &document.skills {
            let unit = Unit { code: skill.code.clone(), title: skill.wording.clone() };
            let of_bloc = skill.bloc.as_deref().is_some_and(|bloc| acquired.contains(bloc));
            let got = ruled(&skill.code).unwrap_or(of_bloc || (full && skill.bloc.is_none()));
            match (got, document.blocs.is_empty()) {
                (true, alone) => {
                    if alone && !full {
                        attested.acquired.push(unit.clone());
                    }
                    attested.skills.push(unit);
                }
                (false, true) if !full => attested.remaining.push(unit),
                (false, _) => {}
            }
        }
        attested
    }
}

/// What was acquired, what is left, and the skills of what was acquired.
#[derive(Clone, Debug, Default)]
struct Attested {
    acquired: Vec<Unit>,
    remaining: Vec<Unit>,
    skills: Vec<Unit>,
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() { otherwise } else { text }
}

/// The holder, as their civil status says.
///
/// # Errors
/// Everything that lacks, in French. The town of a birth abroad may stay unknown: many documents do not say it.
pub fn holder(candidate: &candidate::Model, today: Date) -> Result<Holder, Vec<String>> {
    let status = civil_status::read(&typed(candidate), today);
    let status = status.map_err(|_| vec![labels::IMPOSSIBLE.to_owned()])?;
    let known = completeness(&status, candidate.identity_seen_on.is_some());
    let lacking: Vec<String> =
        known.missing.iter().filter(|lacks| **lacks != Missing::Town).map(ToString::to_string).collect();
    if !lacking.is_empty() {
        return Err(lacking);
    }
    let others = status.first_names.others.iter();
    Ok(Holder {
        first_names: status
            .first_names
            .in_order
            .iter()
            .chain(others)
            .map(|name| name.as_str().to_owned())
            .collect(),
        birth_name: status.birth_name.map(|name| name.as_str().to_owned()).unwrap_or_default(),
        usual_name: status.usual_name.map(|name| name.as_str().to_owned()),
        birth_date: status.birth_date.map(BirthDate::written).unwrap_or_default(),
        birthplace: status.birthplace.map(|place| place.printed()).unwrap_or_default(),
    })
}

/// The civil status as the file of the candidate stores it: first names apart by commas or lines.
fn typed(candidate: &candidate::Model) -> TypedCivilStatus {
    let mut names =
        candidate.first_names.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let first_names: [String; FIRST_NAMES] =
        std::array::from_fn(|_| names.next().unwrap_or_default().to_owned());
    let beyond = names.chain(Some(candidate.other_first_names.trim()).filter(|name| !name.is_empty()));
    let other_first_names = beyond.collect::<Vec<_>>().join(" ");
    TypedCivilStatus {
        birth_name: candidate.birth_name.clone(),
        has_no_birth_name: candidate.has_no_birth_name,
        usual_name: candidate.usual_name.clone(),
        first_names,
        other_first_names,
        has_no_first_name: candidate.has_no_first_name,
        sex: candidate.sex.clone(),
        birth_date: candidate.birth_date.clone(),
        birth_country: candidate.birth_country.clone(),
        birth_commune: candidate.birth_commune.clone(),
        birth_locality: candidate.birth_locality.clone(),
    }
}

/// The referential of the session; else the newest one published for its version; else nothing.
async fn referential_of(
    conn: &impl ConnectionTrait,
    session: &jury_session::Model,
) -> Result<Document, CertificateError> {
    let row = match session.referential_id {
        Some(id) => referential::Entity::find_by_id(id).one(conn).await?,
        None => {
            referential::Entity::find()
                .filter(referential::Column::CertificationVersionId.eq(session.certification_version_id))
                .filter(referential::Column::State.eq(ReferentialState::Published))
                .order_by_desc(referential::Column::Revision)
                .one(conn)
                .await?
        }
    };
    match row {
        Some(row) => Ok(certifications::referential::document(conn, &row).await?),
        None => Ok(Document::default()),
    }
}

async fn passages(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<Vec<Passage>, CertificateError> {
    let rows = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.eq(id))
        .filter(jury_passage::Column::Decision.is_in([JuryDecision::Total, JuryDecision::Partial]))
        .order_by_asc(jury_passage::Column::Position)
        .order_by_asc(jury_passage::Column::Id)
        .all(conn)
        .await?;
    let ids: Vec<JuryPassageId> = rows.iter().map(|row| row.id).collect();
    let people: Vec<CandidateId> = rows.iter().map(|row| row.candidate_id).collect();
    let candidates = candidate::Entity::find().filter(candidate::Column::Id.is_in(people)).all(conn).await?;
    let mut candidates: BTreeMap<_, _> = candidates.into_iter().map(|row| (row.id.0, row)).collect();
    let rulings =
        jury_ruling::Entity::find().filter(jury_ruling::Column::PassageId.is_in(ids)).all(conn).await?;
    let mut by_passage: BTreeMap<_, BTreeMap<String, bool>> = BTreeMap::new();
    for ruling in rulings {
        by_passage.entry(ruling.passage_id.0).or_default().insert(ruling.unit, ruling.acquired);
    }
    let with = rows.into_iter().filter_map(|row| {
        let candidate = candidates.remove(&row.candidate_id.0)?;
        let rulings = by_passage.remove(&row.id.0).unwrap_or_default();
        Some(Passage { row, candidate, rulings })
    });
    Ok(with.collect())
}
