//! `/certificats`: the register.

use askama::Template;
use entity::certificate::{CertificateKind, CertificateState};
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use super::super::queries::{self, Filter};
use super::super::{CertificateError, labels};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};

const ROWS: u64 = 30;

/// One certificate of the list.
#[derive(Clone, Debug)]
pub struct CertificateRow {
    /// Number.
    pub number: String,
    /// Its page.
    pub href: String,
    /// The printed name.
    pub holder: String,
    /// Certificate or attestation.
    pub kind: &'static str,
    /// Certification.
    pub certification: String,
    /// Day of the delivery.
    pub delivered_on: Date,
    /// Whether it counts.
    pub status: Status,
}

/// `/certificats`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/list.html")]
pub struct CertificatesPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `etat`, `nature`, `certification`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The certificates.
    pub rows: Vec<CertificateRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// The filters, as the address says them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    nature: String,
    certification: String,
    suite: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            q: self.q.clone(),
            state: CertificateState::from_word(&self.etat),
            kind: CertificateKind::from_word(&self.nature),
            certification: Uuid::parse_str(&self.certification).ok().map(Into::into),
            session: None,
        }
    }

    fn address(&self, next: &str) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("nature", &self.nature),
            ("certification", &self.certification),
            ("suite", next),
        ];
        address::with_query("/certificats", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let conn = page.app.db.read();
    let filter = asked.filter();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let certifications = queries::certifications(conn).await.map_err(CertificateError::from);
    let certifications = certifications.map_err(WebError::from)?;
    let title = |id| certifications.iter().find(|row| row.id == id).map(|row| row.short_title.clone());
    let rows = found.items.iter().map(|row| CertificateRow {
        number: row.number.clone(),
        href: format!("/certificats/{}", row.number),
        holder: row.holder_name.clone(),
        kind: labels::kind(row.kind),
        certification: title(row.certification_id).unwrap_or_default(),
        delivered_on: row.delivered_on,
        status: labels::status(row.state),
    });
    let context = CertificatesPage {
        shell: page.shell(labels::CERTIFICATES),
        states: CertificateState::all()
            .map(|state| Choice::new(state.word(), labels::state(state)))
            .collect(),
        kinds: CertificateKind::all().map(|kind| Choice::new(kind.word(), labels::kind(kind))).collect(),
        filtered: !asked.q.is_empty()
            || filter.state.is_some()
            || filter.kind.is_some()
            || filter.certification.is_some(),
        rows: rows.collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("nature", asked.nature.clone()),
            ("certification", asked.certification.clone()),
        ]),
        certifications: certifications
            .iter()
            .map(|row| Choice::new(row.id.to_string(), row.short_title.clone()))
            .collect(),
    };
    page.answer(&context)
}
