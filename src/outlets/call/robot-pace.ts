const MINUTE_MS = 60_000;
/** Both WeCom and DingTalk take 20 messages a minute of a group robot; DingTalk then shuts it for ten minutes. */
const A_MINUTE = 20;

/** Keeps a robot within its pace, so that the provider need not shut it. */
export class RobotPace {
  #sent: number[] = [];

  /** Takes a place now, giving 0; else how long until one is free. */
  take(now: number): number {
    this.#sent = this.#sent.filter((at) => at > now - MINUTE_MS && at <= now);
    const [oldest] = this.#sent;
    if (oldest !== undefined && this.#sent.length >= A_MINUTE) return oldest + MINUTE_MS - now;
    this.#sent.push(now);
    return 0;
  }
}
