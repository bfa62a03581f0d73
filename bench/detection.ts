import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

import { detect, DETECTOR_BYTES, detectTogether, newDetectorMemory, newJointMemory } from '#detection';

import { seededRandom } from '../test/seeded-random.ts';

import { ALONE, judgeTrial, TOGETHER, together, type Verdict, type Watch } from './events/judge-trial.ts';
import { type Source, SOURCES } from './events/sources.ts';
import { percentile, print } from './machine.ts';
import { FOLDER } from './recordings.ts';

/** The threshold that NAB's files give under the standard profile; nothing here is fitted to these recordings. */
const RAREST = 3.71;
const MINUTE = 60_000;
const TABLE = path.resolve(import.meta.dirname, '../docs/detection-events.md');

/** Recordings with known events: found, missed, delay, false alarms; the table goes to docs/detection-events.md. */
export async function detection(): Promise<void> {
  if (!existsSync(FOLDER)) {
    process.stderr.write(`没有录制数据（${FOLDER}），不测。PUAN_RECORDINGS 可另指一处。\n`);
    return;
  }
  const lines: string[] = [];
  for (const source of SOURCES) {
    const trials = await source.trials();
    for (const way of WAYS) {
      const verdict = together(trials.map((trial) => judgeTrial(trial, RAREST, way.watch)));
      tell(source, way, verdict);
      lines.push(lineOf(source, way, verdict));
    }
  }
  writeFileSync(TABLE, tableOf(lines));
  tellCosts();
}

const READINGS = 300_000;
const MICROSECONDS = 1000;

/** What a detector costs a reading, and a point. */
function tellCosts(): void {
  const random = seededRandom(1);
  const memory = newDetectorMemory();
  let begun = performance.now();
  for (let n = 0; n < READINGS; n += 1) detect(memory, n * MINUTE, random());
  const perReading = ((performance.now() - begun) / READINGS) * MICROSECONDS;
  const note = '一点一条读数；只有体征看罕见度的监测点才花';
  print({ name: 'detection per reading', value: Number(perReading.toPrecision(3)), unit: 'µs', note });
  print({ name: 'detection memory per point', value: DETECTOR_BYTES, unit: 'B', note });
  for (const instruments of [8, 52]) {
    const rows = READINGS / instruments;
    const joint = newJointMemory(instruments);
    const values = new Float64Array(instruments);
    begun = performance.now();
    for (let n = 0; n < rows; n += 1) detectTogether(joint, values.map(random));
    const perRow = ((performance.now() - begun) / rows) * MICROSECONDS;
    const note = `${instruments} 台仪表一起，一个时刻`;
    print({
      name: `detection together ${instruments}`,
      value: Number(perRow.toPrecision(3)),
      unit: 'µs',
      note,
    });
  }
}

interface Way {
  readonly name: string;
  readonly watch: Watch;
}

const WAYS: readonly Way[] = [
  { name: 'alone', watch: ALONE },
  { name: 'together', watch: TOGETHER },
];

const perDay = ({ falseAlarms, days }: Verdict): number => falseAlarms / days;

function tell({ name, note }: Source, way: Way, verdict: Verdict): void {
  const { found, events, byChance } = verdict;
  print({
    name: `detection ${name} ${way.name} found`,
    value: found,
    unit: `of ${events} events`,
    note: `${note}；随机时刻的同样多报警会碰中 ${byChance.toFixed(1)}`,
  });
  print({
    name: `detection ${name} ${way.name} false alarms`,
    value: Number(perDay(verdict).toPrecision(3)),
    unit: 'per object-day',
    note,
  });
}

function lineOf({ name, note }: Source, way: Way, verdict: Verdict): string {
  const { events, found, byChance, delays, falseAlarms, watchedDays } = verdict;
  const delay = delays.length > 0 ? (percentile(delays, 0.5) / MINUTE).toFixed(1) : '–';
  const cells = [
    name,
    note,
    way.name,
    events,
    found,
    events - found,
    byChance.toFixed(1),
    delay,
    (falseAlarms / watchedDays).toPrecision(2),
    perDay(verdict).toPrecision(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

const tableOf = (lines: readonly string[]): string => `# Known events

Made by \`npm run bench -- detection\`, threshold ${RAREST} (NAB's standard profile), nothing fitted to these recordings. *alone*: one detector an
instrument, an event is found by an alarm of any of them while it lasts. *together*: one detector for all instruments of the object, which knows how they
hang together. *By chance* is how many events as many alarms at random moments would have found. Alarms in the aftermath of an event (as long as the
event) are neither found nor false. Delay: median minutes of the found.

| set | what it is | watched | events | found | missed | by chance | delay | false per point-day | false per object-day |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

Together, the object is the only point there is.
`;
