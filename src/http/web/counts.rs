//! What the header counts for a person: the messages not read yet, and what each register waits for from them.
//!
//! The features know it and pages know no feature: they hand [`Counting`] over with their routes.

use futures_util::future::BoxFuture;
use poem::Request;

use crate::app::App;
use crate::authz::Actor;

/// What waits for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages not read yet.
    pub unread: u64,
    /// Addresses of the navigation, with how many things there the person has to do.
    pub to_do: Vec<(&'static str, u64)>,
}

/// Counts what waits for a person; it never fails, since a page is worth more than its counters.
#[derive(Clone, Copy, Debug)]
pub struct Counting(pub for<'a> fn(&'a App, &'a Actor) -> BoxFuture<'a, Counts>);

impl Counts {
    /// What waits for the person who asks a page.
    pub(super) async fn of(request: &Request, app: &App, actor: &Actor) -> Self {
        match request.data::<Counting>() {
            Some(counting) => (counting.0)(app, actor).await,
            None => Self::default(),
        }
    }
}
