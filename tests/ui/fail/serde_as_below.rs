use declapi::{endpoint, object};

#[object]
pub struct Key {
    #[serde_as(as = "DisplayFromStr")]
    pub id: u64,
    #[serde_as(as = "Option<Base64>")]
    pub bytes: Option<Vec<u8>>,
}

#[endpoint(post = "/keys", response = ())]
#[derive(serde::Deserialize)]
pub struct Create {
    #[serde_as(as = "DisplayFromStr")]
    pub id: u64,
}

fn main() {}
