//! `/mes-habilitations`: what an expert holds, and what there is to renew: the conditions with their numbers, the pieces
//! that end.

use askama::Template;
use entity::expert_piece;
use entity::habilitation::{self, HabilitationState};
use poem::web::Redirect;
use poem::{IntoResponse, Response, Result, handler};
use time::{Date, Duration};

use super::super::{ExpertError, labels, queries, renewal};
use super::habilitation::condition;
use crate::features::settings;
use crate::http::web::component::{Check, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

/// Days before its end at which a piece is to be renewed.
const SOON_DAYS: i64 = 90;

/// One habilitation.
#[derive(Clone, Debug)]
pub struct OwnHabilitation {
    /// Anchor.
    pub id: String,
    /// What it allows.
    pub duty: &'static str,
    /// Its page.
    pub href: String,
    /// Where it stands.
    pub status: Status,
    /// Last day of its right.
    pub ends_on: Option<Date>,
    /// Whether that day is near.
    pub soon: bool,
    /// The conditions of its renewal; none while it is not held.
    pub conditions: Vec<Check>,
}

/// One piece that ends.
#[derive(Clone, Debug)]
pub struct EndingPiece {
    /// What it is.
    pub name: &'static str,
    /// Its last day.
    pub until: Date,
    /// Whether that day is behind.
    pub over: bool,
}

/// `/mes-habilitations`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/mine.html")]
pub struct MinePage {
    /// The shell.
    pub shell: Shell,
    /// The page of the person, where pieces are recorded.
    pub file: String,
    /// The habilitations, those that are held first.
    pub habilitations: Vec<OwnHabilitation>,
    /// The pieces that end.
    pub pieces: Vec<EndingPiece>,
}

/// The page; whoever has no file is told so on the page of their file.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let Some(id) = page.actor().expert() else {
        return Ok(Redirect::see_other("/ma-fiche").into_response());
    };
    let context = read(&page, id).await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn read(page: &Page, id: entity::ids::ExpertId) -> Result<MinePage, ExpertError> {
    let (conn, today) = (page.app.db.read(), page.app.today());
    let found = queries::get(conn, page.actor(), id).await?;
    let files: Vec<habilitation::Model> = found
        .habilitations
        .iter()
        .filter(|one| is_held(one.file.state))
        .map(|one| one.file.clone())
        .collect();
    let rules = settings::renewal_rules(conn).await?;
    let mut conditions = renewal::conditions_of(conn, &files, today, &rules).await?;
    let number = &found.expert.number;
    let mut habilitations: Vec<_> = found.habilitations.iter().collect();
    habilitations.sort_by_key(|one| !is_held(one.file.state));
    let row = |one: &queries::Habilitation| {
        let href = format!("/intervenants/{number}/habilitations/{}", one.file.id);
        let known = conditions.remove(&one.file.id).unwrap_or_default();
        OwnHabilitation {
            id: format!("h-{}", one.file.id),
            duty: labels::duty(one.file.duty),
            status: labels::state(one, today),
            ends_on: one.ends_on(),
            soon: labels::ends_soon(one, today),
            conditions: known.iter().map(|asked| own_condition(asked, &href)).collect(),
            href,
        }
    };
    Ok(MinePage {
        shell: page.shell(labels::OWN_HABILITATIONS),
        file: format!("/intervenants/{number}"),
        habilitations: habilitations.into_iter().map(row).collect(),
        pieces: ending(&queries::pieces(conn, id).await?, today),
    })
}

/// A condition; a charter that is not signed leads to the page where it is.
fn own_condition(one: &renewal::Condition, href: &str) -> Check {
    let unsigned = matches!(one.kind, renewal::ConditionKind::Charter) && !one.met;
    Check { action: unsigned.then(|| Link::new(labels::SIGN_CHARTER, href)), ..condition(one) }
}

/// Whether an habilitation is to be renewed one day.
const fn is_held(state: HabilitationState) -> bool {
    matches!(state, HabilitationState::Active | HabilitationState::Suspended)
}

/// The last piece of each code, when it ends soon or has ended, the first to end first.
fn ending(pieces: &[expert_piece::Model], today: Date) -> Vec<EndingPiece> {
    let last = |piece: &&expert_piece::Model| {
        let until = piece.valid_until.unwrap_or(Date::MAX);
        let same = pieces.iter().filter(|one| one.code == piece.code);
        same.map(|one| one.valid_until.unwrap_or(Date::MAX)).all(|other| other <= until)
    };
    let near = today + Duration::days(SOON_DAYS);
    let mut found: Vec<EndingPiece> = Vec::new();
    for piece in pieces.iter().filter(last) {
        let name = labels::piece(piece.code);
        let Some(until) = piece.valid_until.filter(|until| *until <= near) else { continue };
        if !found.iter().any(|one| one.name == name) {
            found.push(EndingPiece { name, until, over: until < today });
        }
    }
    found.sort_by_key(|one| one.until);
    found
}
