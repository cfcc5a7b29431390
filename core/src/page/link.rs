//! Parses the header `Link`.

/// Returns the target with `rel="next"` in a `Link` header (RFC 8288).
pub(super) fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, target)) = rest.split_once('<') {
        let (target, parameters) = target.split_once('>')?;
        let end = unquoted(parameters, ',').unwrap_or(parameters.len());
        if is_next(&parameters[..end]) {
            return Some(target.trim());
        }
        rest = &parameters[end..];
    }
    None
}

/// Returns whether the parameters of a link contain `rel="next"`.
fn is_next(mut parameters: &str) -> bool {
    loop {
        let end = unquoted(parameters, ';').unwrap_or(parameters.len());
        let (name, value) = parameters[..end].split_once('=').unwrap_or((&parameters[..end], ""));
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        if name.trim().eq_ignore_ascii_case("rel") {
            // If there are several `rel` parameters, only the first one is valid.
            return relations.any(|relation| relation.eq_ignore_ascii_case("next"));
        }
        match parameters.get(end + 1..) {
            Some(rest) => parameters = rest,
            None => return false,
        }
    }
}

/// Returns the position of a character outside of quoted strings.
fn unquoted(text: &str, sign: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.char_indices().find_map(|(at, character)| {
        if std::mem::take(&mut is_escaped) {
            return None;
        }
        match character {
            '"' => is_quoted = !is_quoted,
            '\\' => is_escaped = is_quoted,
            _ => return (character == sign && !is_quoted).then_some(at),
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_the_rfc_says() {
        for (header, next) in [
            (r#"<https://a.example/?page=2>; rel="next""#, Some("https://a.example/?page=2")),
            (r#"</?page=1>; rel="prev", </?page=3>; rel="next", </?page=9>; rel="last""#, Some("/?page=3")),
            (r"</a>;rel=next", Some("/a")),
            (r#"</a,b;c>; title="x, <y>; rel=\"next"; rel="last", </b>; REL="first Next""#, Some("/b")),
            (r#"</a>; rel="prefetch""#, None),
            (r#"</a>; rel="nextish""#, None),
            ("", None),
            ("<", None),
            ("</a", None),
            ("</a>", None),
        ] {
            assert_eq!(next_link(header), next, "{header}");
        }
    }
}
