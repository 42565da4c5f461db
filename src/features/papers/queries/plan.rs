//! The dry run of the convocations of a session: who is called, and why others are not. Nothing is written.

use entity::enrolment::{self, EnrolmentState};
use entity::training_document::PaperKind;
use sea_orm::ConnectionTrait;

use crate::features::papers::PaperError;
use crate::features::papers::gather::{Material, callable};
use crate::rules::training::mentions::{Mention, missing};

/// What becomes of somebody when the session is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// They are called.
    Called,
    /// They were called before.
    Already,
    /// Their enrolment waits for something.
    NotConfirmed,
    /// Their convocation, or what their representative must be told, would lack mentions.
    Lacking(Vec<Mention>),
}

/// One person of the dry run.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The person.
    pub enrolment: enrolment::Model,
    /// What becomes of them.
    pub becomes: Becomes,
    /// Whether a message reaches them.
    pub reached: bool,
    /// Whether their representative is told too.
    pub minor: bool,
}

/// What calling the session would do.
///
/// # Errors
/// What the database answers.
pub async fn plan(conn: &impl ConnectionTrait, material: &Material) -> Result<Vec<Planned>, PaperError> {
    let mut planned = Vec::new();
    for person in callable(conn, material.session.id).await? {
        let minor = material.has_guardian(&person);
        let becomes = if person.state != EnrolmentState::Confirmed {
            Becomes::NotConfirmed
        } else if person.summoned_at.is_some() {
            Becomes::Already
        } else {
            let mut lacking = lacks(conn, material, PaperKind::Summons, &person).await?;
            if minor && lacking.is_empty() {
                lacking = lacks(conn, material, PaperKind::GuardianNotice, &person).await?;
            }
            if lacking.is_empty() { Becomes::Called } else { Becomes::Lacking(lacking) }
        };
        let reached = !person.email.trim().is_empty();
        planned.push(Planned { enrolment: person, becomes, reached, minor });
    }
    Ok(planned)
}

async fn lacks(
    conn: &impl ConnectionTrait,
    material: &Material,
    kind: PaperKind,
    person: &enrolment::Model,
) -> Result<Vec<Mention>, PaperError> {
    let gathered = material.of_person(conn, kind, person.clone(), false).await?;
    Ok(missing(&gathered.content))
}
