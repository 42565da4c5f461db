//! A bar chart as SVG: one bar a year, its value above, a gap where the value is unknown. Pure.

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What stands under it.
    pub label: String,
    /// Its height; none = unknown, which is not zero.
    pub value: Option<u32>,
    /// The one looked at.
    pub strong: bool,
}

const WIDTH: f64 = 420.0;
const BASE: f64 = 190.0;
const HIGHEST: f64 = 153.0;
/// Most bars that can be read side by side.
pub const MOST_BARS: usize = 8;

/// Draws the bars. `title` and `description` are read to those who do not see; `mean_word` names the line of the
/// mean, drawn from two known values on: under the values, and named above all of them, so that it crosses no word.
#[must_use]
pub fn bars(id: &str, title: &str, description: &str, bars: &[Bar], mean_word: &str) -> String {
    let top = bars.iter().filter_map(|bar| bar.value).max().unwrap_or_default().max(1);
    let slot = (WIDTH - 28.0) / f64::from(u32::try_from(bars.len().max(1)).unwrap_or(1));
    let height = |value: f64| value / f64::from(top) * HIGHEST;
    let mut svg = format!(
        r#"<svg class="graphe" viewBox="0 0 420 222" role="img" aria-labelledby="{id}t {id}d"><title id="{id}t">{}</title><desc id="{id}d">{}</desc><g class="g-grille"><path d="M0 190H420"/><path d="M0 136.9H420M0 83.8H420M0 30.6H420"/></g>"#,
        escape(title),
        escape(description)
    );
    let mut words = String::new();
    let mut left = 14.0;
    for bar in bars {
        let (width, middle) = ((slot * 0.6).min(58.0), left + slot / 2.0);
        if let Some(value) = bar.value {
            let tall = height(f64::from(value));
            svg += &format!(
                r#"<rect class="barre-g{}" x="{:.1}" y="{:.1}" width="{width:.1}" height="{tall:.1}"/>"#,
                if bar.strong { " fort" } else { "" },
                middle - width / 2.0,
                BASE - tall
            );
            words += &text("g-val", middle, BASE - tall - 8.0, &value.to_string());
        } else {
            words += &text("g-note", middle, BASE - 8.0, "–");
        }
        words += &text("g-an", middle, 212.0, &bar.label);
        left += slot;
    }
    if let Some(mean) = mean(bars) {
        let y = BASE - height(mean);
        svg += &format!(
            r#"<path class="g-moy" d="M0 {y:.1}H420M0 4H22"/><text class="g-note" x="28" y="8">{} {}</text>"#,
            escape(mean_word),
            format!("{mean:.1}").replace('.', ",").trim_end_matches(",0")
        );
    }
    svg + &words + "</svg>"
}

fn mean(bars: &[Bar]) -> Option<f64> {
    let known: Vec<_> = bars.iter().filter_map(|bar| bar.value).collect();
    let count = u32::try_from(known.len()).ok().filter(|count| *count > 1)?;
    Some(known.iter().map(|value| f64::from(*value)).sum::<f64>() / f64::from(count))
}

fn text(class: &str, x: f64, y: f64, words: &str) -> String {
    format!(r#"<text class="{class}" x="{x:.1}" y="{y:.1}" text-anchor="middle">{}</text>"#, escape(words))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: Option<u32>) -> Bar {
        Bar { label: label.to_owned(), value, strong: label == "2023" }
    }

    #[test]
    fn bars_are_as_tall_as_their_values() {
        let four =
            [bar("2020", Some(71)), bar("2021", Some(144)), bar("2022", Some(113)), bar("2023", Some(130))];
        let svg = bars("g", "Jurys", "71 en 2020", &four, "moyenne");
        assert!(
            svg.contains(r#"<rect class="barre-g" x="132.0" y="37.0" width="58.0" height="153.0"/>"#),
            "{svg}"
        );
        assert!(svg.contains(r#"class="barre-g fort""#));
        assert!(svg.contains("moyenne 114,5"));
        assert!(svg.find("g-moy") < svg.find("g-val"), "values are written over the line: {svg}");
        assert_eq!(svg.matches("<rect").count(), 4);
    }

    #[test]
    fn an_unknown_value_has_no_bar_and_a_zero_has_one() {
        let svg = bars("g", "t", "d", &[bar("2020", None), bar("2021", Some(0))], "moyenne");
        assert_eq!(svg.matches("<rect").count(), 1);
        assert!(svg.contains(">–</text>") && svg.contains(">0</text>"));
        assert!(!svg.contains("moyenne"));
    }

    #[test]
    fn words_never_become_markup() {
        let svg = bars("g", "<b>&", "\"", &[], "moyenne");
        assert!(svg.contains("&lt;b&gt;&amp;") && svg.contains("&quot;"));
    }
}
