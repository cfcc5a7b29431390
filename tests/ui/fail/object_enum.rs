use declapi::object;

#[object]
pub enum Name {
    First(String),
}

fn main() {}
