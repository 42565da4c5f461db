//! The pieces of a file: the members of its jury read what a jury reads, and nobody else.

use entity::candidate_piece::{self, CandidatePieceKind};
use entity::document;
use entity::jury_member::Seat;
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::Room;
use crate::agreements::desk::PDF;

/// A piece of the first candidate; its key.
async fn piece(room: &Room, kind: CandidatePieceKind) -> String {
    let (app, candidate) = (&room.s.t().app, &room.people[0]);
    let row = document::Model {
        id: app.new_id().into(),
        sha256: app.storage.put(PDF.to_vec()).await.unwrap(),
        size: i64::try_from(PDF.len()).unwrap(),
        media_type: "application/pdf".to_owned(),
        file_name: format!("{kind}.pdf"),
        kind: "candidate-piece".to_owned(),
        subject_kind: "candidate".to_owned(),
        subject_id: candidate.id.0,
        title: kind.to_string(),
        generated: false,
        template: String::new(),
        created_by: None,
        created_at: app.now().into(),
    };
    let joined = candidate_piece::Model {
        id: app.new_id().into(),
        candidate_id: candidate.id,
        kind,
        document_id: row.id,
        file_name: row.file_name.clone(),
        added_by: None,
        added_at: app.now().into(),
        removed_at: None,
    };
    let key = joined.id.to_string();
    let conn = app.db.bookkeeping();
    let insert = document::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(conn).await.unwrap();
    let insert = candidate_piece::Entity::insert(joined.into_active_model().reset_all());
    insert.exec_without_returning(conn).await.unwrap();
    key
}

#[tokio::test]
async fn those_who_vote_read_what_a_jury_reads_and_the_journal_keeps_it() {
    let seats = [Seat::President, Seat::Employers, Seat::Employees, Seat::Observer];
    let room = Box::pin(Room::with(&seats, &["Diallo"])).await;
    let t = room.s.t();
    let livret = piece(&room, CandidatePieceKind::Livret).await;
    let consent = piece(&room, CandidatePieceKind::Consent).await;
    let jury = room.s.page(&room.path).await;
    let turn = format!("{jury}/passages/1");
    let (file, kept) = (format!("{turn}/pieces/{livret}"), format!("{turn}/pieces/{consent}"));

    let member = t.of_expert(room.seats[1].1).await;
    let (_, text) = t.open(&member, &jury).await;
    assert!(text.contains(&format!("href=\"{turn}\"")), "the page of the jury leads to the file: {text}");
    let (status, text) = t.open(&member, &turn).await;
    assert!(status == StatusCode::OK && text.contains(&file) && !text.contains(&kept), "{text}");
    let before = t.readings().await.len();
    assert_eq!(t.open(&member, &file).await.0, StatusCode::OK);
    assert_eq!(t.readings().await.last().unwrap().0, "document.downloaded");
    assert_eq!(t.readings().await.len(), before + 1);
    assert_eq!(t.open(&member, &kept).await.0, StatusCode::NOT_FOUND, "no jury reads a consent");

    let observer = t.of_expert(room.seats[3].1).await;
    for person in [&observer, &room.s.desk.manager] {
        let (_, text) = t.open(person, &turn).await;
        assert!(!text.contains("/pieces/"), "{text}");
        assert_eq!(t.open(person, &file).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn whoever_stays_apart_reads_nothing_more_of_that_candidate() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    let livret = piece(&room, CandidatePieceKind::Livret).await;
    room.open().await;
    assert_eq!(room.abstains(1, 0).await.status, StatusCode::OK);
    let file = format!("{}/passages/1/pieces/{livret}", room.s.page(&room.path).await);
    let apart = t.of_expert(room.seats[1].1).await;
    assert_eq!(t.open(&apart, &file).await.0, StatusCode::NOT_FOUND);
    assert_eq!(t.open(&room.president, &file).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_same_pieces_are_read_by_the_api() {
    let seats = [Seat::President, Seat::Employers, Seat::Employees, Seat::Observer];
    let room = Box::pin(Room::with(&seats, &["Diallo"])).await;
    let t = room.s.t();
    let livret = piece(&room, CandidatePieceKind::Livret).await;
    let consent = piece(&room, CandidatePieceKind::Consent).await;
    let list = format!("{}/passages/{}/pieces", room.path, room.turn(0).await);
    let member = t.of_expert(room.seats[1].1).await;
    let listed = t.get(&member, &list).await;
    assert_eq!(listed.status, StatusCode::OK, "{listed:?}");
    let pieces = listed.body["items"].as_array().unwrap();
    assert_eq!((pieces.len(), pieces[0]["id"].as_str()), (1, Some(livret.as_str())), "{listed:?}");
    let before = t.readings().await.len();
    assert_eq!(t.get(&member, &format!("{list}/{livret}")).await.status, StatusCode::OK);
    assert_eq!(t.readings().await.len(), before + 1);
    assert_eq!(t.get(&member, &format!("{list}/{consent}")).await.status, StatusCode::NOT_FOUND);

    let observer = t.of_expert(room.seats[3].1).await;
    for person in [&observer, &room.s.desk.manager] {
        let listed = t.get(person, &list).await;
        assert!(listed.body["items"].as_array().unwrap().is_empty(), "{listed:?}");
        assert_eq!(t.get(person, &format!("{list}/{livret}")).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(t.get(room.s.officer(), &list).await.status, StatusCode::FORBIDDEN);
}
