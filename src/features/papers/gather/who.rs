//! Whom a paper is about: the person or the buyer, what they did, what they learnt, who signs.

use std::collections::BTreeMap;

use entity::attendance::{self, Presence};
use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_assessment::{self, Moment};
use entity::ids::{AccountId, StructureId, TrainingBuyerId};
use entity::training_buyer::{self, BuyerKind};
use entity::training_document::PaperKind;
use entity::training_signature::Party;
use entity::{enrolment_need, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::{PaperError, labels, state, wording};
use super::content::siret;
use super::{About, Material};
use crate::authz::Facts;
use crate::render::french;
use crate::rules::deadline::add_days;
use crate::rules::fold::fold;
use crate::rules::training::mentions;
use crate::rules::training::paper::{Body, Content, Done, Entrusted, Need, Outcome, Person, Signatory};
use crate::rules::typed_date;

/// Somebody to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// As whom.
    pub party: Party,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
}

/// Everything of one paper, before it is issued.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// What it says.
    pub content: Content,
    /// What it is about.
    pub about: About,
    /// The person.
    pub enrolment: Option<enrolment::Model>,
    /// Who pays.
    pub buyer: Option<TrainingBuyerId>,
    /// Whose structure sees it.
    pub structure: Option<StructureId>,
    /// Whose account sees it.
    pub account: Option<AccountId>,
    /// Who signs.
    pub signatories: Vec<Reached>,
}

impl Gathered {
    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self, material: &Material) -> Facts {
        Facts { structure: self.structure, account: self.account, ..material.facts() }
    }
}

/// The name, as a document states it.
fn official(row: &enrolment::Model) -> String {
    format!("{} {}", row.family_name.trim().to_uppercase(), row.first_names.trim()).trim().to_owned()
}

fn in_a_sentence(row: &enrolment::Model) -> String {
    format!("{} {}", row.first_names.trim(), row.family_name.trim()).trim().to_owned()
}

/// Whether somebody is too young to sign alone on a day; a date that is not whole tells nothing.
fn is_minor(row: &enrolment::Model, on: time::Date, of_age: u8) -> bool {
    let Some(born) = typed_date::parse(&row.birth_date) else { return false };
    crate::rules::deadline::add_months(born, i32::from(of_age) * 12) > on
}

impl Material {
    /// Gathers one paper. It may lack mentions: `rules::training::mentions` says which.
    ///
    /// # Errors
    /// [`PaperError::NotFound`], [`PaperError::Untimely`], [`PaperError::WrongBuyer`], what the database answers.
    pub async fn about(
        &self,
        conn: &impl ConnectionTrait,
        kind: PaperKind,
        about: About,
        remote: bool,
    ) -> Result<Gathered, PaperError> {
        let asked = state::scope(kind).ok_or(PaperError::NotFound)?;
        match (asked, about) {
            (state::Scope::Buyer, About::Buyer(id)) => self.of_buyer(conn, kind, id).await,
            (state::Scope::Person, About::Enrolment(id)) => {
                let row = enrolment::Entity::find_by_id(id).one(conn).await?;
                let row = row.filter(|row| row.session_id == self.session.id);
                self.of_person(conn, kind, row.ok_or(PaperError::NotFound)?, remote).await
            }
            (state::Scope::Slot, About::Slot(_)) => self.of_slot(conn, kind, about).await,
            (state::Scope::Subcontract, About::Subcontract(_)) => {
                self.of_subcontract(conn, kind, about).await
            }
            _ => Err(PaperError::NotFound),
        }
    }

    fn buyer(&self, id: TrainingBuyerId) -> Result<&training_buyer::Model, PaperError> {
        self.buyers.iter().find(|one| one.id == id).ok_or(PaperError::NotFound)
    }

