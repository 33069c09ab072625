//! Everything that a volunteer can do from a terminal.

use relais::desk::{DeskMemory, Words, WorkFault, Workplace};

use super::canary;
use crate::desk::stage::{LYON, PARIS, Stage};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    List,
    Show,
    Accept,
    Decline,
    PassOn,
    Reply,
    Note,
    Close,
    Pause,
    SignOut,
    SignDeviceOut,
    RemoveDevice,
}

impl Work {
    pub const ALL: [Self; 12] = [
        Self::List,
        Self::Show,
        Self::Accept,
        Self::Decline,
        Self::PassOn,
        Self::Reply,
        Self::Note,
        Self::Close,
        Self::Pause,
        Self::SignOut,
        Self::SignDeviceOut,
        Self::RemoveDevice,
    ];

    /// The call by which it is done; none where it only reads.
    pub fn act(self, handoff: &str) -> Option<String> {
        let of = |act: &str| Some(format!("POST /handoffs/{handoff}/{act}"));
        match self {
            Self::List => None,
            Self::Show => of("read"),
            Self::Accept => of("accept"),
            Self::Decline => of("decline"),
            Self::PassOn => of("pass-on"),
            Self::Reply => of("messages"),
            Self::Note => of("notes"),
            Self::Close => of("close"),
            Self::Pause => Some("POST /pause".to_owned()),
            Self::SignOut => Some("DELETE /sessions".to_owned()),
            Self::SignDeviceOut => Some("POST /devices/sign-out".to_owned()),
            Self::RemoveDevice => Some("POST /devices/remove".to_owned()),
        }
    }

    /// Does it. What is written down and passed on holds words that must not be heard.
    pub async fn perform(self, desk: Workplace, stage: &Stage, handoff: &str) -> Result<(), WorkFault> {
        let (now, words) = (stage.hand.now(), Words::Text("The door is open".to_owned()));
        let colleague = stage.identities_of(LYON)[1].to_public().to_string();
        match self {
            Self::List => desk.list().await.map(|_| ()),
            Self::Show => desk.show(handoff).await.map(|_| ()),
            Self::Accept => desk.accept(handoff, canary::CLAIM, now).await,
            Self::Decline => desk.decline(handoff, "full").await,
            Self::PassOn => {
                desk.pass_on(handoff, &PARIS.parse().unwrap(), Some(canary::PASSED.to_owned()), now).await
            }
            Self::Reply => desk.reply(handoff, canary::CLAIM, &words, now).await.map(|_| ()),
            Self::Note => desk.note(handoff, canary::CLAIM, canary::NOTE, now).await,
            Self::Close => desk.close(handoff, "helped").await,
            Self::Pause => desk.pause(None).await,
            Self::SignOut => desk.sign_out(&mut DeskMemory::default()).await,
            Self::SignDeviceOut => desk.sign_device_out(&colleague).await,
            Self::RemoveDevice => desk.remove_device(&colleague, now).await,
        }
    }
}
