//! Limits by address and by account: a gentle one for everything, a strict one where secrets are guessed.
//!
//! An address is known when a request arrives; an account only once its session or its token was read, so whoever reads it
//! counts it with [`AccountLimit`], once per request that is no asset. [`tell`] writes the tightest limit on every answer.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use entity::ids::AccountId;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use poem::http::{HeaderMap, HeaderValue, StatusCode};
use poem::{Addr, Endpoint, Error, IntoResponse, Middleware, Request, Response, Result};

use crate::config::{Config, RateLimits};

/// Pages where a secret is given, or where somebody without an account has a mail sent.
const SECRET_PATHS: [&str; 3] = ["/connexion", "/devenir-agree", "/inscriptions/lien"];
/// Where numbers of certificates are tried and names compared: reading is guessing there.
const GUESSED_PATHS: [&str; 2] = ["/verifier/", "/api/v1/verification/"];

type Keyed<K> = DefaultKeyedRateLimiter<K, StateInformationMiddleware>;

/// The middleware.
#[derive(Clone)]
pub struct RateLimit {
    limiters: Option<Arc<Limiters>>,
    proxies: Arc<Vec<IpAddr>>,
}

struct Limiters {
    everything: Keyed<IpAddr>,
    secrets: Keyed<IpAddr>,
    accounts: Keyed<AccountId>,
}

impl RateLimit {
    /// The limits of the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let limiters = (config.rate_limits == RateLimits::On).then(|| {
            Arc::new(Limiters {
                everything: keyed(Quota::per_second, config.rate_per_address, config.burst_per_address),
                secrets: keyed(Quota::per_minute, config.rate_of_secrets, config.burst_of_secrets),
                accounts: keyed(Quota::per_minute, config.rate_per_account, config.burst_per_account),
            })
        });
        Self { limiters, proxies: Arc::new(config.trusted_proxies.clone()) }
    }
}

fn keyed<K: Hash + Eq + Clone>(per: fn(NonZeroU32) -> Quota, rate: u32, burst: u32) -> Keyed<K> {
    let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    let quota = per(at_least_one(rate)).allow_burst(at_least_one(burst));
    RateLimiter::<K, _, _>::keyed(quota).with_middleware::<StateInformationMiddleware>()
}

impl<E: Endpoint> Middleware<E> for RateLimit {
    type Output = Limited<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        Limited { endpoint, limit: self.clone() }
    }
}

/// An endpoint behind the limits.
pub struct Limited<E> {
    endpoint: E,
    limit: RateLimit,
}

impl<E: Endpoint> Endpoint for Limited<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if let Some(limiters) = &self.limit.limiters {
            let told = request.data::<Told>().cloned().unwrap_or_default();
            if let Some(address) = client_address(&request, &self.limit.proxies) {
                let limiter =
                    if guards_a_secret(&request) { &limiters.secrets } else { &limiters.everything };
                check(limiter, &address, &told).map_err(too_many)?;
            }
            if !request.uri().path().starts_with("/assets/") {
                let limiters = Arc::clone(limiters);
                request.extensions_mut().insert(AccountLimit { limiters, told, counted: Arc::default() });
            }
        }
        Ok(self.endpoint.call(request).await?.into_response())
    }
}

/// Seconds to wait before trying again, carried by the error to its rendering.
#[derive(Clone, Copy, Debug)]
pub struct RetryAfter(pub u64);

impl RetryAfter {
    /// The value of the header.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::from(self.0)
    }
}

fn too_many(wait: u64) -> Error {
    let mut error = Error::from_status(StatusCode::TOO_MANY_REQUESTS);
    error.set_data(RetryAfter(wait));
    error
}

/// Counts a request; the seconds to wait when there were too many.
fn check<K: Hash + Eq + Clone>(limiter: &Keyed<K>, key: &K, told: &Told) -> Result<(), u64> {
    match limiter.check_key(key) {
        Ok(state) => {
            told.note(Left::of(state.quota(), state.remaining_burst_capacity()));
            Ok(())
        }
        Err(until) => {
            told.note(Left::of(until.quota(), 0));
            Err(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
        }
    }
}

/// The limit of the account of a request, for whoever learns which account it is.
#[derive(Clone)]
pub struct AccountLimit {
    limiters: Arc<Limiters>,
    told: Told,
    counted: Arc<Mutex<Option<Result<(), u64>>>>,
}

impl AccountLimit {
    /// Counts the request, the first time it is asked.
    ///
    /// # Errors
    /// 429 when the account made too many.
    pub fn count(&self, account: AccountId) -> Result<()> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let found = *counted.get_or_insert_with(|| check(&self.limiters.accounts, &account, &self.told));
        found.map_err(too_many)
    }
}

/// What is left under a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    limit: u32,
    remaining: u32,
    /// Seconds until everything is left again.
    reset: u64,
}

impl Left {
    fn of(quota: Quota, remaining: u32) -> Self {
        let limit = quota.burst_size().get();
        let wait = quota.replenish_interval() * limit.saturating_sub(remaining);
        Self { limit, remaining, reset: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) }
    }
}

/// The tightest of the limits that counted a request.
#[derive(Clone, Debug, Default)]
struct Told(Arc<Mutex<Option<Left>>>);

impl Told {
    fn note(&self, left: Left) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none_or(|known| left.remaining < known.remaining) {
            *known = Some(left);
        }
    }

    fn write(&self, headers: &mut HeaderMap) {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = known {
            headers.insert("ratelimit-limit", HeaderValue::from(left.limit));
            headers.insert("ratelimit-remaining", HeaderValue::from(left.remaining));
            headers.insert("ratelimit-reset", HeaderValue::from(left.reset));
        }
    }
}

/// Writes on the answer what is left: nothing when no limit applies.
///
/// # Errors
/// What the endpoint answers.
pub async fn tell<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let told = Told::default();
    request.extensions_mut().insert(told.clone());
    let mut response = endpoint.call(request).await?.into_response();
    told.write(response.headers_mut());
    Ok(response)
}

fn guards_a_secret(request: &Request) -> bool {
    let path = request.uri().path();
    GUESSED_PATHS.iter().any(|guessed| path.starts_with(guessed))
        || (!request.method().is_safe() && SECRET_PATHS.iter().any(|secret| path.starts_with(secret)))
}

/// The address of the client: that of the socket, or the one a trusted proxy tells.
#[must_use]
pub fn client_address(request: &Request, proxies: &[IpAddr]) -> Option<IpAddr> {
    let Addr::SocketAddr(peer) = &request.remote_addr().0 else { return None };
    if !proxies.contains(&peer.ip()) {
        return Some(peer.ip());
    }
    let forwarded = request.header("x-forwarded-for")?;
    let told = forwarded.rsplit(',').filter_map(|part| part.trim().parse::<IpAddr>().ok());
    told.into_iter().find(|address| !proxies.contains(address)).or(Some(peer.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tightest_limit_is_told() {
        let one = NonZeroU32::MIN;
        let quota = Quota::per_second(one).allow_burst(one.saturating_add(9));
        assert_eq!(Left::of(quota, 7), Left { limit: 10, remaining: 7, reset: 3 });
        let told = Told::default();
        for remaining in [7, 2, 5] {
            told.note(Left::of(quota, remaining));
        }
        let mut headers = HeaderMap::new();
        told.write(&mut headers);
        assert_eq!(headers["ratelimit-limit"], "10");
        assert_eq!(headers["ratelimit-remaining"], "2");
        assert_eq!(headers["ratelimit-reset"], "8");
    }
}
