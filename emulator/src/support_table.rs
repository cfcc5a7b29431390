//! The table of endpoints in README.md, generated from the routes and the error types.

use std::fmt::Write;

use crate::{
    api_error::{self, ErrorType, Origin},
    browser::{ERROR_TYPES, PARAMETERS, SSO_ERROR_TYPES, SSO_PARAMETERS},
    parameter::{Kind, Parameter},
    route::{Access, OAUTH_PAGES, Route, SSO_PAGES, is_control},
    routes::ROUTES,
};

const BEGIN: &str = "<!-- made by `BLESS=1 cargo test -p stytch-emulator support_table` -->\n";
const END: &str = "<!-- end -->";

fn table() -> String {
    let mut text = String::new();
    let (own, api): (Vec<&Route>, Vec<&Route>) =
        ROUTES.iter().copied().partition(|route| is_control(route.path));
    text += "\n| endpoint | parameters (`*` required) | error types |\n|---|---|---|\n";
    let (api, not_emulated): (Vec<&Route>, Vec<&Route>) =
        api.into_iter().partition(|route| route.is_emulated());
    for route in api {
        let everybody = match route.access {
            Access::Project => "",
            Access::Member => " (with or without a member's session)",
            Access::OAuthClient => " (form or JSON; needs the client's credentials only)",
            Access::Everybody => " (needs no credentials)",
        };
        let error_types = error_types(route.error_types.iter().copied().flatten().copied());
        let parameters = parameters(route.parameters);
        let _ =
            writeln!(text, "| `{} {}`{everybody} | {parameters} | {error_types} |", route.method, route.path);
    }
    text += "\n| endpoint of the emulator itself | parameters (`*` required) |\n|---|---|\n";
    for route in own {
        let _ = writeln!(text, "| `{} {}` | {} |", route.method, route.path, parameters(route.parameters));
    }
    for (page, names, types) in [
        (format!("{OAUTH_PAGES}{{provider}}/start"), &PARAMETERS[..], ERROR_TYPES),
        (format!("{SSO_PAGES}start"), &SSO_PARAMETERS[..], SSO_ERROR_TYPES),
    ] {
        let is_needed = |name: &str| matches!(name, "public_token" | "connection_id");
        let one = |name: &&str| format!("`{name}`{}", if is_needed(name) { "\\*" } else { "" });
        let names = names.iter().map(one).collect::<Vec<_>>().join(", ");
        let errors = error_types(types.iter().copied());
        let _ = writeln!(text, "| `GET {page}` (a page for browsers) | {names} | {errors} |");
    }
    text += "\n| endpoint that is not emulated: the response is `not_emulated` 501 |\n|---|\n";
    for route in not_emulated {
        let _ = writeln!(text, "| `{} {}` |", route.method, route.path);
    }
    for (origin, heading) in [
        (Origin::Reference, "in Stytch's reference pages"),
        (Origin::Sdk, "in Stytch's client SDKs; most of their statuses are a choice of the emulator"),
        (Origin::OAuth, "of OAuth 2"),
        (Origin::Own, "of the emulator itself, for cases that Stytch does not document"),
    ] {
        let names = error_types(api_error::all().filter(|error_type| error_type.origin == origin));
        let _ = writeln!(text, "\n**Error types {heading}:** {names}");
    }
    text.push('\n');
    text
}

fn parameters(declared: &[Parameter]) -> String {
    if declared.is_empty() {
        return "none".to_owned();
    }
    let one = |parameter: &Parameter| {
        let mark = if parameter.required { "\\*" } else { "" };
        let inside = match &parameter.kind {
            Kind::Object(fields) => format!(" {{{}}}", parameters(fields)),
            Kind::ObjectList(fields) => format!(" [{{{}}}, …]", parameters(fields)),
            _ => String::new(),
        };
        format!("`{}`{mark}{inside}", parameter.name)
    };
    declared.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn error_types<'a>(types: impl Iterator<Item = &'a ErrorType>) -> String {
    let names: Vec<_> =
        types.map(|error_type| format!("`{}` {}", error_type.name, error_type.status)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[test]
fn the_table_in_the_readme_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("a README");
    let (before, rest) = readme.split_once(BEGIN).expect("the beginning of the table");
    let (written, after) = rest.split_once(END).expect("the end of the table");
    let made = table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{made}{END}{after}")).expect("the README");
        return;
    }
    let is_current = written == made;
    assert!(
        is_current,
        "README.md is out of date: `BLESS=1 cargo test -p stytch-emulator support_table` renews it"
    );
}

#[test]
fn every_error_type_is_used_and_has_its_own_name() {
    let anywhere = [
        "bad_request",
        "unauthorized_credentials",
        "route_not_found",
        "method_not_allowed",
        "unsupported_media_type",
        "request_timeout",
        "request_too_large",
        "too_many_requests",
        "injected_fault",
        "foreign_host",
        "foreign_origin",
        "internal_server_error",
    ];
    for error_type in api_error::all() {
        let declared =
            ROUTES.iter().any(|route| route.error_types.iter().any(|group| group.contains(&error_type)));
        let declared =
            declared || [ERROR_TYPES, SSO_ERROR_TYPES].iter().any(|types| types.contains(&error_type));
        assert!(declared || anywhere.contains(&error_type.name), "no endpoint declares {}", error_type.name);
        assert_eq!(
            api_error::all().filter(|other| other.name == error_type.name).count(),
            1,
            "{}",
            error_type.name
        );
    }
}
