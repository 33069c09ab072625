// Hears that something changed: a stream of events, and a look every 15 seconds where there is none.

const POLL = 15_000;
const LONGEST_WAIT = 60_000;

/** Calls `onchange` whenever there may be something to fetch, and `onstate` with `live`, `poll` or `offline`. */
export class Live {
  constructor(api, { cursor, onchange, onstate }) {
    Object.assign(this, { api, cursor, onchange, onstate, stopped: false, wait: 1_000 });
    this.abort = new AbortController();
  }

  start() {
    this.timer = setInterval(() => {
      if (!this.streaming) this.look();
    }, POLL);
    this.awake = () => {
      if (document.visibilityState === "visible") this.look();
    };
    document.addEventListener("visibilitychange", this.awake);
    window.addEventListener("online", this.awake);
    this.listen();
    return this;
  }

  stop() {
    this.stopped = true;
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.awake);
    window.removeEventListener("online", this.awake);
    this.abort.abort();
  }

  async look() {
    if (this.stopped) return;
    try {
      await this.onchange();
      if (!this.stopped) this.onstate(this.streaming ? "live" : "poll");
    } catch (fault) {
      if (!this.stopped) this.onstate("offline", fault);
    }
  }

  async listen() {
    while (!this.stopped) {
      try {
        await this.stream();
      } catch {
        // The poll goes on meanwhile.
      }
      this.streaming = false;
      if (this.stopped) return;
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, this.wait));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  async stream() {
    const path = `/events?since=${encodeURIComponent(this.cursor())}`;
    const answer = await this.api.send("GET", path, undefined, {
      signal: this.abort.signal,
      accept: "text/event-stream",
    });
    if (!answer.ok || !answer.body) throw new Error("no stream");
    this.streaming = true;
    this.wait = 1_000;
    this.onstate("live");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      if (lines.some((line) => /^(event|data):\s*changed\s*$/.test(line.trimEnd()))) await this.look();
    }
  }
}

/** A short, soft sound; it can only begin after a tap, and is off until then. */
export class Bell {
  constructor() {
    this.context = null;
  }
  get on() {
    return this.context !== null;
  }

  switchOn() {
    this.context = new AudioContext();
    this.ring();
  }

  switchOff() {
    this.context?.close();
    this.context = null;
  }

  ring() {
    if (!this.context) return;
    const { currentTime: start } = this.context;
    for (const [delay, tone] of [
      [0, 659],
      [0.16, 880],
    ]) {
      const [wave, loud] = [this.context.createOscillator(), this.context.createGain()];
      wave.frequency.value = tone;
      loud.gain.setValueAtTime(0.0001, start + delay);
      loud.gain.exponentialRampToValueAtTime(0.12, start + delay + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, start + delay + 0.3);
      wave.connect(loud).connect(this.context.destination);
      wave.start(start + delay);
      wave.stop(start + delay + 0.32);
    }
  }
}
