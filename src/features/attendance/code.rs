//! The codes of a room: a square code, which leads to the list of the half-day, and six figures for who has their own link.
//!
//! Both follow from the half-day, from when its signing ends and from the key of the installation: the page of the room may
//! be read again, and nobody makes one without the key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::ids::TrainingSlotId;
use entity::training_slot;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::App;
use crate::events::unix_millis;
use crate::keys::KeyError;

const ROOM: &str = "attendance.room";
const PIN: &str = "attendance.pin";
/// Bytes of the hash that are kept.
const PROOF: usize = 12;
/// Six figures.
const PINS: u32 = 1_000_000;

fn text(slot: TrainingSlotId, until: OffsetDateTime) -> String {
    format!("{slot}/{}", unix_millis(until.into()))
}

fn proof(app: &App, slot: TrainingSlotId, until: OffsetDateTime) -> Result<Vec<u8>, KeyError> {
    let mut hash = app.keyed_hash(ROOM, &text(slot, until))?;
    hash.truncate(PROOF);
    Ok(hash)
}

/// The token of the square code of a half-day whose signing ends then.
///
/// # Errors
/// When the key cannot be read.
pub fn room(app: &App, slot: TrainingSlotId, until: OffsetDateTime) -> Result<String, KeyError> {
    let bytes = [slot.0.as_bytes().as_slice(), &proof(app, slot, until)?].concat();
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The half-day that a token names; whether it is the token of that half-day is asked of [`is_room`].
#[must_use]
pub fn named(token: &str) -> Option<TrainingSlotId> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (slot, _) = bytes.split_at_checked(16)?;
    Uuid::from_slice(slot).ok().map(TrainingSlotId)
}

/// Whether a token is that of the square code of a half-day as it is now.
///
/// # Errors
/// When the key cannot be read.
pub fn is_room(app: &App, token: &str, slot: &training_slot::Model) -> Result<bool, KeyError> {
    let Some(until) = slot.pin_until else { return Ok(false) };
    let expected = room(app, slot.id, *until)?;
    Ok(expected.as_bytes().ct_eq(token.as_bytes()).into())
}

/// The six figures shown in the room.
///
/// # Errors
/// When the key cannot be read.
pub fn pin(app: &App, slot: TrainingSlotId, until: OffsetDateTime) -> Result<String, KeyError> {
    let hash = app.keyed_hash(PIN, &text(slot, until))?;
    let number = hash.iter().take(4).fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
    Ok(format!("{:06}", number % PINS))
}

/// The figures of a code as typed, without spaces.
#[must_use]
pub fn figures(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_spaced() {
        for (typed, expected) in
            [("123 456", "123456"), ("123\u{202f}456", "123456"), (" 12-34-56 ", "123456"), ("abc", "")]
        {
            assert_eq!(figures(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_is_no_token_names_no_half_day() {
        for token in ["", "court", "pas du base64 !", "AAAA"] {
            assert_eq!(named(token), None, "{token}");
        }
        let id = Uuid::from_u128(7);
        assert_eq!(named(&URL_SAFE_NO_PAD.encode(id.as_bytes())), Some(TrainingSlotId(id)));
    }
}
