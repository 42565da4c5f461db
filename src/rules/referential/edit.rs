//! Changes of one thing of a referential: what names it follows.
use super::document::{Bloc, Document, Epreuve, Skill};

impl Document {
    /// Puts a bloc at its rank, counted from 0, in place of the one of this code when there is one.
    pub fn put_bloc(&mut self, old: Option<&str>, bloc: Bloc, rank: usize) {
        let found = self.bloc_at(old);
        if let Some(at) = found {
            let (old, new) = (self.blocs[at].code.clone(), &bloc.code);
            for named in self.skills.iter_mut().filter_map(|skill| skill.bloc.as_mut()) {
                rename(named, &old, new);
            }
            for named in self.epreuves.iter_mut().flat_map(|epreuve| &mut epreuve.blocs) {
                rename(named, &old, new);
            }
        }
        place(&mut self.blocs, found, bloc, rank);
    }

    /// Takes a bloc away; its skills stay, outside any bloc.
    pub fn remove_bloc(&mut self, code: &str) {
        self.blocs.retain(|bloc| bloc.code != code);
        for skill in self.skills.iter_mut().filter(|skill| skill.bloc.as_deref() == Some(code)) {
            skill.bloc = None;
        }
        for epreuve in &mut self.epreuves {
            epreuve.blocs.retain(|named| named != code);
        }
    }

    /// Puts a skill at its rank, in place of the one of this code when there is one.
    pub fn put_skill(&mut self, old: Option<&str>, skill: Skill, rank: usize) {
        let found = self.skill_at(old);
        if let Some(at) = found {
            let (old, new) = (self.skills[at].code.clone(), &skill.code);
            for named in self.epreuves.iter_mut().flat_map(|epreuve| &mut epreuve.skills) {
                rename(named, &old, new);
            }
        }
        place(&mut self.skills, found, skill, rank);
    }

    /// Takes a skill away.
    pub fn remove_skill(&mut self, code: &str) {
        self.skills.retain(|skill| skill.code != code);
        for epreuve in &mut self.epreuves {
            epreuve.skills.retain(|named| named != code);
        }
    }

    /// Puts an épreuve at its rank, in place of the one of this code when there is one.
    pub fn put_epreuve(&mut self, old: Option<&str>, epreuve: Epreuve, rank: usize) {
        let found = self.epreuve_at(old);
        place(&mut self.epreuves, found, epreuve, rank);
    }

    /// Takes an épreuve away.
    pub fn remove_epreuve(&mut self, code: &str) {
        self.epreuves.retain(|epreuve| epreuve.code != code);
    }

    /// Where the bloc of a code is.
    #[must_use]
    pub fn bloc_at(&self, code: Option<&str>) -> Option<usize> {
        code.and_then(|code| self.blocs.iter().position(|bloc| bloc.code == code))
    }

    /// Where the skill of a code is.
    #[must_use]
    pub fn skill_at(&self, code: Option<&str>) -> Option<usize> {
        code.and_then(|code| self.skills.iter().position(|skill| skill.code == code))
    }

    /// Where the épreuve of a code is.
    #[must_use]
    pub fn epreuve_at(&self, code: Option<&str>) -> Option<usize> {
        code.and_then(|code| self.epreuves.iter().position(|epreuve| epreuve.code == code))
    }
}

fn rename(named: &mut String, old: &str, new: &str) {
    if named.as_str() == old {
        new.clone_into(named);
    }
}

fn place<T>(list: &mut Vec<T>, found: Option<usize>, thing: T, rank: usize) {
    if let Some(at) = found {
        list.remove(at);
    }
    list.insert(rank.min(list.len()), thing);
}

#[cfg(test)]
mod tests {
    use entity::epreuve::{EpreuveKind, Scale};

    use super::*;

    fn bloc(code: &str) -> Bloc {
        Bloc { code: code.to_owned(), title: format!("Bloc {code}"), optional: false }
    }

    fn skill(code: &str, bloc: &str) -> Skill {
        Skill {
            code: code.to_owned(),
            wording: "Faire".to_owned(),
            bloc: Some(bloc.to_owned()),
            ..Skill::default()
        }
    }

    fn document() -> Document {
        let epreuve = Epreuve {
            code: "E1".to_owned(),
            title: String::new(),
            kind: EpreuveKind::Entretien,
            scale: Scale::Binary,
            threshold: None,
            out_of: None,
            minutes: 30,
            assessors: 0,
            blocs: vec!["B1".to_owned()],
            skills: vec!["C2".to_owned()],
        };
        Document {
            blocs: vec![bloc("B1"), bloc("B2")],
            skills: vec![skill("C1", "B1"), skill("C2", "B2")],
            epreuves: vec![epreuve],
            ..Document::default()
        }
    }

    #[test]
    fn what_names_a_thing_follows_its_new_code() {
        let mut changed = document();
        changed.put_bloc(Some("B1"), bloc("B9"), 1);
        changed.put_skill(Some("C2"), skill("C9", "B2"), 0);
        let codes: Vec<_> = changed.blocs.iter().map(|bloc| bloc.code.as_str()).collect();
        assert_eq!(codes, ["B2", "B9"]);
        let skills: Vec<_> =
            changed.skills.iter().map(|skill| (skill.code.as_str(), skill.bloc.as_deref())).collect();
        assert_eq!(skills, [("C9", Some("B2")), ("C1", Some("B9"))]);
        assert_eq!(
            (changed.epreuves[0].blocs.as_slice(), changed.epreuves[0].skills.as_slice()),
            (["B9".to_owned()].as_slice(), ["C9".to_owned()].as_slice())
        );
    }

    #[test]
    fn what_is_taken_away_is_named_no_more() {
        let mut changed = document();
        changed.remove_bloc("B1");
        changed.remove_skill("C2");
        assert_eq!((changed.blocs.len(), changed.skills.len()), (1, 1));
        assert_eq!(changed.skills[0].bloc, None);
        assert!(changed.epreuves[0].blocs.is_empty() && changed.epreuves[0].skills.is_empty());
        changed.remove_epreuve("E1");
        assert!(changed.epreuves.is_empty());
    }

    #[test]
    fn something_new_takes_the_rank_asked_or_the_last() {
        let mut changed = document();
        changed.put_bloc(None, bloc("B0"), 0);
        changed.put_bloc(Some("gone"), bloc("B3"), 99);
        let codes: Vec<_> = changed.blocs.iter().map(|bloc| bloc.code.as_str()).collect();
        assert_eq!(codes, ["B0", "B1", "B2", "B3"]);
    }
}
