//! Tests of the removal of old data.

use std::time::SystemTime;

use serde_json::Map;
use time::Duration;

use super::{held::FIRST_PRUNING, *};
use crate::{
    outbox::{Channel, MessageKind},
    proof::{Link, Purpose, Recipient},
    session::Attributes,
};

const NOW: Moment = Moment::UNIX_EPOCH;

fn token(name: &str, expires_at: Moment) -> Proof {
    Proof {
        key: name.to_owned(),
        user_id: "user".to_owned(),
        expires_at,
        purpose: Purpose::ResetPassword(Link {
            recipient: Recipient {
                id: "email".to_owned(),
                address: "ada@example.com".to_owned(),
                is_new: false,
            },
            code_challenge: None,
            attributes: Attributes::default(),
        }),
    }
}

fn session(name: &str, expires_at: Moment) -> Session {
    Session {
        session_id: name.to_owned(),
        user_id: "user".to_owned(),
        organization_id: None,
        token: format!("token of {name}"),
        started_at: NOW,
        last_accessed_at: NOW,
        expires_at,
        factors: Vec::new(),
        roles: Vec::new(),
        attributes: Attributes::default(),
        custom_claims: Map::new(),
    }
}

fn message(token: &Proof) -> Message {
    Message {
        channel: Channel::Email,
        kind: MessageKind::ResetPassword,
        to: "ada@example.com".to_owned(),
        user_id: "user".to_owned(),
        link: String::new(),
        token: token.key.clone(),
        code: None,
        locale: None,
        template_id: None,
        sent_at: SystemTime::from(NOW),
        expires_at: SystemTime::from(token.expires_at),
    }
}

fn commit(state: &mut State, change: Change, now: Moment) {
    state.commit(change, now).expect("nothing to write to");
}

#[test]
fn pruning_removes_exactly_the_expired_entries() {
    let mut state = State::default();
    let after = |seconds| NOW + Duration::seconds(seconds);
    let quarter = FIRST_PRUNING / 4;
    let mut change = Change::default();
    for number in 0..quarter {
        change.proofs.push(token(&format!("live {number}"), after(1)));
        change.proofs.push(token(&format!("expired {number}"), after(0)));
        change.sessions.push(session(&format!("live {number}"), after(1)));
        change.sessions.push(session(&format!("expired {number}"), after(0)));
    }
    let last = change.sessions.pop().expect("a session");
    commit(&mut state, change, after(0));
    assert!(state.proof("expired 0").is_some(), "there is no need to prune yet");
    commit(&mut state, Change { sessions: vec![last], ..Change::default() }, after(0));
    for number in 0..quarter {
        let (live, expired) = (format!("live {number}"), format!("expired {number}"));
        assert!(state.proof(&live).is_some() && state.session(&live).is_some(), "{live}");
        assert!(state.session_by_token(&format!("token of {live}")).is_some(), "{live}");
        assert!(state.proof(&expired).is_none() && state.session(&expired).is_none(), "{expired}");
    }
    let held = &state.held;
    let left = [held.proofs.len(), held.sessions.len(), held.session_of_token.len()];
    assert_eq!(left, [quarter; 3]);
}

#[test]
fn live_tokens_are_kept_however_many_there_are() {
    let mut state = State::default();
    for number in 0..3 * FIRST_PRUNING {
        let token = token(&format!("token {number}"), NOW + Duration::seconds(1));
        commit(&mut state, Change { proofs: vec![token], ..Change::default() }, NOW);
    }
    assert_eq!(state.held.proofs.len(), 3 * FIRST_PRUNING);
}

#[test]
fn expired_tokens_and_old_emails_do_not_accumulate() {
    let mut state = State::default();
    let mut now = NOW;
    for number in 0..10_000 {
        let token = token(&format!("token {number}"), now + Duration::minutes(5));
        let messages = vec![message(&token)];
        commit(&mut state, Change { proofs: vec![token], messages, ..Change::default() }, now);
        now += Duration::seconds(1);
        assert!(state.held.proofs.len() <= FIRST_PRUNING, "{number}");
    }
    let messages = state.messages();
    assert_eq!((messages.len(), messages[0].token.as_str()), (1000, "token 9000"));
}
