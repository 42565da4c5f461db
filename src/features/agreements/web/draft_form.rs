//! The four steps of a request: what each one holds, and what still lacks in it. Pure.
//!
//! A draft may be incomplete: a step is kept whatever lacks in it, and says it once it was worked on. The rule is that
//! of the submission, asked in advance.

use entity::agreement_request::{AgreementRole, RequestKind};
use time::Date;
use uuid::Uuid;

use super::draft_fields::same_order;
use crate::error::Fault;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::pieces::{self, PieceKind, Received};
use crate::features::agreements::queries::{self, Attachments, situation};
use crate::features::agreements::{Dossier, labels};
use crate::http::web::FormData;
use crate::http::web::component::{Stage as Place, Step};
use crate::http::web::form::{FieldErrors, FormState};
use crate::rules::phone;

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

/// Something that still lacks before a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The step where it is mended.
    pub stage: Stage,
    /// Its place in the input: `/project`, or the code of a piece, `/P05`.
    pub pointer: String,
    /// What lacks, in French.
    pub message: String,
}

/// A way to a step from another one.
#[derive(Clone, Debug)]
pub struct StageLink {
    /// Its title.
    pub title: &'static str,
    /// Its address, from that of the file.
    pub href: String,
    /// How many points it still lacks; empty when there is nothing to say.
    pub note: String,
    /// It is the step shown.
    pub current: bool,
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

    /// Whether what lacks in it is told next to its fields.
    const fn has_fields(self) -> bool {
        matches!(self, Self::Contact | Self::Project)
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
    pub(super) fn steps(self, lacks: &[Point]) -> Vec<Step> {
        let step = |stage: Self| {
            let place = match (stage == self, stage.missing(lacks)) {
                (true, _) => Place::Current,
                (false, 0) if stage != Self::Review => Place::Done,
                _ => Place::Ahead,
            };
            Step::new(stage.title(), stage.note(lacks), place)
        };
        Self::ALL.into_iter().map(step).collect()
    }

    /// The ways to every step from this one; those that are behind are shown with what lacks in them.
    pub(super) fn links(self, lacks: &[Point]) -> Vec<StageLink> {
        let mut behind = true;
        let link = |stage: Self| {
            behind &= stage != self;
            let check = if behind { "&bilan=oui" } else { "" };
            StageLink {
                title: stage.title(),
                href: format!("/brouillon?etape={}{check}", stage.word()),
                note: stage.note(lacks),
                current: stage == self,
            }
        };
        Self::ALL.into_iter().map(link).collect()
    }

    fn missing(self, lacks: &[Point]) -> usize {
        lacks.iter().filter(|point| point.stage == self).count()
    }

    fn note(self, lacks: &[Point]) -> String {
        match self.missing(lacks) {
            0 if self == Self::Review => String::new(),
            0 => "complet".to_owned(),
            1 => "1 point à compléter".to_owned(),
            more => format!("{more} points à compléter"),
        }
    }

    /// Whether something was kept in this step; those without fields tell what lacks in their own way.
    pub(super) fn is_begun(self, dossier: &Dossier) -> bool {
        let (request, structure) = (&dossier.request, &dossier.structure);
        match self {
            Self::Contact => {
                !dossier.sites.is_empty()
                    || request.contact_name != structure.contact_name
                    || request.contact_email != structure.contact_email
                    || request.contact_phone != structure.contact_phone
            }
            Self::Project => !request.project.trim().is_empty(),
            Self::Pieces | Self::Review => false,
        }
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
        ("contact_phone", phone::grouped(&input.contact_phone)),
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
            // A number left as it was shown, in groups, stays as it is recorded.
            let phone = text("contact_phone");
            if phone != phone::grouped(&kept.contact_phone) {
                kept.contact_phone = phone;
            }
            let ticked = form.all("sites").into_iter().filter_map(|key| Uuid::parse_str(key).ok());
            kept.sites = same_order(&kept.sites, ticked.map(Into::into).collect());
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

/// The answers of a step that say something which cannot be right; what is empty only lacks.
pub(super) fn malformed(stage: Stage, input: &DraftInput, department: &str) -> Vec<Fault> {
    let faults = input.malformed(department);
    faults.into_iter().filter(|fault| stage_of(&fault.pointer) == stage).collect()
}

/// Everything that still lacks before a submission, with the step where it is mended.
pub(super) fn lacks(dossier: &Dossier, around: &Attachments, on: Date) -> Vec<Point> {
    let input = queries::form(&dossier.request, &dossier.sites);
    let faults = input.submission_faults(&dossier.structure.department);
    let of_form = |fault: Fault| Point {
        stage: stage_of(&fault.pointer),
        pointer: fault.pointer,
        message: fault.message,
    };
    let mut lacks: Vec<_> = faults.into_iter().map(of_form).collect();
    let received: Vec<_> = around
        .pieces
        .iter()
        .map(|piece| Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until })
        .collect();
    let wanting = pieces::lacks(situation(&dossier.request), &received, on);
    lacks.extend(wanting.into_iter().map(|(kind, lack)| of_piece(kind, labels::pieces::lack(kind, lack))));
    for asked in &around.asked {
        let latest = around.pieces.iter().find(|piece| piece.code == asked.code);
        let answered = latest.is_some_and(|piece| *piece.created_at >= *asked.asked_at);
        if let Some(kind) = pieces::kind(&asked.code).filter(|_| !answered && latest.is_some()) {
            lacks.push(of_piece(kind, format!("{}\u{202f}: déposez la version demandée", kind.title)));
        }
    }
    lacks
}

fn of_piece(kind: &PieceKind, message: String) -> Point {
    Point { stage: Stage::Pieces, pointer: format!("/{}", kind.code), message }
}

/// What lacks in a step with fields, told next to each of them; the other steps tell theirs in their own way.
pub(super) fn field_errors(stage: Stage, lacks: &[Point]) -> FieldErrors {
    let told = lacks.iter().filter(|point| point.stage == stage && stage.has_fields());
    told.map(|point| (point.pointer.clone(), point.message.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(stage: Stage, pointer: &str) -> Point {
        Point { stage, pointer: pointer.to_owned(), message: "À compléter".to_owned() }
    }

    #[test]
    fn each_step_counts_its_own_points_and_those_behind_are_checked_when_opened() {
        let lacks =
            [point(Stage::Contact, "/sites"), point(Stage::Pieces, "/P02"), point(Stage::Pieces, "/P05")];
        let links = Stage::Pieces.links(&lacks);
        let notes: Vec<_> = links.iter().map(|link| link.note.as_str()).collect();
        assert_eq!(notes, ["1 point à compléter", "complet", "2 points à compléter", ""]);
        let checked: Vec<_> = links.iter().map(|link| link.href.ends_with("&bilan=oui")).collect();
        assert_eq!(checked, [true, true, false, false]);
        assert!(links[2].current);
    }

    #[test]
    fn only_the_steps_with_fields_tell_what_lacks_next_to_them() {
        let lacks = [
            point(Stage::Contact, "/sites"),
            point(Stage::Pieces, "/P02"),
            point(Stage::Review, "/signatory_name"),
        ];
        let told = |stage| field_errors(stage, &lacks).as_slice().len();
        assert_eq!(Stage::ALL.map(told), [1, 0, 0, 0]);
    }
}
