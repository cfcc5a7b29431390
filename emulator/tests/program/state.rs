//! The state file of a program that is killed, or whose disk is full.

use std::process::Command;

use serde_json::json;

use crate::support::{PASSWORD, PROGRAM, Program, directory, http_client, user};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_changes_survive_a_kill() {
    let directory = directory("killed");
    let file = directory.join("state");
    let arguments = ["--state-file", file.to_str().expect("a path")];
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let program = std::sync::Arc::new(Program::start(&arguments));
        for email in &acknowledged {
            let login = json!({ "email": email, "password": PASSWORD });
            assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200, "{email} is lost");
        }
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for worker in 0..4 {
            let (program, sender) = (std::sync::Arc::clone(&program), sender.clone());
            tokio::spawn(async move {
                let (project_id, secret) = program.credentials.clone();
                for number in 0.. {
                    let email = format!("user-{round}-{worker}-{number}@example.com");
                    let request = http_client().post(format!("{}/v1/passwords", program.base_url));
                    let body = json!({ "email": email, "password": PASSWORD });
                    let response = request.basic_auth(&project_id, Some(&secret)).json(&body).send().await;
                    // A response counts when it has arrived completely.
                    let Ok(response) = response else { break };
                    let status = response.status();
                    if response.bytes().await.is_err() || status != 200 || sender.send(email).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for _ in 0..10 + 7 * round {
            acknowledged.push(receiver.recv().await.expect("a response"));
        }
        program.signal("KILL");
        // The responses that arrived before the kill, and were not counted yet.
        while let Some(email) = receiver.recv().await {
            acknowledged.push(email);
        }
    }
    let program = Program::start(&arguments);
    for email in &acknowledged {
        let login = json!({ "email": email, "password": PASSWORD });
        assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200, "{email} is lost");
    }
}

#[tokio::test]
async fn a_full_disk_is_reported_without_a_loss() {
    let directory = directory("full");
    let file = directory.join("state");
    // A limit on the size of files simulates a full disk: 16 blocks of 512 bytes.
    let mut command = Command::new("sh");
    command.env_remove("STYTCH_PROJECT_ID").env_remove("STYTCH_SECRET");
    let script = r#"ulimit -f 16; exec "$0" --port 0 --state-file "$1""#;
    command.args(["-c", script, PROGRAM, file.to_str().expect("a path")]);
    let program = Program::launch(command);
    let mut acknowledged = 0;
    let error = loop {
        let (status, response) = program.post("/v1/passwords", &user(acknowledged)).await;
        if status != 200 {
            break response;
        }
        acknowledged += 1;
        assert!(acknowledged < 1000, "the limit does not work");
    };
    assert_eq!(error["error_type"], "internal_server_error");
    let message = error["error_message"].as_str().expect("a message");
    assert!(message.starts_with("The state file could not be written ("), "{message}");
    assert!(message.ends_with("), so nothing has changed."), "{message}");
    let lost = json!({ "email": format!("user{acknowledged}@example.com"), "password": PASSWORD });
    assert_eq!(program.post("/v1/passwords/authenticate", &lost).await.0, 404);
    drop(program);

    let program = Program::start(&["--state-file", file.to_str().expect("a path")]);
    assert!(acknowledged > 0);
    for number in 0..acknowledged {
        assert_eq!(
            program.post("/v1/passwords/authenticate", &user(number)).await.0,
            200,
            "user {number} is lost"
        );
    }
    assert_eq!(program.post("/v1/passwords/authenticate", &lost).await.0, 404);
    assert_eq!(program.post("/v1/passwords", &lost).await.0, 200);
}
