//! Compares the declarations of an API client with the API's OpenAPI document.

pub mod document;
