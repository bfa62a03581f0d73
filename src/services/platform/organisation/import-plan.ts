import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';

import type { FaultList } from './sheet/fault-list.ts';
import type { ReadRow } from './sheet/read-table.ts';
import type { Datum } from '#model/platform';

/** What a plan is made from. Plans add the faults they find. */
export interface ImportInput {
  readonly context: RequestContext;
  readonly tx: Tx;
  readonly rows: readonly ReadRow[];
  readonly faults: FaultList;
  readonly datum: Datum;
}

/** What an import would do with the rows that have no fault. */
export interface ImportPlan {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Does it, set-based, with its audit and its event. */
  save(): Promise<void>;
}

/** A change of one record; `before` is null where it is made. */
interface Change {
  readonly before: unknown;
}

/** Goes through the rows: what changes, what says what is held already, and what has a fault (undefined) and is left out. */
export function planRows<One extends Change>(
  rows: readonly ReadRow[],
  plan: (row: ReadRow) => One | 'unchanged' | undefined,
  save: (changes: readonly One[]) => Promise<unknown>,
): ImportPlan {
  const changes: One[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const change = plan(row);
    if (change === 'unchanged') unchanged += 1;
    else if (change) changes.push(change);
  }
  const created = changes.filter(({ before }) => before === null).length;
  return {
    created,
    updated: changes.length - created,
    unchanged,
    save: async () => void (await save(changes)),
  };
}

/** The text of a field, undefined where the row says nothing. */
export function text(row: ReadRow, field: string): string | undefined {
  const value = row.values[field];
  return typeof value === 'string' ? value : undefined;
}

/** What a row says of these columns (column → field of the sheet), else what is held; null where neither is. */
export function told<Column extends string>(
  row: ReadRow,
  fields: Readonly<Record<Column, string>>,
  held: Readonly<Record<NoInfer<Column>, string | null>> | null,
): Record<Column, string | null> {
  const entries = Object.entries<string>(fields).map(([column, field]) => [
    column,
    text(row, field) ?? held?.[column as Column] ?? null,
  ]);
  return Object.fromEntries(entries) as Record<Column, string | null>;
}
