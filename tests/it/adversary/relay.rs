//! A look-alike desk with an address of its own, which passes on what the real one says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use relais::desk::{ClientFault, DeskMemory, WorkFault};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::desk::stage::{LYON, Stage};

#[derive(Default)]
struct Caught {
    asked: Vec<String>,
    /// What the real desk said to the challenges that were asked for.
    challenges: Vec<u16>,
    sessions: Vec<Value>,
}

/// A look-alike of a desk.
struct LookAlike {
    base: String,
    caught: Arc<Mutex<Caught>>,
}

impl LookAlike {
    /// `origin` is what it says to the real desk; what the device said where there is none.
    async fn of(stage: &Stage, origin: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (real, http, caught) = (stage.base.clone(), stage.http.clone(), Arc::<Mutex<Caught>>::default());
        let catches = caught.clone();
        let app = Router::new().fallback(move |request: Request| {
            let (real, http, catches, origin) = (real.clone(), http.clone(), catches.clone(), origin.clone());
            async move { relay(request, &real, &http, &catches, origin).await }
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { base, caught }
    }

    async fn lures(&self, stage: &Stage, memory: &mut DeskMemory) -> WorkFault {
        let mut door = stage.door(LYON, stage.identities_of(LYON).to_vec());
        door.server = self.base.parse().unwrap();
        door.enter_with(memory).await.unwrap_err()
    }

    fn caught(&self) -> Caught {
        std::mem::take(&mut self.caught.lock().unwrap())
    }
}

async fn relay(
    request: Request,
    real: &str,
    http: &reqwest::Client,
    catches: &Mutex<Caught>,
    origin: Option<String>,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut body: Bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let path = parts.uri.path().to_owned();
    if let Some(origin) = origin.filter(|_| path.ends_with("/challenges")) {
        let mut wish: Value = serde_json::from_slice(&body).unwrap();
        wish["origin"] = json!(origin);
        body = wish.to_string().into();
    }
    let call = http.request(parts.method.clone(), format!("{real}{path}"));
    let answer = call.header("content-type", "application/json").body(body).send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    {
        let mut caught = catches.lock().unwrap();
        caught.asked.push(format!("{} {path}", parts.method));
        if path.ends_with("/challenges") {
            caught.challenges.push(status.as_u16());
        }
        if path.ends_with("/sessions") && status.is_success() {
            caught.sessions.push(serde_json::from_str(&text).unwrap());
        }
    }
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

#[tokio::test]
async fn a_look_alike_that_relays_a_challenge_for_its_own_address_gets_no_session() {
    let stage = Stage::set().await;
    let look_alike = LookAlike::of(&stage, None).await;
    let fault = look_alike.lures(&stage, &mut DeskMemory::default()).await;
    let WorkFault::Call(ClientFault::Refused { code, .. }) = &fault else { panic!("{fault}") };
    assert_eq!(code, "wrong_origin");
    let caught = look_alike.caught();
    assert_eq!((caught.challenges, caught.sessions.len()), (vec![422], 0));
    assert_eq!(caught.asked, ["GET /api/v1/extract", "POST /api/v1/challenges"]);
}

#[tokio::test]
async fn a_look_alike_that_relays_a_challenge_for_the_real_address_gets_no_session() {
    let stage = Stage::set().await;
    let look_alike = LookAlike::of(&stage, Some(stage.base.clone())).await;
    let mut memory = DeskMemory::default();
    // The challenge is real, signed, and fresh. It is not for this address, and the device sees that.
    let fault = look_alike.lures(&stage, &mut memory).await;
    assert!(matches!(fault, WorkFault::Distrusted { .. }), "{fault}");
    let caught = look_alike.caught();
    assert_eq!((caught.challenges, caught.sessions.len()), (vec![200], 0));
    assert_eq!(caught.asked, ["GET /api/v1/extract", "POST /api/v1/challenges"]);
    let fault = look_alike.lures(&stage, &mut memory).await;
    assert!(matches!(fault, WorkFault::Stopped { .. }), "{fault}");
    assert!(look_alike.caught().asked.is_empty());
}

#[tokio::test]
async fn nobody_signs_in_with_an_answer_to_a_challenge_for_another_address() {
    let mut stage = Stage::set().await;
    let (_, answer) = stage.solved(LYON, stage.identities_of(LYON)).await;
    let mut answer = answer.unwrap();
    // The same server at another address: the challenge is still good, and says for which address it was.
    let first = stage.base.clone();
    stage.open().await;
    let signed_in = stage.post("sessions", None, answer.clone()).await;
    let token = signed_in.ok()["token"].as_str().unwrap().to_owned();
    // Its acts have to be signed for that address.
    let answered = stage.post("pause", Some(&token), json!({ "until": null })).await;
    answered.is(403, "act_not_signed");
    answer["id"] = json!("made up");
    stage.post("sessions", None, answer).await.is(401, "wrong_answer");
    assert_ne!(first, stage.base);
}
