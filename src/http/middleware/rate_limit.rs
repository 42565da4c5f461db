//! Per-address limits: a gentle one for everything, a strict one where secrets are guessed.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use poem::http::{HeaderValue, StatusCode};
use poem::{Addr, Endpoint, Error, IntoResponse, Middleware, Request, Response, Result};

use crate::config::{Config, RateLimits};

/// Requests a second that one address may make for long, and at once.
const EVERYTHING: (u32, u32) = (50, 300);
/// Attempts a minute on pages where a secret is given, or where somebody without an account has a mail sent.
const SECRETS: (u32, u32) = (10, 20);
/// Those pages.
const SECRET_PATHS: [&str; 2] = ["/connexion", "/devenir-agree"];

/// The middleware.
#[derive(Clone)]
pub struct RateLimit {
    limiters: Option<Arc<Limiters>>,
    proxies: Arc<Vec<IpAddr>>,
}

struct Limiters {
    everything: DefaultKeyedRateLimiter<IpAddr>,
    secrets: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimit {
    /// The limits of the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let limiters = (config.rate_limits == RateLimits::On).then(|| {
            let quota = |per: fn(NonZeroU32) -> Quota, (rate, burst): (u32, u32)| {
                let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
                governor::RateLimiter::keyed(per(at_least_one(rate)).allow_burst(at_least_one(burst)))
            };
            Arc::new(Limiters {
                everything: quota(Quota::per_second, EVERYTHING),
                secrets: quota(Quota::per_minute, SECRETS),
            })
        });
        Self { limiters, proxies: Arc::new(config.trusted_proxies.clone()) }
    }
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

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(limiters) = &self.limit.limiters
            && let Some(address) = client_address(&request, &self.limit.proxies)
            && let Some(wait) = refused(limiters, &request, address)
        {
            let mut error = Error::from_status(StatusCode::TOO_MANY_REQUESTS);
            error.set_data(RetryAfter(wait));
            return Err(error);
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

fn refused(limiters: &Limiters, request: &Request, address: IpAddr) -> Option<u64> {
    let limiter = if guards_a_secret(request) { &limiters.secrets } else { &limiters.everything };
    let clock = DefaultClock::default();
    limiter.check_key(&address).err().map(|until| until.wait_time_from(clock.now()).as_secs() + 1)
}

fn guards_a_secret(request: &Request) -> bool {
    let path = request.uri().path();
    !request.method().is_safe() && SECRET_PATHS.iter().any(|secret| path.starts_with(secret))
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
