// Whoever sends readings, in a process of its own: batches go round, each at most once under way, each newer than the last.
import { percentile } from './machine.ts';
import { receiverOf, type Target } from './receivers.ts';

export interface Load {
  readonly target: Target;
  readonly points: number;
  /** Readings in a batch. */
  readonly batch: number;
  readonly connections: number;
  readonly seconds: number;
  /** Each batch is sent so often, where it is told. */
  readonly rounds?: number;
}

/** Answered readings; median time (ms) from sending a batch until it is answered. */
export interface Sent {
  readonly answered: number;
  readonly seconds: number;
  readonly answerMs: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load;
const receiver = receiverOf(load.target, load.connections);
const waiting = Array.from({ length: load.points / load.batch }, (_, n) => ({
  batch: receiver.batch(n * load.batch, load.batch),
  newest: 0,
  round: 0,
}));

const times: number[] = [];
let answered = 0;
const began = performance.now();
const until = began + load.seconds * 1000;

async function send(): Promise<void> {
  while (performance.now() < until) {
    const next = waiting.shift();
    if (!next) return;
    if (next.round === load.rounds) continue;
    next.newest = Math.max(Date.now(), next.newest + 1);
    next.round += 1;
    const bytes = next.batch.at(next.newest, next.round);
    const sentAt = performance.now();
    const taken = await receiver.send(next.batch, bytes);
    answered += taken;
    times.push(performance.now() - sentAt);
    waiting.push(next);
  }
}

await Promise.all(Array.from({ length: load.connections }, send));
const seconds = (performance.now() - began) / 1000;
const sent: Sent = { answered, seconds, answerMs: percentile(times, 0.5) };
process.stdout.write(JSON.stringify(sent), () => process.exit(0));
