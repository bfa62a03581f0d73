import { setTimeout as sleep } from 'node:timers/promises';

import { type Held, heldBy, INSPECTED } from './inspected.ts';
import { print } from './machine.ts';
import { setStage } from './stage.ts';
import { BATCH, tell } from './tell.ts';

/** The first is what everything is measured from. */
const COUNTS = [10_000, 100_000, 300_000] as const;
/** Longest time until what came is written down and let go. */
const SETTLE_MS = 60_000;

interface Weighed {
  readonly count: number;
  /** Registered, signs bound, never heard of. */
  readonly silent: Held;
  /** Each has told one reading and is idle again. */
  readonly told: Held;
}

/** P11: what the server's process holds for a point that is registered, watched by its four-level sign, and says nothing. */
export async function memory(): Promise<void> {
  const weighed: Weighed[] = [];
  for (const count of COUNTS) {
    process.stderr.write(`正在称 ${count} 个监测点 …\n`);
    weighed.push(await weigh(count));
  }
  const [least] = weighed;
  for (const more of weighed.slice(1)) {
    if (!least) continue;
    const slope = (held: (one: Weighed) => number): number =>
      Math.round((held(more) - held(least)) / (more.count - least.count));
    const how = `从 ${least.count} 到 ${more.count} 个监测点，各一条四级体征；服务进程`;
    const figures = [
      ['P11 memory per idle point', slope(({ silent }) => silent.live), '垃圾回收后的堆与缓冲区，从未来数'],
      ['P11 memory per idle point that has told', slope(({ told }) => told.live), '同上，各来过一条读数'],
      [
        'P11 resident per idle point',
        slope(({ told }) => told.resident),
        '常驻内存（含未归还的堆），各来过一条读数',
      ],
    ] as const;
    for (const [name, value, note] of figures)
      print({ name: `${name}, ${more.count} points`, value, unit: 'B', note: `${note}；${how}` });
  }
}

async function weigh(count: number): Promise<Weighed> {
  const stage = await setStage(count, undefined, { env: INSPECTED });
  try {
    const silent = await heldBy(stage.puan.pid, stage.puan.errors);
    for (let from = 0; from < count; from += BATCH) await tell(stage, from);
    await sleep(SETTLE_MS);
    const told = await heldBy(stage.puan.pid, stage.puan.errors);
    return { count, silent, told };
  } finally {
    await stage.puan.remove();
  }
}
