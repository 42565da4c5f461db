//! Declarations that were pieces of experts become declarations, boards and supervision ties of their own; the way back
//! keeps them.

use entity::dated_right::RightKind;
use entity::declared_interest::TieKind;
use entity::{dated_right, expert_piece, interest_declaration};
use migration::{Migrator, MigratorTrait};
use parchemin::authz::Actor;
use parchemin::db::{migrate, migration_status};
use parchemin::features::{settings, ties};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Statement,
};

use crate::support::TestApp;

impl TestApp {
    async fn pieces_and_rights(&self) -> (u64, u64) {
        let conn = self.app.db.read();
        let rights = dated_right::Entity::find().filter(dated_right::Column::Kind.eq(RightKind::Piece));
        // its key alone: the other columns are those of today
        let keys = expert_piece::Entity::find().select_only().column(expert_piece::Column::Id);
        let pieces = keys.count(conn).await.unwrap();
        (pieces, rights.count(conn).await.unwrap())
    }
}

#[tokio::test]
async fn declarations_leave_the_pieces_and_come_back_on_the_way_down() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let expert = t.controller("Abel").await;
    t.interest(expert.id, structure.id, TieKind::SupportExpert, None).await;
    let mut tx = t.app.begin(Actor::system("tests")).await.unwrap();
    let made = ties::actions::declare_year(&mut tx, expert.id, false, "Parts sociales").await.unwrap();
    tx.commit().await.unwrap();

    let steps = migration_status(&t.app.db).await.unwrap();
    let moved = steps.iter().rev().position(|step| step.name.ends_with("move_declarations")).unwrap() + 1;
    let conn = t.app.db.bookkeeping();
    Migrator::down(conn, Some(u32::try_from(moved).unwrap())).await.unwrap();
    assert_eq!(t.pieces_and_rights().await, (1, 1), "a piece with its right, as before");

    let key = if t.app.db.is_sqlite() { "randomblob(16)" } else { "gen_random_uuid()" };
    let before = format!(
        "INSERT INTO expert_piece (id, expert_id, code, note, proof_on, valid_until, recorded_by, recorded_at) \
         SELECT {key}, expert_id, 'interests', 'Première', '2025-02-01', '2026-01-31', NULL, recorded_at FROM expert_piece"
    );
    conn.execute_unprepared(&before).await.unwrap();
    let months = "INSERT INTO setting (key, value, version, changed_at) \
                  VALUES ('experts.renewal', '{\"years\": 4, \"declaration_months\": 24}', 1, 0)";
    conn.execute_unprepared(months).await.unwrap();
    migrate(&t.app.db).await.unwrap();

    assert_eq!(t.pieces_and_rights().await, (0, 0));
    let rows = interest_declaration::Entity::find().all(t.app.db.read()).await.unwrap();
    assert_eq!(rows, [made], "the last of the year, with its note");
    assert_eq!(settings::renewal_rules(t.app.db.read()).await.unwrap().years, 4);
}

#[tokio::test]
async fn a_seat_on_a_board_and_a_supervision_become_the_nearest_tie_on_the_way_down() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let expert = t.controller("Abel").await;
    for tie in [TieKind::Board, TieKind::Supervised, TieKind::JuryPresident] {
        t.interest(expert.id, structure.id, tie, None).await;
    }
    let steps = migration_status(&t.app.db).await.unwrap();
    let told = steps.iter().rev().position(|step| step.name.ends_with("tell_boards_and_supervision"));
    let conn = t.app.db.bookkeeping();
    Migrator::down(conn, Some(u32::try_from(told.unwrap() + 1).unwrap())).await.unwrap();
    assert_eq!(t.ties().await, ["employee_board_or_provider", "epsp_trainer_of_team", "jury_president"]);
    migrate(&t.app.db).await.unwrap();
    t.interest(expert.id, structure.id, TieKind::Board, None).await;
    assert_eq!(t.ties().await.len(), 4);
}

#[tokio::test]
async fn shares_and_family_become_the_nearest_tie_on_the_way_down() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let expert = t.controller("Abel").await;
    for tie in [TieKind::Shares, TieKind::Family, TieKind::Board] {
        t.interest(expert.id, structure.id, tie, None).await;
    }
    let steps = migration_status(&t.app.db).await.unwrap();
    let told = steps.iter().rev().position(|step| step.name.ends_with("tell_shares_and_family"));
    let conn = t.app.db.bookkeeping();
    Migrator::down(conn, Some(u32::try_from(told.unwrap() + 1).unwrap())).await.unwrap();
    let served = "employee_board_or_provider";
    assert_eq!(t.ties().await, ["board", served, served]);
    migrate(&t.app.db).await.unwrap();
    t.interest(expert.id, structure.id, TieKind::Family, None).await;
    assert_eq!(t.ties().await.len(), 4);
}

impl TestApp {
    /// The words of the declared ties, in alphabetical order.
    async fn ties(&self) -> Vec<String> {
        let conn = self.app.db.read();
        let all = "SELECT tie FROM declared_interest ORDER BY tie";
        let rows =
            conn.query_all_raw(Statement::from_string(conn.get_database_backend(), all)).await.unwrap();
        rows.iter().map(|row| row.try_get("", "tie").unwrap()).collect()
    }
}
