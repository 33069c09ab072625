// Locks a desk that nobody touches, also where the device slept meanwhile.

const LIMIT = 10 * 60_000;
const WARNING = 60_000;
const STEP = 5_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"];

/** Calls `onlock` after ten idle minutes, and `onwarn` with true one minute before (false when touched). */
export class Idle {
  constructor({ onlock, onwarn }) {
    Object.assign(this, { onlock, onwarn, last: Date.now(), warned: false });
    this.touch = () => {
      if (this.look()) return;
      this.last = Date.now();
      this.warn(false);
    };
    this.look = () => {
      const idle = Date.now() - this.last;
      if (idle >= LIMIT) {
        this.stop();
        this.onlock();
        return true;
      }
      this.warn(idle >= LIMIT - WARNING);
      return false;
    };
  }

  warn(on) {
    if (on === this.warned) return;
    this.warned = on;
    this.onwarn(on);
  }

  start() {
    for (const name of TOUCHES) document.addEventListener(name, this.touch, { passive: true, capture: true });
    document.addEventListener("visibilitychange", this.look);
    this.timer = setInterval(this.look, STEP);
    return this;
  }

  stop() {
    for (const name of TOUCHES) document.removeEventListener(name, this.touch, { capture: true });
    document.removeEventListener("visibilitychange", this.look);
    clearInterval(this.timer);
  }
}
