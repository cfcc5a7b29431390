//! A call of each endpoint with every field set, and checks of each response.

use std::collections::HashMap;

use declapi::{CallOptions, Endpoint, Timestamp, Upload};

use super::api::issues::{Filter, State};
use super::mock::Mock;
use super::pulls::{LineComment, MergeMethod, ReviewEvent};
use super::{Direction, api, contents, gists, issues, meta, pulls, repos, search, users};

const OWNER: &str = "octocat";
const REPO: &str = "Hello-World";

pub(crate) async fn all(mock: &Mock) {
    repositories(mock).await;
    lists_of_a_repository(mock).await;
    files_and_releases(mock).await;
    written_issues(mock).await;
    read_issues(mock).await;
    written_pulls(mock).await;
    read_pulls(mock).await;
    accounts(mock).await;
    files_of_gists(mock).await;
    searches(mock).await;
    information(mock).await;
}

fn time() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().expect("a time")
}

async fn repositories(mock: &Mock) {
    use api::repos::Get;
    use repos::{Create, Delete, Dispatch, GetRef, ReplaceTopics, Subscribe, Update};

    let repo = mock.call(Get::builder().owner(OWNER).repo(REPO).build()).await.expect("a repository");
    assert_eq!(repo.full_name, "octocat/Hello-World");
    assert!(repo.id > 0 && repo.description.is_some());

    let update = Update::builder().owner(OWNER).repo(REPO).name("Hello").description("A greeting");
    let repo = mock.call(update.private(true).archived(false).build()).await;
    assert_eq!(repo.full_name, "octocat/Hello-World");

    let create = Create::builder().name(REPO).description("A greeting").private(false).auto_init(true);
    let repo = mock.call(create.license_template("mit").build()).await;
    assert_eq!(repo.full_name, "octocat/Hello-World");

    let replace = ReplaceTopics::builder().owner(OWNER).repo(REPO).names(["octocat", "atom"]).build();
    assert!(mock.call(replace).await.names.contains(&"octocat".to_owned()));

    let reference = mock.call(GetRef::builder().owner(OWNER).repo(REPO).r#ref("featureA").build()).await;
    assert_eq!(reference.expect("a branch").r#ref, "refs/heads/featureA");

    let subscribe = Subscribe::builder().owner(OWNER).repo(REPO).subscribed(true).ignored(false).build();
    assert!(mock.call(subscribe).await.subscribed);

    let payload = serde_json::json!({"unit": false, "integration": {"retries": 2}});
    let dispatch = Dispatch::builder().owner(OWNER).repo(REPO).event_type("on-demand-test");
    mock.call(dispatch.client_payload(payload.as_object().expect("an object").clone()).build()).await;

    mock.call(Delete::builder().owner(OWNER).repo(REPO).build()).await;
}

async fn lists_of_a_repository(mock: &Mock) {
    use repos::{Compare, Diff, Languages, ListBranches, ListCommits, ListForOrg};

    let list = ListForOrg::builder().org("github").r#type("forks").sort("pushed");
    let list = list.direction(Direction::Ascending).per_page(100).page(2).build();
    assert_eq!(mock.call(list).await[0].full_name, "octocat/Hello-World");

    let list = ListCommits::builder().owner(OWNER).repo(REPO).sha("main").path("docs/a b.md");
    let commits = mock.call(list.since(time()).per_page(100).page(2).build()).await;
    assert!(!commits[0].sha.is_empty() && !commits[0].commit.message.is_empty());
    assert_eq!(commits[0].author.as_ref().expect("an author").login, "octocat");

    let diff = mock.call(Diff::builder().owner(OWNER).repo(REPO).r#ref("v1.0").build()).await;
    assert!(diff.starts_with("diff --git"), "{}", &*diff);

    let list = ListBranches::builder().owner(OWNER).repo(REPO).protected(true).per_page(1).build();
    assert!(!mock.call(list).await[0].name.is_empty());

    let compare =
        Compare::builder().owner(OWNER).repo(REPO).base("main").head("octocat:a/b").per_page(1).page(1);
    let comparison = mock.call(compare.build()).await;
    assert_eq!((&*comparison.status, comparison.commits.len()), ("behind", 1));

    let languages = mock.call(Languages::builder().owner(OWNER).repo(REPO).build()).await;
    assert!(languages["C"] > 0);
}

async fn files_and_releases(mock: &Mock) {
    use api::repos::ReadFile;
    use contents::{CreateRelease, DeleteFile, GetRelease, MakeLatest, Person, UploadAsset, WriteFile};

    // The description does not contain raw files.
    let json = CallOptions::new().header("accept", "application/json");
    let read = ReadFile::builder().owner(OWNER).repo(REPO).path("README.md").r#ref("main").build();
    let file = mock.call(read.with_options(json)).await.expect("a file");
    assert!(file.starts_with(b"{"));

    let ada = Person::builder().name("Ada").email("ada@example.com").date(time()).build();
    let write = WriteFile::builder().owner(OWNER).repo(REPO).path("hello.txt").message("Greet");
    let write = write.content("SGVsbG8=").sha("95b966ae").branch("main").committer(ada).build();
    let file = mock.call(write).await.content.expect("a file");
    assert!(!file.path.is_empty() && !file.sha.is_empty());

    let delete = DeleteFile::builder().owner(OWNER).repo(REPO).path("hello.txt").message("Part");
    assert!(mock.call(delete.sha("95b966ae").branch("main").build()).await.content.is_none());

    let create = CreateRelease::builder().owner(OWNER).repo(REPO).tag_name("v1.0.0").name("One");
    let create = create.body("The first").draft(false).make_latest(MakeLatest::Legacy).build();
    let release = mock.call(create).await;
    assert!(release.id > 0);
    assert_eq!(release.tag_name, "v1.0.0");

    let release = mock.call(GetRelease::builder().owner(OWNER).repo(REPO).tag("v1.0.0").build()).await;
    assert_eq!(release.expect("a release").tag_name, "v1.0.0");

    let upload = UploadAsset::builder().owner(OWNER).repo(REPO).release_id(1).name("example.zip");
    let upload = upload.label("short description").content(Upload::bytes("PK"));
    let asset = mock.call(upload.build()).await;
    assert_eq!((&*asset.name, asset.label.as_deref()), ("example.zip", Some("short description")));
}

async fn written_issues(mock: &Mock) {
    use issues::{AddLabels, CreateComment, Lock, LockReason, RemoveLabel, StateReason, Unlock, Update};

    let create = api::issues::Create::builder().owner(OWNER).repo(REPO).title("Found a bug");
    let issue = mock.call(create.body("It crashes.").labels(["bug"]).build()).await;
    assert_eq!((issue.number, &*issue.title), (1347, "Found a bug"));

    let update = Update::builder().owner(OWNER).repo(REPO).issue_number(1347).title("Fixed a bug");
    let update = update.null_body().state(State::Closed).state_reason(StateReason::NotPlanned);
    let issue = mock.call(update.null_milestone().labels(["bug", "done"]).build()).await;
    assert_eq!(issue.state, Some(State::Open));

    let add = AddLabels::builder().owner(OWNER).repo(REPO).issue_number(1347).labels(["bug"]).build();
    assert_eq!(mock.call(add).await[0].name, "bug");

    let remove = RemoveLabel::builder().owner(OWNER).repo(REPO).issue_number(1347).name("good first/issue");
    assert!(!mock.call(remove.build()).await[0].color.is_empty());

    let comment = CreateComment::builder().owner(OWNER).repo(REPO).issue_number(1347).body("Me too");
    let comment = mock.call(comment.build()).await;
    assert_eq!((comment.body.as_str(), comment.user.expect("an author").login.as_str()), ("Me too", OWNER));

    let lock = Lock::builder().owner(OWNER).repo(REPO).issue_number(1347);
    mock.call(lock.lock_reason(LockReason::TooHeated).build()).await;
    mock.call(Unlock::builder().owner(OWNER).repo(REPO).issue_number(1347).build()).await;
}

async fn read_issues(mock: &Mock) {
    use issues::ListComments;

    let list = api::issues::List::builder().owner(OWNER).repo(REPO).state(Filter::All);
    assert_eq!(mock.call(list.per_page(100).build()).await[0].number, 1347);

    // The next page is on GitHub itself, so only the header of the first page is read here.
    let mut pages = mock.github.issues().list().owner(OWNER).repo(REPO).pages();
    assert!(!pages.next().await.expect("a page").expect("a success").is_empty());
    let next = serde_json::to_value(pages.position()).expect("JSON");
    assert_eq!(next, "https://api.github.com/resource?page=2");

    let list = ListComments::builder().owner(OWNER).repo(REPO).issue_number(1347).since(time());
    let comments = mock.call(list.per_page(100).page(2).build()).await;
    assert!(comments[0].id > 0 && !comments[0].body.is_empty());
}

async fn written_pulls(mock: &Mock) {
    use pulls::{Create, CreateReview, Merge, RemoveReviewers};

    let create = Create::builder().owner(OWNER).repo(REPO).head("octocat:new-topic").base("main");
    let pull = mock.call(create.title("New").body("Please pull.").draft(true).build()).await;
    assert_eq!((pull.number, &*pull.head.r#ref), (1347, "new-topic"));

    let merge = Merge::builder().owner(OWNER).repo(REPO).pull_number(1347).commit_title("Merge it");
    let merged = mock.call(merge.sha("6dcb09b5").merge_method(MergeMethod::Squash).build()).await;
    assert!(merged.merged && !merged.sha.is_empty());

    let line = LineComment::builder().path("a.rs").line(3).body("Why?").build();
    let review = CreateReview::builder().owner(OWNER).repo(REPO).pull_number(1347).comments([line]);
    let review = mock.call(review.event(ReviewEvent::RequestChanges).body("Nearly").build()).await;
    assert_eq!(review.state, "CHANGES_REQUESTED");

    let remove = RemoveReviewers::builder().owner(OWNER).repo(REPO).pull_number(1347);
    let pull = mock.call(remove.reviewers(["octocat"]).team_reviewers(["justice-league"]).build()).await;
    assert_eq!(pull.base.r#ref, "master");
}

async fn read_pulls(mock: &Mock) {
    use pulls::{Get, List};

    let list = List::builder().owner(OWNER).repo(REPO).state(Filter::Closed).head("octocat:new-topic");
    let list = list.base("main").sort("long-running").direction(Direction::Descending);
    let pulls = mock.call(list.per_page(100).page(2).build()).await;
    assert_eq!(pulls[0].user.as_ref().expect("an author").login, "octocat");

    let pull = mock.call(Get::builder().owner(OWNER).repo(REPO).pull_number(1347).build()).await;
    assert_eq!(pull.state, Some(State::Open));
    assert!(!pull.title.is_empty() && !pull.head.sha.is_empty());
}

async fn accounts(mock: &Mock) {
    use users::{Current, Follow, Followers, Get, UpdateCurrent};

    assert_eq!(mock.call(Current).await.login, OWNER);
    assert_eq!(mock.call(Get::builder().username(OWNER).build()).await.login, OWNER);

    let update =
        UpdateCurrent::builder().name("monalisa octocat").bio("There once was").null_twitter_username();
    assert_eq!(mock.call(update.hireable(true).build()).await.name.as_deref(), Some("monalisa octocat"));

    let followers = Followers::builder().username(OWNER).per_page(100).page(2).build();
    assert!(mock.call(followers).await[0].id > 0);
    mock.call(Follow::builder().username(OWNER).build()).await;
}

async fn files_of_gists(mock: &Mock) {
    use gists::{ChangedFile, Create, Delete, Get, List, NewFile, Star, Update};

    let gists = mock.call(List::builder().since(time()).per_page(100).page(2).build()).await;
    assert!(!gists[0].id.is_empty() && gists[0].public);

    let file = NewFile::builder().content("Hello").build();
    let create = Create::builder().files([("hello.txt", file)]).description("A greeting").public(false);
    let gist = mock.call(create.build()).await;
    assert!(gist.files.values().flatten().any(|file| file.size > 0 && file.content.is_some()));

    let file = ChangedFile::builder().content("Bye").filename("bye.txt").build();
    // The schema does not allow null, which deletes a file.
    let files = HashMap::from([("hello.txt", Some(file))]);
    let update = Update::builder().gist_id("aa5a315d").description("A parting").files(files).build();
    assert!(!mock.call(update).await.id.is_empty());

    let gist = mock.call(Get::builder().gist_id("aa5a315d").build()).await;
    assert_eq!(gist.owner.expect("an owner").login, "monalisa");
    mock.call(Star::builder().gist_id("aa5a315d").build()).await;
    mock.call(Delete::builder().gist_id("aa5a315d").build()).await;
}

async fn searches(mock: &Mock) {
    use search::{Issues, Repositories};

    let search = Repositories::builder().q("tetris language:assembly").sort("stars");
    let found = mock.call(search.order(Direction::Descending).per_page(100).page(2).build()).await;
    assert!(found.total_count > 0 && !found.items[0].full_name.is_empty());

    let search = Issues::builder().q("repo:rust-lang/rust is:open a&b").sort("reactions-+1");
    let found = mock.call(search.order(Direction::Ascending).per_page(100).page(2).build()).await;
    assert!(found.total_count > 0 && found.items[0].number > 0);
}

async fn information(mock: &Mock) {
    use meta::{Emojis, Markdown, MarkdownRaw, RateLimit, Versions, Zen};

    assert!(mock.call(RateLimit).await.resources["core"].limit > 0);
    assert!(mock.call(Versions).await.contains(&"2021-01-01".to_owned()));
    assert!(mock.call(Emojis).await.len() > 1);
    assert!(!mock.call(Zen).await.is_empty());
    let markdown = Markdown::builder().text("Hello **world**").mode("gfm").context("octocat/Hello-World");
    assert!(mock.call(markdown.build()).await.contains("<strong>"));
    assert!(mock.call(MarkdownRaw::builder().text("Hello **world**").build()).await.contains("<strong>"));
}
