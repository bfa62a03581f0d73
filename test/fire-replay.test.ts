import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { readIncidents } from '../bench/fire/incidents.ts';
import { type Figures, publishFire, replayFires } from '../bench/fire/replay-fires.ts';
import { testDatabase } from '../src/storage/testing.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FILE = path.resolve(ROOT, '../shared/data/fire/toronto_fire_incidents_2011_2023.csv.gz');

const LIMIT = 480;

function outside(from: string, to: string, seconds: number): Figures {
  const script = path.join(ROOT, 'bench/fire/arithmetic.ts');
  const { stdout } = spawnSync(process.execPath, [script, FILE, from, to, String(seconds)], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as Figures;
}

// 480 s, what a Shanghai pilot reached: by the published 30 minutes nobody of that month was late.
test.skipIf(!existsSync(FILE))(
  'a month of real fires: who arrived in time is the same by Puan and by arithmetic outside it, also over another process half way',
  async () => {
    const db = await testDatabase();
    try {
      await publishFire(db.storage, LIMIT);
      const incidents = readIncidents(FILE, '2011-01', '2011-02');
      const figures = await replayFires(db.storage, incidents);
      expect(figures).toEqual(outside('2011-01', '2011-02', LIMIT));
      expect(figures['2011-01']?.due).toBeGreaterThan(50);
      expect(figures['2011-01']?.kept).toBeLessThan(incidents.length);
    } finally {
      await db.drop();
    }
  },
  300_000,
);
