//! What a person types about papers; every fault at once. Pure.

use entity::ids::{EnrolmentId, TrainingBuyerId, TrainingSlotId, TrainingSubcontractId};
use entity::training_document::PaperKind;
use uuid::Uuid;

use super::actions::Order;
use super::gather::About;
use super::labels;
use super::state::{OFFERED, Scope, scope};
use crate::error::{Fault, Faults};
use crate::rules::{drawing, line};

const LONGEST_REASON: usize = 500;

/// How somebody answers, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// `drawn`, `plain` or `refused`.
    pub way: String,
    /// The drawing.
    pub drawing: String,
    /// Why somebody refuses.
    pub reason: String,
    /// The fingerprint that was shown; none when the caller does not say.
    pub seen: String,
}

/// How somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By hand, on a screen: the path of the drawing.
    Drawn(String),
    /// From their account, or by their link, without drawing.
    Plain,
    /// Not at all, and why.
    Refused(String),
}

impl TypedAnswer {
    /// How somebody answers.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Way, Vec<Fault>> {
        let mut faults = Faults::default();
        let way = match self.way.trim() {
            "drawn" => {
                let strokes = faults.read("/drawing", drawing::read(&self.drawing), |error| error.code());
                strokes.map(|strokes| Way::Drawn(drawing::write(&strokes)))
            }
            "plain" => Some(Way::Plain),
            "refused" => reason_of(&self.reason, &mut faults).map(Way::Refused),
            _ => {
                faults.push("/way", "missing", labels::WAY_WANTED);
                None
            }
        };
        faults.or(way)
    }
}

fn reason_of(text: &str, faults: &mut Faults) -> Option<String> {
    faults.read("/reason", line::required(text, LONGEST_REASON), |error| error.code())
}

/// A reason.
///
/// # Errors
/// The fault of an empty or of a long one.
pub fn reason(text: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let reason = reason_of(text, &mut faults);
    faults.or(reason)
}

/// A paper asked for, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedOrder {
    /// The kind.
    pub kind: String,
    /// Key of what it is about.
    pub about: Option<Uuid>,
    /// Whether a contract is concluded at a distance.
    pub remote: bool,
}

impl TypedOrder {
    /// What is asked for.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Order, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = PaperKind::from_word(self.kind.trim()).filter(|kind| OFFERED.contains(kind));
        if kind.is_none() {
            faults.push("/kind", "unknown", labels::KIND_WANTED);
        }
        if self.about.is_none() {
            faults.push("/about", "missing", labels::ABOUT_WANTED);
        }
        let order = kind.zip(self.about).and_then(|(kind, id)| {
            let about = match scope(kind)? {
                Scope::Buyer => About::Buyer(TrainingBuyerId(id)),
                Scope::Person => About::Enrolment(EnrolmentId(id)),
                Scope::Slot => About::Slot(TrainingSlotId(id)),
                Scope::Subcontract => About::Subcontract(TrainingSubcontractId(id)),
            };
            Some(Order { kind, about, remote: self.remote })
        });
        faults.or(order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_drawing_an_agreement_or_a_reasoned_refusal() {
        let typed = |way: &str, drawing: &str, reason: &str| TypedAnswer {
            way: way.to_owned(),
            drawing: drawing.to_owned(),
            reason: reason.to_owned(),
            seen: String::new(),
        };
        for (answer, fault) in [
            (typed("plain", "", ""), None),
            (typed("drawn", "M1 1L2 2L3 3L4 4", ""), None),
            (typed("drawn", "", ""), Some("/drawing")),
            (typed("refused", "", "Le prix n’est pas celui convenu"), None),
            (typed("refused", "", " "), Some("/reason")),
            (typed("", "", ""), Some("/way")),
        ] {
            let read = answer.read().err().map(|faults| faults[0].pointer.clone());
            assert_eq!(read.as_deref(), fault, "{answer:?}");
        }
    }

    #[test]
    fn a_paper_is_asked_for_by_its_kind_and_what_it_is_about() {
        let id = Uuid::from_u128(7);
        let typed = |kind: &str, about| TypedOrder { kind: kind.to_owned(), about, remote: true };
        let contract = typed("contract", Some(id)).read().unwrap();
        assert_eq!((contract.about, contract.remote), (About::Enrolment(EnrolmentId(id)), true));
        assert_eq!(typed("convention", Some(id)).read().unwrap().about, About::Buyer(TrainingBuyerId(id)));
        let faults = typed("house_rules", None).read().unwrap_err();
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/kind", "/about"]);
    }
}
