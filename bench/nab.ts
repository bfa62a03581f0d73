// node run.js bench/nab.ts --data DIR --windows FILE: the streaming detector on NAB-shaped data, scored as NAB scores.
import path from 'node:path';

import { DETECTOR_BYTES } from '#detection';

import { Progress } from '../simulator/progress.ts';
import { UsageError } from '../simulator/replay-options.ts';
import { CorpusError, type CorpusFile, readCorpus } from './nab/corpus.ts';
import { heldOut } from './nab/held-out.ts';
import { type NabOptions, readNabOptions } from './nab/options.ts';
import { scoreFile } from './nab/score-file.ts';
import { normalised, PROFILES, rank, type ScoredFile, tally } from './nab/scoring.ts';
import {
  byProfile,
  findThresholds,
  readThresholds,
  saveThresholds,
  type Thresholds,
} from './nab/thresholds.ts';

const USEC_PER_MS = 1000;

async function nab(options: NabOptions): Promise<void> {
  const say = (line: string): void => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  const { files, absent } = await readCorpus(options.data, options.windows);
  if (absent.length > 0) say(`窗口文件另列有 ${absent.length} 份不在这里的数据，不计。`);

  const scored = scoreAll(files, options, say);
  const ranking = rank(scored);
  const thresholds =
    options.thresholds === undefined ? findThresholds(ranking) : readThresholds(options.thresholds);
  if (options.save !== undefined) saveThresholds(options.save, thresholds);

  files.forEach((file, i) => say(lineOf(file, scored[i], thresholds)));
  for (const profile of PROFILES) {
    const threshold = thresholds[profile.name];
    const { found, falseAlarms } = tally(ranking, profile, threshold);
    say(`${profile.name}：阈值 ${threshold}，发现 ${found}/${ranking.windows}，误报 ${falseAlarms}`);
  }
  if (options.heldOut) for (const { what, score } of heldOut(files)) say(`${what}：${score.toFixed(1)}`);
  const scores = byProfile((profile) => {
    const { raw } = tally(ranking, profile, thresholds[profile.name]);
    return Number(normalised(raw, ranking.windows, profile).toFixed(2));
  });
  process.stdout.write(`${JSON.stringify(scores)}\n`);
}

function scoreAll(
  files: readonly CorpusFile[],
  options: NabOptions,
  say: (line: string) => void,
): ScoredFile[] {
  const progress = new Progress(process.stderr, options.json);
  const rows = files.reduce((sum, file) => sum + file.value.length, 0);
  const began = performance.now();
  const scored = files.map((file, i) => {
    progress.show(i / files.length, file.name);
    return scoreFile(file);
  });
  progress.end();
  const each = ((performance.now() - began) * USEC_PER_MS) / rows;
  say(`${files.length} 份、${rows} 行；每行 ${each.toFixed(1)} µs；每个监测点记 ${DETECTOR_BYTES} 字节`);
  return scored;
}

function lineOf(
  { name, windows }: CorpusFile,
  scored: ScoredFile | undefined,
  { standard }: Thresholds,
): string {
  const [profile] = PROFILES;
  if (!scored || !profile) return name;
  const { found, falseAlarms } = tally(rank([scored]), profile, standard);
  return `  发现 ${found}/${windows.length}  误报 ${String(falseAlarms).padStart(3)}  ${name}`;
}

try {
  const home = process.env['INIT_CWD'] ?? process.cwd();
  await nab(readNabOptions(process.argv.slice(2), (file) => path.resolve(home, file)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CorpusError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
