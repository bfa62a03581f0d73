import { setTimeout as sleep } from 'node:timers/promises';

import { type Held, heldBy, INSPECTED } from './inspected.ts';
import { print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';
import { BATCH, tell } from './tell.ts';

const POINTS = 100_000;
/** Every point tells its value once in five seconds. */
const ROUND_MS = 5000;
const MINUTES = 30;
const WEIGH_EVERY_MS = 120_000;
/** Until then the server is still filling what it keeps anyway. */
const SETTLED_MS = 600_000;

interface Weighed extends Held {
  /** Since the load began. */
  readonly ms: number;
}

/** Flat memory: what the server's process holds while readings come in for half an hour. */
export async function steady(): Promise<void> {
  const stage = await setStage(POINTS, undefined, { env: INSPECTED });
  try {
    const began = performance.now();
    const weighed: Weighed[] = [];
    const load = keepTelling(stage, began + MINUTES * 60_000);
    for (let next = began + WEIGH_EVERY_MS; next <= began + MINUTES * 60_000; next += WEIGH_EVERY_MS) {
      await sleep(Math.max(0, next - performance.now()));
      const held = await heldBy(stage.puan.pid, stage.puan.errors);
      weighed.push({ ...held, ms: performance.now() - began });
      process.stderr.write(
        `${Math.round((performance.now() - began) / 60_000)} 分：${megabytes(held.live)} MB\n`,
      );
    }
    const readings = await load;
    const settled = weighed.filter(({ ms }) => ms >= SETTLED_MS);
    const how =
      `${POINTS} 个监测点各一条四级体征，${MINUTES} 分内 ${readings} 条读数；` +
      `垃圾回收后 ${weighed.map(({ live }) => megabytes(live)).join('、')} MB；` +
      `常驻 ${weighed.map(({ resident }) => megabytes(resident)).join('、')} MB`;
    print({ name: 'steady memory, slope after 10 min', value: slope(settled), unit: 'MB/h', note: how });
  } finally {
    await stage.puan.remove();
  }
}

async function keepTelling(stage: Stage, until: number): Promise<number> {
  let readings = 0;
  for (let batch = 0, next = performance.now(); performance.now() < until; batch += 1) {
    next += (ROUND_MS * BATCH) / POINTS;
    await tell(stage, (batch * BATCH) % POINTS);
    readings += BATCH;
    await sleep(Math.max(0, next - performance.now()));
  }
  return readings;
}

/** Of the line through what was weighed (least squares). */
function slope(weighed: readonly Weighed[]): number {
  const mean = (of: (one: Weighed) => number): number =>
    weighed.reduce((sum, one) => sum + of(one), 0) / weighed.length;
  const ms = mean((one) => one.ms);
  const live = mean((one) => one.live);
  const over = weighed.reduce((sum, one) => sum + (one.ms - ms) * (one.live - live), 0);
  const perMs = over / weighed.reduce((sum, one) => sum + (one.ms - ms) ** 2, 0);
  return megabytes(perMs * 3_600_000);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 104_857.6) / 10;
}
