import type { ChangeKind, StandardChange } from '#contract/standard';
import type { StandardFile } from '#model/standard';

import { type Aspect, rowsOf, type StandardRow } from './standard-rows.ts';

const KIND_TEXT: Readonly<Record<ChangeKind, string>> = {
  file: '标准',
  element: '监测要素',
  item: '预警事项',
  parameter: '对象参数',
  sign: '预警体征',
  handbook: '',
};

/**
 * What changed between two versions of a scenario's standard, in words, kind by kind in the order of the newer one; what was
 * removed comes last of its kind. The number of the version is no change, nor is the order of rows.
 */
export function compareStandards(before: StandardFile, after: StandardFile): readonly StandardChange[] {
  const older = rowsOf(before);
  const newer = rowsOf(after);
  const olderByKey = new Map(older.map((row) => [row.key, row]));
  const newerKeys = new Set(newer.map(({ key }) => key));
  return (Object.keys(KIND_TEXT) as readonly ChangeKind[]).flatMap((kind) => [
    ...newer
      .filter((row) => row.kind === kind)
      .flatMap((row) => {
        const old = olderByKey.get(row.key);
        return old === undefined ? [wholeRow(row, 'added')] : rowChanges(old, row);
      }),
    ...older
      .filter((row) => row.kind === kind && !newerKeys.has(row.key))
      .map((row) => wholeRow(row, 'removed')),
  ]);
}

function wholeRow(row: StandardRow, change: 'added' | 'removed'): StandardChange {
  const { kind, code, name } = row;
  const words = [
    ...row.aspects.map(({ label, text }) => `${label}：${text}`),
    ...row.steps.map((text, i) => `第 ${i + 1} 步：${text}`),
  ].join('\n');
  return {
    kind,
    code,
    name,
    change,
    field: '',
    text: `${change === 'added' ? '增加' : '删去'}${KIND_TEXT[kind]}“${name}”（${code}）`,
    before: change === 'added' ? null : words,
    after: change === 'added' ? words : null,
  };
}

/** One thing before and after; null where it is not said. */
interface Pair {
  readonly field: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

function rowChanges(before: StandardRow, after: StandardRow): readonly StandardChange[] {
  const { kind, code, name } = after;
  const pairs = [...aspectPairs(before.aspects, after.aspects), ...stepPairs(before.steps, after.steps)];
  return pairs.map((pair) => ({
    kind,
    code,
    name,
    change: 'changed',
    field: pair.field,
    text: sentence(name, pair),
    before: pair.before,
    after: pair.after,
  }));
}

function sentence(name: string, { label, before, after }: Pair): string {
  if (before === null) return `${name} 增加${label}：${after}`;
  if (after === null) return `${name} 删去${label}（原为 ${before}）`;
  return `${name} ${label} ${before} → ${after}`;
}

function aspectPairs(before: readonly Aspect[], after: readonly Aspect[]): readonly Pair[] {
  const old = new Map(before.map((one) => [one.field, one]));
  const kept = new Set(after.map(({ field }) => field));
  return [
    ...after.flatMap(({ field, label, value, text }): readonly Pair[] => {
      const was = old.get(field);
      if (was === undefined) return [{ field, label, before: null, after: text }];
      return canonical(was.value) === canonical(value)
        ? []
        : [{ field, label, before: was.text, after: text }];
    }),
    ...before
      .filter(({ field }) => !kept.has(field))
      .map(({ field, label, text }) => ({ field, label, before: text, after: null })),
  ];
}

/** The value as text that does not depend on the order of keys: documents come back from the table in another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}

/** What is the same at both ends is left alone; what stands between is taken step by step. */
function stepPairs(before: readonly string[], after: readonly string[]): readonly Pair[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  return Array.from({ length: Math.max(old.length, fresh.length) }, (_, i) => ({
    field: `steps[${head + i}]`,
    label: `处置步骤第 ${head + i + 1} 步`,
    before: old[i] ?? null,
    after: fresh[i] ?? null,
  }));
}
