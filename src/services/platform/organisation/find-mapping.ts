import { AppError } from '#base';
import type { ImportKind } from '#contract/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { plainHeader } from './sheet/import-fields.ts';
import { type HandMapping, joinedHeaders, textOf } from './sheet/match-columns.ts';
import type { Cell } from './sheet/read-xlsx.ts';

/** The mapping made by hand that a sheet is read with; empty when there is none. */
export interface KeptMapping {
  readonly columns: HandMapping;
  readonly kept: { readonly id: number; readonly name: string } | null;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly columns: Readonly<Record<string, string | null>>;
}

const HEADER_WITHIN = 20;

/** The mapping that is named, else the newest one of the caller whose headers all stand in one of the first rows. */
export async function findMapping(
  tx: Tx,
  { kind, mapping }: { readonly kind: ImportKind; readonly mapping?: number | undefined },
  rows: readonly (readonly Cell[])[],
): Promise<KeptMapping> {
  const named = mapping === undefined ? sql`true` : sql`id = ${mapping}`;
  const kept = await sql<Row>`
    select id, name, fingerprint, columns from import_mapping
    where account_id = current_setting('puan.account')::int and kind = ${kind} and ${named} order by created_at desc, id desc`.execute(
    tx,
  );
  if (mapping !== undefined && kept.rows.length === 0) {
    throw new AppError('record.not-found', { what: '列对应', id: String(mapping) });
  }
  const prints = fingerprintsOf(rows);
  const found = mapping === undefined ? kept.rows.find((row) => prints.has(row.fingerprint)) : kept.rows[0];
  if (!found) return { columns: new Map(), kept: null };
  return {
    columns: new Map(Object.entries(found.columns).map(([header, field]) => [plainHeader(header), field])),
    kept: { id: found.id, name: found.name },
  };
}

/** Headers as a set: their order does not matter, nor how they are written. */
export function fingerprintOf(headers: readonly string[]): string {
  return [...new Set(headers.map(plainHeader).filter((header) => header !== ''))].toSorted().join('\n');
}

/** Of every row, and every two rows, that may be the header. */
function fingerprintsOf(rows: readonly (readonly Cell[])[]): ReadonlySet<string> {
  return new Set(
    rows
      .slice(0, HEADER_WITHIN)
      .flatMap((row, at) => [
        fingerprintOf(row.map(textOf)),
        fingerprintOf(joinedHeaders(row, rows[at + 1] ?? [])),
      ]),
  );
}
