import { AppError } from '#base';
import { IMPORT_ROWS, type ImportKind, type organisationRoutes, XLSX } from '#contract/platform';
import { scenarioOf } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { exportDependencies } from '../dependency/export-dependencies.ts';
import { exportLedger } from '../ledger/export-ledger.ts';
import { exportPopulation } from '../population/export-population.ts';
import { codesOf } from '../object/object-view.ts';
import { findPlatform, within } from './find-platform.ts';
import { IMPORT_FIELDS } from './sheet/import-fields.ts';
import { writeSheet } from './sheet/sheet-thread.ts';

type Query = z.output<typeof organisationRoutes.runExport.query>;
/** A record by the fields of an import. */
type ExportRow = Readonly<Record<string, string | number | null>>;

export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

const OF_OBJECTS: ReadonlySet<ImportKind> = new Set(['objects', 'ledger', 'dependencies']);
const TITLES: Readonly<Record<ImportKind, string>> = {
  objects: '监测对象',
  units: '单位',
  platforms: '平台资料',
  ledger: '底数台账',
  population: '街镇人口',
  dependencies: '依赖关系',
};

/**
 * What the caller may see as a file that can be imported as it is. Numbers of phones are masked, and no text is taken for a
 * formula. Throws `access.denied`, `record.not-found`, `input.invalid`, `export.too-large`.
 */
export async function runExport(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<ExportFile> {
  context.authorize(OF_OBJECTS.has(query.kind) ? 'object.read' : 'platform.read');
  const rows = await context.transaction(async (tx) => {
    const found = await LOADERS[query.kind](tx, query);
    if (found.length > IMPORT_ROWS) {
      throw new AppError('export.too-large', { count: `${IMPORT_ROWS} 多`, limit: IMPORT_ROWS });
    }
    const { kind, format, scenario, under } = query;
    const after = { format, scenario: scenario ?? null, under: under ?? null, rows: found.length };
    await audit(context, tx, { action: 'export.run', subject: `export/${kind}`, after });
    return found;
  });
  return query.format === 'json' ? asJson(context, query.kind, rows) : asXlsx(query.kind, rows);
}

const LOADERS: Readonly<Record<ImportKind, (tx: Tx, query: Query) => Promise<readonly ExportRow[]>>> = {
  objects: loadObjects,
  units: loadUnits,
  platforms: loadPlatforms,
  ledger: exportLedger,
  population: exportPopulation,
  dependencies: exportDependencies,
};

async function loadObjects(tx: Tx, { scenario, under }: Query): Promise<readonly ExportRow[]> {
  const conditions = [sql`o.retired_at is null`];
  if (scenario !== undefined) {
    const found = scenarioOf(scenario);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${scenario}”` });
    conditions.push(sql`o.scenarios && ${[found.id]}::int2[]`);
  }
  if (under !== undefined) conditions.push(within(await findPlatform(tx, under), 'scenarios'));
  const { rows } = await sql<ExportRow & { readonly scenarios: readonly number[] }>`
    select o.code, o.name, o.scenarios, o.lat, o.lon, o.town, o.village, o.address,
      coalesce(w.code, o.owner) as owner, coalesce(p.code, o.operator) as operator, coalesce(m.code, o.maintainer) as maintainer
    from monitored_object o left join unit w on w.id = o.owner_unit left join unit p on p.id = o.operator_unit
      left join unit m on m.id = o.maintainer_unit
    where o.id in (select id from monitored_object o where ${sql.join(conditions, sql` and `)} order by id limit ${IMPORT_ROWS + 1})
    order by o.id`.execute(tx);
  return rows.map(({ scenarios, ...row }) => ({ ...row, scenarios: codesOf(scenarios).join('、') }));
}

async function loadUnits(tx: Tx, { under }: Query): Promise<readonly ExportRow[]> {
  const { rows } = await sql<ExportRow>`
    select u.code, u.name, u.kind, u.credit_code as "creditCode", p.code as platform, u.contact, u.phone_masked as phone, u.address,
      u.note
    from unit u join platform p on p.id = u.platform_id where ${await subtree(tx, under)}
    order by u.id limit ${IMPORT_ROWS + 1}`.execute(tx);
  return rows;
}

async function loadPlatforms(tx: Tx, { under }: Query): Promise<readonly ExportRow[]> {
  const { rows } = await sql<ExportRow>`
    select p.code, p.name, p.department, p.unit, p.technical_unit as "technicalUnit", p.note, p.effective_from as "effectiveFrom",
      p.effective_to as "effectiveTo"
    from platform p where ${await subtree(tx, under)} order by p.id limit ${IMPORT_ROWS + 1}`.execute(tx);
  return rows;
}

async function subtree(tx: Tx, under: string | undefined): Promise<RawBuilder<unknown>> {
  if (under === undefined) return sql`true`;
  const { place, place_to } = await findPlatform(tx, under);
  return sql`p.place between ${place} and ${place_to}`;
}

function asJson(context: RequestContext, kind: ImportKind, rows: readonly ExportRow[]): ExportFile {
  const text = JSON.stringify({ kind, exportedAt: context.now(), rows });
  return {
    name: `${TITLES[kind]}.json`,
    mediaType: 'application/json; charset=utf-8',
    content: Buffer.from(text),
  };
}

async function asXlsx(kind: ImportKind, rows: readonly ExportRow[]): Promise<ExportFile> {
  const fields = IMPORT_FIELDS[kind].filter(({ field }) => field !== 'coordinates');
  const content = await writeSheet({
    name: TITLES[kind],
    header: fields.map(({ label }) => label),
    rows: rows.map((row) => fields.map(({ field }) => row[field] ?? null)),
  });
  return { name: `${TITLES[kind]}.xlsx`, mediaType: XLSX, content };
}
