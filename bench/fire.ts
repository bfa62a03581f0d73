import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { EmbeddedPostgres, migrate, Storage } from '#storage';

import { readIncidents } from './fire/incidents.ts';
import { type Figures, publishFire, replayFires } from './fire/replay-fires.ts';
import { print } from './machine.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FILE =
  process.env['PUAN_FIRE_FILE'] ??
  path.resolve(ROOT, '../shared/data/fire/toronto_fire_incidents_2011_2023.csv.gz');
const FROM = '2011-01';
const TO = process.env['PUAN_FIRE_TO'] ?? '2013-01';
/** The published limit to arrive of T-life, and what a Shanghai pilot reached, so that there is somebody late. */
const LIMITS = [480, 1800] as const;

/**
 * Two years of real fires (alarm and arrival of the Toronto file) as orders, through the use cases by the recording's clock, with
 * another process half way: who arrived in time by Puan's month report and by a calculation outside the program. Writes the table
 * of docs/fire-replay.md. PUAN_FIRE_FILE names the file.
 */
export async function fire(): Promise<void> {
  if (!existsSync(FILE)) {
    process.stderr.write(`没有 ${FILE}，跳过。用 PUAN_FIRE_FILE 指明文件。\n`);
    return;
  }
  const incidents = readIncidents(FILE, FROM, TO);
  const tables: string[] = [];
  for (const seconds of LIMITS) {
    const began = performance.now();
    const ours = await withDatabase(async (storage) => {
      await publishFire(storage, seconds);
      return replayFires(storage, incidents);
    });
    const theirs = outside(seconds);
    const differing = Object.keys({ ...ours, ...theirs }).filter(
      (month) => JSON.stringify(ours[month]) !== JSON.stringify(theirs[month]),
    );
    print({
      name: `fires: months whose on-time figures differ, limit ${seconds} s`,
      value: differing.length,
      unit: 'months',
      note: `${incidents.length} 起，${Object.keys(theirs).length} 个月，用时 ${Math.round((performance.now() - began) / 1000)} s；目标 0`,
    });
    tables.push(tableOf(seconds, ours, theirs));
    writeFileSync(path.join(ROOT, 'docs/fire-replay.md'), document(incidents.length, tables));
  }
}

async function withDatabase<T>(run: (storage: Storage) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'puan-fire-'));
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  try {
    await migrate(storage.system);
    return await run(storage);
  } finally {
    await storage.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function outside(seconds: number): Figures {
  const script = path.join(ROOT, 'bench/fire/arithmetic.ts');
  const done = spawnSync(process.execPath, [script, FILE, FROM, TO, String(seconds)], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Figures;
}

function tableOf(seconds: number, ours: Figures, theirs: Figures): string {
  const rows = Object.entries(ours).map(([month, { due, kept }]) => {
    const other = theirs[month];
    return `| ${month} | ${due} | ${kept} | ${((kept / due) * 100).toFixed(2)} % | ${other?.due ?? '—'} | ${other?.kept ?? '—'} |`;
  });
  return [
    `## Limit to arrive: ${seconds / 60} minutes`,
    '',
    '| month | orders (Puan) | in time (Puan) | share | orders (outside) | in time (outside) |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function document(incidents: number, tables: readonly string[]): string {
  return `# Two years of fires, replayed

Made by \`npm run bench -- fire\`. ${incidents} fires of ${FROM} up to ${TO} (Toronto Fire Services, Open Government Licence – Toronto): the alarm opens a warning and its order, which is accepted at once and
arrived at when the file says, all through the use cases of the program by the recording's clock, with the reminders running beside it and another process half way. Level by what happened: people hurt or an
explosion red, a loss of 100,000 or more orange, else yellow. "Puan" is the month report's \`byLimit\`; "outside" is \`bench/fire/arithmetic.ts\`, which imports nothing of the program. 30 minutes is the published
limit of T-life (the file knows no acceptance, so that limit says nothing); 8 minutes is what a Shanghai pilot reached, tried so that somebody is late. It is Toronto, not Pudong: it shows that the counting is right, not how quick anybody here is.

${tables.join('\n\n')}
`;
}
