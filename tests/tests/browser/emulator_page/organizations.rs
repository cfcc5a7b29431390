//! The organizations on the page, with their members.

use stytch_client::b2b;
use stytch_emulator::Emulator;

use crate::window::Browser;

/// An organization and a client for it.
pub(crate) struct Acme {
    client: b2b::Client,
    id: String,
}

impl Acme {
    async fn add(&self, address: &str, name: Option<&str>) {
        let members = self.client.organizations().members();
        let create = members.create().organization_id(&self.id).email_address(address).maybe_name(name);
        create.send().await.unwrap();
    }
}

/// Creates an organization with two members, and opens it and one of them.
pub(crate) async fn acme_is_seen(browser: &Browser, emulator: &Emulator) -> Acme {
    assert_eq!(browser.run("return document.querySelector('#organizations').checkVisibility()").await, false);
    let client = b2b::Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
    let client = client.build().unwrap();
    let create = client.organizations().create().organization_name("Acme").organization_slug("acme");
    let id = create.send().await.unwrap().organization.organization_id;
    let acme = Acme { client, id };
    acme.add("grace@acme.co", Some("Grace")).await;
    acme.add("eve@acme.co", Some("Eve")).await;
    browser.shows("#organizations-list", "2 members").await;
    assert!(browser.text("#organizations").await.contains("Acme"));
    browser.touch("#organizations-list > li > details > summary").await;
    browser.touch("#organizations-list .members li:nth-child(2) summary").await;
    browser.shows("#organizations-list", "member-test-").await;
    acme
}

/// Adds a member. What is open stays open.
pub(crate) async fn a_new_one_of_acme_is_seen(browser: &Browser, acme: &Acme) {
    acme.add("new@acme.co", None).await;
    browser.shows("#organizations-list", "3 members").await;
    let open = "return document.querySelectorAll('#organizations-list details[open]').length";
    assert_eq!(browser.run(open).await, 2);
}

pub(crate) async fn acme_is_found(browser: &Browser) {
    browser.fill("search-organizations", "nobody").await;
    browser.shows("#organizations-empty", "No organization or member has this").await;
    browser.fill("search-organizations", "").await;
    browser.keys(" ").await;
    browser.shows("#organizations-list", "Acme").await;
    browser.fill("search-organizations", "").await;
}
