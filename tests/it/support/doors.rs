//! Where a service on the stage can be called.

use relais::telegram::Webhook;
use tokio::net::TcpListener;

/// What Telegram shows at the webhook of the stage.
pub const HOOK_SECRET: &str = "the-stand-in-alone-knows-this";

/// Opens a door on this machine, and returns its address.
pub async fn door() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

/// Opens a door for updates, where the stage asks for one, and returns what the service is to know of it.
pub async fn hook(wanted: &mut Option<String>) -> Option<Webhook> {
    let wanted = wanted.as_mut()?;
    let (listener, address) = door().await;
    *wanted = format!("{address}/hook");
    Some(Webhook { listener, url: wanted.parse().unwrap(), secret: HOOK_SECRET.into() })
}
