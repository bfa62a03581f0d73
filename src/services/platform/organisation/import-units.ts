import { maskPhone } from '#model/platform';
import { announce, auditAll, openPhone, type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ImportInput, type ImportPlan, planRows, text, told } from './import-plan.ts';
import type { FaultList } from './sheet/fault-list.ts';
import type { ReadRow } from './sheet/read-table.ts';
import { takenCodes } from './taken-codes.ts';

interface UnitFacts {
  readonly name: string;
  readonly kind: string;
  readonly credit_code: string | null;
  readonly platform_id: number;
  readonly contact: string | null;
  readonly address: string | null;
  readonly note: string | null;
}

interface HeldUnit extends UnitFacts {
  readonly id: number;
  readonly code: string;
  readonly place: number;
  readonly scenario: number | null;
  readonly phone_sealed: string | null;
  readonly phone_masked: string | null;
}

interface Home {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly place: number;
  readonly scenario: number | null;
}

interface UnitChange {
  readonly before: HeldUnit | null;
  readonly after: UnitFacts & Omit<HeldUnit, keyof UnitFacts | 'id'>;
}

interface Books {
  readonly held: ReadonlyMap<string, HeldUnit>;
  readonly taken: ReadonlySet<string>;
  readonly homes: readonly Home[];
}

/** Units are found by their code; an empty cell changes nothing, a masked number that is the one held neither. */
export async function importUnits(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const books = await loadBooks(tx, rows);
  return planRows(
    rows,
    (row) => plan(input, books, row),
    (changes) => saveUnits(context, tx, changes),
  );
}

async function loadBooks(tx: Tx, rows: readonly ReadRow[]): Promise<Books> {
  const codes = rows.map((row) => text(row, 'code') ?? '');
  const held = await sql<HeldUnit>`
    select id, code, name, kind, credit_code, platform_id, contact, address, note, place, scenario, phone_sealed, phone_masked
    from unit where code = any(${codes}) for update`.execute(tx);
  const homes = await sql<Home>`select id, code, name, place, scenario from platform`.execute(tx);
  return {
    held: new Map(held.rows.map((row) => [row.code, row])),
    taken: await takenCodes(tx, 'unit', codes),
    homes: homes.rows,
  };
}

function plan(
  { context, faults }: ImportInput,
  books: Books,
  row: ReadRow,
): UnitChange | 'unchanged' | undefined {
  const code = text(row, 'code') ?? '';
  const before = books.held.get(code) ?? null;
  if (before === null && books.taken.has(code)) {
    faults.add({
      row: row.row,
      field: 'code',
      value: code,
      message: '编码已被您管辖范围以外的单位使用，请换一个',
    });
    return undefined;
  }
  const home = homeOf(context, books, row, { before, faults });
  checkMissing(row, before, faults);
  const phone = phoneOf(context, row, { before, faults });
  if (faults.has(row.row) || !home) return undefined;
  const { name, kind, ...facts } = told(row, FACTS, before);
  const after = {
    code,
    name: name ?? '',
    kind: kind ?? '',
    ...facts,
    platform_id: home.id,
    place: home.place,
    scenario: home.scenario,
    ...phone,
  };
  const isSame =
    before !== null && Object.entries(after).every(([key, value]) => before[key as keyof HeldUnit] === value);
  return isSame ? 'unchanged' : { before, after };
}

/** Column → field of the sheet. */
const FACTS = {
  name: 'name',
  kind: 'kind',
  credit_code: 'creditCode',
  contact: 'contact',
  address: 'address',
  note: 'note',
} as const;

const NEEDED = [
  ['name', '名称'],
  ['kind', '单位类型'],
  ['platform', '所属平台'],
] as const;

function checkMissing({ row, values }: ReadRow, before: HeldUnit | null, faults: FaultList): void {
  if (before !== null) return;
  for (const [field, label] of NEEDED) {
    if (values[field] === undefined) faults.add({ row, field, message: `缺${label}，请补上` });
  }
}

