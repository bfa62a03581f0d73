import { AppError } from '#base';
import {
  IMPORT_ROWS,
  type ImportKind,
  type ImportReport,
  type organisationRoutes,
  XLSX,
} from '#contract/platform';
import type { Capability } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import { findMapping, type KeptMapping } from './find-mapping.ts';
import { importObjects } from './import-objects.ts';
import type { ImportInput, ImportPlan } from './import-plan.ts';
import { importLedger } from '../ledger/import-ledger.ts';
import { importPopulation } from '../population/import-population.ts';
import { importDependencies } from '../dependency/import-dependencies.ts';
import { importPlatforms } from './import-platforms.ts';
import { importUnits } from './import-units.ts';
import { FaultList } from './sheet/fault-list.ts';
import { IMPORT_FIELDS } from './sheet/import-fields.ts';
import { matchColumns, type Table } from './sheet/match-columns.ts';
import { readJsonRows } from './sheet/read-json-rows.ts';
import { readTable } from './sheet/read-table.ts';
import type { Cell } from './sheet/read-xlsx.ts';
import { readCsv } from './sheet/read-csv.ts';
import { readSheet } from './sheet/sheet-thread.ts';
import { unreadable } from './sheet/unreadable.ts';

type Query = z.output<typeof organisationRoutes.runImport.query>;

const PLANS: Readonly<Record<ImportKind, (input: ImportInput) => Promise<ImportPlan>>> = {
  objects: importObjects,
  units: importUnits,
  platforms: importPlatforms,
  ledger: importLedger,
  population: importPopulation,
  dependencies: importDependencies,
};

/** What the kind of sheet asks of whoever brings it. */
const NEEDED: Readonly<Record<ImportKind, Capability>> = {
  objects: 'object.manage',
  units: 'object.manage',
  platforms: 'platform.manage',
  ledger: 'object.manage',
  population: 'object.manage',
  dependencies: 'dependency.manage',
};

interface File {
  readonly rows: readonly (readonly Cell[])[];
  readonly notes: readonly string[];
}

/**
 * Reads a sheet (or JSON) and brings what it says into the tables, whole or not at all: a dry run tells every fault and changes
 * nothing, a real run with a fault is refused. Throws `import.unreadable`, `import.faulty`, `access.denied`, `record.not-found`.
 */
export async function runImport(
  context: RequestContext,
  { query, raw, contentType }: { readonly query: Query; readonly raw: Buffer; readonly contentType: string },
): Promise<ImportReport> {
  context.authorize(NEEDED[query.kind]);
  const file = await readFile(query, raw, contentType);
  return context.transaction(async (tx) => {
    const mapping = await findMapping(tx, query, file.rows);
    const table = matchColumns(query.kind, file.rows, mapping.columns);
    if (table.rows.length === 0) throw unreadable('表头下面没有数据');
    if (table.rows.length > IMPORT_ROWS) throw unreadable(`数据超过 ${IMPORT_ROWS} 行，请分成几个文件`);
    const report = await importTable(context, tx, { query, table, mapping });
    return { ...report, notes: [...file.notes, ...report.notes] };
  });
}

async function readFile(query: Query, raw: Buffer, contentType: string): Promise<File> {
  if (raw.length === 0) throw unreadable('没有内容');
  if (contentType.startsWith('text/csv')) return { rows: readCsv(raw), notes: [] };
  if (contentType !== XLSX) return { rows: readJsonRows(raw, IMPORT_ROWS), notes: [] };
  const { name, rows, others } = await readSheet({ raw, most: IMPORT_ROWS, wanted: query.sheet });
  const notes = others.length === 0 ? [] : [`读的是工作表“${name}”，没有读：${others.join('、')}`];
  return { rows, notes };
}

async function importTable(
  context: RequestContext,
  tx: Tx,
  { query, table, mapping }: { readonly query: Query; readonly table: Table; readonly mapping: KeptMapping },
): Promise<ImportReport> {
  const { kind, dryRun, datum } = query;
  const faults = new FaultList(table.columns);
  const { rows, notes } = readTable(kind, table, faults);
  const plan = await PLANS[kind]({ context, tx, rows, faults, datum });
  const found = faults.inOrder();
  const [first] = found;
  if (!dryRun) {
    if (first) {
      const issue = `${first.column} 列 ${first.message}`;
      throw new AppError('import.faulty', { count: found.length, row: first.row, issue });
    }
    await plan.save();
  }
  const named = new Set(table.columns.map(({ field }) => field));
  // The pair of coordinates may stand in one column.
  const hasField = (field: string): boolean =>
    named.has(field) || ((field === 'lat' || field === 'lon') && named.has('coordinates'));
  return {
    kind,
    dryRun,
    rows: table.rows.length,
    created: plan.created,
    updated: plan.updated,
    unchanged: plan.unchanged,
    faults: found,
    columns: [...table.columns],
    missing: IMPORT_FIELDS[kind].flatMap(({ field, required }) =>
      required && !hasField(field) ? [field] : [],
    ),
    fields: IMPORT_FIELDS[kind].map(({ field, label, required, synonyms }) => ({
      field,
      label,
      required,
      synonyms: [...synonyms],
    })),
    mapping: mapping.kept,
    notes: [...notes],
  };
}
