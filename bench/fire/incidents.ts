import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { fromBeijing } from '#base';
import type { SignLevel } from '#model/standard';

/** A fire of the Toronto file: when it was alarmed and when the first engine was there. Epoch ms, its wall clock taken as ours. */
export interface Incident {
  readonly alarmAt: number;
  readonly arrivedAt: number;
  readonly level: SignLevel;
}

const MS = 1000;
const HIGH_LOSS = 100_000;

/** Incidents alarmed from `from` up to `to` (YYYY-MM), in the order of the file; rows whose arrival lies before the alarm are left out. */
export function readIncidents(file: string, from: string, to: string): readonly Incident[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/u);
  const names = cellsOf(head);
  return lines.flatMap((line) => {
    const cells = cellsOf(line);
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const alarm = cell('alarm_time');
    if (alarm < from || alarm >= to) return [];
    const [alarmAt, arrivedAt] = [momentOf(alarm), momentOf(cell('arrival_time'))];
    if (arrivedAt < alarmAt) return [];
    return [{ alarmAt, arrivedAt, level: levelOf(cell) }];
  });
}

/** By what happened: people hurt or an explosion, a high loss, anything else. */
function levelOf(cell: (name: string) => string): SignLevel {
  const hurt = Number(cell('civilian_casualties')) + Number(cell('tfs_firefighter_casualties'));
  if (hurt > 0 || cell('final_incident_type').startsWith('02')) return 'red';
  return Number(cell('estimated_dollar_loss')) >= HIGH_LOSS ? 'orange' : 'yellow';
}

function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gu)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

function momentOf(text: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :]/u).map(Number);
  return fromBeijing(year, month, day, (hour * 3600 + minute * 60 + second) * MS);
}
