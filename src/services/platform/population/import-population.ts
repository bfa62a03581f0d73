import { implausible } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { beijingDay } from '../audit/write-head.ts';
import { type ImportInput, type ImportPlan, planRows, text, told } from '../organisation/import-plan.ts';
import { PlaceBook } from '../organisation/place-book.ts';
import type { ReadRow } from '../organisation/sheet/read-table.ts';
import type { HeldPopulation, PopulationFacts, Town } from './population-facts.ts';
import { type PopulationChange, savePopulations } from './save-populations.ts';

interface Books {
  readonly held: ReadonlyMap<string, HeldPopulation>;
  readonly towns: ReadonlyMap<string, Town>;
  readonly places: PlaceBook;
  /** The row in which a town of this sheet stands. */
  readonly seen: Map<string, number>;
}

/** People of towns, a town a row; an empty cell of a town that is held changes nothing. */
export async function importPopulation(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const books = await loadBooks(tx);
  return planRows(
    rows,
    (row) => plan(input, books, row),
    (changes) => savePopulations(context, tx, changes),
  );
}

async function loadBooks(tx: Tx): Promise<Books> {
  const held = await sql<HeldPopulation>`
    select town, residents, workers, source, as_of, version from town_population`.execute(tx);
  const towns = await sql<Town>`select code, name, place from platform where kind in ('town','zone')`.execute(
    tx,
  );
  return {
    held: new Map(held.rows.map((row) => [row.town, row])),
    towns: new Map(towns.rows.map((row) => [row.code, row])),
    places: await PlaceBook.load(tx),
    seen: new Map(),
  };
}

/** What a row makes of its town; undefined when it has a fault. */
function plan(input: ImportInput, books: Books, row: ReadRow): PopulationChange | 'unchanged' | undefined {
  const { context, faults } = input;
  const town = townOf(input, books, row);
  if (town === undefined) return undefined;
  // The table that is handed out to be filled in has a row for every town.
  if (Object.keys(row.values).every((field) => field === 'town')) return 'unchanged';
  const before = books.held.get(town.code) ?? null;
  const after = factsOf(input, row, { town: town.code, before });
  if (!context.actor.rights.mayAt('object.manage', { place: town.place, scenario: null })) {
    const message = '不在您的管辖范围内，请删去这一行或由有权的平台导入';
    faults.add({ row: row.row, field: 'town', value: text(row, 'town'), message });
  }
  if (faults.has(row.row) || after === undefined) return undefined;
  return before !== null && same(before, after) ? 'unchanged' : { before, after, place: town.place };
}

/** The town of a row, each once in a sheet. */
function townOf({ faults }: ImportInput, { towns, places, seen }: Books, read: ReadRow): Town | undefined {
  const { row } = read;
  const name = text(read, 'town');
  if (name === undefined) return faults.add({ row, field: 'town', message: '缺街镇，请补上' });
  const fault = (message: string): undefined => faults.add({ row, field: 'town', value: name, message });
  const code = places.townOf(name);
  const town = code === undefined ? undefined : towns.get(code);
  if (!town) return fault('没有这个街镇，请填 9 位编码或平台清单里的名称');
  const first = seen.get(town.code);
  if (first !== undefined) return fault(`与第 ${first} 行是同一个街镇，请只留一行`);
  seen.set(town.code, row);
  return town;
}

/** What a row says of its town, else what is held; undefined where it lacks something. */
function factsOf(
  { context, faults }: ImportInput,
  row: ReadRow,
  { town, before }: { readonly town: string; readonly before: HeldPopulation | null },
): PopulationFacts | undefined {
  const { residents, workers } = countsOf(row, before);
  const { source, as_of } = told(row, { source: 'source', as_of: 'asOf' }, before);
  const missing = (field: string, label: string): undefined =>
    faults.add({ row: row.row, field, message: `缺${label}，请补上` });
  if (residents === null) missing('residents', '常住人口');
  if (source === null) missing('source', '来源');
  if (as_of === null) missing('asOf', '年份');
  if (residents === null || source === null || as_of === null) return undefined;
  for (const { field, message } of implausible(
    { residents, workers, asOf: as_of },
    beijingDay(context.now()),
  ))
    faults.add({ row: row.row, field, value: row.values[field], message });
  return { town, residents, workers, source, as_of };
}

function countsOf(
  row: ReadRow,
  before: HeldPopulation | null,
): { readonly residents: number | null; readonly workers: number | null } {
  return {
    residents: count(row, 'residents') ?? before?.residents ?? null,
    workers: count(row, 'workers') ?? before?.workers ?? null,
  };
}

function count({ values }: ReadRow, field: string): number | undefined {
  const told = values[field];
  return typeof told === 'number' ? told : undefined;
}

function same(before: HeldPopulation, after: PopulationFacts): boolean {
  return Object.entries(after).every(([key, value]) => before[key as keyof PopulationFacts] === value);
}
