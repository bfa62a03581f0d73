import { setTimeout as sleep } from 'node:timers/promises';

import type { Carrier } from './carrier.ts';
import type { Moment } from './fill.ts';

export interface Pace {
  /** Recorded seconds per second; `max` plays as fast as the server answers. */
  readonly speed: number | 'max';
  readonly signal: AbortSignal;
  readonly onMoment: (at: number) => void;
}

/** Below this a wait is not worth a timer; moments are let through together. */
const WORTH_WAITING_MS = 20;

/** Plays moments in order at the pace asked for. Resolves at the end, or early when the signal comes. */
export async function play(moments: AsyncGenerator<Moment>, carrier: Carrier, pace: Pace): Promise<void> {
  const { speed, signal, onMoment } = pace;
  let began: { readonly recorded: number; readonly real: number } | undefined;
  for await (const moment of moments) {
    if (signal.aborted) break;
    began ??= { recorded: moment.at, real: performance.now() };
    if (speed !== 'max') {
      const waitMs = began.real + (moment.at - began.recorded) / speed - performance.now();
      if (waitMs > WORTH_WAITING_MS) {
        await carrier.flush();
        await sleep(waitMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) break;
      }
    }
    await carrier.send(moment);
    onMoment(moment.at);
  }
  await carrier.flush();
}
