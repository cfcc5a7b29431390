//! `$crate`, which serde's attributes cannot use.

mod facade {
    #[allow(unused_imports)]
    pub use declapi;

    #[macro_export]
    macro_rules! answer {
        ($name:ident) => {
            #[declapi::response(crate = $crate::facade::declapi)]
            struct $name {
                a: u8,
            }
        };
    }
}

fn main() {}

answer!(Answer);
