import { type AskedAlarm, type Hold, SuppressionIndex } from '#workflow';

import { print } from './machine.ts';

const COUNTS = [1, 100, 10_000] as const;
const CHECKS = 2_000_000;
const ROUNDS = 5;
const NOW = 1_780_000_000_000;
const HOUR_MS = 3_600_000;

/** What it costs to ask whether anything holds an alarm back, beside few and many shelves, windows of service and rules. */
export function rules(): Promise<void> {
  for (const count of COUNTS) {
    const index = filled(count);
    const alarms = Array.from({ length: 4096 }, (_, i) => alarmAt((i * 2_654_435_761) % (2 * count)));
    measured(index, alarms);
    const rounds = Array.from({ length: ROUNDS }, () => measured(index, alarms)).toSorted(
      (a, b) => a.ns - b.ns,
    );
    const { ns, held } = rounds[Math.floor(ROUNDS / 2)] ?? { ns: Number.NaN, held: 0 };
    print({
      name: `suppression check, ${count} rules`,
      value: Math.round(ns) / 1000,
      unit: 'µs',
      peer: 'Alertmanager inhibition, as published, another machine',
      peer_value: 1.4,
      ratio: Math.round((1400 / ns) * 10) / 10,
      note: `搁置、停用、按设计抑制各三分之一，规则的起因有一半成立；CPU 时间，${CHECKS} 次查询，${Math.round(held * 100)} % 查到，${ROUNDS} 轮取中`,
    });
  }
  return Promise.resolve();
}

function measured(
  index: SuppressionIndex,
  alarms: readonly AskedAlarm[],
): { readonly ns: number; readonly held: number } {
  let held = 0;
  const began = process.cpuUsage();
  for (let i = 0; i < CHECKS; i += 1) {
    const alarm = alarms[i % alarms.length];
    if (alarm && index.holdsOf(alarm, NOW).length > 0) held += 1;
  }
  const { user, system } = process.cpuUsage(began);
  return { ns: ((user + system) * 1000) / CHECKS, held: held / CHECKS };
}

function alarmAt(n: number): AskedAlarm {
  return { point: n, sign: `S${n % 40}`, object: n, item: `I${n % 20}`, session: 0 };
}

/** So many things that hold alarms back, each over an object of its own. */
function filled(count: number): SuppressionIndex {
  const index = new SuppressionIndex();
  for (let n = 0; n < count; n += 1) {
    const { point, object, item, sign } = alarmAt(n);
    const suppression = { hold: holdOf(n), from: NOW - HOUR_MS };
    if (n % 6 === 0) index.add({ over: 'sign', point, sign }, suppression);
    else if (n % 6 === 1) index.add({ over: 'object', object }, suppression);
    else if (n % 3 === 2) index.add({ over: 'point', point }, suppression);
    else {
      const cause = { object: object + count, kind: 'item', code: 'POWER.I01', level: 2 } as const;
      index.addRule({ object, item }, { ...suppression, cause });
      const stands = {
        session: 0,
        point: 'P',
        sign: 'POWER.S01',
        item: 'POWER.I01',
        level: n % 2 === 0 ? 3 : 1,
      };
      index.stand({ object: cause.object, ...stands });
    }
  }
  return index;
}

function holdOf(n: number): Hold {
  return { kind: 'shelved', by: `shelf/${n}`, reason: '检修', until: NOW + HOUR_MS };
}
