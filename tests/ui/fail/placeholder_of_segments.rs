use declapi::endpoint;

macro_rules! get {
    ($($name:ident = $path:literal,)*) => {$(
        #[endpoint(get = $path, response = ())]
        pub struct $name {
            pub path: String,
        }
    )*};
}

get! {
    Axum = "/{*path}",
    Rocket = "/<path..>",
    Flask = "/<path:path>",
    Starlette = "/{path:path}",
    Actix = "/{path:.*}",
    Gateway = "/{path+}",
    Google = "/{path=**}",
    Rfc6570 = "/{+path}",
    Go = "/{path...}",
    Express = "/*path",
    Doubled = "/{path**}",
    Swapped = "/{path?*}",
    Spaced = "/{path *}",
}

#[endpoint(get = "/{path*}", response = ())]
pub struct List {
    pub path: Vec<String>,
}

#[endpoint(get = "/a/../{path*}", response = ())]
pub struct Folded {
    pub path: String,
}

#[endpoint(get = "/{path*}", response = ())]
pub struct Secret {
    #[endpoint(secret)]
    pub path: String,
}

fn main() {}
