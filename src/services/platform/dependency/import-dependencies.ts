import { DEPENDENCY_KINDS, DEPENDENCY_TEXT, type DependencyKind, LONGEST_LEAD_MINUTES } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ImportInput, type ImportPlan, planRows, text, told } from '../organisation/import-plan.ts';
import type { ReadRow } from '../organisation/sheet/read-table.ts';
import {
  type DependencyEnd,
  type DependencyFacts,
  type HeldDependency,
  loadEnds,
  mayKeep,
} from './dependency-facts.ts';
import { loadDependencies } from './list-dependencies.ts';
import { type DependencyChange, saveDependencies } from './save-dependencies.ts';

interface Books {
  readonly ends: ReadonlyMap<string, DependencyEnd>;
  readonly held: ReadonlyMap<string, HeldDependency>;
  /** The row in which an edge of this sheet stands. */
  readonly seen: Map<string, number>;
}

/** Edges are found by their ends and kind; an empty cell of one that is held changes nothing. */
export async function importDependencies(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const books = await loadBooks(tx, rows);
  return planRows(
    rows,
    (row) => plan(input, books, row),
    (changes) => saveDependencies(context, tx, { changes, source: 'import' }),
  );
}

async function loadBooks(tx: Tx, rows: readonly ReadRow[]): Promise<Books> {
  const codes = rows.flatMap((row) => [text(row, 'from') ?? [], text(row, 'to') ?? []].flat());
  const ends = await loadEnds(tx, { codes });
  const ids = ends.map(({ id }) => id);
  const held = await loadDependencies(
    tx,
    sql`where d.from_object = any(${ids}::int[]) and d.to_object = any(${ids}::int[])`,
  );
  return {
    ends: new Map(ends.map((end) => [end.code, end])),
    held: new Map(held.map((row) => [keyOf(row.from_object, row.to_object, row.kind), row])),
    seen: new Map(),
  };
}

const keyOf = (from: number, to: number, kind: DependencyKind): string => `${from} ${to} ${kind}`;

/** What a row makes of its edge; undefined when it has a fault. */
function plan(input: ImportInput, books: Books, row: ReadRow): DependencyChange | 'unchanged' | undefined {
  const edge = edgeOf(input, books, row);
  if (!edge) return undefined;
  const before = books.held.get(keyOf(edge.from.id, edge.to.id, edge.kind)) ?? null;
  const after = factsOf(input, row, before);
  if (!mayKeep(input.context, [edge.from, edge.to])) {
    const message = '两端都不在您的管辖范围内，请删去这一行或由有权的平台导入';
    input.faults.add({ row: row.row, field: 'from', value: edge.from.code, message });
  }
  if (input.faults.has(row.row) || !after) return undefined;
  return before !== null && same(before, after) ? 'unchanged' : { ...edge, before, after };
}

/** What a row says of its edge, else what is held. */
function factsOf(
  { context, faults }: ImportInput,
  row: ReadRow,
  before: HeldDependency | null,
): DependencyFacts | undefined {
  const { reason, basis } = told(row, { reason: 'reason', basis: 'basis' }, before);
  const lead = row.values['leadMinutes'] ?? before?.lead_minutes ?? null;
  if (typeof lead === 'number' && lead > LONGEST_LEAD_MINUTES) {
    const message = `提前量不超过 ${LONGEST_LEAD_MINUTES} 分钟`;
    faults.add({ row: row.row, field: 'leadMinutes', value: lead, message });
  }
  if (basis === null)
    return faults.add({ row: row.row, field: 'basis', message: '缺依据，请写明出自哪份图纸或台账' });
  return {
    lead_minutes: typeof lead === 'number' ? lead : null,
    reason,
    basis,
    valid_from: before?.valid_from ?? context.now(),
    valid_to: before?.valid_to ?? null,
  };
}

function same(before: HeldDependency, after: DependencyFacts): boolean {
  return Object.entries(after).every(([key, value]) => before[key as keyof DependencyFacts] === value);
}

type Edge = Pick<DependencyChange, 'from' | 'to' | 'kind'>;

/** Both ends and the kind of a row, each edge once in a sheet. */
function edgeOf({ faults }: ImportInput, books: Books, row: ReadRow): Edge | undefined {
  const from = endOf(faults, books, { row, field: 'from' });
  const to = endOf(faults, books, { row, field: 'to' });
  const kind = kindOf(faults, row);
  if (!from || !to || !kind) return undefined;
  const fault = (message: string): undefined =>
    faults.add({ row: row.row, field: 'to', value: to.code, message });
  if (from.id === to.id) return fault('对象不能依赖自己');
  const key = keyOf(from.id, to.id, kind);
  const first = books.seen.get(key);
  if (first !== undefined) return fault(`与第 ${first} 行是同一条，请只留一行`);
  books.seen.set(key, row.row);
  return { from, to, kind };
}

function endOf(
  faults: ImportInput['faults'],
  { ends }: Books,
  { row, field }: { readonly row: ReadRow; readonly field: 'from' | 'to' },
): DependencyEnd | undefined {
  const code = text(row, field);
  if (code === undefined) return faults.add({ row: row.row, field, message: '缺对象编码，请补上' });
  return (
    ends.get(code) ?? faults.add({ row: row.row, field, value: code, message: '没有这个监测对象，请先登记' })
  );
}

const KINDS = new Map<string, DependencyKind>(
  DEPENDENCY_KINDS.flatMap((kind) =>
    [kind, ...DEPENDENCY_TEXT[kind].split('、')].map((word) => [word, kind] as const),
  ),
);

function kindOf(faults: ImportInput['faults'], row: ReadRow): DependencyKind | undefined {
  const name = text(row, 'kind');
  if (name === undefined) return faults.add({ row: row.row, field: 'kind', message: '缺依赖种类，请补上' });
  const message = `没有这种依赖，可用：${Object.values(DEPENDENCY_TEXT).join('、')}`;
  return KINDS.get(name) ?? faults.add({ row: row.row, field: 'kind', value: name, message });
}
