//! The fields of a request: what each one is called, what an answer says, and the choice between two answers when
//! somebody else changed the draft meanwhile. Pure.

use entity::ids::SiteId;
use entity::site;

use super::draft_form::Stage;
use crate::error::Fault;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::labels;
use crate::http::web::FormData;
use crate::rules::phone;

/// Names the fields whose answer is to be chosen, in the form that asks.
const DIFFERS: &str = "differe";
/// The choice of what is recorded.
const RECORDED: &str = "enregistre";
/// The choice of what was typed.
const TYPED: &str = "saisi";

/// One field of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    ContactName,
    ContactEmail,
    ContactPhone,
    Sites,
    Kind,
    Role,
    Project,
    TrainingBody,
    Subcontracting,
    SignatoryName,
    SignatoryTitle,
    Commitment,
}

impl Field {
    /// The fields of a step, in the order of its form.
    pub(super) const fn of(stage: Stage) -> &'static [Self] {
        match stage {
            Stage::Contact => &[Self::ContactName, Self::ContactEmail, Self::ContactPhone, Self::Sites],
            Stage::Project => {
                &[Self::Kind, Self::Role, Self::Project, Self::TrainingBody, Self::Subcontracting]
            }
            Stage::Review => &[Self::SignatoryName, Self::SignatoryTitle, Self::Commitment],
            Stage::Pieces => &[],
        }
    }

    /// Its name in a form.
    const fn name(self) -> &'static str {
        match self {
            Self::ContactName => "contact_name",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
            Self::Sites => "sites",
            Self::Kind => "kind",
            Self::Role => "role",
            Self::Project => "project",
            Self::TrainingBody => "is_training_body",
            Self::Subcontracting => "has_subcontracting",
            Self::SignatoryName => "signatory_name",
            Self::SignatoryTitle => "signatory_title",
            Self::Commitment => "commitment_accepted",
        }
    }

    /// What it is called.
    const fn label(self) -> &'static str {
        match self {
            Self::ContactName => "Personne référente de la demande",
            Self::ContactEmail => "Adresse électronique",
            Self::ContactPhone => "Téléphone",
            Self::Sites => "Sites concernés",
            Self::Kind => "Nature de la demande",
            Self::Role => "Prestation demandée",
            Self::Project => "Votre projet",
            Self::TrainingBody => "Organisme de formation",
            Self::Subcontracting => "Formation confiée en partie à un autre organisme",
            Self::SignatoryName => "Représentante ou représentant légal",
            Self::SignatoryTitle => "Sa fonction",
            Self::Commitment => "Engagement accepté",
        }
    }

    /// What an answer says; empty when there is none.
    fn told(self, input: &DraftInput, sites: &[site::Model]) -> String {
        match self {
            Self::ContactName => input.contact_name.clone(),
            Self::ContactEmail => input.contact_email.clone(),
            Self::ContactPhone => phone::grouped(&input.contact_phone),
            Self::Sites => {
                let chosen = input.sites.iter().filter_map(|id| sites.iter().find(|site| site.id == *id));
                chosen.map(|site| site.label.clone()).collect::<Vec<_>>().join("\n")
            }
            Self::Kind => labels::kind(input.kind).to_owned(),
            Self::Role => labels::role(input.role).to_owned(),
            Self::Project => input.project.clone(),
            Self::TrainingBody => yes_no(input.is_training_body),
            Self::Subcontracting => yes_no(input.has_subcontracting),
            Self::SignatoryName => input.signatory_name.clone(),
            Self::SignatoryTitle => input.signatory_title.clone(),
            Self::Commitment => yes_no(input.commitment_accepted),
        }
    }

    /// Answers a field as another form does.
    fn copy(self, from: &DraftInput, to: &mut DraftInput) {
        match self {
            Self::ContactName => to.contact_name.clone_from(&from.contact_name),
            Self::ContactEmail => to.contact_email.clone_from(&from.contact_email),
            Self::ContactPhone => to.contact_phone.clone_from(&from.contact_phone),
            Self::Sites => to.sites.clone_from(&from.sites),
            Self::Kind => to.kind = from.kind,
            Self::Role => to.role = from.role,
            Self::Project => to.project.clone_from(&from.project),
            Self::TrainingBody => to.is_training_body = from.is_training_body,
            Self::Subcontracting => to.has_subcontracting = from.has_subcontracting,
            Self::SignatoryName => to.signatory_name.clone_from(&from.signatory_name),
            Self::SignatoryTitle => to.signatory_title.clone_from(&from.signatory_title),
            Self::Commitment => to.commitment_accepted = from.commitment_accepted,
        }
    }

    fn is_same(self, one: &DraftInput, other: &DraftInput) -> bool {
        let mut copied = one.clone();
        self.copy(other, &mut copied);
        copied == *one
    }

    /// The name of the choice between its two answers.
    fn choice(self) -> String {
        format!("garder/{}", self.name())
    }
}

