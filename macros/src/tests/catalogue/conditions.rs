//! Tests endpoints behind `cfg`s.

use super::{CREATE, Files, GET, expanded, listed};

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
