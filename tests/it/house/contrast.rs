//! The tokens of the stylesheet hold their contrasts, in the light and in the dark theme (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::HashMap;

use parchemin::http::web::assets;
use parchemin::http::web::component::Color;

/// Token → its light and its dark colour.
type Tokens = HashMap<String, [[u8; 3]; 2]>;

fn tokens() -> Tokens {
    let css = without_comments(&assets::text("parchemin.css").unwrap());
    let root = css.split(":root {").nth(1).unwrap().split('}').next().unwrap();
    root.split(';').filter_map(read_token).collect()
}

fn without_comments(css: &str) -> String {
    css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, code)| code)).collect()
}

fn read_token(declaration: &str) -> Option<(String, [[u8; 3]; 2])> {
    let (name, value) = declaration.split_once(':')?;
    let name = name.rsplit("--").next()?.trim().to_owned();
    let colors: Vec<[u8; 3]> = value.split('#').skip(1).filter_map(read_color).collect();
    match colors[..] {
        [both] => Some((name, [both, both])),
        [light, dark] => Some((name, [light, dark])),
        _ => None,
    }
}

fn read_color(text: &str) -> Option<[u8; 3]> {
    let digits = text.get(..6)?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance, as WCAG defines it.
fn luminance(color: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2])
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn assert_ratio(tokens: &Tokens, front: &str, back: &str, least: f64) {
    for (theme, name) in ["light", "dark"].into_iter().enumerate() {
        let found = ratio(tokens[front][theme], tokens[back][theme]);
        assert!(found >= least, "{front} on {back}, {name}: {found:.2} under {least}");
    }
}

#[test]
fn the_formula_is_that_of_wcag() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((ratio([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
}

#[test]
fn text_is_readable_on_every_surface() {
    let tokens = tokens();
    for surface in ["papier", "feuille", "creux"] {
        assert_ratio(&tokens, "encre", surface, 12.0);
        assert_ratio(&tokens, "encre-2", surface, 5.9);
        assert_ratio(&tokens, "petrole", surface, 5.9);
    }
    assert_ratio(&tokens, "sur-petrole", "petrole", 5.9);
    assert_ratio(&tokens, "sur-petrole", "petrole-fort", 5.9);
    for band in ["bandeau", "bandeau-2"] {
        assert_ratio(&tokens, "sur-bandeau", band, 5.9);
        assert_ratio(&tokens, "sur-bandeau-2", band, 5.9);
    }
}

#[test]
fn each_state_is_readable_on_its_own_veil_and_on_the_page() {
    let tokens = tokens();
    for color in Color::ALL {
        assert_ratio(&tokens, color.name(), &format!("{}-voile", color.name()), 5.8);
        for surface in ["papier", "feuille"] {
            assert_ratio(&tokens, color.name(), surface, 4.5);
        }
        assert_ratio(&tokens, "encre", &format!("{}-voile", color.name()), 7.0);
    }
}

#[test]
fn borders_and_marks_can_be_seen() {
    let tokens = tokens();
    for surface in ["papier", "feuille"] {
        assert_ratio(&tokens, "filet-fort", surface, 3.0);
    }
    assert_ratio(&tokens, "jonquille", "bandeau", 3.0);
}
