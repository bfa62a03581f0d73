/** 问一台设备的结局：答了、没连着、到时没答。 */
export type Outcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'timeout' };

interface Pending<Answer> {
  readonly settle: (outcome: Outcome<Answer>) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * 平台问、设备答：按约定的键（如“设备 + QN”）把答话还给问话的人。
 * 同一个键再问一次，前一次按超时了结。
 */
export class Conversations<Answer> {
  readonly #pending = new Map<string, Pending<Answer>>();

  /** 用 `send` 把问话发出去（返回是否发得出），等到 {@link answer} 给出同一个键的答话或 `withinMs` 到时。 */
  ask(key: string, withinMs: number, send: () => boolean): Promise<Outcome<Answer>> {
    this.#settle(key, { kind: 'timeout' });
    if (!send()) return Promise.resolve({ kind: 'not-connected' });
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#settle(key, { kind: 'timeout' }), withinMs);
      this.#pending.set(key, { settle, timer });
    });
  }

  /** 收到一句答话；没有人在等时返回 false。 */
  answer(key: string, answer: Answer): boolean {
    return this.#settle(key, { kind: 'answered', answer });
  }

  /** 不等了：按超时了结。 */
  drop(key: string): void {
    this.#settle(key, { kind: 'timeout' });
  }

  /** 网关要关了：还在等的都按超时了结。 */
  close(): void {
    for (const key of this.#pending.keys()) this.#settle(key, { kind: 'timeout' });
  }

  #settle(key: string, outcome: Outcome<Answer>): boolean {
    const pending = this.#pending.get(key);
    if (pending === undefined) return false;
    this.#pending.delete(key);
    clearTimeout(pending.timer);
    pending.settle(outcome);
    return true;
  }
}