/** The platform of the unit, by code or by a name that only one has; both the old and the new one must be the caller's. */
function homeOf(
  { actor: { rights } }: RequestContext,
  { homes }: Books,
  row: ReadRow,
  { before, faults }: { readonly before: HeldUnit | null; readonly faults: FaultList },
): Home | undefined {
  const named = text(row, 'platform');
  const [home, second] =
    named === undefined
      ? homes.filter(({ id }) => id === before?.platform_id)
      : homes.filter(({ code, name }) => code === named || name === named);
  const fault = (field: string, message: string): undefined =>
    faults.add({ row: row.row, field, value: named ?? row.values['code'], message });
  if (second) return fault('platform', '几个平台同名，请填平台编码');
  if (!home)
    return named === undefined ? undefined : fault('platform', '没有这个平台，请填平台清单里的编码或名称');
  const may = rights.mayAt('object.manage', home) && (!before || rights.mayAt('object.manage', before));
  return may ? home : fault('platform', '这个平台不在您的管辖范围内，请删去这一行或由有权的平台导入');
}

type Phone = Pick<HeldUnit, 'phone_sealed' | 'phone_masked'>;

function phoneOf(
  { vault }: RequestContext,
  row: ReadRow,
  { before, faults }: { readonly before: HeldUnit | null; readonly faults: FaultList },
): Phone {
  const given = text(row, 'phone');
  const held = { phone_sealed: before?.phone_sealed ?? null, phone_masked: before?.phone_masked ?? null };
  if (given === undefined || given === held.phone_masked) return held;
  if (given.includes('****')) {
    const message = '脱敏的号码与现有号码不符，请填完整号码或留空';
    faults.add({ row: row.row, field: 'phone', value: given, message });
    return held;
  }
  // Sealing the same number again would give another text.
  const isSame =
    held.phone_masked === maskPhone(given) && openPhone(vault, held.phone_sealed ?? '') === given;
  return isSame ? held : sealPhone(vault, given);
}

const COLUMNS = sql.raw(
  'code, name, kind, credit_code, platform_id, place, scenario, contact, phone_sealed, phone_masked, address, note',
);
const AS_ROWS =
  sql.raw(`as r(id int, code text, name text, kind text, credit_code text, platform_id int, place int, scenario int2,
  contact text, phone_sealed text, phone_masked text, address text, note text)`);

async function saveUnits(context: RequestContext, tx: Tx, changes: readonly UnitChange[]): Promise<void> {
  if (changes.length === 0) return;
  const created = changes.filter(({ before }) => before === null).map(({ after }) => after);
  const updated = changes.flatMap(({ before, after }) => (before ? [{ id: before.id, ...after }] : []));
  await sql`insert into unit (${COLUMNS}) select ${COLUMNS}
    from json_to_recordset(${JSON.stringify(created)}::json) ${AS_ROWS}`.execute(tx);
  await sql`update unit u set (${COLUMNS}, version) = row(r.code, r.name, r.kind, r.credit_code, r.platform_id, r.place, r.scenario,
      r.contact, r.phone_sealed, r.phone_masked, r.address, r.note, u.version + 1)
    from json_to_recordset(${JSON.stringify(updated)}::json) ${AS_ROWS} where u.id = r.id`.execute(tx);
  await auditAll(
    context,
    tx,
    changes.map(({ before, after }) => ({
      action: before ? 'unit.update' : 'unit.create',
      subject: `unit/${after.code}`,
      before: before && recorded(before),
      after: recorded(after),
      place: after.place,
      scenario: after.scenario,
    })),
  );
  const payload = { id: 0, state: 'imported' };
  await announce(tx, [{ type: 'platform.changed', at: context.now(), place: null, scenario: null, payload }]);
}

/** Without the sealed number: the audit is read by others. */
function recorded(unit: UnitChange['after'] | HeldUnit): object {
  return { ...unit, phone_sealed: undefined };
}
