import { seededRandom } from '../../test/seeded-random.ts';
import type { CorpusFile } from './corpus.ts';
import { scoreFile } from './score-file.ts';
import { bestThreshold, normalised, PROFILES, rank, type ScoredFile, tally } from './scoring.ts';

/** A standard score on files, or on forms of them, that the threshold was not found on. */
export interface HeldOut {
  readonly what: string;
  readonly score: number;
}

const HALVINGS = 20;
const HOUR = 3_600_000;

/** What other files of this kind would bring: thresholds of one part used on another, and altered data. */
export function heldOut(files: readonly CorpusFile[]): HeldOut[] {
  const scored = files.map(scoreFile);
  const found = (altered: readonly CorpusFile[]): number => ownScore(altered.map(scoreFile));
  return [
    { what: `阈值取自一半文件、用于另一半（${HALVINGS} 次随机对分）`, score: acrossHalves(scored) },
    { what: '阈值取自其他各组、用于一组', score: acrossGroups(files, scored) },
    { what: '时刻平移 7 小时', score: found(files.map((file) => shifted(file, 7 * HOUR))) },
    { what: '数值 ×−250 再加 10⁵', score: found(files.map((file) => scaled(file, -250, 1e5))) },
    ...[0.02, 0.04, 0.06, 0.08, 0.1].map((share) => ({
      what: `截去开头 ${share * 100}%（学习期相应变短）`,
      score: found(files.map((file) => cut(file, share))),
    })),
  ];
}

function acrossHalves(scored: readonly ScoredFile[]): number {
  const random = seededRandom(1);
  let raw = 0;
  for (let i = 0; i < HALVINGS; i += 1) {
    const first = scored.map(() => random() < 0.5);
    const halves = [true, false].map((side) => scored.filter((_, k) => first[k] === side));
    const [a = [], b = []] = halves;
    raw += (rawUnderOthers(a, b) + rawUnderOthers(b, a)) / HALVINGS;
  }
  return standard(raw, scored);
}

function acrossGroups(files: readonly CorpusFile[], scored: readonly ScoredFile[]): number {
  const groupOf = files.map(({ name }) => name.split('/')[0] ?? '');
  const raw = [...new Set(groupOf)].map((group) =>
    rawUnderOthers(
      scored.filter((_, i) => groupOf[i] !== group),
      scored.filter((_, i) => groupOf[i] === group),
    ),
  );
  return standard(
    raw.reduce((sum, one) => sum + one, 0),
    scored,
  );
}

const [STANDARD = { name: 'standard', found: 1, missed: 1, false: 0.11 } as const] = PROFILES;

function rawUnderOthers(others: readonly ScoredFile[], own: readonly ScoredFile[]): number {
  return tally(rank(own), STANDARD, bestThreshold(rank(others), STANDARD)).raw;
}

function standard(raw: number, files: readonly ScoredFile[]): number {
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  return normalised(raw, windows, STANDARD);
}

function ownScore(files: readonly ScoredFile[]): number {
  return standard(rawUnderOthers(files, files), files);
}

const shifted = (file: CorpusFile, by: number): CorpusFile => ({ ...file, at: file.at.map((at) => at + by) });

const scaled = (file: CorpusFile, factor: number, offset: number): CorpusFile => ({
  ...file,
  value: file.value.map((value) => value * factor + offset),
});

/** Without its first rows; the probation still ends where it did. */
function cut(file: CorpusFile, share: number): CorpusFile {
  const rows = Math.floor(file.value.length * share);
  return {
    ...file,
    at: file.at.slice(rows),
    value: file.value.slice(rows),
    windows: file.windows.map(([left, right]) => [left - rows, right - rows] as const),
    probation: file.probation - rows,
  };
}
