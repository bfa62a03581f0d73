import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { readCorpus } from './corpus.ts';
import { readNabOptions } from './options.ts';
import { scoreFile } from './score-file.ts';
import { normalised, PROFILES, rank, tally } from './scoring.ts';
import { findThresholds } from './thresholds.ts';

const folder = path.resolve(process.cwd(), '../shared/data/nab');

describe.skipIf(!existsSync(folder))(
  'the Numenta Anomaly Benchmark (skipped where its files are absent)',
  () => {
    test('is passed above the 67.8 of the HTM detector, which is told each file’s range', async () => {
      const { files } = await readCorpus(
        path.join(folder, 'data'),
        path.join(folder, 'labels/combined_windows.json'),
      );
      expect(files).toHaveLength(39);
      expect(files.reduce((sum, { windows }) => sum + windows.length, 0)).toBe(77);
      const ranking = rank(files.map(scoreFile));
      const thresholds = findThresholds(ranking);
      const [standard = Number.NaN] = PROFILES.map((profile) =>
        normalised(tally(ranking, profile, thresholds[profile.name]).raw, ranking.windows, profile),
      );
      expect(standard).toBeGreaterThan(67.8);
    });
  },
);

describe('the command line', () => {
  const read = (...argv: string[]): ReturnType<typeof readNabOptions> =>
    readNabOptions(argv, (file) => path.join('/home', file));

  test('takes thresholds or finds them', () => {
    expect(read('--data', 'd', '--windows', 'w.json', '--thresholds', 't.json')).toMatchObject({
      data: '/home/d',
      windows: '/home/w.json',
      thresholds: '/home/t.json',
      save: undefined,
    });
  });

  test('says what is missing, and what excludes each other', () => {
    expect(() => read('--data', 'd')).toThrow('--windows');
    expect(() =>
      read('--data', 'd', '--windows', 'w', '--thresholds', 't', '--save-thresholds', 's'),
    ).toThrow('不能同时');
    expect(() => read('--nonsense')).toThrow('用法');
  });
});
