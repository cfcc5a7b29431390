//! The support table of the README: made here from the routes and the error types that there are.

use std::fmt::Write;

use crate::{
    control::is_control,
    parameter::{Kind, Parameter},
    refusal::{ALL, ErrorType, Origin},
    route::{Access, ROUTES, Route},
};

const BEGIN: &str = "<!-- made by `BLESS=1 cargo test -p stytch-emulator support_table` -->\n";
const END: &str = "<!-- end -->";

fn table() -> String {
    let mut text = String::new();
    let (own, api): (Vec<&Route>, Vec<&Route>) =
        ROUTES.iter().copied().partition(|route| is_control(route.path));
    text += "\n| endpoint | parameters (`*` required) | refusals of its own |\n|---|---|---|\n";
    for route in api {
        let everybody = if route.access == Access::Everybody { " (needs no credentials)" } else { "" };
        let refusals = refusals(route.refusals.iter().copied().flatten().copied());
        let parameters = parameters(route.parameters);
        let _ =
            writeln!(text, "| `{} {}`{everybody} | {parameters} | {refusals} |", route.method, route.path);
    }
    text += "\n| of the emulator itself | parameters (`*` required) |\n|---|---|\n";
    for route in own {
        let _ = writeln!(text, "| `{} {}` | {} |", route.method, route.path, parameters(route.parameters));
    }
    for (origin, heading) in [
        (Origin::Reference, "in Stytch's reference pages"),
        (Origin::Sdk, "known to Stytch's browser SDK, the status mostly chosen here"),
        (Origin::Own, "of the emulator's own, where Stytch documents nothing"),
    ] {
        let names = refusals(ALL.iter().copied().filter(|kind| kind.origin == origin));
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
            Kind::Object(members) => format!(" {{{}}}", parameters(members)),
            _ => String::new(),
        };
        format!("`{}`{mark}{inside}", parameter.name)
    };
    declared.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn refusals<'a>(kinds: impl Iterator<Item = &'a ErrorType>) -> String {
    let names: Vec<_> = kinds.map(|kind| format!("`{}` {}", kind.name, kind.status)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

#[test]
fn the_readme_says_what_there_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("a README");
    let (before, rest) = readme.split_once(BEGIN).expect("the beginning of the table");
    let (written, after) = rest.split_once(END).expect("the end of the table");
    let made = table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{made}{END}{after}")).expect("the README");
        return;
    }
    let is_true = written == made;
    assert!(
        is_true,
        "README.md is out of date: `BLESS=1 cargo test -p stytch-emulator support_table` renews it"
    );
}

#[test]
fn no_error_type_is_idle_and_none_is_named_twice() {
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
        "internal_server_error",
    ];
    for kind in ALL {
        let declared = ROUTES.iter().any(|route| route.refusals.iter().any(|group| group.contains(kind)));
        assert!(declared || anywhere.contains(&kind.name), "no endpoint refuses with {}", kind.name);
        assert_eq!(ALL.iter().filter(|other| other.name == kind.name).count(), 1, "{}", kind.name);
    }
}
