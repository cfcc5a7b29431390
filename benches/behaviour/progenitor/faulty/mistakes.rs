//! Four mistakes in one description: a path parameter without a definition, a verb that HTTP does not have, a type
//! that JSON does not have, and a reference without a target.

progenitor::generate_api!(spec = "faulty/mistakes.json", interface = Builder);

fn main() {}
