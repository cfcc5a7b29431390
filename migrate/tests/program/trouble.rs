//! An API that is busy, closes connections, or is not available.

use stytch_emulator::Fault;

use crate::people::People;
use crate::world::World;

#[tokio::test]
async fn a_busy_api_is_given_time() {
    let (world, people) = (World::new().await, People::new(6));
    world.write("users.csv", &people.csv);
    world.emulator.fail_next(Fault::rate_limited(1).times(4)).unwrap();
    world.emulator.fail_next(Fault::status(503).retry_after(1)).unwrap();
    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    world.has_exactly(&people.good).await;
    assert_eq!(world.gate.traffic().asked.len(), people.good.len() + 5);
}

#[tokio::test]
async fn lost_responses_do_not_create_users_twice() {
    let (world, people) = (World::new().await, People::new(60));
    world.write("users.csv", &people.csv);
    world.emulator.fail_next(Fault::dropped().once_handled().times(5)).unwrap();
    world.emulator.fail_next(Fault::cut_short().times(5)).unwrap();
    world.emulator.fail_next(Fault::status(500).once_handled().times(5)).unwrap();
    world.emulator.fail_next(Fault::raw(502, "text/html", "<html>Bad gateway</html>").times(5)).unwrap();
    world
        .emulator
        .fail_next(Fault::raw(200, "text/html", "<html>Welcome</html>").once_handled().times(5))
        .unwrap();
    let ended = world.migrate("users.csv", &["--concurrency", "5"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains(&format!("{}  migrated", people.good.len())), "{ended:?}");
    assert!(ended.stdout.contains("0  already there"), "{ended:?}");
    for (email, line) in &people.good {
        let user = world.log_in(email, crate::people::PASSWORD).await.unwrap();
        assert_eq!(user.untrusted_metadata.unwrap()["line"], *line);
    }
}

#[tokio::test]
async fn an_outage_ends_the_run_and_the_same_command_continues() {
    let (world, people) = (World::new().await, People::new(200));
    world.write("users.csv", &people.csv);
    world.emulator.fail_next(Fault::status(500).times(60)).unwrap();
    let mut runs = 0;
    let last = loop {
        runs += 1;
        let ended = world.migrate("users.csv", &["--patience", "0", "--concurrency", "4"]).await;
        if ended.code != Some(3) {
            break ended;
        }
        assert!(ended.stderr.contains("had no response"), "{ended:?}");
        assert!(runs < 10, "{ended:?}");
    };
    // Each run stops after ten consecutive lines without a response, and after the requests in flight.
    assert!((5..=7).contains(&runs), "{runs} runs");
    assert_eq!(last.code, Some(1), "{last:?}");
    world.has_exactly(&people.good).await;
}

#[tokio::test]
async fn a_few_lines_without_a_response_stay_open() {
    let (world, people) = (World::new().await, People::new(100));
    world.write("users.csv", &people.csv);
    world.emulator.fail_next(Fault::status(500).times(3)).unwrap();
    let ended = world.migrate("users.csv", &["--patience", "0"]).await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let words = "3 lines had no response and stay open, the last of them line ";
    let reason = ended.stderr.split_once(words).expect(&ended.stderr).1;
    assert!(reason.contains(", with: POST /v1/passwords/migrate: "), "{ended:?}");
    let before = world.gate.traffic().asked.len();
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    assert_eq!(world.gate.traffic().asked.len(), before + 3);
    world.has_exactly(&people.good).await;
}

#[tokio::test]
async fn an_unreachable_api_is_reported_at_once() {
    let world = World::new().await;
    world.write("users.csv", People::new(50).csv);
    // A port that was free a moment ago.
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let tool = world.tool().env("STYTCH_BASE_URL", &format!("http://{port}"));
    let ended = tool.arg(world.path("users.csv")).args(&["--patience", "0"]).run().await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(
        ended.stderr.contains("lines had no response, the last of them line ")
            && ended.stderr.contains(", with: POST /v1/passwords/migrate: "),
        "{ended:?}"
    );
}

#[tokio::test]
async fn a_wrong_secret_ends_the_run_and_the_right_one_continues() {
    let (world, people) = (World::new().await, People::new(50));
    world.write("users.csv", &people.csv);
    let wrong = world.tool().env("STYTCH_SECRET", "wrong").arg(world.path("users.csv"));
    // The first line that the check rejects is the seventh, so that no line is settled before the first response.
    let ended = wrong.args(&["--concurrency", "1"]).run().await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("unauthorized_credentials"), "{ended:?}");
    assert_eq!(world.gate.traffic().asked.len(), 1);
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    world.has_exactly(&people.good).await;
}

#[tokio::test]
async fn without_an_environment_it_names_the_missing_variables() {
    let world = World::new().await;
    world.write("users.csv", People::new(1).csv);
    let ended = crate::tool::Tool::new().arg(world.path("users.csv")).run().await;
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("STYTCH_PROJECT_ID is not set") && ended.stderr.contains("--emulator"),
        "{ended:?}"
    );
}

#[tokio::test]
async fn a_wrong_command_line_is_rejected() {
    let world = World::new().await;
    world.write("users.csv", People::new(1).csv);
    for (arguments, words) in [
        (&["--rate=-1"][..], "--rate"),
        (&["--concurrency", "0"], "--concurrency"),
        (&["--map", "email"], "write OLD=NEW"),
        (&["--map", "email=mail"], "`mail` is not a parameter"),
        (&["--map", "e-mail=email"], "no column `e-mail`"),
        (&["--set", "hash=x"], "the same `hash`"),
        (&["--check", "--strict"], "cannot be used with"),
        (&["--format", "xml"], "xml"),
    ] {
        let ended = world.migrate("users.csv", arguments).await;
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains(words), "{arguments:?}: {}", ended.stderr);
    }
    assert!(world.gate.traffic().asked.is_empty());
}

/// A firewall that rejects what is in one line rejects it in every run, so the line has to be known.
#[tokio::test]
async fn a_line_that_a_proxy_rejects_is_named() {
    for status in [400, 403, 413] {
        let (world, people) = (World::new().await, People::new(3));
        world.write("users.csv", &people.csv);
        world.emulator.fail_next(Fault::raw(status, "text/html", "<html>Rejected</html>")).unwrap();
        let ended = world.migrate("users.csv", &["--concurrency", "1"]).await;
        assert_eq!(ended.code, Some(3), "{ended:?}");
        assert!(ended.stderr.contains("stytch-migrate: line 2: "), "{ended:?}");
    }
}
