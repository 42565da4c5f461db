//! The requests and the agreements of a structure, on its page.

use entity::agreement;
use entity::ids::StructureId;
use time::Date;

use crate::db::PageRequest;
use crate::features::agreements::queries::{self, RequestFilter, RequestLine, RightFilter};
use crate::features::agreements::{self, AgreementError};
use crate::http::web::component::Status;
use crate::http::web::{Page, WebError};
use crate::render::french;
use crate::rules::deadline::day_in_zone;

/// Rows of each list; beyond, one searches.
const MOST: u64 = 50;

/// A request or an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingRow {
    /// Number.
    pub reference: String,
    /// Its page; empty when there is none to open.
    pub href: String,
    /// The certification, or the days of the agreement.
    pub about: String,
    /// The day of the first submission; empty before it.
    pub when: String,
    /// State.
    pub status: Status,
}

/// What a structure asked for and holds, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filings {
    /// Its requests.
    pub requests: Vec<FilingRow>,
    /// Its agreements.
    pub rights: Vec<FilingRow>,
}

/// Those that the visitor may see: one query for the requests, one for the agreements.
pub(super) async fn of_structure(
    page: &Page,
    structure: StructureId,
    today: Date,
) -> Result<Filings, WebError> {
    let (conn, first) = (page.app.db.read(), PageRequest::first(MOST));
    let wanted = RequestFilter { structure: Some(structure), ..RequestFilter::default() };
    let held = RightFilter { structure: Some(structure), ..RightFilter::default() };
    let read = async {
        let requests = queries::requests(conn, page.actor(), &wanted, &first).await?;
        let rights = queries::agreements(conn, page.actor(), &held, &first).await?;
        Ok::<_, AgreementError>((requests.items, rights.items))
    };
    let (requests, rights) = read.await?;
    Ok(Filings {
        rights: rights.iter().map(|row| right(row, &requests, today)).collect(),
        requests: requests.iter().map(request).collect(),
    })
}

fn request(line: &RequestLine) -> FilingRow {
    let submitted = line.submitted_at.map(|at| french::date(day_in_zone(*at, &line.zone)));
    FilingRow {
        reference: line.reference().to_owned(),
        href: format!("/agrements/{}", line.reference()),
        about: agreements::labels::certification(line.certification()),
        when: submitted.unwrap_or_default(),
        status: agreements::labels::state(line.state),
    }
}

/// An agreement opens with the request that gave it.
fn right(row: &agreement::Model, requests: &[RequestLine], today: Date) -> FilingRow {
    let given_by = requests.iter().find(|line| line.id == row.request_id);
    FilingRow {
        reference: row.number.clone(),
        href: given_by.map(|line| format!("/agrements/{}", line.reference())).unwrap_or_default(),
        about: french::date_range(row.starts_on, row.ends_on),
        when: String::new(),
        status: agreements::labels::right_state_on(row, today),
    }
}
