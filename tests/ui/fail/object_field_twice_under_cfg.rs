use declapi::object;

#[object]
pub struct Config {
    #[cfg(windows)]
    pub path: u8,
    #[cfg(not(windows))]
    pub path: u8,
}

#[object]
pub struct Renamed {
    pub id: u8,
    #[cfg(not(windows))]
    #[serde(rename = "id")]
    pub number: u8,
    #[serde(rename = "id")]
    pub other: u8,
}

fn main() {}
