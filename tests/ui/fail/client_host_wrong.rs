//! Wrong declarations of additional hosts.

use declapi::client;

#[client(host = "https://api.example.com")]
struct Main;

#[client(host("uploads"))]
struct WithoutUrl;

#[client(host("" = "https://uploads.example.com"))]
struct WithoutName;

#[client(host(uploads = "https://uploads.example.com"))]
struct WithoutQuotes;

#[client(host("uploads" = "uploads.example.com"))]
struct WithoutScheme;

#[client(host("uploads" = "https://uploads.example.com", credentials))]
struct AnotherWord;

#[client(host("uploads" = "https://uploads.example.com", auth = true))]
struct AuthWithValue;

#[client(host("uploads" = "https://uploads.example.com", "search" = "https://search.example.com"))]
struct TwoInOne;

#[client(host("uploads" = "https://a.example.com"), host("uploads" = "https://b.example.com", auth))]
struct Twice;

fn main() {}
