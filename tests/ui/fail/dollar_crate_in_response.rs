//! `$crate`, which serde's attributes cannot follow.

mod facade {
    #[allow(unused_imports)]
    pub use stytch_client;

    #[macro_export]
    macro_rules! answer {
        ($name:ident) => {
            #[stytch_client::response(crate = $crate::facade::stytch_client)]
            struct $name {
                a: u8,
            }
        };
    }
}

fn main() {}

answer!(Answer);
