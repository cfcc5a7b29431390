//! The reference: one page for each key of each macro, with an example, its expansion, and its mistakes.
//!
//! The tables are in the documentation of the macros: [`#[client]`](macro@crate::client),
//! [`#[resource]`](macro@crate::resource), [`#[endpoint]`](macro@crate::endpoint), [`#[object]`](macro@crate::object),
//! [`#[response]`](macro@crate::response), [`catalogue!`](crate::catalogue!). The [guide](crate::guide) explains how to use
//! them together.

/// Declares one module for each page of a folder.
macro_rules! pages {
    ($folder:literal: $($page:ident)*) => {
        $(
            #[doc = include_str!(concat!("docs/", $folder, "/", stringify!($page), ".md"))]
            pub mod $page {}
        )*
    };
}

pub mod client {
    //! The keys of [`#[client(…)]`](macro@crate::client) that no other macro has.

    pages!("client": base_url error user_agent);
}

pub mod endpoint {
    //! The keys of [`#[endpoint(…)]`](macro@crate::endpoint) on a struct. Some are also keys of
    //! [`#[resource(…)]`](macro@crate::resource) and [`#[client(…)]`](macro@crate::client).

    pages!("endpoint": auth body crate_path envelope header host idempotency_key idempotent method name none on page query
        response timeout);
}

pub mod field {
    //! The keys of [`#[endpoint(…)]`](macro@crate::endpoint) and [`#[object(…)]`](macro@crate::object) on a field.

    pages!("field": body header idempotency_key path query secret whole_body);
}

pub mod response {
    //! The keys of [`#[response(…)]`](macro@crate::response) on a field.

    pages!("response": items lenient next required secret);
}
