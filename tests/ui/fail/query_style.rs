use declapi::endpoint;

#[endpoint(get = "/users", response = ())]
pub struct Users {
    #[endpoint(query(coma))]
    pub misspelt: Vec<u8>,
    #[endpoint(query(csv))]
    pub elsewhere: Vec<u8>,
    #[endpoint(query(multi))]
    pub repeated: Vec<u8>,
    #[endpoint(query(pipe_delimited))]
    pub pipes: Vec<u8>,
    #[endpoint(query(comma, deep))]
    pub two: Vec<u8>,
    #[endpoint(query(deep, deep))]
    pub twice: Vec<u8>,
    #[endpoint(query())]
    pub empty: Vec<u8>,
    #[endpoint(query = "comma")]
    pub quoted: Vec<u8>,
    #[endpoint(query("deepObject"))]
    pub quoted_inside: Vec<u8>,
    #[endpoint(query(comma = true))]
    pub assigned: Vec<u8>,
    #[endpoint(query[comma])]
    pub square: Vec<u8>,
    #[endpoint(comma)]
    pub bare: Vec<u8>,
    #[endpoint(query(colour))]
    pub unknown: Vec<u8>,
}

#[endpoint(get = "/users", response = ())]
pub struct OneValue<'a> {
    #[endpoint(query(comma))]
    pub text: Option<&'a str>,
    #[endpoint(query(brackets))]
    pub owned: String,
    #[endpoint(query(deep))]
    pub number: u8,
    #[endpoint(query(comma))]
    pub map: std::collections::HashMap<String, u8>,
}

#[endpoint(get = "/users/{ids}", response = ())]
pub struct Elsewhere {
    #[endpoint(query(comma))]
    pub ids: String,
    #[endpoint(header = "x-id", query(comma))]
    pub header: Vec<String>,
    #[endpoint(header(comma))]
    pub header_style: Vec<String>,
}

fn main() {}
