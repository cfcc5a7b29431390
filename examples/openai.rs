//! OpenAI: a file is uploaded as a part of a form, and a response arrives as server-sent events.
//!
//! A server in the program plays the API.

use std::error::Error;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use declapi::{Events, Multipart, Upload, client, endpoint, object, resource, response};
use serde_json::{Value, json};

/// OpenAI's API.
#[client(base_url = "https://api.openai.com/v1")]
pub struct OpenAi;

/// Files.
#[resource(on = &OpenAi)]
pub struct Files;

/// Uploads a file.
#[endpoint(post = "/files", body = Multipart, response = File, on = Files, timeout = 600)]
pub struct Create<'a> {
    /// The purpose of the file, such as `batch`.
    pub purpose: &'a str,
    /// The content.
    pub file: Upload,
}

/// A file.
#[response]
#[derive(Debug)]
pub struct File {
    /// The id of the file.
    #[response(required)]
    pub id: String,
    /// The size in bytes.
    pub bytes: u64,
    /// The name of the file.
    pub filename: String,
}

/// Chats.
#[resource(on = &OpenAi)]
pub struct Chat;

/// Completes a chat, word by word.
#[endpoint(post = "/chat/completions", body("stream" = true), response = Events<Chunk>, on = Chat)]
pub struct Stream<'a> {
    /// The name of the model.
    pub model: &'a str,
    /// The messages so far.
    pub messages: Vec<Message<'a>>,
    /// The temperature of the model, from 0 to 2.
    pub temperature: Option<f32>,
}

/// A message of a chat.
#[object]
pub struct Message<'a> {
    /// The role of the author: `system`, `user` or `assistant`.
    pub role: &'a str,
    /// The text of the message.
    pub content: &'a str,
}

/// The next words of a chat.
#[response]
#[derive(Debug)]
pub struct Chunk {
    /// One for each requested completion.
    pub choices: Vec<Choice>,
}

/// The next words of a completion.
#[response]
#[derive(Debug)]
pub struct Choice {
    /// The added part of the message.
    pub delta: Delta,
    /// The reason why the completion ends here, if it does.
    pub finish_reason: Option<String>,
}

/// A part that is added to a message.
#[response]
#[derive(Debug, Default)]
pub struct Delta {
    /// The text.
    pub content: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let routes = Router::new().route("/files", post(upload)).route("/chat/completions", post(complete));
    let url = stytch_client_examples::serve(routes).await?;
    let openai = OpenAi::builder().base_url(url).bearer_auth("token").build()?;

    let file =
        Upload::bytes("{\"custom_id\":\"1\"}\n").file_name("jobs.jsonl").media_type("application/jsonl");
    let file = openai.files().create().purpose("batch").file(file).send().await?;
    println!("{} is {}, {} bytes", file.filename, file.id, file.bytes);

    let question = Message::builder().role("user").content("Say hello.").build();
    let mut events = openai.chat().stream().model("gpt-5").messages([question]).send().await?;
    let mut words = String::new();
    while let Some(event) = events.next().await {
        for choice in event?.data.choices {
            words.push_str(&choice.delta.content);
        }
    }
    println!("{words}");
    if words == "Hello, Ada." { Ok(()) } else { Err("these are not all words".into()) }
}

/// Plays the server for an upload.
async fn upload(headers: HeaderMap, body: String) -> Result<Json<Value>, StatusCode> {
    let boundary = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok()?.strip_prefix("multipart/form-data; boundary="));
    let boundary = boundary.ok_or(StatusCode::UNSUPPORTED_MEDIA_TYPE)?.trim_matches('"');
    let parts: Vec<_> =
        body.split(&format!("--{boundary}")).filter_map(|part| part.split_once("\r\n\r\n")).collect();
    match parts[..] {
        [(purpose, "batch\r\n"), (file, content)]
            if purpose.contains("name=\"purpose\"") && file.contains("filename=\"jobs.jsonl\"") =>
        {
            Ok(Json(json!({"id": "file-1", "bytes": content.len() - 2, "filename": "jobs.jsonl"})))
        }
        _ => Err(StatusCode::BAD_REQUEST),
    }
}

/// Plays the server for a chat.
async fn complete(Json(request): Json<Value>) -> Result<impl IntoResponse, StatusCode> {
    if request["stream"] != true {
        return Err(StatusCode::BAD_REQUEST);
    }
    let event = |words: &str| format!("data: {}\n\n", json!({"choices": [{"delta": {"content": words}}]}));
    Ok(([(CONTENT_TYPE, "text/event-stream")], event("Hello") + &event(", Ada.") + "data: [DONE]\n\n"))
}
