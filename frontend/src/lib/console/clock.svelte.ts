// The time, to the minute: what is left until something is kept up with while somebody reads.
const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;

let now = $state(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The moment it is, in milliseconds since 1970. */
export const clock = {
  get now(): number {
    return now;
  },
  /** Looks what time it is now: what was just learnt is not measured with what it was before. */
  look(): void {
    now = Date.now();
  },
  /** Keeps it right for as long as somebody looks; returns how to stop. */
  watch(): () => void {
    this.look();
    watchers += 1;
    timer ??= setInterval(() => this.look(), LOOK_MS);
    return () => {
      watchers -= 1;
      if (watchers) return;
      clearInterval(timer);
      timer = undefined;
    };
  }
};

/** How many minutes are left, the one that has begun counted as a whole; 0: none. */
export const minutesLeft = (iso: string): number => Math.max(0, Math.ceil((Date.parse(iso) - clock.now) / MINUTE_MS));
