//! Numbers in groups of three digits, as French typography writes them.

/// Narrow no-break space, between two groups.
const THIN: char = '\u{202f}';

/// « 1 250 ».
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(THIN);
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_by_three_from_the_right() {
        for (number, shown) in
            [(0, "0"), (999, "999"), (1250, "1\u{202f}250"), (1_234_567, "1\u{202f}234\u{202f}567")]
        {
            assert_eq!(grouped(number), shown);
        }
    }
}
