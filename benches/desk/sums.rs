//! What is read off a run: quantiles, and what the kernel says of a process.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Outcome;

/// How long something took, many times.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Times(Vec<f64>);

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1e3);
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The time in milliseconds that this part of all took at most.
    fn quantile(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(clippy::cast_possible_truncation, reason = "a place in a list")]
        #[expect(clippy::cast_sign_loss, reason = "a place in a list")]
        #[expect(clippy::cast_precision_loss, reason = "a place in a list")]
        let place = ((sorted.len() as f64 * part).ceil() as usize).saturating_sub(1);
        sorted.get(place).copied().unwrap_or_default()
    }

    pub(super) fn line(&self, what: &str) -> String {
        let (count, half, most) = (self.0.len(), self.quantile(0.5), self.quantile(0.99));
        let last = self.quantile(1.0);
        format!("{what:24} {count:7} times   p50 {half:8.2} ms   p99 {most:8.2} ms   max {last:8.2} ms")
    }
}

/// What a process has used.
#[derive(Clone, Copy)]
pub(super) struct Used {
    pub(super) cpu_seconds: f64,
    pub(super) resident_mib: f64,
    pub(super) peak_mib: f64,
}

/// The unit of CPU time in `/proc`: a hundredth of a second on every Linux there is.
const TICK: f64 = 0.01;

impl Used {
    /// Reads what Linux says of a process.
    pub(super) fn of(process: u32) -> Outcome<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks: f64 =
            after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let mib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
            kib.unwrap_or_default() / 1024.0
        };
        Ok(Self { cpu_seconds: ticks * TICK, resident_mib: mib("VmRSS:"), peak_mib: mib("VmHWM:") })
    }

    pub(super) fn line(self, since: Self) -> String {
        let cpu = self.cpu_seconds - since.cpu_seconds;
        format!(
            "{:24} {cpu:7.2} s CPU   {:.0} MiB now, {:.0} at most",
            "the service", self.resident_mib, self.peak_mib
        )
    }
}
