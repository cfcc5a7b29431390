//! A client with fewer rights has fewer endpoints.

use declapi::{Caller, Endpoint, Reader, client, endpoint, resource};

#[client]
struct Shop;

/// A client that only looks.
struct Visitor(Shop);

impl Caller for &Visitor {
    type Output<T> = <&'static Shop as Caller>::Output<T>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> Self::Output<T> {
        (&self.0).call_with(endpoint, reader)
    }
}

#[resource(on = &Shop)]
struct Goods;

#[endpoint(get = "/goods", response = (), on = Goods)]
struct List;

#[endpoint(delete = "/goods/{id}", response = (), on = Goods<&Shop>)]
struct Delete {
    id: u64,
}

fn main() {}

fn both(shop: &Shop, visitor: &Visitor) {
    drop(shop.goods().list().send());
    drop(shop.goods().delete().id(7).send());
    drop(Goods::new(visitor).list().send());
    drop(Goods::new(visitor).delete().id(7).send());
}
