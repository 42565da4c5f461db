//! A draw that anybody can do again: the same inputs give the same draw on any machine.
//!
//! There is no generator of random numbers. The ticket of a thing is the SHA-256 of three lines, the name of the
//! algorithm, the seed that was published and the key of the thing:
//! `printf 'parchemin-draw-1\n%s\n%s' "$seed" "$key" | sha256sum`. In each stratum the smallest tickets are drawn. This is
//! sampling by hash (Rivest, "Consistent Sampling with Replacement", 2018), as election audits draw their ballots: a thing
//! that is added or removed moves no other ticket, and nobody who does not choose the seed chooses a ticket.
//!
//! Seats go to the strata one at a time, each to the one that has most right to it, by the divisors of Sainte-Laguë
//! (1, 3, 5…) of its size times its weight; first the least of each, never more than its most nor than it holds. Everything is in
//! whole numbers, and equal rights go to the first stratum in the order of their names.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of what is here: another way to draw is another name.
pub const ALGORITHM: &str = "parchemin-draw-1";
/// How long a seed may be, in characters.
pub const SEED_LENGTHS: std::ops::RangeInclusive<usize> = 16..=200;
/// The largest weight of a stratum.
const MOST_WEIGHT: u32 = 1000;

/// A part of the population, with what is drawn from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Its name, of one line.
    pub name: String,
    /// How much each of its things counts when seats are shared, from 1.
    pub weight: u32,
    /// Seats that it has in any case, as far as it holds things.
    pub least: u32,
    /// Seats that it cannot go beyond; none when nothing bounds it.
    pub most: Option<u32>,
}

/// Something that may be drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// Its key, of one line, which never changes.
    pub key: String,
    /// The name of its stratum.
    pub stratum: String,
}

/// All that decides a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// [`ALGORITHM`].
    pub algorithm: String,
    /// The seed, as it was published.
    pub seed: String,
    /// How many things are wanted.
    pub size: u32,
    /// The strata.
    pub strata: Vec<Stratum>,
    /// The population.
    pub things: Vec<Thing>,
}

/// Something that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// Its key.
    pub key: String,
    /// The name of its stratum.
    pub stratum: String,
    /// Its ticket, in hexadecimal.
    pub ticket: String,
}

/// What one stratum gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Its name.
    pub stratum: String,
    /// How many things it holds.
    pub population: u32,
    /// How many are drawn.
    pub seats: u32,
}

/// A draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// What was drawn, by ticket: the first ones first.
    pub picks: Vec<Pick>,
    /// What each stratum gave, by name.
    pub shares: Vec<Share>,
    /// How many seats nothing could fill, the population or the bounds being too small.
    pub unfilled: u32,
}

/// Why nothing can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawFault {
    /// Another way to draw.
    #[error("unknown algorithm")]
    Algorithm,
    /// The seed is too short, too long or of several lines.
    #[error("unusable seed")]
    Seed,
    /// Nothing is wanted.
    #[error("nothing is wanted")]
    Size,
    /// A stratum without a name or of several lines, twice the same, or without a weight that counts.
    #[error("unusable stratum {0}")]
    Stratum(String),
    /// A stratum whose least is beyond its most.
    #[error("bounds of {0} contradict each other")]
    Bounds(String),
    /// The least of all strata is more than what is wanted.
    #[error("the least of all strata, {0}, is more than what is wanted")]
    Least(u64),
    /// A thing without a key, of several lines, or that is there twice.
    #[error("unusable thing {0}")]
    Thing(String),
    /// A thing of a stratum that nobody described.
    #[error("{0} is in no stratum")]
    NoStratum(String),
}

impl DrawFault {
    /// What it says to people.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Algorithm => {
                "Ce tirage suit une autre méthode, que cette version ne connaît pas".to_owned()
            }
            Self::Seed => "La graine tient en une ligne de 16 à 200 caractères".to_owned(),
            Self::Size => "Indiquez combien tirer, au moins un".to_owned(),
            Self::Stratum(name) => format!(
                "La strate «\u{202f}{name}\u{202f}» doit avoir un nom d’une ligne, une seule fois, et un poids de 1 à {MOST_WEIGHT}"
            ),
            Self::Bounds(name) => {
                format!("Dans la strate «\u{202f}{name}\u{202f}», le minimum dépasse le maximum")
            }
            Self::Least(least) => {
                format!("Les minimums des strates demandent {least} tirages, plus que le total voulu")
            }
            Self::Thing(key) => format!("«\u{202f}{key}\u{202f}» ne peut pas être tiré, ou figure deux fois"),
            Self::NoStratum(key) => format!("«\u{202f}{key}\u{202f}» n’est dans aucune strate connue"),
        }
    }

    /// The field of the form or of the body that it is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Algorithm => "algorithm",
            Self::Seed => "seed",
            Self::Size | Self::Least(_) => "size",
            Self::Stratum(_) | Self::Bounds(_) => "strata",
            Self::Thing(_) | Self::NoStratum(_) => "things",
        }
    }
}

