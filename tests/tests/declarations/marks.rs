//! The metadata of fields with every mark, and with names and docs that look like metadata.

use declapi::{Endpoint, JsonObject, endpoint};

#[endpoint(post = "/marks/{id}", response = ())]
struct Marks<'a> {
    id: &'a str,
    /** In a block,
    on two lines.

    Not this. */
    #[endpoint(query(comma), secret)]
    #[serde(rename = "required secret")]
    ids: Option<Vec<u8>>,
    #[endpoint(query(deep))]
    #[serde(rename = "a\nb\n\nc")]
    odd: JsonObject,
    #[endpoint(header = "X-Key", secret)]
    key: String,
    #[endpoint(secret)]
    #[serde(rename = "body\nString")]
    password: Option<Option<&'a str>>,
    #[doc = "First.\nSecond."]
    #[serde(serialize_with = "text")]
    name: &'a str,
}

fn text<S: serde::Serializer>(value: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(value)
}

#[test]
fn every_mark_of_a_field_is_in_its_metadata() {
    let mark = |is: bool, word: &str| if is { format!(" {word}") } else { String::new() };
    let fields = Marks::INFO.fields().map(|field| {
        let marks = mark(field.required, "required") + &mark(field.secret, "secret");
        let (location, style) = (field.location.as_str(), field.style);
        format!(
            "{location}{marks} {style:?} {:?}: {} = {:?}; {}",
            field.name, field.ty, field.kind, field.docs
        )
    });
    assert_eq!(
        fields.collect::<Vec<_>>(),
        [
            r#"path required Repeat "id": &'a str = String; "#,
            r#"query secret Comma "required secret": Option<Vec<u8>> = List(Integer); In a block, on two lines."#,
            r#"query required Deep "a\nb\n\nc": JsonObject = Map(Unknown); "#,
            r#"header required secret Repeat "x-key": String = String; "#,
            r#"body secret Repeat "body\nString": Option<Option<&'a str>> = Nullable(String); "#,
            r#"body required Repeat "name": &'a str = Unknown; First. Second."#,
        ]
    );
}

/**
 * Stars begin the lines,
 * and **words** may have them.
 *
 * Not this.
 */
#[endpoint(post = "/stars", response = ())]
struct Stars {
    /** On the second
     * line. */
    second: u8,
    /** One
     * two
     *three. */
    uneven: u8,
    /// A list:
    /// * one
    /// * two
    list: u8,
}

#[test]
fn stars_of_a_block_comment_are_not_part_of_the_text() {
    let docs: Vec<&str> = Stars::INFO.fields().map(|field| field.docs).collect();
    assert_eq!(Stars::INFO.docs, "Stars begin the lines, and **words** may have them.");
    assert_eq!(docs, ["On the second line.", "One * two *three.", "A list: * one * two"]);
}
