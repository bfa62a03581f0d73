// What others read by SensorThings: the same objects, points and readings, under the same rights, in the standard's words.
import { AppError, wordingOf } from '#base';
import { ENTITY_SETS } from '#contract/monitoring';
import { packReadings } from '#storage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { parseFilter } from '../../../contract/monitoring/sensorthings-filter.ts';
import { HOUR, MINUTE, START, Station } from '../testing.ts';
import { askSensorThings } from './ask-sensorthings.ts';
import { evaluateTerm } from './evaluate-term.ts';
import { type Entity, loadEntities } from './load-entities.ts';

interface Shown extends Readonly<Record<string, unknown>> {
  readonly value: readonly Readonly<Record<string, unknown>>[];
}

const root = 'https://puan.example/v1.1';
const NOW = START + HOUR;
let station: Station;
let first = 0;
let second = 0;

beforeAll(async () => {
  station = await Station.open();
  first = await station.point('W-1', 'FLOOD.UNDERPASS');
  second = await station.point('W-2', 'FLOOD.UNDERPASS');
  await station.pointOf('W-2', 'W-2-rain', 'FLOOD.RAIN_5M');
  await station.device('MN-1', ['W-1'], 'hj212');
  // Ten readings of yesterday are packed, ten came just now.
  await station.send(
    first,
    Array.from({ length: 10 }, (_, n) => [START + n * MINUTE, n] as const),
  );
  await station.restart();
  while (await packReadings(station.db.storage.system, station.now + 24 * HOUR));
  await station.moveTo(NOW);
  await station.send(
    first,
    Array.from({ length: 10 }, (_, n) => [NOW + n * 1000, 10 + n] as const),
  );
  await station.send(second, [[NOW, 99]]);
});
afterAll(() => station.close());

async function ask(
  path: string,
  query: Record<string, string> = {},
  context = station.request(),
): Promise<Shown> {
  const reply = await askSensorThings(context, { path, query, root });
  return (reply.kind === 'json' ? reply.body : { text: reply.text }) as unknown as Shown;
}

const refusalOf = (path: string, query: Record<string, string> = {}): Promise<unknown> =>
  ask(path, query).then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? `${error.code} ${wordingOf(error)}` : error),
  );

/** All pages, following the links as a client does. */
async function follow(path: string, query: Record<string, string>): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for (let page = await ask(path, query); ;) {
    results.push(...page.value.map((one) => one['result'] ?? one['@iot.id']));
    const next = page['@iot.nextLink'];
    if (typeof next !== 'string') return results;
    const url = new URL(next);
    page = await ask(
      decodeURIComponent(url.pathname.slice('/v1.1/'.length)),
      Object.fromEntries(url.searchParams),
    );
  }
}

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('an object is a Thing with its place, its points and their devices and elements', async () => {
  const { value } = await ask('Things', {
    $filter: "properties/code eq 'W-1'",
    $expand:
      'Locations($select=location),Datastreams($expand=Sensor,ObservedProperty,Observations($top=1;$orderby=phenomenonTime desc;$count=true))',
  });
  const id = value[0]?.['@iot.id'] as number;
  expect(value).toMatchObject([
    {
      '@iot.selfLink': `${root}/Things(${id})`,
      name: '对象 W-1',
      properties: { code: 'W-1', scenarios: ['FLOOD'], retired: false, simulated: false },
      Locations: [{ location: { type: 'Point', coordinates: [121.6, 31.2] } }],
      Datastreams: [
        {
          '@iot.id': first,
          unitOfMeasurement: { symbol: 'cm', definition: null },
          'Thing@iot.navigationLink': `${root}/Datastreams(${first})/Thing`,
          Sensor: { name: 'MN-1', metadata: 'hj212' },
          ObservedProperty: { '@iot.id': 'FLOOD.UNDERPASS' },
          Observations: [{ result: 19, resultQuality: 'good' }],
          'Observations@iot.count': 20,
        },
      ],
    },
  ]);
  expect(value[0]?.['Locations']).toEqual([{ location: { type: 'Point', coordinates: [121.6, 31.2] } }]);
});

