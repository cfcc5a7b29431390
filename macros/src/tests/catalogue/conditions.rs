//! Tests endpoints behind `cfg`s.

use super::{BOTH, CREATE, Files, GET, expanded, listed};

#[test]
fn conditions_are_copied() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            "#[cfg(feature = \"b\")] pub mod b; #[cfg(not(a))] #[cfg(x)] pub mod c; mod d; #[cfg(y)] pub use d::*;",
        ),
        ("b.rs", &format!("#[cfg(unix)] {CREATE} {GET}")),
        ("c.rs", &format!("#![cfg(z)] {GET}")),
        ("d.rs", CREATE),
    ];
    let found = [
        "#[cfg(feature=\"b\")]#[cfg(unix)]<crate::b::Create",
        "#[cfg(feature=\"b\")]<crate::b::Get",
        "#[cfg(not(a))]#[cfg(x)]#[cfg(z)]<crate::c::Get",
        "#[cfg(y)]<crate::Create",
    ];
    let listed: Vec<String> =
        listed(files).iter().map(|entry| entry.replace("crate", "<crate").replace("<<", "<")).collect();
    assert_eq!(listed, found);
}

#[test]
fn items_for_tests_are_left_out() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            &format!(
                "#[cfg(test)] mod tests {{ {CREATE} }} #[cfg(all(test, unix))] pub mod more; pub mod file; #[cfg(test)] {GET} #[cfg(not(test))] {CREATE}"
            ),
        ),
        ("more.rs", CREATE),
        ("file.rs", &format!("#![cfg(test)] {CREATE}")),
    ];
    assert_eq!(listed(files), ["#[cfg(not(test))]crate::Create"]);
}

/// A `cfg_attr` that adds nothing to the list, such as `doc(cfg(…))`, is no condition.
#[test]
fn conditions_in_a_cfg_attr_are_copied() {
    let lib = format!(
        "#[cfg_attr(x, cfg(y))] pub mod m {{ #[cfg_attr(true, inline, cfg_attr(z, cfg(not(w))))] {CREATE} }} \
         #[cfg_attr(docsrs, doc(cfg(feature = \"f\")))] #[cfg(all(a, b),)] {GET} \
         #[cfg_attr(a, endpoint(get = \"/a\"))] #[cfg_attr(not(a), endpoint(get = \"/b\"))] pub struct Both;"
    );
    let found = [
        "#[cfg(all(a,b))]crate::Get",
        "#[cfg(a)]crate::Both",
        "#[cfg(not(a))]crate::Both",
        "#[cfg(any(not(x),y))]#[cfg(any(not(true),not(z),not(w)))]crate::m::Create",
    ];
    assert_eq!(listed(&[("lib.rs", &lib)]), found);
}

/// rustc also warns about the items of a module that is deprecated.
#[test]
fn deprecated_endpoints_cause_no_warning() {
    let deprecated = |lib: String| expanded(BOTH, &[("lib.rs", &lib)]).contains("allow (deprecated)");
    assert!(deprecated(format!("#[deprecated] {GET}")));
    assert!(deprecated(format!("#[cfg_attr(a, deprecated)] {GET}")));
    assert!(deprecated(format!("#[deprecated] pub mod m {{ pub mod n {{ {GET} }} }}")));
    assert!(deprecated(format!("pub mod m {{ #![deprecated] {GET} }}")));
    assert!(!deprecated(GET.to_owned()));
}

#[test]
fn alternatives_are_both_listed() {
    let last = "#[endpoint(get = \"/\", response = ())] pub struct Last";
    let files: Files<'_> = &[
        (
            "lib.rs",
            "#[cfg(a)] mod m; #[cfg(not(a))] #[path = \"n.rs\"] mod m; pub use m::*; pub use m::Get as Fetch; \
             mod o; pub use o::Last;",
        ),
        ("m.rs", &format!("{CREATE} {GET}")),
        ("n.rs", &format!("{CREATE} {GET}")),
        ("o.rs", &format!("#[cfg(a)] {last}<'a> {{ a: &'a str }} #[cfg(not(a))] {last};")),
    ];
    let found = [
        "#[cfg(a)]crate::Create",
        "#[cfg(a)]crate::Fetch",
        "#[cfg(not(a))]crate::Create",
        "#[cfg(not(a))]crate::Fetch",
        "#[cfg(a)]crate::Last<'_>",
        "#[cfg(not(a))]crate::Last",
    ];
    assert_eq!(listed(files), found);
}

/// A short path that does not always exist must not hide a longer one.
#[test]
fn a_conditional_path_is_used_only_if_there_is_no_other() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            "pub mod users; #[cfg(prelude)] pub use users::Create; \
             mod m; #[cfg(a)] pub use m::Get as Find; #[cfg(b)] pub use m::Get as Fetch; \
             mod n; #[cfg(a)] pub use n::*; #[cfg(not(a))] pub mod compat { pub use super::n::*; }",
        ),
        ("users.rs", CREATE),
        ("m.rs", GET),
        ("n.rs", &CREATE.replace("Create", "Last")),
    ];
    let found = [
        "crate::users::Create",
        "#[cfg(a)]crate::Find",
        "#[cfg(b)]#[cfg(not(all(a)))]crate::Fetch",
        "#[cfg(a)]crate::Last",
        "#[cfg(not(a))]#[cfg(not(all(a)))]crate::compat::Last",
    ];
    assert_eq!(listed(files), found);
}

#[test]
fn the_macro_has_a_step_for_each_condition_and_keeps_the_order() {
    let files: Files<'_> = &[(
        "lib.rs",
        &format!(
            "#[cfg(a)] {GET} {CREATE} #[cfg(b)] pub mod m {{ {CREATE} }} #[cfg(a)] pub mod n {{ {CREATE} }}"
        ),
    )];
    let expanded = expanded("macro_rules! each;", files).replace(' ', "");
    assert!(!expanded.contains("constENDPOINTS"), "{expanded}");
    let groups = "[$($group_0:tt)*][$($group_1:tt)*][$($group_2:tt)*][$($group_3:tt)*]";
    for part in [
        "macro_rules!each{($($callback:ident)::+)=>{$crate::__each_0!{$($callback)::+[$crate::Get,][$crate::Create,][$crate::m::Create,][$crate::n::Create,]}};}".to_owned(),
        format!("#[cfg(all(a))]#[doc(hidden)]#[macro_export]macro_rules!__each_0{{($($callback:ident)::+{groups})=>{{$crate::__each_1!{{$($callback)::+[$($group_0)*][$($group_1)*][$($group_2)*][$($group_3)*]}}}};}}"),
        format!("#[cfg(not(all(a)))]#[doc(hidden)]#[macro_export]macro_rules!__each_0{{($($callback:ident)::+{groups})=>{{$crate::__each_1!{{$($callback)::+[][$($group_1)*][$($group_2)*][]}}}};}}"),
        format!("#[cfg(all(b))]#[doc(hidden)]#[macro_export]macro_rules!__each_1{{($($callback:ident)::+{groups})=>{{$($callback)::+!{{$($group_0)*$($group_1)*$($group_2)*$($group_3)*}}}};}}"),
    ] {
        assert!(expanded.contains(&part), "{part}\nis not in\n{expanded}");
    }
}
