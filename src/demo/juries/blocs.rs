//! What past juries ruled, bloc by bloc: only a version that is made of blocs gives a part of itself (domain reference, 1.8).

use entity::ids::{CertificationVersionId, JuryPassageId, ReferentialId};
use entity::{bloc, jury_ruling};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};

use super::super::labels::JURY_BLOC;
use super::rows::Fate;
use crate::app::App;
use crate::features::candidates::queries;

/// The blocs of a version.
pub(super) struct Blocs {
    /// The referential that says them.
    pub(super) referential: ReferentialId,
    codes: Vec<String>,
}

impl Blocs {
    /// Those of the referential that is published for a version; none when it has no bloc.
    pub(super) async fn read(
        conn: &DatabaseConnection,
        version: CertificationVersionId,
    ) -> anyhow::Result<Option<Self>> {
        let Some(published) = queries::published(conn, version).await? else { return Ok(None) };
        let rows = bloc::Entity::find()
            .filter(bloc::Column::ReferentialId.eq(published.id))
            .order_by_asc(bloc::Column::Position)
            .all(conn)
            .await?;
        let codes: Vec<String> = rows.into_iter().map(|row| row.code).collect();
        Ok((codes.len() > 1).then_some(Self { referential: published.id, codes }))
    }

    /// The rulings on somebody who came and of whom the jury decided.
    pub(super) fn rulings(
        &self,
        app: &App,
        passage: JuryPassageId,
        fate: Fate,
        turn: usize,
    ) -> Vec<jury_ruling::Model> {
        let ruling = |(rank, code): (usize, &String)| {
            let acquired = acquired(fate, self.codes.len(), turn, rank)?;
            let comment = if acquired { String::new() } else { JURY_BLOC.to_owned() };
            Some(jury_ruling::Model {
                id: app.new_id().into(),
                passage_id: passage,
                unit: code.clone(),
                acquired,
                comment,
            })
        };
        self.codes.iter().enumerate().filter_map(ruling).collect()
    }
}

/// What became of somebody under a version: a part is refused where there is none.
pub(super) fn under(fate: Fate, blocs: Option<&Blocs>) -> Fate {
    if fate == Fate::Partial && blocs.is_none() { Fate::Refused } else { fate }
}

/// Whether somebody acquired the bloc of a rank, among so many; nothing when the jury did not decide. Who has a part lacks one
/// bloc, every third of them two.
fn acquired(fate: Fate, count: usize, turn: usize, rank: usize) -> Option<bool> {
    let lacks = 1 + usize::from(count > 2 && turn.is_multiple_of(3));
    match fate {
        Fate::Total => Some(true),
        Fate::Partial => Some((rank + turn) % count >= lacks),
        Fate::Refused => Some(false),
        Fate::Adjourned | Fate::Absent | Fate::Excused | Fate::LeftForWork => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_neither_everything_nor_nothing() {
        for count in 2..6 {
            for turn in 0..50 {
                let got =
                    |fate| (0..count).filter(|rank| acquired(fate, count, turn, *rank) == Some(true)).count();
                assert!((1..count).contains(&got(Fate::Partial)), "{count} blocs, turn {turn}");
                assert_eq!((got(Fate::Total), got(Fate::Refused)), (count, 0));
            }
        }
        assert_eq!(acquired(Fate::Absent, 4, 0, 0), None);
        assert_eq!(under(Fate::Partial, None), Fate::Refused, "a version without blocs");
    }
}
