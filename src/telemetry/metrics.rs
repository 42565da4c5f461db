//! Measures in the text format of Prometheus: how many requests, how fast, and what waits. No personal data: no path,
//! no address, no name.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the classes of durations, in milliseconds.
const BOUNDS: [u64; 11] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

/// What this process counts since it started.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by class of status, 1xx to 5xx.
    answers: [AtomicU64; 5],
    /// Answers by class of duration, the last for what is longer than every bound.
    durations: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
}

impl Metrics {
    /// Counts one answer.
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        let place =
            BOUNDS.iter().position(|bound| took <= Duration::from_millis(*bound)).unwrap_or(BOUNDS.len());
        self.durations[place].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The counters as text.
    pub fn write(&self, text: &mut Text) {
        text.family("parchemin_http_requests_total", "counter", "Answers by class of status.");
        for (class, count) in (1..).zip(&self.answers) {
            text.sample(
                &format!("parchemin_http_requests_total{{status=\"{class}xx\"}}"),
                count.load(Ordering::Relaxed),
            );
        }
        let name = "parchemin_http_request_duration_seconds";
        text.family(name, "histogram", "Time to answer.");
        let mut answers = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.durations) {
            answers += count.load(Ordering::Relaxed);
            text.sample(
                &format!("{name}_bucket{{le=\"{}\"}}", Duration::from_millis(*bound).as_secs_f64()),
                answers,
            );
        }
        answers += self.durations[BOUNDS.len()].load(Ordering::Relaxed);
        text.sample(&format!("{name}_bucket{{le=\"+Inf\"}}"), answers);
        let total = Duration::from_micros(self.microseconds.load(Ordering::Relaxed));
        text.sample(&format!("{name}_sum"), total.as_secs_f64());
        text.sample(&format!("{name}_count"), answers);
    }
}

/// The text in the making.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    /// Begins the samples of one name.
    pub fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// One sample, its name with its labels.
    pub fn sample(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{name} {value}");
    }

    /// A family of one sample.
    pub fn gauge(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.family(name, "gauge", help);
        self.sample(name, value);
    }

    /// The whole text.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_class_and_by_duration() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_millis(3));
        metrics.answered(204, Duration::from_millis(30));
        metrics.answered(503, Duration::from_mins(1));
        let mut text = Text::default();
        metrics.write(&mut text);
        let text = text.finish();
        for line in [
            "parchemin_http_requests_total{status=\"2xx\"} 2",
            "parchemin_http_requests_total{status=\"5xx\"} 1",
            "parchemin_http_request_duration_seconds_bucket{le=\"0.005\"} 1",
            "parchemin_http_request_duration_seconds_bucket{le=\"0.05\"} 2",
            "parchemin_http_request_duration_seconds_bucket{le=\"10\"} 2",
            "parchemin_http_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "parchemin_http_request_duration_seconds_count 3",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
