use stytch_client::response;

#[response]
#[serde(rename_all = "camelcase", untagged, remote = "Other", deny_unknown)]
pub struct User {
    #[serde(renam = "n")]
    pub name: String,
    #[serde(default, default = "seven")]
    pub age: u8,
    #[serde(rename(serialise = "h"))]
    pub height: u8,
    #[serde(bound = "T")]
    pub weight: u8,
    #[serde(alias)]
    pub shoe: u8,
}

fn main() {}
