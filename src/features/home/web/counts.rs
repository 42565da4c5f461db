//! The counters of the header, as each space shows them.

use futures_util::future::BoxFuture;

use crate::app::App;
use crate::authz::Actor;
use crate::db;
use crate::features::home::queries;
use crate::features::notices::queries::unread;
use crate::http::web::counts::{Counting, Counts};
use crate::http::web::layout::Space;
use crate::http::web::page::space;

/// What waits for a person, for every page.
pub const COUNTING: Counting = Counting(count);

fn count<'a>(app: &'a App, actor: &'a Actor) -> BoxFuture<'a, Counts> {
    Box::pin(async move {
        let (unread, to_do) = tokio::join!(unread(app.db.read(), actor), to_do(app, actor));
        let unread = unread.unwrap_or_else(|error| {
            tracing::error!(%error, "messages not read");
            0
        });
        let to_do = to_do.unwrap_or_else(|error| {
            tracing::error!(%error, "counters of the navigation");
            Vec::new()
        });
        Counts { unread, to_do }
    })
}

async fn to_do(app: &App, actor: &Actor) -> Result<Vec<(&'static str, u64)>, db::Error> {
    let conn = app.db.read();
    Ok(match space(actor) {
        Space::Certification => {
            vec![("/agrements", queries::requests_to_do(conn, actor, app.today()).await?)]
        }
        Space::Expert => vec![("/missions", queries::missions_to_do(conn, actor).await?)],
        Space::Structure | Space::Audit | Space::Trainee | Space::Public => Vec::new(),
    })
}
