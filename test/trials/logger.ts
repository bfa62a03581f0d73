import { randomUUID } from 'node:crypto';

import { Hj212Device } from '../../simulator/hj212-device.ts';
import type { PuanProcess } from '../puan-process.ts';

/** A reading that was answered: it must be in the tables, once. */
export interface Answered {
  readonly point: string;
  readonly at: number;
  readonly value: number;
}

const SECOND = 1000;
const CLOCK_SET_BACK = 3_600_000;

/**
 * A virtual logger that never gives up: one frame a second, each sent again until it is answered. What was answered is
 * remembered, and how long the longest answer took.
 */
export class Logger {
  readonly answered: Answered[] = [];
  readonly #device: Hj212Device;
  readonly #factors: readonly { readonly factor: string; readonly point: string }[];
  /** Added to the clock (ms): a device whose clock is wrong. */
  clockOff = 0;
  /** What it measures; low and moving unless told. */
  measure: (n: number) => number = (n) => 1 + (n % 50) / 10;
  longestMs = 0;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    ground: { readonly puan: PuanProcess },
    device: RegisteredDevice,
    patience: { readonly answerWithinMs?: number } = {},
  ) {
    this.#factors = device.factors;
    this.#device = new Hj212Device({
      host: '127.0.0.1',
      port: ground.puan.ports.hj212,
      mn: device.code,
      pw: '123456',
      st: '32',
      answerWithinMs: patience.answerWithinMs ?? 5000,
      resends: Number.POSITIVE_INFINITY,
    });
  }

  get resent(): number {
    return this.#device.counts.resent;
  }

  start(): void {
    this.#running = this.#speak();
  }

  /** One frame of the moment `at` (epoch ms); resolves once it is answered. */
  async tell(at: number, n: number): Promise<void> {
    const value = this.measure(n);
    const began = performance.now();
    const before = this.#device.counts.answered;
    await this.#device.upload(
      at,
      this.#factors.map(({ factor }) => [
        [`${factor}-Rtd`, String(value)],
        [`${factor}-Flag`, 'N'],
      ]),
    );
    if (this.#device.counts.answered === before) return;
    this.longestMs = Math.max(this.longestMs, performance.now() - began);
    this.answered.push(...this.#factors.map(({ point }) => ({ point, at, value })));
  }

  /** Ends after the frame under way, which is answered or, within `withinMs`, given up. */
  async stop(withinMs = 20_000): Promise<void> {
    this.#stopped = true;
    const limit = setTimeout(() => this.#device.close(), withinMs);
    await this.#running;
    clearTimeout(limit);
    this.#device.close();
  }

  async #speak(): Promise<void> {
    let last = 0;
    for (let n = 0; !this.#stopped; n += 1) {
      // HJ 212 tells the second.
      const now = Math.floor((Date.now() + this.clockOff) / SECOND) * SECOND;
      // A clock that was put right goes back.
      last = now < last - CLOCK_SET_BACK ? now : Math.max(now, last + SECOND);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, last - (Date.now() + this.clockOff))));
      await this.tell(last, n);
    }
  }
}

export interface RegisteredDevice {
  readonly code: string;
  readonly factors: readonly { readonly factor: string; readonly point: string }[];
}

/** An MN that no other trial has. */
export const newMn = (): string => `TRIAL${randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`;