/// The ticket of a thing, in hexadecimal.
#[must_use]
pub fn ticket(seed: &str, key: &str) -> String {
    hex::encode(Sha256::digest(format!("{ALGORITHM}\n{seed}\n{key}")))
}

/// Everything that makes a draw impossible.
#[must_use]
pub fn faults(inputs: &Inputs) -> Vec<DrawFault> {
    let mut faults = rules_faults(inputs.size, &inputs.strata);
    if inputs.algorithm != ALGORITHM {
        faults.push(DrawFault::Algorithm);
    }
    if !SEED_LENGTHS.contains(&inputs.seed.chars().count()) || !is_line(&inputs.seed) {
        faults.push(DrawFault::Seed);
    }
    let known: BTreeSet<&str> = inputs.strata.iter().map(|one| one.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for thing in &inputs.things {
        if !is_line(&thing.key) || !seen.insert(thing.key.as_str()) {
            faults.push(DrawFault::Thing(thing.key.clone()));
        } else if !known.contains(thing.stratum.as_str()) {
            faults.push(DrawFault::NoStratum(thing.key.clone()));
        }
    }
    faults
}

/// What is wrong in the rules of a draw, before anybody knows its seed and its population.
#[must_use]
pub fn rules_faults(size: u32, strata: &[Stratum]) -> Vec<DrawFault> {
    let mut faults = Vec::new();
    if size == 0 {
        faults.push(DrawFault::Size);
    }
    let mut names = BTreeSet::new();
    for one in strata {
        let weighs = (1..=MOST_WEIGHT).contains(&one.weight);
        if !is_line(&one.name) || !weighs || !names.insert(one.name.as_str()) {
            faults.push(DrawFault::Stratum(one.name.clone()));
        }
        if one.most.is_some_and(|most| most < one.least) {
            faults.push(DrawFault::Bounds(one.name.clone()));
        }
    }
    let least: u64 = strata.iter().map(|one| u64::from(one.least)).sum();
    if least > u64::from(size) {
        faults.push(DrawFault::Least(least));
    }
    faults
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(['\n', '\r'])
}

/// Draws.
///
/// # Errors
/// Every fault of the inputs.
pub fn draw(inputs: &Inputs) -> Result<Draw, Vec<DrawFault>> {
    let faults = faults(inputs);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut held: BTreeMap<&str, Vec<Pick>> =
        inputs.strata.iter().map(|one| (one.name.as_str(), Vec::new())).collect();
    for thing in &inputs.things {
        let ticket = ticket(&inputs.seed, &thing.key);
        let pick = Pick { key: thing.key.clone(), stratum: thing.stratum.clone(), ticket };
        held.entry(thing.stratum.as_str()).or_default().push(pick);
    }
    let mut strata: Vec<&Stratum> = inputs.strata.iter().collect();
    strata.sort_by(|one, other| one.name.cmp(&other.name));
    let sizes: Vec<u32> = strata.iter().map(|one| count(held.get(one.name.as_str()))).collect();
    let seats = seats(&strata, &sizes, inputs.size);
    let mut picks = Vec::new();
    let mut shares = Vec::new();
    for ((one, population), seats) in strata.iter().zip(sizes).zip(seats) {
        let mut own = held.remove(one.name.as_str()).unwrap_or_default();
        own.sort_by(by_ticket);
        own.truncate(usize::try_from(seats).unwrap_or(usize::MAX));
        picks.extend(own);
        shares.push(Share { stratum: one.name.clone(), population, seats });
    }
    picks.sort_by(by_ticket);
    let given: u32 = shares.iter().map(|share| share.seats).sum();
    Ok(Draw { picks, shares, unfilled: inputs.size - given })
}

fn by_ticket(one: &Pick, other: &Pick) -> std::cmp::Ordering {
    one.ticket.cmp(&other.ticket).then_with(|| one.key.cmp(&other.key))
}

fn count(held: Option<&Vec<Pick>>) -> u32 {
    held.map_or(0, |held| u32::try_from(held.len()).unwrap_or(u32::MAX))
}

/// The seats of each stratum, in their order.
fn seats(strata: &[&Stratum], sizes: &[u32], wanted: u32) -> Vec<u32> {
    let most = |at: usize| strata[at].most.unwrap_or(u32::MAX).min(sizes[at]);
    let mut seats: Vec<u32> = (0..strata.len()).map(|at| strata[at].least.min(most(at))).collect();
    let mut left = wanted - seats.iter().sum::<u32>();
    while left > 0 {
        let open = (0..strata.len()).filter(|at| seats[*at] < most(*at));
        // The first of equals: `max_by` would give the last one.
        let next = open.rev().max_by(|one, other| {
            let right = |at: usize| u128::from(sizes[at]) * u128::from(strata[at].weight);
            let divisor = |at: usize| u128::from(seats[at]) * 2 + 1;
            (right(*one) * divisor(*other)).cmp(&(right(*other) * divisor(*one)))
        });
        let Some(next) = next else { break };
        seats[next] += 1;
        left -= 1;
    }
    seats
}

#[cfg(test)]
mod tests;