fn yes_no(yes: bool) -> String {
    let word = if yes { "Oui" } else { "Non" };
    word.to_owned()
}

/// A field and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is called.
    pub label: &'static str,
    /// What it says; empty when there is nothing.
    pub value: String,
}

/// What the fields of a step say.
pub(super) fn answers(stage: Stage, input: &DraftInput, sites: &[site::Model]) -> Vec<Answer> {
    let answer = |field: &Field| Answer { label: field.label(), value: field.told(input, sites) };
    Field::of(stage).iter().map(answer).collect()
}

/// A field where what is recorded differs from what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name.
    pub name: &'static str,
    /// The name of the choice between the two answers.
    pub choice: String,
    /// What is recorded now; empty when there is nothing.
    pub value: String,
    /// The field, in words.
    pub label: &'static str,
}

/// The fields where the person is asked which answer to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences(Vec<Difference>);

impl Differences {
    /// Those between what is recorded and what a form sends.
    pub(super) fn between(
        stage: Stage,
        recorded: &DraftInput,
        typed: &DraftInput,
        sites: &[site::Model],
    ) -> Self {
        let differing = Field::of(stage).iter().filter(|field| !field.is_same(recorded, typed));
        let difference = |field: &Field| Difference {
            name: field.name(),
            choice: field.choice(),
            value: field.told(recorded, sites),
            label: field.label(),
        };
        Self(differing.map(difference).collect())
    }

    /// That of a field.
    #[must_use]
    pub fn at(&self, name: &str) -> Option<&Difference> {
        self.0.iter().find(|one| one.name == name)
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a form asked which answers to keep.
pub(super) fn asks(form: &FormData) -> bool {
    form.ticked(DIFFERS)
}

/// Whether a field of a form is part of that question: it is asked anew when the draft changed again.
pub(super) fn is_choice(name: &str) -> bool {
    name == DIFFERS || name.starts_with("garder/")
}

/// The answers that the person keeps.
///
/// # Errors
/// Each field whose answer was not chosen.
pub(super) fn chosen(
    stage: Stage,
    recorded: &DraftInput,
    mut typed: DraftInput,
    form: &FormData,
) -> Result<DraftInput, Vec<Fault>> {
    let asked = form.all(DIFFERS);
    let mut faults = Vec::new();
    for field in Field::of(stage).iter().filter(|field| asked.contains(&field.name())) {
        let choice = field.choice();
        match form.text(&choice) {
            RECORDED => field.copy(recorded, &mut typed),
            TYPED => {}
            _ if field.is_same(recorded, &typed) => {}
            _ => {
                let message = format!("{}\u{202f}: choisissez la réponse à garder", field.label());
                faults.push(Fault::new(format!("/{choice}"), "answer-not-chosen", message));
            }
        }
    }
    if faults.is_empty() { Ok(typed) } else { Err(faults) }
}

/// The sites that a form ticks, in the order where they are recorded when they are the same.
pub(super) fn same_order(recorded: &[SiteId], ticked: Vec<SiteId>) -> Vec<SiteId> {
    let same = recorded.len() == ticked.len() && ticked.iter().all(|site| recorded.contains(site));
    if same { recorded.to_vec() } else { ticked }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::agreement_request::{AgreementRole, RequestKind};

    fn input(name: &str, email: &str) -> DraftInput {
        DraftInput {
            contact_name: name.to_owned(),
            contact_email: email.to_owned(),
            ..DraftInput::new(RequestKind::First, AgreementRole::Train)
        }
    }

    #[test]
    fn only_the_fields_of_the_step_that_differ_are_asked_about() {
        let (recorded, typed) = (input("Ève", "a@b.exemple"), input("Zoé", "a@b.exemple"));
        let found = Differences::between(Stage::Contact, &recorded, &typed, &[]);
        assert_eq!(found.at("contact_name").map(|one| one.value.as_str()), Some("Ève"));
        assert!(found.at("contact_email").is_none());
        assert!(Differences::between(Stage::Project, &recorded, &typed, &[]).is_empty());
    }

    #[test]
    fn each_answer_is_chosen_and_none_by_default() {
        let (recorded, typed) = (input("Ève", "a@b.exemple"), input("Zoé", "c@d.exemple"));
        let asked = [("differe", "contact_name"), ("differe", "contact_email")];
        let with = |more: &[(&str, &str)]| {
            let form = FormData::of(&[asked.as_slice(), more].concat());
            chosen(Stage::Contact, &recorded, typed.clone(), &form)
        };
        assert_eq!(with(&[]).unwrap_err().len(), 2);
        let one = [("garder/contact_name", "enregistre")];
        assert_eq!(with(&one).unwrap_err()[0].pointer, "/garder/contact_email");
        let both = [("garder/contact_name", "enregistre"), ("garder/contact_email", "saisi")];
        assert_eq!(with(&both).unwrap(), input("Ève", "c@d.exemple"));
    }
}
