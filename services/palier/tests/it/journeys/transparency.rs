//! How a neighbourhood is moderated, month by month: the same for everybody, people and programs.

use reqwest::StatusCode;
use runtime::DAY_MS;
use serde_json::{Value, json};

use crate::harness::client::client_key;
use crate::harness::{Board, Client, SLUG, email};

const MONTH: &str = "notices { reason number { exactly few } } decisions { rule measure number { exactly few } } \
     halfDecidedWithinHours appeals { exactly few } reversals { exactly few } human { exactly few } \
     automated { exactly few } lapses { exactly few } form { step number { exactly few } } \
     aboutPeople { category measure number { exactly few } } \
     legalRequests { authority given number { exactly few } }";

async fn report(who: &Client, post: &Value, reason: &str) {
    let input = json!({ "clientKey": client_key(), "content": post["id"], "reason": reason });
    let said = who
        .mutate("reportContent", "ReportContentInput", input, "")
        .await;
    assert_eq!(said["__typename"], "ContentReported", "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_over_is_read_by_programs_as_people_read_it() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let anyone = board.client();
        let address = format!("/n/{SLUG}/transparency/2026-11.json");
        let mut posts = Vec::new();
        for title in ["Un", "Deux", "Trois", "Quatre", "Cinq"] {
            posts.push(ann.up(title).await);
        }
        board.drain().await;
        for post in &posts {
            report(&ben, post, "HARASSMENT").await;
        }
        report(&board.founder("Pie").await, &posts[0], "ADVERTISING").await;
        let n = ben.neighbourhood().await;
        for (after, furthest) in [
            (None, "HARM"),
            (None, "HARM"),
            (None, "HARM"),
            (None, "HARM"),
            (None, "ACT"),
            (Some("ACT"), "SENT"),
        ] {
            let input = json!({ "neighbourhood": n, "after": after, "furthest": furthest });
            ben.mutate("countFormStep", "CountFormStepInput", input, "")
                .await;
        }
        let mo = board.moderator("Lanterne").await;
        let asked = json!({
            "clientKey": client_key(), "neighbourhood": n, "authority": "POLICE", "given": "NOTHING_HELD",
        });
        for _ in 0..6 {
            mo.act("recordLegalRequest", asked.clone(), "id").await;
        }
        assert_eq!(
            anyone.get(&address).await.status(),
            StatusCode::NOT_FOUND,
            "a month that is not over has no numbers"
        );

        let neighbourhood = ben.neighbourhood().await;
        board.pass(31 * DAY_MS);
        let read = anyone.get(&address).await;
        assert_eq!(read.status(), StatusCode::OK);
        let headers = read.headers().clone();
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["cache-control"], "no-cache");
        let told: Value = read.json().await.unwrap();
        assert_eq!(told["neighbourhood"]["slug"], SLUG);
        assert_eq!(told["month"], "2026-11");
        let notices = told["notices"].as_array().unwrap();
        let of = |reason: &str| notices.iter().find(|one| one["reason"] == reason).unwrap();
        assert_eq!(
            of("HARASSMENT")["number"],
            json!({ "exactly": 5, "few": false })
        );
        assert_eq!(
            of("ADVERTISING")["number"],
            json!({ "exactly": null, "few": true })
        );

        let form = told["form"].as_array().unwrap().iter();
        let form: Vec<_> = form
            .map(|one| {
                (
                    one["step"].as_str().unwrap(),
                    one["number"]["exactly"].as_u64(),
                )
            })
            .collect();
        assert_eq!(
            form,
            [
                ("ACT", Some(5)),
                ("WHEN", Some(5)),
                ("HARM", Some(5)),
                ("DANGER", None),
                ("ORDINARY", None),
                ("SENT", None)
            ],
            "who went further was there before, and few are not told"
        );
        let few = json!({ "exactly": null, "few": true });
        assert_eq!(
            told["legalRequests"],
            json!([{ "authority": "POLICE", "given": "NOTHING_HELD", "number": few }]),
            "the same again is counted once"
        );
        let query = format!("query($n: ID!) {{ audit(neighbourhood: $n) {{ month {MONTH} }} }}");
        mo.sign_in(&email("Lanterne")).await;
        let audit = mo.desk(&query, json!({ "n": n })).await;
        let months = audit["audit"].as_array().unwrap();
        assert_eq!(months.len(), 12);
        assert_eq!(
            (&months[0]["month"], &months[0]["form"]),
            (&told["month"], &told["form"]),
            "moderators read no other numbers than everybody"
        );

        let query = format!(
            "query($n: ID!) {{ transparencyReport(neighbourhood: $n, month: \"2026-11\") {{ month {MONTH} }} }}"
        );
        let asked = anyone.data(&query, json!({ "n": neighbourhood })).await;
        let mut same = told.clone();
        same.as_object_mut().unwrap().remove("neighbourhood");
        assert_eq!(asked["transparencyReport"], same);

        let again = anyone
            .request(reqwest::Method::GET, &address)
            .header("if-none-match", headers["etag"].clone())
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_is_none_is_not_found() {
    let board = Board::sqlite().await;
    let anyone = board.client();
    for path in [
        format!("/n/{SLUG}/transparency/2099-01.json"),
        format!("/n/{SLUG}/transparency/2026-13.json"),
        format!("/n/{SLUG}/transparency/2026-1.json"),
        format!("/n/{SLUG}/transparency/2026-10"),
        format!("/n/{SLUG}/transparency/.json"),
        "/n/nowhere/transparency/2026-10.json".to_owned(),
        format!("/n/{}/transparency/2026-10.json", "x".repeat(2_000)),
    ] {
        let answer = anyone.get(&path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
    board.close().await;
}
