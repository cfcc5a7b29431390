//! The keys of `#[endpoint(…)]` on a struct, and the advice for words of other crates.

use super::Vocabulary;
use super::constants::{ACCEPT, CONTENT_TYPE};
use super::defaults;

pub(super) const RENAME_ALL: &str =
    "this is an attribute of serde: write `#[serde(rename_all = \"camelCase\")]`";
const METHOD_AND_PATH: &str = "the method is the key and the path is its value, as in `post = \"/v1/users\"`";
const JSON: &str = "JSON needs no key: remove this";
const STREAM: &str = "the response type determines it: write `response = ByteStream`, `response = JsonLines<T>` or \
                      `response = Events<T>`";
const NONE: &str = "write `response = Option<T>`, and for a status that is `None`, `none = 404`";
const PAGE: &str = "write how the next page is requested: `page(cursor = field)`, `page(number = field)`, \
                    `page(offset = field)`, `page(link)` or `page(url)`";
const ON_A_FIELD: &str = "this belongs on a field: write `#[endpoint(whole_body)]` there";
/// The advice for a key of an endpoint on a resource or a client.
pub(super) const OF_AN_ENDPOINT: &str = "each endpoint has its own: write it there";

pub(super) const ENDPOINT: Vocabulary = Vocabulary {
    owner: "`#[endpoint]`",
    keys: &[
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "response",
        "none",
        "envelope",
        "page",
        "on",
        "name",
        "idempotent",
        "header",
        "query",
        "body",
        "timeout",
        "idempotency_key",
        "host",
        "auth",
        "crate",
    ],
    example: "post = \"/v1/users\"",
    advice: &[
        ("method", METHOD_AND_PATH),
        ("path", METHOD_AND_PATH),
        ("url", METHOD_AND_PATH),
        ("uri", METHOD_AND_PATH),
        ("route", METHOD_AND_PATH),
        ("rename_all", RENAME_ALL),
        ("content_type", CONTENT_TYPE),
        ("accept", ACCEPT),
        ("consumes", CONTENT_TYPE),
        ("produces", ACCEPT),
        ("form", "write `body = Form`, or `body = NestedForm` for a form with brackets"),
        ("multipart", "write `body = Multipart`"),
        ("json", JSON),
        ("raw", "write `response = Bytes` for a response as it is, and `body = Bytes` for such a body"),
        ("bytes", "write `response = Bytes` for a response as it is, and `body = Bytes` for such a body"),
        ("text", "write `response = Text` for a response as it is, and `body = Text` for such a body"),
        ("whole_body", ON_A_FIELD),
        ("stream", STREAM),
        ("streaming", STREAM),
        ("events", STREAM),
        ("sse", STREAM),
        ("not_found", NONE),
        ("optional", NONE),
        ("nullable", NONE),
        ("cursor", PAGE),
        ("next", PAGE),
        ("link", PAGE),
        ("base_url", defaults::BASE_URL),
        ("no_auth", defaults::NO_AUTH),
        ("public", defaults::NO_AUTH),
    ],
    synonyms: &[
        ("headers", "header"),
        ("params", "query"),
        ("returns", "response"),
        ("result", "response"),
        ("output", "response"),
        ("format", "body"),
        ("encoding", "body"),
        ("body_format", "body"),
        ("wrapper", "envelope"),
        ("wrapped", "envelope"),
        ("unwrap", "envelope"),
        ("paginate", "page"),
        ("paginated", "page"),
        ("pagination", "page"),
        ("paged", "page"),
        ("pages", "page"),
        ("handle", "on"),
        ("resource", "on"),
        ("client", "on"),
        ("credentials", "auth"),
        ("security", "auth"),
        ("server", "host"),
    ],
};
