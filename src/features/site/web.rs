//! The public pages: one handler each, the same for everybody.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Redirect;
use poem::{IntoResponse, Response, Result, Route, get, handler};
use time::Date;
use time::macros::date;

use super::labels;
use crate::config::Config;
use crate::features::{agreements, settings};
use crate::http::web::WebError;
use crate::http::web::labels::{LICENCES, purposes};
use crate::http::web::page::PublicPage;
use crate::http::web::pages::{
    AccessibilityPage, AgreementTerms, BecomeAgreedPage, HelpPage, LegalPage, PrivacyPage, Publisher,
    SiteMapPage,
};
use crate::rules::delays::AgreementDelays;
use crate::rules::phone;
use crate::rules::siret::Siret;

/// The day on which the statement of accessibility was last checked against the pages.
const ESTABLISHED: Date = date!(2026 - 11 - 28);

/// Adds the public pages.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/devenir-agree", get(become_agreed))
        .at("/devenir-agree/demande", get(start))
        .at("/aide", get(help))
        .at("/accessibilite", get(accessibility))
        .at("/donnees-personnelles", get(privacy))
        .at("/mentions-legales", get(legal))
        .at("/plan-du-site", get(site_map))
}

/// A SIRET in groups, or the words typed when they are not one.
fn grouped(siret: &str) -> String {
    Siret::parse(siret).map_or_else(|_| siret.to_owned(), Siret::grouped)
}

/// The body, as the configuration describes it.
fn publisher(config: &Config) -> Publisher {
    Publisher {
        name: config.organisation.clone(),
        legal_form: config.organisation_legal_form.clone(),
        address: config.organisation_address.clone(),
        siret: grouped(&config.organisation_siret),
        director: config.organisation_director.clone(),
        phone: phone::grouped(&config.organisation_phone),
        host: config.organisation_host.clone(),
        email: config.mail_reply_to.clone().unwrap_or_default(),
        privacy_email: config.mail_reply_to.clone().unwrap_or_default(),
        accessibility_email: config.mail_reply_to.clone().unwrap_or_default(),
    }
}

fn answer(page: &PublicPage, context: &impl Template) -> Result<Response> {
    page.answer_with(StatusCode::OK, context)
}

fn terms(delays: &AgreementDelays) -> AgreementTerms {
    AgreementTerms {
        duration_years: delays.agreement_years.into(),
        draft_idle_days: delays.draft_idle_days.into(),
        completeness_days: delays.return_within_days.into(),
        missing_pieces_days: delays.complement_days.into(),
        visit_notice_days: delays.visit_notice_days.into(),
        report_days: delays.report_within_days.into(),
        comment_days: delays.comment_days.into(),
        reserve_months: delays.reserve_months_max.into(),
        adjourn_months: delays.adjourn_months_max.into(),
        appeal_months: delays.appeal_months.into(),
        renewal_from_months: delays.renewal_from_months.into(),
        renewal_by_months: delays.renewal_before_months.into(),
    }
}

#[handler]
async fn become_agreed(page: PublicPage) -> Result<Response> {
    let delays = settings::agreement_delays(page.app.db.read()).await.map_err(WebError::from)?;
    let shell = page.shell(labels::BECOME_AGREED);
    let context = BecomeAgreedPage {
        shell,
        publisher: publisher(&page.app.config),
        terms: terms(&delays),
        pieces: agreements::pieces::all().iter().map(labels::piece).collect(),
    };
    answer(&page, &context)
}

/// The form itself, which asks for an account.
#[handler]
fn start() -> Response {
    Redirect::see_other("/agrements/nouveau").into_response()
}

#[handler]
fn help(page: PublicPage) -> Result<Response> {
    answer(&page, &HelpPage { shell: page.shell(labels::HELP), publisher: publisher(&page.app.config) })
}

#[handler]
fn accessibility(page: PublicPage) -> Result<Response> {
    let shell = page.shell(labels::ACCESSIBILITY);
    let publisher = publisher(&page.app.config);
    answer(&page, &AccessibilityPage { shell, publisher, established: ESTABLISHED })
}

#[handler]
fn privacy(page: PublicPage) -> Result<Response> {
    let context = PrivacyPage {
        shell: page.shell(labels::PRIVACY),
        publisher: publisher(&page.app.config),
        purposes: purposes(),
        retention: labels::retention(),
    };
    answer(&page, &context)
}

#[handler]
fn legal(page: PublicPage) -> Result<Response> {
    let shell = page.shell(labels::LEGAL);
    answer(&page, &LegalPage { shell, publisher: publisher(&page.app.config), licences: LICENCES })
}

#[handler]
fn site_map(page: PublicPage) -> Result<Response> {
    answer(&page, &SiteMapPage { shell: page.shell(labels::SITE_MAP) })
}
