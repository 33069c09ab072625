//! An ear on the line: it passes every byte on, and keeps what a device has sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Every byte that came in: lines, headers, bodies.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<u8>>>);

impl Recorder {
    /// Listens, and passes on what comes to a server behind it.
    pub fn listen(&self, listener: TcpListener, behind: SocketAddr) {
        let recorder = self.clone();
        tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                let recorder = recorder.clone();
                tokio::spawn(async move { recorder.carry(device, behind).await });
            }
        });
    }

    async fn carry(&self, device: TcpStream, behind: SocketAddr) {
        let Ok(server) = TcpStream::connect(behind).await else { return };
        let (mut from_device, mut to_device) = device.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let recorder = self.clone();
        tokio::spawn(async move {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = from_device.read(&mut bytes).await {
                // Before it goes on: once a device has its answer, all that it sent is known.
                recorder.0.lock().unwrap().extend(&bytes[..count]);
                if to_server.write_all(&bytes[..count]).await.is_err() {
                    return;
                }
            }
        });
        let _ = tokio::io::copy(&mut from_server, &mut to_device).await;
    }

    /// Returns what was heard since the last time.
    pub fn heard(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
