//! A signature drawn on a screen: strokes of straight lines in a box of 220 by 80, kept as the path of a drawing. Pure.
//!
//! What is sent is read whole and written again by us: nothing but moves, lines and numbers reaches a page.

/// Width of the box.
pub const WIDTH: f64 = 220.0;
/// Height of the box.
pub const HEIGHT: f64 = 80.0;
/// Characters that are read.
pub const LONGEST: usize = 10_000;
/// Points of one signature.
const MOST_POINTS: usize = 1_200;
/// Strokes of one signature.
const MOST_STROKES: usize = 60;
/// A dot is no signature.
const FEWEST_POINTS: usize = 4;

/// A place in the box.
pub type Point = (f64, f64);

/// Why a drawing is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// Nothing drawn, or a dot.
    #[error("Signez dans le cadre")]
    Empty,
    /// More than a signature.
    #[error("Cette signature est trop longue\u{202f}: effacez-la et signez à nouveau")]
    TooLong,
    /// No drawing of this form.
    #[error("Cette signature n’a pas pu être lue\u{202f}: effacez-la et signez à nouveau")]
    Unreadable,
}

impl DrawingError {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "missing",
            Self::TooLong => "too-long",
            Self::Unreadable => "drawing",
        }
    }
}

/// The strokes of a path: `M12 40L13 41L15.5 42M…`.
///
/// # Errors
/// Nothing drawn, too much, or anything else than moves and lines inside the box.
pub fn read(path: &str) -> Result<Vec<Vec<Point>>, DrawingError> {
    let path = path.trim();
    if path.is_empty() {
        return Err(DrawingError::Empty);
    }
    if path.len() > LONGEST {
        return Err(DrawingError::TooLong);
    }
    let Some(rest) = path.strip_prefix('M') else { return Err(DrawingError::Unreadable) };
    let mut strokes = Vec::new();
    for stroke in rest.split('M') {
        let points = stroke.split('L').map(point).collect::<Option<Vec<Point>>>();
        strokes.push(points.ok_or(DrawingError::Unreadable)?);
    }
    let points: usize = strokes.iter().map(Vec::len).sum();
    if strokes.len() > MOST_STROKES || points > MOST_POINTS {
        return Err(DrawingError::TooLong);
    }
    strokes.retain(|stroke| stroke.len() > 1);
    if strokes.iter().map(Vec::len).sum::<usize>() < FEWEST_POINTS {
        return Err(DrawingError::Empty);
    }
    Ok(strokes)
}

fn point(text: &str) -> Option<Point> {
    let (x, y) = text.trim().split_once([' ', ','])?;
    Some((number(x, WIDTH)?, number(y, HEIGHT)?))
}

/// A plain decimal number, kept inside the box.
fn number(text: &str, most: f64) -> Option<f64> {
    let text = text.trim();
    let plain = !text.is_empty() && text.len() <= 8 && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !plain {
        return None;
    }
    text.parse::<f64>().ok().map(|value| value.clamp(0.0, most))
}

/// The path of strokes, one decimal each.
#[must_use]
pub fn write(strokes: &[Vec<Point>]) -> String {
    let one = |(rank, (x, y)): (usize, &Point)| format!("{}{x:.1} {y:.1}", if rank == 0 { 'M' } else { 'L' });
    strokes.iter().flat_map(|stroke| stroke.iter().enumerate().map(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_written_again_from_its_points() {
        let strokes = read(" M12 40L13.24 41L900 90M1,1L2,2 ").unwrap();
        assert_eq!(strokes.len(), 2);
        assert_eq!(write(&strokes), "M12.0 40.0L13.2 41.0L220.0 80.0M1.0 1.0L2.0 2.0");
        assert_eq!(read(&write(&strokes)).unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        let long = format!("M1 1{}", "L2 2".repeat(MOST_POINTS));
        let many = "M1 1L2 2".repeat(MOST_STROKES + 1);
        for (path, expected) in [
            ("", DrawingError::Empty),
            ("M10 10", DrawingError::Empty),
            ("M1 1L2 2", DrawingError::Empty),
            ("M1 1L2 2C3 3 4 4 5 5", DrawingError::Unreadable),
            ("M1 1L-2 2L3 3L4 4", DrawingError::Unreadable),
            ("M1 1L1e3 2L3 3L4 4", DrawingError::Unreadable),
            ("\"><script>", DrawingError::Unreadable),
            (long.as_str(), DrawingError::TooLong),
            (many.as_str(), DrawingError::TooLong),
        ] {
            assert_eq!(read(path), Err(expected), "{path}");
        }
    }
}
