use declapi::object;

#[object]
pub struct Name {
    pub first: String,
    pub last: String,
}

fn main() {
    let _ = Name::builder().build();
}
