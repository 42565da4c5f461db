//! What a person types about messages; every fault at once.
//!
//! Legal messages and those about the safety of the account are here to be refused in words: they cannot be turned off.

use crate::error::{Fault, Faults};
use crate::rules::deadline::is_zone;
use crate::rules::notices::Wish;

/// Preferences, as typed; an empty text follows what the certifier proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPreferences {
    /// Word of a wish, for messages of work.
    pub work: String,
    /// Word of a wish, for reminders.
    pub reminder: String,
    /// For legal messages: nothing, or the only wish there is.
    pub legal: String,
    /// For the safety of the account: nothing, or the only wish there is.
    pub security: String,
    /// Hour at which quiet begins.
    pub quiet_from: String,
    /// Hour at which it ends.
    pub quiet_until: String,
    /// Whether messages of work wait too: `yes`, `no`, or nothing.
    pub work_waits: String,
    /// `yes`, `no`, or nothing.
    pub weekends: String,
    /// Hour of the digest.
    pub digest_at: String,
    /// IANA zone.
    pub zone: String,
}

/// Preferences that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// For messages of work.
    pub work: Wish,
    /// For reminders.
    pub reminder: Wish,
    /// Hour at which quiet begins.
    pub quiet_from: Option<u8>,
    /// Hour at which it ends.
    pub quiet_until: Option<u8>,
    /// Whether messages of work wait as reminders do.
    pub work_waits: Option<bool>,
    /// Whether messages arrive at weekends.
    pub weekends: Option<bool>,
    /// Hour of the digest.
    pub digest_at: Option<u8>,
    /// IANA zone.
    pub zone: Option<String>,
}

impl TypedPreferences {
    /// The preferences, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Preferences, Vec<Fault>> {
        let mut faults = Faults::default();
        let work = wish("/work", &self.work, &mut faults);
        let reminder = wish("/reminder", &self.reminder, &mut faults);
        always("/legal", &self.legal, &mut faults);
        always("/security", &self.security, &mut faults);
        let quiet_from = hour("/quiet_from", &self.quiet_from, &mut faults);
        let quiet_until = hour("/quiet_until", &self.quiet_until, &mut faults);
        let digest_at = hour("/digest_at", &self.digest_at, &mut faults);
        let work_waits = answer("/work_waits", &self.work_waits, &mut faults);
        let weekends = answer("/weekends", &self.weekends, &mut faults);
        let zone = match self.zone.trim() {
            "" => Some(None),
            name if is_zone(name) => Some(Some(name.to_owned())),
            _ => {
                faults.push("/zone", "unknown", "Ce fuseau horaire n’existe pas");
                None
            }
        };
        let preferences = (|| {
            Some(Preferences {
                work: work?,
                reminder: reminder?,
                quiet_from: quiet_from?,
                quiet_until: quiet_until?,
                work_waits: work_waits?,
                weekends: weekends?,
                digest_at: digest_at?,
                zone: zone?,
            })
        })();
        faults.or(preferences)
    }
}

fn wish(pointer: &str, typed: &str, faults: &mut Faults) -> Option<Wish> {
    faults.read(pointer, Wish::of(typed.trim()).ok_or("Choisissez l’une des trois réponses"), |_| "unknown")
}

/// Refuses to turn off, or to put off, what must be received.
fn always(pointer: &str, typed: &str, faults: &mut Faults) {
    let typed = typed.trim();
    if !typed.is_empty() && typed != Wish::AtOnce.word() {
        let message =
            "Ces messages partent toujours, tout de suite\u{202f}: ils ne peuvent pas être désactivés";
        faults.push(pointer, "always-sent", message);
    }
}

fn answer(pointer: &str, typed: &str, faults: &mut Faults) -> Option<Option<bool>> {
    match typed.trim() {
        "" => Some(None),
        "yes" => Some(Some(true)),
        "no" => Some(Some(false)),
        _ => {
            faults.push(pointer, "unknown", "Choisissez oui ou non");
            None
        }
    }
}

fn hour(pointer: &str, typed: &str, faults: &mut Faults) -> Option<Option<u8>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(None);
    }
    let hour = typed.parse::<u8>().ok().filter(|hour| *hour < 24).ok_or("Indiquez une heure, de 0 à 23");
    faults.read(pointer, hour, |_| "hour").map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = TypedPreferences {
            work: "parfois".to_owned(),
            quiet_from: "24".to_owned(),
            digest_at: "huit".to_owned(),
            legal: "never".to_owned(),
            security: "digest".to_owned(),
            work_waits: "1".to_owned(),
            weekends: "peut-être".to_owned(),
            zone: "Europe/Nevers".to_owned(),
            ..TypedPreferences::default()
        };
        let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(
            pointers,
            [
                "/work",
                "/reminder",
                "/legal",
                "/security",
                "/quiet_from",
                "/digest_at",
                "/work_waits",
                "/weekends",
                "/zone"
            ]
        );
    }

    #[test]
    fn nothing_typed_follows_the_certifier() {
        let typed = TypedPreferences {
            work: "digest".to_owned(),
            reminder: "never".to_owned(),
            legal: "at_once".to_owned(),
            ..TypedPreferences::default()
        };
        let read = typed.read().unwrap();
        assert_eq!((read.work, read.reminder), (Wish::Digest, Wish::Never));
        assert_eq!((read.quiet_from, read.work_waits, read.weekends), (None, None, None));
        assert_eq!(read.zone, None);
    }
}
