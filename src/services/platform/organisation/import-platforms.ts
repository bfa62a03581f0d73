import { PLATFORM_FACTS } from '#contract/platform';
import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ImportInput, type ImportPlan, planRows, text } from './import-plan.ts';
import { FACT_COLUMNS } from './platform-view.ts';
import type { ReadRow } from './sheet/read-table.ts';

interface HeldPlatform {
  readonly id: number;
  readonly code: string;
  readonly place: number;
  readonly scenario: number | null;
  readonly name: string;
  readonly department: string | null;
  readonly unit: string | null;
  readonly technical_unit: string | null;
  readonly note: string | null;
  readonly effective_from: string | null;
  readonly effective_to: string | null;
}

interface PlatformChange {
  readonly before: HeldPlatform;
  readonly after: HeldPlatform;
}

/** Field of the sheet → column. */
const COLUMNS_OF: Readonly<Record<string, string>> = {
  ...FACT_COLUMNS,
  effectiveFrom: 'effective_from',
  effectiveTo: 'effective_to',
};

/** Facts of platforms there are: the tree itself comes from the standard and is never made by a sheet. */
export async function importPlatforms(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const codes = rows.map((row) => text(row, 'code') ?? '');
  const found = await sql<HeldPlatform>`
    select id, code, place, scenario, name, department, unit, technical_unit, note, effective_from, effective_to
    from platform where code = any(${codes})`.execute(tx);
  const held = new Map(found.rows.map((row) => [row.code, row]));
  return planRows(
    rows,
    (row) => plan(input, held, row),
    (changes) => savePlatforms(context, tx, changes),
  );
}

function plan(
  { context, faults }: ImportInput,
  held: ReadonlyMap<string, HeldPlatform>,
  row: ReadRow,
): PlatformChange | 'unchanged' | undefined {
  const code = text(row, 'code') ?? '';
  const before = held.get(code);
  const fault = (field: string, message: string): undefined =>
    faults.add({ row: row.row, field, value: row.values[field], message });
  if (!before) return fault('code', '没有这个平台；平台清单由标准给出，不能用表格新建');
  const given = Object.entries(COLUMNS_OF).flatMap(([field, column]) => {
    const value = text(row, field);
    return value === undefined ? [] : [[column, value] as const];
  });
  const after = { ...before, ...Object.fromEntries(given) };
  const { effective_from: from, effective_to: to } = after;
  if (from !== null && to !== null && to < from) return fault('effectiveTo', '失效日期不能早于生效日期');
  if (given.every(([column, value]) => before[column as keyof HeldPlatform] === value)) return 'unchanged';
  // What an export tells of platforms that one only sees, is no change and no fault.
  if (!context.actor.rights.mayAt('platform.manage', before)) {
    return fault('code', '这个平台不在您的管辖范围内，请删去这一行或由有权的平台导入');
  }
  return { before, after };
}

async function savePlatforms(
  context: RequestContext,
  tx: Tx,
  changes: readonly PlatformChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ after }) => after);
  const edited = PLATFORM_FACTS.map((fact) => FACT_COLUMNS[fact]).map(
    (column) =>
      sql`case when p.filed ->> ${column} is distinct from r.${sql.ref(column)} then ${column}::text end`,
  );
  await sql`update platform p set name = r.name, department = r.department, unit = r.unit, technical_unit = r.technical_unit,
      note = r.note, effective_from = r.effective_from, effective_to = r.effective_to,
      edited = array_remove(array[${sql.join(edited)}], null), version = p.version + 1,
      edited_by = ${context.actor.username}, edited_at = ${new Date(context.now())}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id int, name text, department text, unit text, technical_unit text,
      note text, effective_from date, effective_to date)
    where p.id = r.id`.execute(tx);
  await auditAll(
    context,
    tx,
    changes.map(({ before, after }) => ({
      action: 'platform.update',
      subject: `platform/${after.code}`,
      before,
      after,
      place: after.place,
      scenario: after.scenario,
    })),
  );
  const payload = { id: 0, state: 'imported' };
  await announce(tx, [{ type: 'platform.changed', at: context.now(), place: null, scenario: null, payload }]);
}
