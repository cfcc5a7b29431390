use declapi::resource;

#[resource]
pub struct Users {
    pub name: String,
}

fn main() {}