    fn person(&self, row: &enrolment::Model) -> Person {
        let buyer = self.buyers.iter().find(|one| one.id == row.buyer_id);
        let employer = buyer.filter(|one| one.kind == BuyerKind::Employer);
        Person {
            name: official(row),
            address: row.postal_address.lines().map(str::trim).collect::<Vec<_>>().join(", "),
            employer: employer.map(|one| one.name.trim().to_owned()).unwrap_or_default(),
        }
    }

    fn with_signatories(&self, content: &mut Content, minor: bool, known: &[Reached]) -> Vec<Reached> {
        let wanted = mentions::signatories(content.kind, minor);
        let (name, email) = self.own_signatory();
        let own = Reached { party: Party::Provider, name, email };
        let named = |party: &Party| {
            let found = known.iter().chain(std::iter::once(&own)).find(|one| one.party == *party);
            let unknown = || Reached { party: *party, name: String::new(), email: String::new() };
            found.cloned().unwrap_or_else(unknown)
        };
        let reached: Vec<_> = wanted.iter().map(named).collect();
        content.signatories =
            reached.iter().map(|one| Signatory { party: one.party, name: one.name.clone() }).collect();
        reached
    }

    async fn of_buyer(
        &self,
        conn: &impl ConnectionTrait,
        kind: PaperKind,
        id: TrainingBuyerId,
    ) -> Result<Gathered, PaperError> {
        let buyer = self.buyer(id)?;
        if kind == PaperKind::Convention && buyer.kind != BuyerKind::Employer {
            return Err(PaperError::WrongBuyer);
        }
        let people = enrolment::Entity::find()
            .filter(enrolment::Column::BuyerId.eq(id))
            .order_by_asc(enrolment::Column::Seq)
            .all(conn)
            .await?;
        let people: Vec<_> = people.into_iter().filter(|row| state::is_bought(row.state)).collect();
        let prices = self.prices(&people);
        let mut content = self.base(kind);
        let body = Self::body(buyer);
        content.buyer = Some(match people.first() {
            // somebody at their own cost buys in the name of their enrolment
            Some(row) if buyer.kind == BuyerKind::Individual && body.name.is_empty() => {
                Body { name: in_a_sentence(row), address: self.person(row).address, ..body }
            }
            _ => body,
        });
        content.people = people.iter().map(|row| self.person(row)).collect();
        content.price = self.price(&prices, buyer.kind == BuyerKind::Individual);
        let until = add_days(self.today(), i32::from(self.rules.papers.proposal_days));
        content.valid_until = french::date(until);
        let signs = [Self::signing_buyer(buyer)];
        let signatories = self.with_signatories(&mut content, false, &signs);
        let (buyer, structure) = (Some(id), buyer.structure_id);
        Ok(Gathered {
            content,
            about: About::Buyer(id),
            enrolment: None,
            buyer,
            structure,
            account: None,
            signatories,
        })
    }

    fn signing_buyer(buyer: &training_buyer::Model) -> Reached {
        let contact = buyer.contact_name.trim();
        let name = if contact.is_empty() { buyer.name.trim() } else { contact };
        Reached { party: Party::Buyer, name: name.to_owned(), email: buyer.email.trim().to_owned() }
    }

    /// What each one pays; nobody pays a price that is not told.
    fn prices(&self, people: &[enrolment::Model]) -> Vec<i64> {
        people.iter().filter_map(|row| row.price_cents.or(self.session.price_cents)).collect()
    }

