use declapi::object;

#[object]
pub struct Twice {
    pub first: String,
    #[serde(rename = "first")]
    pub second: String,
}

#[object]
pub struct Build {
    pub build: String,
}

#[object]
pub struct Maybe {
    pub x: Option<u8>,
    pub maybe_x: Option<u8>,
}

#[object]
pub struct Null {
    pub x: Option<Option<u8>>,
    pub null_x: u8,
}

#[object]
pub struct Sends {
    pub send: u8,
    pub send_as: u8,
}

fn main() {
    let _ = Sends::builder().send(1).send_as(2).build();
}