test('a list is narrowed by what belongs to its entities, as clients that show maps ask', async () => {
  const names = async (path: string, $filter: string) =>
    (await ask(path, { $filter, $orderby: 'name' })).value.map((one) => one['name']);
  const { value } = await ask('Sensors', { $filter: "name eq 'MN-1'" });
  const sensor = String(value[0]?.['@iot.id']);
  expect(await names('Locations', "Things/Datastreams/ObservedProperty/id eq 'FLOOD.RAIN_5M'")).toEqual([
    '对象 W-2',
  ]);
  expect(await names('ObservedProperties', `Datastreams/Sensor/id eq '${sensor}'`)).toEqual([
    '下立交积水深度',
  ]);
  const place = await ask('Locations', { $filter: "name eq '对象 W-2'" });
  const at = String(place.value[0]?.['@iot.id']);
  expect(
    (await ask('Datastreams', { $filter: `Thing/Locations/id eq '${at}'`, $count: 'true' }))['@iot.count'],
  ).toBe(2);
  expect(await names('Things', "not (Datastreams/properties/code ne 'W-1')")).toContain('对象 W-1');
  const [one] = (
    await ask('Datastreams', { $filter: `id eq '${first}'`, $expand: 'Thing,Thing/Locations,Sensor' })
  ).value;
  expect(one).toMatchObject({
    Thing: { name: '对象 W-1', Locations: [{ name: '对象 W-1' }] },
    Sensor: { name: 'MN-1' },
  });
});

test('paths lead from one to the other, down to a bare value, and a step into nothing is not found', async () => {
  expect(await ask(`Datastreams(${first})/Sensor`)).toMatchObject({ name: 'MN-1' });
  expect(await ask(`Datastreams(${second})/Sensor`)).toMatchObject({
    '@iot.id': 2_147_483_647,
    name: '未登记设备',
  });
  const thing = await ask(`Datastreams(${first})/Thing`);
  expect(await ask(`Things(${String(thing['@iot.id'])})/name`)).toEqual({ name: '对象 W-1' });
  expect(await ask(`Things(${String(thing['@iot.id'])})/properties/$value`)).toMatchObject({
    text: expect.stringContaining('"code":"W-1"') as string,
  });
  expect((await ask("ObservedProperties('FLOOD.UNDERPASS')/Datastreams/$ref")).value).toEqual(
    [first, second].map((id) => ({ '@iot.selfLink': `${root}/Datastreams(${id})` })),
  );
  const one = `Observations('${first}_${NOW}')`;
  expect(await ask(one)).toMatchObject({ result: 10 });
  expect(await ask(`${one}/FeatureOfInterest`)).toMatchObject({ name: '对象 W-1' });
  expect(await ask(`${one}/Datastream/Thing/HistoricalLocations`)).toEqual({ value: [] });
  for (const path of [
    'Things(999999)',
    `Datastreams(${first})/Observations('${second}_${NOW}')`,
    `Observations('${first}_1')`,
  ]) {
    expect(await refusalOf(path)).toMatch(/^record.not-found/u);
  }
});

test('what was packed and what came just now are one list, in either order, over any number of pages', async () => {
  const path = `Datastreams(${first})/Observations`;
  expect(await follow(path, { $top: '7' })).toEqual(numbers(0, 19));
  expect(await follow(path, { $top: '7', $orderby: 'phenomenonTime desc' })).toEqual(
    numbers(0, 19).toReversed(),
  );
  expect(await follow(path, { $top: '6', $skip: '15' })).toEqual(numbers(15, 19));
  expect(await follow('Observations', { $top: '7' })).toEqual([...numbers(0, 19), 99]);
  expect(await follow('Things', { $top: '1' })).toHaveLength(2);
});

