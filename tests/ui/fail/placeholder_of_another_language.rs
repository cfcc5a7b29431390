use declapi::endpoint;

macro_rules! get {
    ($($name:ident = $path:literal,)*) => {$(
        #[endpoint(get = $path, response = ())]
        pub struct $name {
            pub user_id: String,
            pub id: u8,
        }
    )*};
}

get! {
    Dollar = "/{id}/$user_id",
    DollarBrace = "/{id}/${user_id}",
    Colon = "/{id}/:user_id",
    ColonCamel = "/{id}/:userId.json",
    Star = "/{id}/*user_id",
    Parenthesis = "/{id}/users(user_id)",
    At = "/{id}/@user_id",
    Angle = "/{id}/<user_id>",
    AngleKind = "/{id}/<string:user_id>",
    Square = "/{id}/[user_id]",
    Doubled = "/{id}/{{user_id}}",
    Percent = "/{id}/%s",
    PercentName = "/{id}/%(user_id)s",
    Hash = "/{id}/#{user_id}",
    Regex = "/{id}/{user_id:[0-9]+}",
    Rest = "/{id}/{*user_id}",
    Dash = "/{id}/{user-id}",
}

#[endpoint(get = "/users/:id/:from-:to", response = ())]
pub struct Flights {
    #[endpoint(path)]
    pub from: String,
    pub to: String,
}

fn main() {}
