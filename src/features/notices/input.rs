//! What a person types about messages; every fault at once.

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
    /// Hour at which quiet begins.
    pub quiet_from: String,
    /// Hour at which it ends.
    pub quiet_until: String,
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
        let quiet_from = hour("/quiet_from", &self.quiet_from, &mut faults);
        let quiet_until = hour("/quiet_until", &self.quiet_until, &mut faults);
        let digest_at = hour("/digest_at", &self.digest_at, &mut faults);
        let weekends = match self.weekends.trim() {
            "" => Some(None),
            "yes" => Some(Some(true)),
            "no" => Some(Some(false)),
            _ => {
                faults.push("/weekends", "unknown", "Choisissez oui ou non");
                None
            }
        };
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
            weekends: "peut-être".to_owned(),
            zone: "Europe/Nevers".to_owned(),
            ..TypedPreferences::default()
        };
        let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/work", "/reminder", "/quiet_from", "/digest_at", "/weekends", "/zone"]);
    }

    #[test]
    fn nothing_typed_follows_the_certifier() {
        let typed = TypedPreferences {
            work: "digest".to_owned(),
            reminder: "never".to_owned(),
            ..TypedPreferences::default()
        };
        let read = typed.read().unwrap();
        assert_eq!((read.work, read.reminder), (Wish::Digest, Wish::Never));
        assert_eq!((read.quiet_from, read.weekends, read.zone), (None, None, None));
    }
}
