//! The seal: a guilloché rosette drawn from a SHA-256 fingerprint.
//!
//! The same fingerprint gives the same drawing, on a screen, in a PDF and on a certificate, so that two copies are
//! compared at a glance. The drawing is an aid: the full fingerprint is always written beside it, and the verdict is
//! always written in words.
//!
//! Three layers of closed curves r(θ) = R + A·sin(nθ), each drawn several times with a small rotation, and one
//! circle. The first nine bytes of the fingerprint choose the number of lobes, the amplitude and the number of copies.

use std::f64::consts::TAU;
use std::fmt::Write as _;

/// Side of the square drawing, in its own units.
const SIDE: f64 = 240.0;
/// Centre of the rosette, on both axes.
const CENTRE: f64 = SIDE / 2.0;
/// Ink of the documents (the role `--petrole` of the style sheet in its light theme).
const INK: &str = "#0b4f5c";

/// One family of identical curves, turned around the centre.
struct Layer {
    /// Name of the curve inside the drawing.
    id: char,
    /// Mean radius.
    radius: f64,
    /// Height of a lobe above the mean radius.
    amplitude: f64,
    /// Number of lobes.
    lobes: u16,
    /// Number of copies.
    copies: u16,
    /// Points sampled for each lobe: small circles need more to look round.
    points_per_lobe: u16,
}

/// The rosette of a fingerprint in black, to be coloured by the page (it serves as a mask in CSS).
#[must_use]
pub fn svg(digest: &[u8; 32]) -> String {
    draw(digest, "#000")
}

/// The rosette of a fingerprint in the colour of the text around it, to be written in a page.
#[must_use]
pub fn svg_inline(digest: &[u8; 32]) -> String {
    draw(digest, "currentColor").replacen("<svg ", "<svg aria-hidden=\"true\" focusable=\"false\" ", 1)
}

/// The rosette of a fingerprint in the ink of the documents, for a PDF.
#[must_use]
pub fn svg_in_ink(digest: &[u8; 32]) -> String {
    draw(digest, INK)
}

/// The hexadecimal fingerprint in groups of four characters: « 4c1e 97a0 b6d3 … ».
///
/// Anything that is not a hexadecimal digit (spaces, dashes) is dropped first, so a grouped fingerprint stays the same.
#[must_use]
pub fn fingerprint_groups(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The words that stand for the drawing when it cannot be seen.
#[must_use]
pub fn alternative_text(digest: &[u8; 32]) -> String {
    format!("Sceau tiré de l’empreinte {}", fingerprint_groups(&hex::encode(&digest[..4])))
}

/// The three layers that a fingerprint chooses, from the rim to the heart.
fn layers(digest: &[u8; 32]) -> [Layer; 3] {
    let byte = |position: usize, modulo: u8| u16::from(digest[position] % modulo);
    [
        Layer {
            id: 'a',
            radius: 104.0,
            amplitude: f64::from(7 + byte(3, 4)),
            lobes: 26 + byte(0, 10),
            copies: 5 + byte(6, 2),
            points_per_lobe: 16,
        },
        Layer {
            id: 'b',
            radius: 72.0,
            amplitude: f64::from(15 + byte(4, 7)),
            lobes: 11 + byte(1, 6),
            copies: 6 + byte(7, 3),
            points_per_lobe: 30,
        },
        Layer {
            id: 'c',
            radius: 33.0,
            amplitude: f64::from(15 + byte(5, 7)),
            lobes: 6 + byte(2, 5),
            copies: 6 + byte(8, 3),
            points_per_lobe: 40,
        },
    ]
}

/// Writes the drawing. Formatting into a `String` never fails, hence the dropped results.
fn draw(digest: &[u8; 32], colour: &str) -> String {
    let layers = layers(digest);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" fill=\"none\" stroke=\"{colour}\" \
         stroke-width=\"0.7\" stroke-linejoin=\"round\"><defs>"
    );
    for layer in &layers {
        let _ = write!(out, "<path id=\"{}\" d=\"{}\"/>", layer.id, layer.path());
    }
    out.push_str("</defs>");
    for layer in &layers {
        for copy in 0..layer.copies {
            let turn = layer.step() * f64::from(copy);
            let _ = write!(
                out,
                "<use href=\"#{}\" transform=\"rotate({turn:.2} {CENTRE} {CENTRE})\"/>",
                layer.id
            );
        }
    }
    let _ = write!(out, "<circle cx=\"{CENTRE}\" cy=\"{CENTRE}\" r=\"118\"/></svg>");
    out
}

