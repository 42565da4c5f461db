//! The four steps of a request: what each one holds, and what still lacks in it. Pure.

use entity::agreement_request::{AgreementRole, RequestKind};
use time::Date;
use uuid::Uuid;

use crate::features::agreements::input::DraftInput;
use crate::features::agreements::pieces::{self, Received};
use crate::features::agreements::queries::{self, Attachments, situation};
use crate::features::agreements::{Dossier, labels};
use crate::http::web::FormData;
use crate::http::web::component::{Stage as Place, Step};
use crate::http::web::form::FormState;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Who to write to, where.
    Contact,
    /// What the structure wants to do.
    Project,
    /// Files.
    Pieces,
    /// Reading again, commitment, submission.
    Review,
}

impl Stage {
    /// In order.
    pub const ALL: [Self; 4] = [Self::Contact, Self::Project, Self::Pieces, Self::Review];

    /// The word of the address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contact => "coordonnees",
            Self::Project => "projet",
            Self::Pieces => "pieces",
            Self::Review => "relecture",
        }
    }

    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Contact => "Coordonnées",
            Self::Project => "Projet",
            Self::Pieces => "Pièces",
            Self::Review => "Relecture",
        }
    }

    /// The step of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// The step before.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().take_while(|stage| *stage != self).last()
    }

    /// The step after.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|stage| *stage != self).nth(1)
    }

    /// The steps seen from this one; a step where nothing lacks is behind.
    pub(super) fn steps(self, lacks: &[(String, Self)]) -> Vec<Step> {
        let step = |stage: Self| {
            let missing = lacks.iter().filter(|(_, of)| *of == stage).count();
            let note = match missing {
                0 if stage == Self::Review => String::new(),
                0 => "complet".to_owned(),
                1 => "1 point à compléter".to_owned(),
                more => format!("{more} points à compléter"),
            };
            let place = match (stage == self, missing) {
                (true, _) => Place::Current,
                (false, 0) if stage != Self::Review => Place::Done,
                _ => Place::Ahead,
            };
            Step::new(stage.title(), note, place)
        };
        Self::ALL.into_iter().map(step).collect()
    }
}

/// The values of a form, as its fields show them.
pub(super) fn shown(input: &DraftInput) -> FormState {
    let tick = |name: &str, on: bool| on.then(|| (name.to_owned(), "oui".to_owned()));
    let texts = [
        ("kind", input.kind.word()),
        ("role", input.role.word()),
        ("contact_name", input.contact_name.clone()),
        ("contact_email", input.contact_email.clone()),
        ("contact_phone", input.contact_phone.clone()),
        ("project", input.project.clone()),
        ("signatory_name", input.signatory_name.clone()),
        ("signatory_title", input.signatory_title.clone()),
    ];
    let sites = input.sites.iter().map(|site| ("sites".to_owned(), site.to_string()));
    let ticks = [
        tick("commitment_accepted", input.commitment_accepted),
        tick("is_training_body", input.is_training_body),
        tick("has_subcontracting", input.has_subcontracting),
    ];
    let texts = texts.into_iter().map(|(name, value)| (name.to_owned(), value));
    FormState::filled(texts.chain(sites).chain(ticks.into_iter().flatten()))
}

/// What is kept, changed by the fields of one step.
pub(super) fn merged(mut kept: DraftInput, stage: Stage, form: &FormData) -> DraftInput {
    let text = |name: &str| form.text(name).to_owned();
    match stage {
        Stage::Contact => {
            kept.contact_name = text("contact_name");
            kept.contact_email = text("contact_email");
            kept.contact_phone = text("contact_phone");
            kept.sites = form
                .all("sites")
                .into_iter()
                .filter_map(|key| Uuid::parse_str(key).ok())
                .map(Into::into)
                .collect();
        }
        Stage::Project => {
            kept.kind = RequestKind::from_word(form.text("kind")).unwrap_or(kept.kind);
            kept.role = AgreementRole::from_word(form.text("role")).unwrap_or(kept.role);
            kept.project = text("project");
            kept.is_training_body = form.ticked("is_training_body");
            kept.has_subcontracting = form.ticked("has_subcontracting");
        }
        Stage::Review => {
            kept.signatory_name = text("signatory_name");
            kept.signatory_title = text("signatory_title");
            kept.commitment_accepted = form.ticked("commitment_accepted");
        }
        Stage::Pieces => {}
    }
    kept
}

/// The step of a field.
fn stage_of(pointer: &str) -> Stage {
    match pointer {
        "/sites" | "/contact_name" | "/contact_email" | "/contact_phone" => Stage::Contact,
        "/project" => Stage::Project,
        _ => Stage::Review,
    }
}

/// Everything that still lacks before a submission, with the step where it is mended.
pub(super) fn lacks(dossier: &Dossier, around: &Attachments, on: Date) -> Vec<(String, Stage)> {
    let input = queries::form(&dossier.request, &dossier.sites);
    let faults = input.submission_faults(&dossier.structure.department);
    let mut lacks: Vec<_> =
        faults.into_iter().map(|fault| (fault.message, stage_of(&fault.pointer))).collect();
    let received: Vec<_> = around
        .pieces
        .iter()
        .map(|piece| Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until })
        .collect();
    let wanting = pieces::lacks(situation(&dossier.request), &received, on);
    lacks.extend(wanting.into_iter().map(|(kind, lack)| (labels::lack(kind, lack), Stage::Pieces)));
    for asked in &around.asked {
        let latest = around.pieces.iter().find(|piece| piece.code == asked.code);
        let answered = latest.is_some_and(|piece| *piece.created_at >= *asked.asked_at);
        if let Some(kind) = pieces::kind(&asked.code).filter(|_| !answered && latest.is_some()) {
            lacks.push((format!("{}\u{202f}: déposez la version demandée", kind.title), Stage::Pieces));
        }
    }
    lacks
}
