import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { judgeTrial, together, type Verdict } from './events/judge-trial.ts';
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
    const verdict = together((await source.trials()).map((trial) => judgeTrial(trial, RAREST)));
    tell(source, verdict);
    lines.push(lineOf(source, verdict));
  }
  writeFileSync(TABLE, tableOf(lines));
}

const perDay = ({ falseAlarms, pointDays }: Verdict): number => falseAlarms / pointDays;

function tell({ name, note }: Source, verdict: Verdict): void {
  const { found, events, byChance } = verdict;
  print({
    name: `detection ${name} found`,
    value: found,
    unit: `of ${events} events`,
    note: `${note}；随机时刻的同样多报警会碰中 ${byChance.toFixed(1)}`,
  });
  print({
    name: `detection ${name} false alarms`,
    value: Number(perDay(verdict).toPrecision(3)),
    unit: 'per point-day',
    note,
  });
}

function lineOf({ name, note }: Source, verdict: Verdict): string {
  const { events, found, byChance, delays } = verdict;
  const delay = delays.length > 0 ? (percentile(delays, 0.5) / MINUTE).toFixed(1) : '–';
  const cells = [
    name,
    note,
    events,
    found,
    events - found,
    byChance.toFixed(1),
    delay,
    perDay(verdict).toPrecision(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

const tableOf = (lines: readonly string[]): string => `# Known events

Made by \`npm run bench -- detection\`: one detector an instrument, threshold ${RAREST} (NAB's standard profile), nothing fitted to these recordings.
An event is found by an alarm of any of its instruments while it lasts; *by chance* is how many as many alarms at random moments would have found. Alarms
in the aftermath of an event (as long as the event) are neither found nor false. Delay: median minutes of the found.

| set | what it is | events | found | missed | by chance | delay | false per point-day |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`;
