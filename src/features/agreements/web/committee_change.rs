//! `POST /commissions/{date}/deplacer` and `…/annuler`: asked twice, since both reach people.

use entity::committee;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;

use super::{agenda, reading};
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::features::agreements::AgreementError;
use crate::features::agreements::actions::decision::{self, CommitteeMove};
use crate::features::agreements::queries::registers;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::flash;
use crate::http::web::form::{CSRF_FIELD, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, Page, WebError};
use crate::render::french;
use crate::rules::typed_date::{self, iso};

/// Name of the field that says that the question was answered.
const CONFIRMED: &str = "confirme";

/// What is changed of a committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its day or its place.
    Move,
    /// Everything: it will not meet.
    Cancel,
}

impl Change {
    fn of(verb: &str) -> Option<Self> {
        match verb {
            "deplacer" => Some(Self::Move),
            "annuler" => Some(Self::Cancel),
            _ => None,
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Move => "deplacer",
            Self::Cancel => "annuler",
        }
    }

    const fn question(self) -> &'static str {
        match self {
            Self::Move => "Déplacer cette commission\u{202f}?",
            Self::Cancel => "Annuler cette commission\u{202f}?",
        }
    }

    const fn act(self) -> &'static str {
        match self {
            Self::Move => "Déplacer la commission",
            Self::Cancel => "Annuler la commission",
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Move => "Commission déplacée.",
            Self::Cancel => "Commission annulée.",
        }
    }

    /// The title of what is wrong with its form.
    #[must_use]
    pub const fn failed(self) -> &'static str {
        match self {
            Self::Move => "La commission n’est pas encore déplacée",
            Self::Cancel => "La commission n’est pas encore annulée",
        }
    }
}

/// Whether this person plans, moves and cancels committees.
#[must_use]
pub fn may(actor: &Actor) -> bool {
    authz::may(actor, Permission::CommitteeManage, &Facts::default())
}

/// The form that moves a committee and the one that cancels it; the one that comes back holds what was typed.
#[must_use]
pub fn forms(committee: &committee::Model, returned: Option<(Change, FormState)>) -> (FormState, FormState) {
    let fresh = |change: Change| {
        let form = match change {
            Change::Move => FormState::filled([
                ("meets_on", iso(committee.meets_on)),
                ("place", committee.place.clone()),
                ("zone", committee.zone.clone()),
            ]),
            Change::Cancel => FormState::default(),
        };
        form.with_version(committee.version.into()).with_prefix(change.verb())
    };
    match returned {
        Some((Change::Move, form)) => (form, fresh(Change::Cancel)),
        Some((Change::Cancel, form)) => (fresh(Change::Move), form),
        None => (fresh(Change::Move), fresh(Change::Cancel)),
    }
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((date, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let change = Change::of(&verb).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let day = typed_date::parse(&date).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let found = registers::committee_on(page.app.db.read(), page.actor(), day).await;
    let before = found.map_err(WebError::from)?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let after = match perform(&mut tx, change, &before, &form).await {
        Ok(after) => after,
        Err(AgreementError::Invalid(faults)) => {
            drop(tx);
            let errors = faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect();
            let typed = FormState::filled(form.fields().filter(|(name, _)| *name != CONFIRMED))
                .with_errors(errors)
                .with_version(before.version.into())
                .with_prefix(change.verb());
            let built = agenda::build(&page, &date, Some((change, typed))).await.map_err(WebError::from)?;
            return page.answer_with(StatusCode::UNPROCESSABLE_ENTITY, &built);
        }
        Err(error) => return Err(WebError::from(error).into()),
    };
    if form.text(CONFIRMED) != "oui" {
        drop(tx);
        return ask(&page, change, &before, &after, &form);
    }
    tx.commit().await.map_err(WebError::from)?;
    let told = "Les personnes qui siègent à la commission sont prévenues.";
    Ok(flash::redirect(&address(after.meets_on), &Flash::done(change.done(), told)))
}

async fn perform(
    tx: &mut Tx,
    change: Change,
    before: &committee::Model,
    form: &FormData,
) -> std::result::Result<committee::Model, AgreementError> {
    let (seen, reason) = (form.version(), form.text("reason"));
    match change {
        Change::Move => {
            let meets_on =
                reading::date(form, "meets_on").map_err(|fault| AgreementError::Invalid(vec![fault]))?;
            let to = CommitteeMove {
                meets_on,
                zone: form.optional("zone").map(str::to_owned),
                place: Some(form.text("place").to_owned()),
            };
            decision::move_committee(tx, before.id, seen, to, reason).await
        }
        Change::Cancel => decision::cancel_committee(tx, before.id, seen, reason).await,
    }
}

fn ask(
    page: &Page,
    change: Change,
    before: &committee::Model,
    after: &committee::Model,
    form: &FormData,
) -> Result<Response> {
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    let path = address(before.meets_on);
    let first = match change {
        Change::Move => format!(
            "la commission se réunit le {}, {}\u{202f};",
            french::long_date(after.meets_on),
            after.place
        ),
        Change::Cancel => "les dossiers inscrits reviennent à l’état «\u{202f}Avis rendu\u{202f}» et attendent une autre commission\u{202f};".to_owned(),
    };
    page.answer(&ConfirmationPage {
        shell: page.shell(change.question()),
        intro: format!("Commission du {}. À l’enregistrement\u{202f}:", french::long_date(before.meets_on)),
        effects: vec![
            first,
            "les personnes qui siègent à la commission sont prévenues, et leur agenda est mis à jour\u{202f};"
                .to_owned(),
            "l’acte est inscrit au journal. Il pourra être complété, jamais effacé.".to_owned(),
        ],
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{path}/{}", change.verb()),
        keep: Link::new("Revenir à la commission", path),
        act: change.act().to_owned(),
        danger: change == Change::Cancel,
    })
}

fn address(day: Date) -> String {
    format!("/commissions/{}", iso(day))
}
