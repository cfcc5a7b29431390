use declapi::object;

#[object]
pub struct Name {
    #[object(query)]
    pub first: Option<String>,
    #[object(secert)]
    pub last: Option<String>,
}

fn main() {}
