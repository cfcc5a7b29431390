use declapi::object;

#[object]
#[serde(rename_all = "camelcase")]
pub struct Name {
    #[serde(renam = "n")]
    pub first: Option<String>,
}

fn main() {}
