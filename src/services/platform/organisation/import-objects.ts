import { DATUMS, inBox, type LatLon, PUDONG_BOX, PUDONG_MARGIN, toWgs84 } from '#model/platform';
import { type RequestContext, reaches } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ObjectPlace, scenarioNumbers } from '../object/object-place.ts';
import { PARTIES, type PartyKind } from '../object/party-columns.ts';
import { type ImportInput, type ImportPlan, planRows, text, told } from './import-plan.ts';
import { PlaceBook } from './place-book.ts';
import type { HeldRow, ObjectChange } from './object-change.ts';
import { saveObjects } from './save-objects.ts';
import type { FaultList } from './sheet/fault-list.ts';
import type { ReadRow } from './sheet/read-table.ts';
import { takenCodes } from './taken-codes.ts';

interface Books {
  readonly held: ReadonlyMap<string, HeldRow>;
  readonly taken: ReadonlySet<string>;
  readonly places: PlaceBook;
  /** Units by code and by name. */
  readonly units: ReadonlyMap<string, { readonly id: number; readonly name: string }>;
}

/** Coordinates nearer than this are the same: a tenth of a millimetre more than a double loses in a sheet. */
const SAME_DEGREES = 1e-9;

/** Objects are found by their code: new ones are registered, those that differ changed; an empty cell changes nothing. */
export async function importObjects(input: ImportInput): Promise<ImportPlan> {
  const { context, tx, rows } = input;
  const books = await loadBooks(tx, rows);
  return planRows(
    rows,
    (row) => plan(input, books, row),
    (changes) => saveObjects(context, tx, changes),
  );
}

async function loadBooks(tx: Tx, rows: readonly ReadRow[]): Promise<Books> {
  const codes = rows.map((row) => text(row, 'code') ?? '');
  const held = await sql<HeldRow>`
    select o.id, o.code, o.name, o.scenarios, o.lat, o.lon, o.place, o.town, o.village, o.place_approximate, o.address, o.owner,
      o.operator, o.maintainer, o.owner_unit, o.operator_unit, o.maintainer_unit, o.retired_at is not null as retired,
      exists (select from point p where p.object_id = o.id) as has_points
    from monitored_object o where o.code = any(${codes}) for update`.execute(tx);
  const names = [...new Set(rows.flatMap((row) => PARTIES.flatMap((kind) => text(row, kind) ?? [])))];
  const units = await sql<{ id: number; code: string; name: string }>`
    select id, code, name from unit where code = any(${names}) or name = any(${names}) order by id desc`.execute(
    tx,
  );
  return {
    held: new Map(held.rows.map((row) => [row.code, row])),
    taken: await takenCodes(tx, 'object', codes),
    places: await PlaceBook.load(tx),
    // Of several of one name the oldest; a code is nobody else's name.
    units: new Map([
      ...units.rows.map((unit) => [unit.name, unit] as const),
      ...units.rows.map((unit) => [unit.code, unit] as const),
    ]),
  };
}

/** What a row makes of its object; undefined when it has a fault. */
function plan(input: ImportInput, books: Books, row: ReadRow): ObjectChange | 'unchanged' | undefined {
  const code = text(row, 'code') ?? '';
  const before = books.held.get(code) ?? null;
  const { faults } = input;
  const refusal = refusalOf(before, books.taken.has(code));
  if (refusal !== null) return faults.add({ row: row.row, field: 'code', value: code, message: refusal });
  checkMissing(row, before, faults);
  const point = pointOf(input, row, before);
  const scenarios = scenariosOf(row, before, faults);
  if (faults.has(row.row) || point === undefined) return undefined;
  const place = placeOf(books.places, row, { point, before, faults });
  if (place === undefined || !mayChange(input.context, row, { before, place, scenarios, faults }))
    return undefined;
  const { name, address } = told(row, { name: 'name', address: 'address' }, before);
  const after = {
    code,
    name: name ?? '',
    scenarios,
    ...point,
    place: place.place,
    town: place.town,
    village: place.village,
    place_approximate: place.approximate,
    address,
    ...partiesOf(books, row, before),
  };
  return before !== null && same(before, after) ? 'unchanged' : { before, after };
}

/** Why the object of a code is not to be touched; null when it may be. */
function refusalOf(before: HeldRow | null, isTaken: boolean): string | null {
  if (before === null) return isTaken ? '编码已被您管辖范围以外的对象使用，请换一个' : null;
  return before.retired ? '这个对象已停用，请先恢复或删去这一行' : null;
}

const NEEDED = [
  ['name', '名称'],
  ['scenarios', '场景'],
  ['lat', '纬度'],
  ['lon', '经度'],
] as const;

