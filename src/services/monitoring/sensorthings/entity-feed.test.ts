// Who listens to SensorThings entities by MQTT is told when they are registered and when they change, as far as they may be read.
import { Dispatcher } from '#bus';
import { parseSubscription } from '#contract/monitoring';
import { SystemContext } from '#services/context';
import { registerObject, updateObject } from '#services/platform';
import { takeEffectDue } from '#services/standard';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { Station } from '../testing.ts';
import { EntityFeed } from './entity-feed.ts';
import { openEntityTopic } from './subscribe-entities.ts';

const root = 'https://puan.example/v1.1';
const ELSEWHERE = { places: [{ from: 999_000, to: 999_001 }], scenarios: [] };

let station: Station;
let feed: EntityFeed;
const errors: unknown[] = [];
const heard: { readonly topic: string; readonly entity: Readonly<Record<string, unknown>> }[] = [];
const leaving: (() => void)[] = [];

beforeAll(async () => {
  station = await Station.open();
  feed = new EntityFeed((error) => errors.push(error));
});
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
  if (errors.length > 0) throw new AggregateError(errors.splice(0), 'something was not told');
});
afterAll(() => station.close());

async function listen(topic: string, context = station.request(), as = topic): Promise<void> {
  const opened = await openEntityTopic(context, parseSubscription(topic), root);
  const tell = (payload: string): void =>
    void heard.push({ topic: as, entity: JSON.parse(payload) as Record<string, unknown> });
  leaving.push(feed.subscribe(opened, tell));
}

/** What is told of everything that was announced until now. */
async function told(): Promise<typeof heard> {
  const dispatcher = new Dispatcher(station.db.storage.system as never, (error) => errors.push(error));
  dispatcher.listen((events) => feed.publish(events));
  dispatcher.poke();
  await dispatcher.stop();
  await feed.idle();
  return heard.splice(0);
}

const object = (code: string, lat = 31.2) =>
  registerObject(station.request(), {
    body: { code, name: `泵站 ${code}`, scenarios: ['FLOOD'], lat, lon: 121.6, simulated: false },
  });

test('an object that is registered is told as a Thing with its place, to whoever may read it there', async () => {
  await listen('v1.1/Things');
  await listen('v1.1/Locations?$select=name,location');
  await listen('v1.1/Things', station.request(ELSEWHERE), 'of another town');
  const { id } = await object('NEW-1');
  const things = await told();
  expect(things.map(({ topic }) => topic)).toEqual(['v1.1/Things', 'v1.1/Locations?$select=name,location']);
  expect(things[0]?.entity).toMatchObject({
    '@iot.id': id,
    '@iot.selfLink': `${root}/Things(${id})`,
    name: '泵站 NEW-1',
    'Datastreams@iot.navigationLink': `${root}/Things(${id})/Datastreams`,
  });
  expect(things[1]?.entity).toEqual({
    name: '泵站 NEW-1',
    location: { type: 'Point', coordinates: [121.6, 31.2] },
  });
});

test('a new name is told to whoever listens to the Thing, its name and its points, not to another Thing’s', async () => {
  const one = await object('NAMED');
  const other = await object('OTHER');
  const point = await station.pointOf('NAMED', 'NAMED-1', 'FLOOD.RAIN_5M');
  await told();
  const topics = [
    `v1.1/Things(${one.id})`,
    `v1.1/Things(${one.id})/name`,
    `v1.1/Things(${one.id})/description`,
    `v1.1/Things(${one.id})/Datastreams`,
    `v1.1/Datastreams(${point})/Thing/name`,
    `v1.1/Things(${other.id})`,
    `v1.1/Things(${other.id})/Datastreams`,
  ];
  for (const topic of topics) await listen(topic);
  const { version } = one;
  const params = { id: one.id };
  await updateObject(station.request(), { params, body: { version, name: '新名', reason: '改名' } as never });
  const changes = await told();
  expect(changes.map(({ topic, entity }) => [topic, entity['name']])).toEqual([
    [topics[0], '新名'],
    [topics[1], '新名'],
    [topics[3], '新名 · 时段雨量（5分钟）'],
    [topics[4], '新名'],
  ]);
  expect(changes[1]?.entity).toEqual({ name: '新名' });
  // What shows as before is not told again.
  await updateObject(station.request(), {
    params,
    body: { version: version + 1, parameters: {}, reason: '参数' } as never,
  });
  expect((await told()).map(({ topic }) => topic)).toEqual([topics[3]]);
});

test('a point is told when it is registered, and when a device begins to feed it', async () => {
  const { id } = await object('FED');
  await told();
  await listen(`v1.1/Things(${id})/Datastreams`);
  await listen('v1.1/Sensors');
  const point = await station.pointOf('FED', 'FED-1', 'FLOOD.RAIN_5M');
  expect(await told()).toMatchObject([{ entity: { '@iot.id': point } }]);
  await listen(`v1.1/Datastreams(${point})/Sensor`);
  await station.device('GAUGE-9', ['FED-1'], 'hj212');
  const changes = await told();
  expect(changes.map(({ topic, entity }) => [topic, entity['name']])).toEqual([
    [`v1.1/Things(${id})/Datastreams`, '泵站 FED · 时段雨量（5分钟）'],
    ['v1.1/Sensors', 'GAUGE-9'],
    [`v1.1/Datastreams(${point})/Sensor`, 'GAUGE-9'],
  ]);
});

test('an element of a new version of the standard is told, and no other', async () => {
  await object('RAINY');
  const point = await station.pointOf('RAINY', 'RAINY-1', 'FLOOD.RAIN_5M');
  await told();
  await listen('v1.1/ObservedProperties');
  await listen(`v1.1/Datastreams(${point})/unitOfMeasurement`);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from, origin)
    select scenario, '99', jsonb_set(document, '{elements}', (select jsonb_agg(
        case when e->>'code' = 'FLOOD.RAIN_5M' then e || '{"unit":"毫米"}' else e end) from jsonb_array_elements(document->'elements') e)),
      ${new Date(station.now)}, ${new Date(station.now)}, 'file'
    from standard_version where scenario = 1 order by id desc limit 1`.execute(station.db.storage.system);
  await takeEffectDue(new SystemContext(station.ground));
  expect(await told()).toMatchObject([
    { entity: { '@iot.id': 'FLOOD.RAIN_5M', properties: { unit: '毫米' } } },
    { entity: { unitOfMeasurement: { symbol: '毫米' } } },
  ]);
});

test('while the tables do not answer nothing is lost: it is told later, once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const lonely = new EntityFeed((error) => errors.push(error));
    const asked: unknown[] = [];
    const topic = {
      follow: (touched: readonly { readonly within: object }[], tell: (payload: string) => void) => {
        asked.push(touched.map(({ within }) => within));
        if (asked.length === 1) return Promise.reject(new Error('gone'));
        tell('{}');
        return Promise.resolve();
      },
    };
    const payloads: string[] = [];
    lonely.subscribe(topic, (payload) => payloads.push(payload));
    const event = {
      seq: 1,
      type: 'point.registered',
      at: 0,
      place: null,
      scenario: null,
      payload: { id: 5 },
    };
    lonely.publish([event]);
    await lonely.idle();
    expect([payloads, errors.splice(0).map(String)]).toEqual([[], ['Error: gone']]);
    vi.runAllTimers();
    await lonely.idle();
    expect(payloads).toEqual(['{}']);
    expect(asked[1]).toEqual([{ column: 'id', values: [5] }]);
  } finally {
    vi.useRealTimers();
  }
});
