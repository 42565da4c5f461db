//! What a survey asks and what was answered, pure: the questions are frozen with the survey, an answer is read against them,
//! and answers add up to results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::labels::faults;
use crate::error::Faults;
use crate::rules::line;

/// Answers of a scale, from the worst to the best.
pub const SCALE: i64 = 5;
/// Longest text.
const LONGEST: usize = 2_000;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// From one to five.
    Scale,
    /// Yes or no.
    YesNo,
    /// In words.
    Text,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, which never changes.
    pub key: String,
    /// What is read.
    pub text: String,
    /// How it is answered.
    pub form: Form,
    /// Whether it is the general satisfaction, which makes the score.
    #[serde(default)]
    pub overall: bool,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answers, by the key of their question.
    pub values: BTreeMap<String, Value>,
    /// The general satisfaction, over 100.
    pub score: Option<i32>,
}

/// Reads the frozen questions; none when they are not ours.
#[must_use]
pub fn frozen(stored: &Value) -> Vec<Question> {
    serde_json::from_value(stored.clone()).unwrap_or_default()
}

/// Reads what somebody typed: `typed` gives what is in the field of a question.
///
/// # Errors
/// Every fault, each under the key of its question.
pub fn read(
    questions: &[Question],
    typed: impl Fn(&str) -> String,
) -> Result<Answered, Vec<crate::error::Fault>> {
    let mut found = Faults::default();
    let (mut values, mut score) = (BTreeMap::new(), None);
    for question in questions {
        let text = typed(&question.key);
        let at = format!("/{}", question.key);
        if text.trim().is_empty() {
            if !question.optional {
                found.push(at, "missing", faults::ANSWER);
            }
            continue;
        }
        let value = match question.form {
            Form::Scale => {
                text.trim().parse::<i64>().ok().filter(|mark| (1..=SCALE).contains(mark)).map(Value::from)
            }
            Form::YesNo => match text.trim() {
                "oui" => Some(Value::from(true)),
                "non" => Some(Value::from(false)),
                _ => None,
            },
            Form::Text => match line::optional(&text.replace(['\r', '\n'], " "), LONGEST) {
                Ok(words) => Some(Value::from(words)),
                Err(error) => {
                    found.push(at.clone(), error.code(), error.to_string());
                    continue;
                }
            },
        };
        let Some(value) = value else {
            found.push(at, "unknown", faults::ANSWER);
            continue;
        };
        if question.overall {
            score = value.as_i64().and_then(over_hundred);
        }
        values.insert(question.key.clone(), value);
    }
    found.or(Some(Answered { values, score }))
}

/// A mark of the scale, over 100.
fn over_hundred(mark: i64) -> Option<i32> {
    i32::try_from((mark - 1) * 100 / (SCALE - 1)).ok()
}

/// What people answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The question.
    pub question: Question,
    /// How many gave each mark of the scale, from the worst; or no, then yes.
    pub counts: Vec<u32>,
    /// The mean, over 100; none for words.
    pub mean: Option<u32>,
    /// What was written.
    pub texts: Vec<String>,
}

/// Adds answers up, question by question.
#[must_use]
pub fn tally(questions: &[Question], answers: &[Value]) -> Vec<Tally> {
    questions.iter().map(|question| of_question(question, answers)).collect()
}

fn of_question(question: &Question, answers: &[Value]) -> Tally {
    let given = answers.iter().filter_map(|answer| answer.get(&question.key));
    let (mut counts, mut texts) = (Vec::new(), Vec::new());
    match question.form {
        Form::Scale => {
            counts = vec![0_u32; usize::try_from(SCALE).unwrap_or_default()];
            for mark in given.filter_map(Value::as_i64) {
                let place = usize::try_from(mark - 1).ok().and_then(|place| counts.get_mut(place));
                if let Some(count) = place {
                    *count += 1;
                }
            }
        }
        Form::YesNo => {
            counts = vec![0_u32; 2];
            for yes in given.filter_map(Value::as_bool) {
                counts[usize::from(yes)] += 1;
            }
        }
        Form::Text => texts = given.filter_map(Value::as_str).map(str::to_owned).collect(),
    }
    // In the order of their words, which says nothing of the order of their coming.
    texts.sort_unstable();
    let mean = mean(&counts);
    Tally { question: question.clone(), counts, mean, texts }
}

/// The mean of counts whose last is worth 100 and whose first is worth nothing.
fn mean(counts: &[u32]) -> Option<u32> {
    let people: u32 = counts.iter().sum();
    let steps = u32::try_from(counts.len()).ok()?.checked_sub(1)?;
    let marks: u32 = (0_u32..).zip(counts).map(|(mark, count)| mark * count).sum();
    (people > 0 && steps > 0).then(|| (marks * 100 + people * steps / 2) / (people * steps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked() -> Vec<Question> {
        let question = |key: &str, form, overall, optional| Question {
            key: key.to_owned(),
            text: key.to_owned(),
            form,
            overall,
            optional,
        };
        vec![
            question("overall", Form::Scale, true, false),
            question("again", Form::YesNo, false, false),
            question("words", Form::Text, false, true),
        ]
    }

    #[test]
    fn an_answer_is_read_whole_or_every_fault_is_told() {
        let read_of = |typed: &[(&str, &str)]| {
            read(&asked(), |key| {
                typed
                    .iter()
                    .find(|(known, _)| *known == key)
                    .map_or(String::new(), |(_, text)| (*text).to_owned())
            })
        };
        let read = read_of(&[("overall", "4"), ("again", "oui")]).unwrap();
        assert_eq!((read.score, read.values.len()), (Some(75), 2));
        assert_eq!(
            read_of(&[("overall", "5"), ("again", "non"), ("words", "a\nb")]).unwrap().score,
            Some(100)
        );
        for (typed, faults) in
            [(vec![], 2), (vec![("overall", "6"), ("again", "maybe")], 2), (vec![("overall", "1")], 1)]
        {
            assert_eq!(read_of(&typed).unwrap_err().len(), faults, "{typed:?}");
        }
    }

    #[test]
    fn answers_add_up() {
        let answers = [
            json!({ "overall": 5, "again": true, "words": "b" }),
            json!({ "overall": 4, "again": true, "words": "a" }),
            json!({ "overall": 1, "again": false }),
        ];
        let sums = tally(&asked(), &answers);
        assert_eq!((sums[0].counts.as_slice(), sums[0].mean), ([1, 0, 0, 1, 1].as_slice(), Some(58)));
        assert_eq!((sums[1].counts.as_slice(), sums[1].mean), ([1, 2].as_slice(), Some(67)));
        assert_eq!(
            (sums[2].texts.as_slice(), sums[2].mean),
            (["a".to_owned(), "b".to_owned()].as_slice(), None)
        );
        assert_eq!(tally(&asked(), &[])[0].mean, None);
    }
}