function checkMissing({ row, values }: ReadRow, before: HeldRow | null, faults: FaultList): void {
  const isHalf = (values['lat'] === undefined) !== (values['lon'] === undefined);
  for (const [field, label] of NEEDED) {
    const isNeeded = before === null || (isHalf && (field === 'lat' || field === 'lon'));
    if (isNeeded && values[field] === undefined) faults.add({ row, field, message: `缺${label}，请补上` });
  }
}

/** WGS 84 of the row, or where the object is. */
function pointOf(
  { faults, datum }: ImportInput,
  { row, values }: ReadRow,
  before: HeldRow | null,
): LatLon | undefined {
  const { lat, lon } = values;
  if (typeof lat !== 'number' || typeof lon !== 'number') {
    return before ? { lat: before.lat, lon: before.lon } : undefined;
  }
  const point = toWgs84({ lat, lon }, datum);
  if (!inBox(PUDONG_BOX, [point.lon, point.lat], PUDONG_MARGIN)) {
    const message = `坐标不在浦东新区，请核对数值，以及坐标系（${DATUMS.join('、')}）是否选对`;
    faults.add({ row, field: 'lat', value: `${lat},${lon}`, message });
    return undefined;
  }
  const isSame =
    before &&
    Math.abs(point.lat - before.lat) < SAME_DEGREES &&
    Math.abs(point.lon - before.lon) < SAME_DEGREES;
  return isSame ? { lat: before.lat, lon: before.lon } : point;
}

function scenariosOf({ row, values }: ReadRow, before: HeldRow | null, faults: FaultList): number[] {
  const given = values['scenarios'];
  const scenarios = Array.isArray(given) ? scenarioNumbers(given as string[]) : (before?.scenarios ?? []);
  if (before?.has_points && scenarios[0] !== before.scenarios[0]) {
    const message = '对象已有监测点，不能更换首个场景，只能增减其余场景';
    faults.add({ row, field: 'scenarios', value: given, message });
  }
  return scenarios;
}

/** Where a row puts its object. */
function placeOf(
  places: PlaceBook,
  row: ReadRow,
  at: { readonly point: LatLon; readonly before: HeldRow | null; readonly faults: FaultList },
): ObjectPlace | undefined {
  const { point, before, faults } = at;
  const named = { town: text(row, 'town'), village: text(row, 'village') };
  const answer = places.find(point, named);
  if ('fault' in answer) {
    const { field, fault } = answer;
    return faults.add({ row: row.row, field, value: named[field], message: fault });
  }
  return before !== null && stays(before, { point, named, found: answer.found })
    ? {
        place: before.place,
        town: before.town ?? '',
        village: before.village,
        approximate: before.place_approximate,
      }
    : answer.found;
}

/** What an export tells of an object that stays where it is, is no news; and within its town a village that was told stays. */
function stays(
  before: HeldRow,
  now: {
    readonly point: LatLon;
    readonly named: { readonly town: string | undefined; readonly village: string | undefined };
    readonly found: ObjectPlace;
  },
): boolean {
  const { point, named, found } = now;
  const isSamePoint = point.lat === before.lat && point.lon === before.lon;
  const isNamed = named.town !== undefined || named.village !== undefined;
  if (isSamePoint && !isNamed) return true;
  const isSameVillage = named.village === undefined || found.village === before.village;
  return found.town === before.town && isSameVillage && (isSamePoint || before.village !== null);
}

function mayChange(
  context: RequestContext,
  { row, values }: ReadRow,
  at: {
    readonly before: HeldRow | null;
    readonly place: ObjectPlace;
    readonly scenarios: readonly number[];
    readonly faults: FaultList;
  },
): boolean {
  const { before, place, scenarios, faults } = at;
  const may =
    reaches(context, 'object.manage', { place: place.place, scenarios }) &&
    (before === null || reaches(context, 'object.manage', before));
  if (!may) {
    const message = '不在您的管辖范围内（场景或属地），请删去这一行或由有权的平台导入';
    faults.add({ row, field: 'code', value: values['code'], message });
  }
  return may;
}

type PartyValues = Record<PartyKind, string | null> & Record<`${PartyKind}_unit`, number | null>;

function partiesOf({ units }: Books, row: ReadRow, before: HeldRow | null): PartyValues {
  const entries = PARTIES.flatMap((kind): [string, string | number | null][] => {
    const given = text(row, kind);
    if (given === undefined) {
      return [
        [kind, before?.[kind] ?? null],
        [`${kind}_unit`, before?.[`${kind}_unit`] ?? null],
      ];
    }
    const unit = units.get(given);
    return [
      [kind, unit?.name ?? given],
      [`${kind}_unit`, unit?.id ?? null],
    ];
  });
  return Object.fromEntries(entries) as PartyValues;
}

function same(before: HeldRow, after: ObjectChange['after']): boolean {
  return Object.entries(after).every(
    ([key, value]) => JSON.stringify(before[key as keyof HeldRow]) === JSON.stringify(value),
  );
}
