//! GraphQL: the query is a constant in the body, the response is inside an envelope, and a response with status 200
//! can be an error.
//!
//! A server in the program plays the API.

use std::borrow::Cow;
use std::error::Error;

use axum::routing::post;
use axum::{Json, Router};
use declapi::{ApiError, ResponseParts, client, endpoint, object, response};
use serde::Deserialize;
use serde_json::{Value, json};

/// An API of a library.
#[client(base_url = "https://library.example.com", error = GraphqlErrors)]
pub struct Library;

/// Finds a book.
#[endpoint(
    post = "/graphql",
    body("query" = "query ($id: ID!) { book(id: $id) { title author { name } } }"),
    envelope = "data.book",
    response = Option<Book>,
    on = &Library
)]
pub struct FindBook<'a> {
    /// The variables of the query.
    pub variables: BookId<'a>,
}

/// Lends a book.
#[endpoint(
    post = "/graphql",
    body("query" = "mutation ($id: ID!) { lend(id: $id) { until } }"),
    envelope = "data.lend",
    response = Loan,
    on = &Library
)]
pub struct LendBook<'a> {
    /// The variables of the query.
    pub variables: BookId<'a>,
}

/// The variables of a query for one book.
#[object]
pub struct BookId<'a> {
    /// The id of the book.
    pub id: &'a str,
}

/// A book.
#[response]
#[derive(Debug)]
pub struct Book {
    /// The title.
    #[response(required)]
    pub title: String,
    /// The author.
    #[response(required)]
    pub author: Author,
}

/// The author of a book.
#[response]
#[derive(Debug)]
pub struct Author {
    /// The name of the author.
    pub name: String,
}

/// A loan.
#[response]
#[derive(Debug)]
pub struct Loan {
    /// The last day.
    #[response(required)]
    pub until: String,
}

/// The errors of a query. They have the status 200.
#[derive(Debug, Deserialize)]
pub struct GraphqlErrors {
    errors: Vec<GraphqlError>,
}

/// An error of a query.
#[derive(Debug, Deserialize)]
struct GraphqlError {
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

/// The extensions that this API adds to an error.
#[derive(Debug, Default, Deserialize)]
struct Extensions {
    code: Option<String>,
}

impl ApiError for GraphqlErrors {
    fn is_error(response: &ResponseParts<'_>) -> bool {
        !response.status.is_success() || Self::read(response).is_some()
    }

    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.errors.first()?.extensions.code.as_deref().map(Cow::from)
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        self.errors.first().map(|error| error.message.as_str().into())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = stytch_client_examples::serve(Router::new().route("/graphql", post(serve))).await?;
    let library = Library::builder().base_url(url).bearer_auth("token").build()?;

    let id = |id| BookId::builder().id(id).build();
    let book = library.find_book().variables(id("1")).send().await?.ok_or("there should be a book")?;
    println!("{} by {}", book.title, book.author.name);

    let nothing = library.find_book().variables(id("2")).send().await?;
    println!("the other is missing: {}", nothing.is_none());

    let error = library.lend_book().variables(id("1")).send().await.expect_err("it is lent");
    println!("{error}");
    if !error.is("ALREADY_LENT") {
        return Err(error.into());
    }
    Ok(())
}

/// Plays the server.
async fn serve(Json(request): Json<Value>) -> Json<Value> {
    let is_query = request["query"].as_str().is_some_and(|query| query.starts_with("query"));
    Json(match (is_query, request["variables"]["id"].as_str()) {
        (true, Some("1")) => {
            json!({"data": {"book": {"title": "Sketch of the Engine", "author": {"name": "Ada Lovelace"}}}})
        }
        (true, Some(_)) => json!({"data": {"book": null}}),
        _ => json!({
            "data": null,
            "errors": [{"message": "the book is lent", "path": ["lend"], "extensions": {"code": "ALREADY_LENT"}}],
        }),
    })
}
