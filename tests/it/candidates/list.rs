//! Lists and counts.

use serde_json::json;

use super::bench::Bench;

#[tokio::test]
async fn a_structure_sees_its_own_and_the_team_everybody() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let names = |answer: crate::support::Answer| -> Vec<String> {
        let items = answer.body["items"].as_array().unwrap().clone();
        items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(b.t.get(&b.owner, "/candidates").await), ["N’Guyen-d’Arc Anne Lise"]);
    assert!(names(b.t.get(&b.stranger, "/candidates").await).is_empty());
    assert_eq!(b.t.get(&b.stranger, &path).await.status, 404);
    assert_eq!(names(b.t.get(&b.officer, "/candidates?q=nguyen").await).len(), 1);
    assert!(names(b.t.get(&b.officer, "/candidates?q=zorro").await).is_empty());
    assert!(names(b.t.get(&b.officer, "/candidates?state=admitted").await).is_empty());
    let own = format!("/candidates?structure_id={}", b.structure.id);
    assert_eq!(names(b.t.get(&b.officer, &own).await).len(), 1);
    let counts = b.t.get(&b.owner, "/candidates/counts").await.body;
    assert_eq!(counts["states"], json!([{ "state": "enrolled", "count": 1 }]));
}

#[tokio::test]
async fn a_list_says_no_more_of_a_person_than_their_name() {
    let b = Bench::new().await;
    b.enrol(&b.somebody()).await;
    let listed = b.t.get(&b.officer, "/candidates").await.body.to_string();
    for private in ["1985", "97611", "zoe@candidats.exemple", "Mamoudzou"] {
        assert!(!listed.contains(private), "{private}: {listed}");
    }
}