    /// Gathers a paper of somebody whose row is known.
    ///
    /// # Errors
    /// [`PaperError::Untimely`], [`PaperError::WrongBuyer`], what the database answers.
    pub async fn of_person(
        &self,
        conn: &impl ConnectionTrait,
        kind: PaperKind,
        row: enrolment::Model,
        remote: bool,
    ) -> Result<Gathered, PaperError> {
        let buyer = self.buyer(row.buyer_id)?;
        let own = buyer.kind == BuyerKind::Individual;
        match kind {
            PaperKind::Contract if !own => return Err(PaperError::WrongBuyer),
            PaperKind::TripartiteConvention if own => return Err(PaperError::WrongBuyer),
            _ if !state::is_time(kind, row.state) => return Err(PaperError::Untimely),
            _ => {}
        }
        let minor = is_minor(&row, self.today(), self.rules.enrolments.of_age);
        let mut content = self.base(kind);
        content.buyer = Some(Self::body(buyer)).filter(|_| !own);
        content.person = Some(self.person(&row));
        content.people = vec![self.person(&row)];
        content.price = self.price(&self.prices(std::slice::from_ref(&row)), own);
        if own {
            content.withdrawal = wording::withdrawal(remote, &self.rules.withdrawal);
            content.remote = remote;
        }
        let guardian = row.guardian_name.trim();
        content.guardian = Some(Body { name: guardian.to_owned(), ..Body::default() })
            .filter(|body| kind == PaperKind::GuardianNotice && !body.name.is_empty());
        match kind {
            PaperKind::NeedsAnalysis | PaperKind::Positioning => content.need = need_of(conn, &row).await?,
            PaperKind::CompletionCertificate
            | PaperKind::AssiduityCertificate
            | PaperKind::EndAttestation => {
                content.done = self.done_by(conn, &row).await?;
                content.outcomes = outcomes_of(conn, &row).await?;
            }
            _ => {}
        }
        let signs = [
            Self::signing_buyer(buyer),
            Reached { party: Party::Trainee, name: in_a_sentence(&row), email: row.email.trim().to_owned() },
            Reached {
                party: Party::Guardian,
                name: guardian.to_owned(),
                email: row.guardian_email.trim().to_owned(),
            },
        ];
        let signatories = self.with_signatories(&mut content, minor, &signs);
        Ok(Gathered {
            content,
            about: About::Enrolment(row.id),
            buyer: Some(buyer.id),
            structure: row.structure_id,
            account: row.account_id,
            signatories,
            enrolment: Some(row),
        })
    }

    /// Whether somebody has a representative who must be told what they are told.
    #[must_use]
    pub fn has_guardian(&self, row: &enrolment::Model) -> bool {
        is_minor(row, self.today(), self.rules.enrolments.of_age)
    }

    /// The hours that somebody attended, from the half-days.
    async fn done_by(
        &self,
        conn: &impl ConnectionTrait,
        row: &enrolment::Model,
    ) -> Result<Option<Done>, PaperError> {
        let rows = attendance::Entity::find()
            .filter(attendance::Column::EnrolmentId.eq(row.id))
            .filter(attendance::Column::Presence.is_in([Presence::Present, Presence::Partial]))
            .all(conn)
            .await?;
        let minutes: i32 = rows.iter().map(|one| one.minutes).sum();
        let attended = |slot: &&entity::training_slot::Model| rows.iter().any(|one| one.slot_id == slot.id);
        let days: Vec<_> = self.slots.iter().filter(attended).map(|slot| slot.day).collect();
        let (first, last) = (days.iter().min().copied(), days.iter().max().copied());
        let done = Done { hours: wording::hours(minutes), period: wording::period(first, last) };
        Ok(Some(done).filter(|_| minutes > 0))
    }

    async fn of_slot(
        &self,
        conn: &impl ConnectionTrait,
        kind: PaperKind,
        about: About,
    ) -> Result<Gathered, PaperError> {
        let slot = self.slots.iter().find(|slot| about == About::Slot(slot.id));
        let slot = slot.ok_or(PaperError::NotFound)?;
        let people = enrolment::Entity::find()
            .filter(enrolment::Column::SessionId.eq(self.session.id))
            .all(conn)
            .await?;
        let expected = people.iter().filter(|row| state::is_expected(row.state));
        let named: BTreeMap<_, _> =
            expected.map(|row| ((fold(&official(row)), row.seq), self.person(row))).collect();
        let mut content = self.base(kind);
        content.half_day = Some(self.half_day(slot));
        content.people = named.into_values().collect();
        Ok(Gathered {
            content,
            about,
            enrolment: None,
            buyer: None,
            structure: None,
            account: None,
            signatories: Vec::new(),
        })
    }