test('a filter is the time, the value, or both; it is counted as it is listed', async () => {
  const path = `Datastreams(${first})/Observations`;
  const since = new Date(START + 5 * MINUTE).toISOString();
  const filter = `phenomenonTime ge ${since} and phenomenonTime lt ${new Date(NOW + 5000).toISOString()} and result mod 2 eq 1`;
  const page = await ask(path, { $filter: filter, $count: 'true', $select: 'result' });
  expect(page).toEqual({ '@iot.count': 5, value: [5, 7, 9, 11, 13].map((result) => ({ result })) });
  expect(await follow('Observations', { $filter: `Datastream/id eq ${second}` })).toEqual([99]);
  expect(await follow(path, { $filter: `result gt 3 and not (result lt 18)`, $top: '1' })).toEqual([18, 19]);
  expect(
    await ask('Datastreams', { $filter: "substringof('W-2', Thing/name)", $count: 'true', $top: '0' }),
  ).toMatchObject({
    '@iot.count': 2,
    value: [],
  });
});

test('what cannot be done is refused by its name', async () => {
  expect(await refusalOf('Observations', { $orderby: 'phenomenonTime desc' })).toMatch(
    /unsupported .*一起排序/u,
  );
  expect(await refusalOf('Observations', { $orderby: 'result' })).toMatch(/unsupported .*phenomenonTime/u);
  expect(await refusalOf('Observations', { $filter: "Datastream/name eq 'x'" })).toMatch(
    /unsupported .*Datastream\/name/u,
  );
  expect(await refusalOf('Things(1)', { $top: '1' })).toMatch(/invalid .*\$top/u);
  expect(await refusalOf('Things', { $skiptoken: 'x' })).toMatch(/invalid .*\$skiptoken/u);
  expect(await refusalOf('Observations', { $skiptoken: 'x' })).toMatch(/invalid/u);
});

test('who sees another territory finds none of it, by whatever path', async () => {
  const elsewhere = station.request({ places: [{ from: 5000, to: 6000 }], scenarios: [] });
  expect((await ask('Things', {}, elsewhere)).value).toEqual([]);
  expect(
    (await ask('Observations', {}, station.request({ places: [{ from: 5000, to: 6000 }], scenarios: [] })))
      .value,
  ).toEqual([]);
  for (const path of [
    `Datastreams(${first})`,
    `Datastreams(${first})/Observations`,
    `Observations('${first}_${NOW}')`,
  ]) {
    const other = station.request({ places: [{ from: 5000, to: 6000 }], scenarios: [] });
    await expect(ask(path, {}, other)).rejects.toMatchObject({ code: 'record.not-found' });
  }
});

test('the database and memory judge any filter alike', async () => {
  const set = ENTITY_SETS.Things;
  const options = { filter: undefined, orderBy: [], top: 100, skip: 0 };
  const context = station.request();
  context.authorize('reading.read');
  const things = await context.transaction((tx) => loadEntities(tx, { set: 'Things', options }));
  const valueAt = (entity: Entity, name: string, part: string | undefined) =>
    (part === undefined ? entity[name] : (entity[name] as Record<string, unknown>)[part]) ?? null;
  const leaf = fc.constantFrom(
    "name gt '对象 W-1'",
    'properties/town eq null',
    "properties/town ne 'x'",
    "properties/town gt 'x'",
    'id mod 2 eq 0',
    'id div 0 gt 1',
    'id add 1 ge 2',
    "contains(name, 'W-2')",
    "endswith(properties/town, '')",
    "tolower(properties/code) eq 'w-1'",
    'length(name) eq 6',
    'properties/simulated eq false',
  );
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie('filter').map((of) => `not (${of})`),
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(filter, async (text) => {
      const term = parseFilter(text, set);
      const found = await context.transaction((tx) =>
        loadEntities(tx, { set: 'Things', options: { ...options, filter: term } }),
      );
      const expected = things.filter(
        (thing) =>
          evaluateTerm(term, ({ name, part }) => valueAt(thing, name, part) as string | null) === true,
      );
      expect([text, found.map(({ id }) => id)]).toEqual([text, expected.map(({ id }) => id)]);
    }),
    { numRuns: 60 },
  );
});
