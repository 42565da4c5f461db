//! The catalogue for programs: feeds, map of the site, blocks of data, the list of other sites.

use serde_json::Value;

use super::Fair;

#[tokio::test]
async fn sessions_are_in_the_feeds_and_in_the_map_of_the_site() {
    let fair = Fair::of(2).await;
    fair.another(1, |session| session.title = "Gestes & <postures>".to_owned()).await;
    let rss = fair.get("/catalogue.rss").await.text;
    assert!(rss.starts_with("<?xml") && rss.contains("Gestes &amp; &lt;postures&gt;"), "{rss}");
    assert!(rss.contains("/catalogue/sessions/SES-2025-0001</link>"), "{rss}");
    let ics = fair.get("/catalogue.ics").await.text;
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"), "{ics}");
    let map = fair.get("/sitemap.xml").await.text;
    for path in
        ["/catalogue<", "/catalogue/maintien-des-competences-sst<", "/catalogue/sessions/SES-2025-0002<"]
    {
        assert!(map.contains(path), "{path} in {map}");
    }
    assert!(fair.get("/robots.txt").await.text.contains("Sitemap: "));
    let one_region = fair.get("/catalogue.rss?region=11").await.text;
    assert!(!one_region.contains("<item>"), "{one_region}");
}

/// The block of data of a page.
async fn block(fair: &Fair, path: &str) -> Value {
    let page = fair.get(path).await.text;
    let start = page.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    serde_json::from_str(start.split("</script>").next().unwrap()).unwrap()
}

#[tokio::test]
async fn search_engines_read_the_course_and_its_sessions() {
    let fair = Fair::of(2).await;
    fair.another(1, |session| session.title = "</script><b>".to_owned()).await;
    let course = block(&fair, "/catalogue/maintien-des-competences-sst").await;
    assert_eq!((course["@type"].as_str(), course["courseCode"].as_str()), (Some("Course"), Some("SST-MAC")));
    let instances = course["hasCourseInstance"].as_array().unwrap();
    assert_eq!(instances.len(), 2);
    assert_eq!(instances[0]["offers"]["price"], "210.00");
    assert_eq!(instances[1]["name"], "</script><b>");
    let session = block(&fair, &fair.page().await).await;
    assert_eq!(session["hasCourseInstance"][0]["location"]["address"]["addressLocality"], "Poitiers");
}

#[tokio::test]
async fn other_sites_embed_the_list_and_no_other_page() {
    let fair = Fair::of(2).await;
    let list = fair.course.t.client.get("/catalogue/liste?region=75").send().await.0;
    let policy = list.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    assert!(list.into_body().into_string().await.unwrap().contains("Maintien des compétences SST"));
    let page = fair.course.t.client.get("/catalogue").send().await.0;
    assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
}