impl Layer {
    /// Angle between two copies, in degrees: one lobe shared equally between the copies.
    fn step(&self) -> f64 {
        360.0 / (f64::from(self.lobes) * f64::from(self.copies))
    }

    /// The closed curve, with one decimal.
    fn path(&self) -> String {
        let points = self.points_per_lobe * self.lobes;
        let mut path = String::new();
        for point in 0..points {
            let angle = TAU * f64::from(point) / f64::from(points);
            let radius = self.radius + self.amplitude * (f64::from(self.lobes) * angle).sin();
            let (x, y) = (CENTRE + radius * angle.cos(), CENTRE + radius * angle.sin());
            let lead = if point == 0 { 'M' } else { ' ' };
            let _ = write!(path, "{lead}{x:.1} {y:.1}");
        }
        path.push('Z');
        path
    }
}

#[cfg(test)]
mod tests {
    use super::{alternative_text, fingerprint_groups, svg, svg_in_ink};

    /// A fingerprint whose bytes are 0, 1, 2 … 31.
    fn staircase() -> [u8; 32] {
        std::array::from_fn(|position| u8::try_from(position).unwrap())
    }

    #[test]
    fn the_same_fingerprint_gives_the_same_drawing() {
        assert_eq!(svg(&staircase()), svg(&staircase()));
    }

    #[test]
    fn each_of_the_nine_first_bytes_changes_the_drawing() {
        for position in 0..9 {
            let mut other = staircase();
            other[position] += 1;
            assert_ne!(svg(&staircase()), svg(&other), "byte {position} does not count");
        }
    }

    #[test]
    fn bytes_choose_lobes_and_copies() {
        // h6 = 6 gives 5 copies, h7 = 7 gives 7, h8 = 8 gives 8.
        let drawing = svg(&staircase());
        assert_eq!(drawing.matches("href=\"#a\"").count(), 5);
        assert_eq!(drawing.matches("href=\"#b\"").count(), 7);
        assert_eq!(drawing.matches("href=\"#c\"").count(), 8);
        // h0 = 0 gives 26 lobes of 16 points of two numbers each.
        let outer = drawing.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(outer.split(' ').count(), 2 * 26 * 16);
    }

    #[test]
    fn the_drawing_stays_inside_its_square_and_weighs_little() {
        for seed in [0_u8, 7, 93, 255] {
            let drawing = svg(&[seed; 32]);
            assert!(drawing.len() < 20_000, "{} bytes", drawing.len());
            assert!(drawing.starts_with("<svg ") && drawing.ends_with("</svg>"));
            let farthest = 104.0 + 10.0;
            let numbers = drawing.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
            for number in numbers.flat_map(|path| path.trim_matches(['M', 'Z']).split(' ')) {
                let value: f64 = number.parse().unwrap();
                assert!((value - 120.0).abs() <= farthest, "{value} is outside the rim");
            }
        }
    }

    #[test]
    fn only_the_ink_differs_between_screen_and_paper() {
        assert_eq!(svg(&staircase()).replace("#000", "#0b4f5c"), svg_in_ink(&staircase()));
    }

    #[test]
    fn fingerprints_are_read_by_groups_of_four() {
        let table = [("", ""), ("4c1e", "4c1e"), ("4c1e97a0b6", "4c1e 97a0 b6"), ("4c1e 97a0", "4c1e 97a0")];
        for (hex, groups) in table {
            assert_eq!(fingerprint_groups(hex), groups);
        }
    }

    #[test]
    fn the_alternative_text_gives_the_first_eight_characters() {
        assert_eq!(alternative_text(&staircase()), "Sceau tiré de l’empreinte 0001 0203");
    }
}