    async fn of_subcontract(
        &self,
        conn: &impl ConnectionTrait,
        kind: PaperKind,
        about: About,
    ) -> Result<Gathered, PaperError> {
        let row = self.subcontract.as_ref().filter(|row| about == About::Subcontract(row.id));
        let row = row.ok_or(PaperError::NotFound)?;
        let body = match row.structure_id {
            Some(id) => structure::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let known =
            |text: fn(&structure::Model) -> &String| body.as_ref().map(text).cloned().unwrap_or_default();
        let typed = row.contact.trim();
        let (name, email) = if body.is_some() {
            (known(|one| &one.contact_name), known(|one| &one.contact_email))
        } else {
            (
                typed.to_owned(),
                typed.split_whitespace().find(|word| word.contains('@')).unwrap_or_default().to_owned(),
            )
        };
        let address =
            body.as_ref().map(|one| format!("{}, {} {}", one.address, one.postal_code, one.commune));
        let mut content = self.base(kind);
        content.entrusted = Some(Entrusted {
            body: Body {
                name: row.party.trim().to_owned(),
                siret: siret(&row.siret),
                address: address.unwrap_or_default(),
                representative: name.clone(),
            },
            nda: row.nda.trim().to_owned(),
            missions: row.missions.trim().to_owned(),
            means: row.means.trim().to_owned(),
            follow_up: row.follow_up.trim().to_owned(),
            amount: if row.amount_cents > 0 { wording::amount(row.amount_cents) } else { String::new() },
        });
        let signs = [Reached { party: Party::Subcontractor, name, email }];
        let signatories = self.with_signatories(&mut content, false, &signs);
        let structure = row.structure_id;
        Ok(Gathered { content, about, enrolment: None, buyer: None, structure, account: None, signatories })
    }
}

async fn need_of(conn: &impl ConnectionTrait, row: &enrolment::Model) -> Result<Option<Need>, PaperError> {
    let found = enrolment_need::Entity::find()
        .filter(enrolment_need::Column::EnrolmentId.eq(row.id))
        .one(conn)
        .await?;
    let adaptation = if row.adaptation_asked { wording::ADAPTATION_ASKED } else { wording::NO_ADAPTATION };
    Ok(found.map(|need| Need {
        expectations: need.expectations.trim().to_owned(),
        employer: need.employer_view.trim().to_owned(),
        funder: need.funder_view.trim().to_owned(),
        basis: need.basis.trim().to_owned(),
        prerequisites: wording::prerequisites(need.prerequisites).to_owned(),
        positioning: wording::positioning(need.positioning, &need.positioning_result),
        adaptation: adaptation.to_owned(),
    }))
}

async fn outcomes_of(
    conn: &impl ConnectionTrait,
    row: &enrolment::Model,
) -> Result<Vec<Outcome>, PaperError> {
    let rows = enrolment_assessment::Entity::find()
        .filter(enrolment_assessment::Column::EnrolmentId.eq(row.id))
        .filter(enrolment_assessment::Column::Moment.eq(Moment::End))
        .order_by_asc(enrolment_assessment::Column::Position)
        .all(conn)
        .await?;
    let outcome = |one: enrolment_assessment::Model| Outcome {
        objective: one.objective.trim().to_owned(),
        result: labels::acquired(one.result).to_owned(),
    };
    Ok(rows.into_iter().map(outcome).collect())
}

/// Everybody of a session who may be called, in the order of their coming.
///
/// # Errors
/// What the database answers.
pub async fn callable(
    conn: &impl ConnectionTrait,
    session: entity::ids::TrainingSessionId,
) -> Result<Vec<enrolment::Model>, PaperError> {
    let rows = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session))
        .filter(enrolment::Column::State.is_in([EnrolmentState::Contracted, EnrolmentState::Confirmed]))
        .order_by_asc(enrolment::Column::Seq)
        .all(conn)
        .await?;
    Ok(rows)
}
