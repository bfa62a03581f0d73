import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ImportInput, type ImportPlan, planRows, text, told } from '../organisation/import-plan.ts';
import { PlaceBook } from '../organisation/place-book.ts';
import type { ReadRow } from '../organisation/sheet/read-table.ts';
import { type EntryFacts, type HeldEntry, lineOf } from './entry-facts.ts';
import { KindBook } from './kind-book.ts';
import { type EntryChange, saveEntries } from './save-entries.ts';

interface Books {
  readonly held: ReadonlyMap<string, HeldEntry>;
  readonly kinds: KindBook;
  readonly places: PlaceBook;
  /** Objects in sight, by code. */
  readonly objects: ReadonlyMap<string, number>;
  /** The row in which a line of this sheet stands. */
  readonly seen: Map<string, number>;
}

/** Somewhere in Pudong: the ledger tells towns, so no point is ever looked for. */
const NO_POINT = { lat: 31.2, lon: 121.6 };

/** Lines are found by kind, place and name; an empty cell of a line that is held changes nothing. */
export async function importLedger(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const books = await loadBooks(tx, rows);
  return planRows(
    rows,
    (row) => plan(input, books, row),
    (changes) => saveEntries(context, tx, changes),
  );
}

async function loadBooks(tx: Tx, rows: readonly ReadRow[]): Promise<Books> {
  const held = await sql<HeldEntry>`
    select id, kind_id, scenario, place, town, village, name, quantity, object_id, source, as_of, note, version
    from ledger_entry`.execute(tx);
  const codes = rows.flatMap((row) => text(row, 'object') ?? []);
  const objects = await sql<{ id: number; code: string }>`
    select id, code from monitored_object where code = any(${codes}::text[]) and retired_at is null`.execute(
    tx,
  );
  return {
    held: new Map(held.rows.map((row) => [lineOf(row), row])),
    kinds: await KindBook.load(tx),
    places: await PlaceBook.load(tx),
    objects: new Map(objects.rows.map(({ id, code }) => [code, id])),
    seen: new Map(),
  };
}

/** What a row makes of its line; undefined when it has a fault. */
function plan(input: ImportInput, books: Books, row: ReadRow): EntryChange | 'unchanged' | undefined {
  const { context, faults } = input;
  const where = lineAt(input, books, row);
  if (where === undefined) return undefined;
  const before = books.held.get(lineOf(where)) ?? null;
  const after = { ...where, ...factsOf(input, books, row, before) };
  if (!context.actor.rights.mayAt('object.manage', after)) {
    const message = '不在您的管辖范围内（场景或属地），请删去这一行或由有权的平台导入';
    faults.add({ row: row.row, field: 'town', value: text(row, 'town'), message });
  }
  if (faults.has(row.row)) return undefined;
  return before !== null && same(before, after) ? 'unchanged' : { before, after };
}

/** What a row says of its line, else what is held. */
function factsOf(input: ImportInput, books: Books, row: ReadRow, before: HeldEntry | null) {
  for (const [field, label] of NEEDED) {
    if (before === null && row.values[field] === undefined)
      input.faults.add({ row: row.row, field, message: `缺${label}，请补上` });
  }
  const { source, as_of, note } = told(row, { source: 'source', as_of: 'asOf', note: 'note' }, before);
  return {
    quantity: quantityOf(input, row, before) ?? 0,
    object_id: objectOf(input, books, row) ?? before?.object_id ?? null,
    source: source ?? '',
    as_of: as_of ?? '',
    note,
  };
}

const NEEDED = [
  ['source', '来源'],
  ['asOf', '截至日期'],
] as const;

/** Kind, place and name of a row, each once in a sheet. */
function lineAt(
  { faults }: ImportInput,
  { kinds, places, seen }: Books,
  row: ReadRow,
): Pick<EntryFacts, 'kind_id' | 'scenario' | 'place' | 'town' | 'village' | 'name'> | undefined {
  const kindName = text(row, 'kind');
  const town = text(row, 'town');
  const village = text(row, 'village');
  if (kindName === undefined)
    return faults.add({ row: row.row, field: 'kind', message: '缺对象类别，请补上' });
  if (town === undefined && village === undefined)
    return faults.add({ row: row.row, field: 'town', message: '缺街镇，请补上' });
  const kind = kinds.find(kindName, scenarioOfRow(row));
  if ('fault' in kind)
    return faults.add({ row: row.row, field: 'kind', value: kindName, message: kind.fault });
  const at = places.find(NO_POINT, { town, village });
  if ('fault' in at) {
    const value = at.field === 'town' ? town : village;
    return faults.add({ row: row.row, field: at.field, value, message: at.fault });
  }
  const line = {
    kind_id: kind.found.id,
    scenario: kind.found.scenario,
    place: at.found.place,
    town: at.found.town,
    village: at.found.village,
    name: text(row, 'name') ?? null,
  };
  const first = seen.get(lineOf(line));
  if (first !== undefined) {
    const message = `与第 ${first} 行是同一条（类别、属地、名称都相同），请只留一行`;
    return faults.add({ row: row.row, field: 'kind', value: kindName, message });
  }
  seen.set(lineOf(line), row.row);
  return line;
}

function scenarioOfRow({ values }: ReadRow): string | undefined {
  const given = values['scenario'];
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

function quantityOf({ faults }: ImportInput, row: ReadRow, before: HeldEntry | null): number | undefined {
  const told = row.values['quantity'];
  const isNamed = text(row, 'name') !== undefined;
  if (isNamed) {
    if (told === undefined || told === 1) return 1;
    return faults.add({
      row: row.row,
      field: 'quantity',
      value: told,
      message: '写了名称的一行是一个对象，数量须为 1 或留空',
    });
  }
  if (typeof told === 'number') return told;
  return before?.quantity ?? faults.add({ row: row.row, field: 'quantity', message: '缺数量，请补上' });
}

function objectOf({ faults }: ImportInput, { objects }: Books, row: ReadRow): number | undefined {
  const code = text(row, 'object');
  if (code === undefined) return undefined;
  const fault = (message: string): undefined =>
    faults.add({ row: row.row, field: 'object', value: code, message });
  if (text(row, 'name') === undefined) return fault('只有写了名称的一行才能对应一个监测对象');
  return objects.get(code) ?? fault('没有这个监测对象，或它不在您的管辖范围内；尚未登记的请留空');
}

function same(before: HeldEntry, after: EntryFacts): boolean {
  return Object.entries(after).every(([key, value]) => before[key as keyof EntryFacts] === value);
}
