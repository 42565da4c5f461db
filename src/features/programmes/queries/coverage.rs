//! What the modules of a sheet cover of the referential that it aims at.

use std::collections::HashMap;

use entity::ids::{BlocId, CertificationVersionId, SkillId};
use entity::referential::ReferentialState;
use entity::{bloc, skill};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db;
use crate::features::certifications::queries::referential::revisions;
use crate::rules::training::programme::{Aimed, Document};

/// A skill of a referential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetSkill {
    /// Its key in the revision that is published.
    pub id: SkillId,
    /// Its code.
    pub code: String,
    /// What it is.
    pub wording: String,
    /// Code of its bloc; empty where there is none.
    pub bloc: String,
}

/// The published referential of a version of a certification; nothing where none is aimed at or none is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Blocs, code and title, in their order.
    pub blocs: Vec<(String, String)>,
    /// Skills, in their order.
    pub skills: Vec<TargetSkill>,
}

impl Target {
    /// The codes that a sheet may name.
    #[must_use]
    pub fn aimed(&self) -> Aimed {
        Aimed {
            blocs: self.blocs.iter().map(|(code, _)| code.clone()).collect(),
            skills: self.skills.iter().map(|skill| skill.code.clone()).collect(),
        }
    }

    /// The key of a skill, by its code.
    #[must_use]
    pub fn skill(&self, code: &str) -> Option<SkillId> {
        self.skills.iter().find(|skill| skill.code == code).map(|skill| skill.id)
    }

    /// Takes out of a sheet the codes that are no longer in the referential.
    pub fn prune(&self, document: &mut Document) {
        let aimed = self.aimed();
        document.blocs.retain(|code| aimed.blocs.contains(code));
        for module in &mut document.modules {
            module.skills.retain(|code| aimed.skills.contains(code));
        }
    }
}

/// The referential that is published for a version.
///
/// # Errors
/// What the database answers.
pub async fn target(
    conn: &impl ConnectionTrait,
    version: Option<CertificationVersionId>,
) -> Result<Target, db::Error> {
    let Some(version) = version else { return Ok(Target::default()) };
    let known = revisions(conn, version).await?;
    let Some(referential) = known.into_iter().find(|row| row.state == ReferentialState::Published) else {
        return Ok(Target::default());
    };
    let blocs = bloc::Entity::find()
        .filter(bloc::Column::ReferentialId.eq(referential.id))
        .order_by_asc(bloc::Column::Position)
        .all(conn)
        .await?;
    let skills = skill::Entity::find()
        .filter(skill::Column::ReferentialId.eq(referential.id))
        .order_by_asc(skill::Column::Position)
        .all(conn)
        .await?;
    let codes: HashMap<BlocId, String> = blocs.iter().map(|row| (row.id, row.code.clone())).collect();
    let one = |row: skill::Model| TargetSkill {
        id: row.id,
        code: row.code,
        wording: row.wording,
        bloc: row.bloc_id.and_then(|bloc| codes.get(&bloc).cloned()).unwrap_or_default(),
    };
    Ok(Target {
        skills: skills.into_iter().map(one).collect(),
        blocs: blocs.into_iter().map(|row| (row.code, row.title)).collect(),
    })
}

/// A line of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageLine {
    /// The skill.
    pub skill: TargetSkill,
    /// Ranks of the modules that cover it, counted from 0.
    pub modules: Vec<usize>,
}

/// The matrix: skills aimed at, and the modules that cover them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Titles of the modules.
    pub modules: Vec<String>,
    /// Skills.
    pub lines: Vec<CoverageLine>,
}

impl Coverage {
    /// How many skills no module covers.
    #[must_use]
    pub fn uncovered(&self) -> usize {
        self.lines.iter().filter(|line| line.modules.is_empty()).count()
    }
}

/// What a sheet covers: of the blocs that it aims at, or of the whole.
#[must_use]
pub fn coverage(target: &Target, document: &Document) -> Coverage {
    let wanted = |skill: &&TargetSkill| document.blocs.is_empty() || document.blocs.contains(&skill.bloc);
    let line = |skill: &TargetSkill| {
        let covers = |(rank, module): (usize, &crate::rules::training::programme::Module)| {
            module.skills.contains(&skill.code).then_some(rank)
        };
        CoverageLine {
            skill: skill.clone(),
            modules: document.modules.iter().enumerate().filter_map(covers).collect(),
        }
    };
    Coverage {
        modules: document.modules.iter().map(|module| module.title.clone()).collect(),
        lines: target.skills.iter().filter(wanted).map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::training::programme::Module;
    use uuid::Uuid;

    fn target() -> Target {
        let skill = |code: &str, bloc: &str| TargetSkill {
            id: Uuid::nil().into(),
            code: code.to_owned(),
            wording: String::new(),
            bloc: bloc.to_owned(),
        };
        Target {
            blocs: vec![("B1".to_owned(), String::new()), ("B2".to_owned(), String::new())],
            skills: vec![skill("C1", "B1"), skill("C2", "B1"), skill("C3", "B2")],
        }
    }

    fn module(skills: &[&str]) -> Module {
        Module { skills: skills.iter().map(|code| (*code).to_owned()).collect(), ..Module::default() }
    }

    #[test]
    fn what_no_module_covers_is_counted_within_the_blocs_aimed_at() {
        let mut document =
            Document { modules: vec![module(&["C1"]), module(&["C1", "C2"])], ..Document::default() };
        let whole = coverage(&target(), &document);
        let ranks: Vec<_> = whole.lines.iter().map(|line| line.modules.clone()).collect();
        assert_eq!((ranks, whole.uncovered()), (vec![vec![0, 1], vec![1], vec![]], 1));
        document.blocs = vec!["B1".to_owned()];
        assert_eq!(coverage(&target(), &document).uncovered(), 0);
        assert_eq!(coverage(&Target::default(), &document).uncovered(), 0, "nothing is aimed at");
    }

    #[test]
    fn what_left_the_referential_leaves_the_sheet() {
        let mut document = Document {
            blocs: vec!["B1".to_owned(), "B9".to_owned()],
            modules: vec![module(&["C1", "C9"])],
            ..Document::default()
        };
        target().prune(&mut document);
        assert_eq!(
            (document.blocs, document.modules[0].skills.clone()),
            (vec!["B1".to_owned()], vec!["C1".to_owned()])
        );
    }
}
