//! Suggestions ("did you mean …?") for similar words.

/// Returns the candidate that `given` most likely means, if one is similar enough.
pub(crate) fn nearest<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (given.chars().count() / 3).max(1);
    // `POST` is `post` in capitals, not four mistakes.
    let given = given.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (distance(&given, &candidate.to_ascii_lowercase()), candidate))
        // Two words without a common character are not similar, even if they are short.
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the candidate that is the same word except for case, dashes, underscores and other signs around it.
pub(crate) fn same_word<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let wanted = word(given).to_lowercase();
    candidates.into_iter().find(|candidate| !wanted.is_empty() && word(candidate).to_lowercase() == wanted)
}

/// Returns ``; did you mean `x`?`` if a candidate is similar, and `otherwise` if none is.
pub(crate) fn hint<'c>(
    given: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl Into<String>,
) -> String {
    nearest(given, candidates)
        .map_or_else(|| otherwise.into(), |candidate| format!("; did you mean `{candidate}`?"))
}

/// Returns `a`, `b` or `c`, each in backticks.
pub(crate) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Returns how many characters must be added, removed, changed or swapped with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, &left) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &right) in b.iter().enumerate() {
            let mut least = (above[column] + usize::from(left != right))
                .min(above[column + 1] + 1)
                .min(current[column] + 1);
            let swapped = row > 0 && column > 0 && left == b[column - 1] && a[row - 1] == right;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_similar_word() {
        let keys = ["response", "idempotent", "name", "on"];
        assert_eq!(nearest("respons", keys), Some("response"));
        assert_eq!(nearest("repsonse", keys), Some("response"));
        assert_eq!(nearest("no", keys), Some("on"));
        assert_eq!(nearest("RESPONSE", keys), Some("response"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("0", ["a"]), None);
    }

    #[test]
    fn counts_a_swap_as_one() {
        assert_eq!(distance("gte", "get"), 1);
        assert_eq!(distance("", "get"), 3);
    }
}
