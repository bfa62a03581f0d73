import { readFile } from 'node:fs/promises';

import { fromBeijing } from '#base';
import { limitsFile, standardFile } from '#contract/standard';
import type { Role } from '#model/platform';
import { type Level, rankOf } from '#model/warning';
import { RequestContext, SystemContext } from '#services/context';
import { sql } from 'kysely';
import sharp from 'sharp';

import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { attachPhoto } from './attach-photo.ts';
import { getWorkOrder } from './get-work-order.ts';
import type { AdvanceRequest } from './save-advance.ts';

/** Friday, 20 November 2026, 03:00 in Beijing: the duty officer's hour of the tests. */
export const NIGHT = fromBeijing(2026, 11, 20, 3 * 3_600_000);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** The published flood standard and the limits, one underpass in Zhangjiang's territory, and people around it. */
export interface DutyRoom {
  readonly db: TestDatabase;
  /** The wall clock that the test holds. */
  now: number;
  readonly system: SystemContext;
  as(username: keyof typeof PEOPLE, platform?: string): RequestContext;
  /** A warning of the underpass items at a new object; returns its id. */
  warning(level: Level, options?: WarningOptions): Promise<number>;
}

export interface WarningOptions {
  readonly item?: string;
  readonly at?: number;
  readonly replaySession?: number;
  readonly simulated?: boolean;
}

const FLOOD = 1;
const HERE = 100;

export const PEOPLE = {
  'flood.handler': { id: 1, name: '处置人员甲', role: 'handler', scenarios: [FLOOD] },
  'flood.handler2': { id: 2, name: '处置人员乙', role: 'handler', scenarios: [FLOOD] },
  'flood.admin': { id: 3, name: '防汛业务管理员', role: 'business-admin', scenarios: [FLOOD] },
  'flood.head': { id: 4, name: '防汛部门责任人', role: 'department-owner', scenarios: [FLOOD] },
  'gas.admin': { id: 5, name: '燃气业务管理员', role: 'business-admin', scenarios: [5] },
  'flood.leader': { id: 6, name: '防汛分管责任人', role: 'executive-owner', scenarios: [FLOOD] },
} as const satisfies Record<string, { id: number; name: string; role: Role; scenarios: readonly number[] }>;

export async function dutyRoom(): Promise<DutyRoom> {
  const db = await testDatabase();
  const { system } = db.storage;
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局'), (5, 'GAS', '燃气', '区建交委')`.execute(
    system,
  );
  await publish(db);
  for (const [username, { id, name }] of Object.entries(PEOPLE)) {
    await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
      values (${id}, ${username}, ${name}, 'x', false)`.execute(system);
  }
  const clock = { now: () => room.now };
  const ground = { storage: db.storage, clock, poke: () => undefined, vault: TEST_VAULT };
  const room: DutyRoom = {
    db,
    now: NIGHT,
    system: new SystemContext(ground),
    as: (username, platform = 'PD') => {
      const { id, name, role, scenarios } = PEOPLE[username];
      const scope = { places: [], scenarios };
      return new RequestContext(ground, personWith({ id, username, name, roles: [role], platform, scope }));
    },
    warning: async (level, options = {}) => {
      const [id] = await warnings(db, level, { at: room.now, ...options, count: 1 });
      return id ?? 0;
    },
  };
  return room;
}

/** Warnings at `count` new underpasses; returns their ids. */
export async function warnings(
  db: TestDatabase,
  level: Level,
  options: WarningOptions & { readonly at: number; readonly count: number },
): Promise<readonly number[]> {
  const { item = 'FLOOD.I06', at, replaySession = null, simulated = false, count } = options;
  const { rows } = await sql<{ id: number }>`
    with places as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'U' || nextval('alarm_id'), '下立交', array[${FLOOD}::int2], ${HERE}, true, 31.2, 121.5
      from generate_series(1, ${count}::int) returning id
    )
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
      replay_session_id, simulated)
    select id, ${item}, ${HERE}, ${FLOOD}, 'open', ${rankOf(level)}::int2, ${rankOf(level)}::int2, '积水深度超限',
      ${new Date(at)}, ${new Date(at)}, ${replaySession}::int, ${simulated}
    from places returning id`.execute(db.storage.system);
  return rows.map((row) => row.id);
}

/** Everything a clearing asks of an order that was true: steps, results, two pictures, and an arrival where there was none. */
export async function proofOf(
  context: RequestContext,
  id: number,
): Promise<Pick<AdvanceRequest, 'steps' | 'results' | 'attachments'>> {
  const order = await getWorkOrder(context, id);
  const open = order.results.filter((one) => !one.done);
  if (open.some((one) => one.kind === 'arrival')) await advanceWorkOrder(context, id, { action: 'arrive' });
  const attachments: number[] = [];
  for (const n of [1, 2]) {
    const content = await testPhoto([n * 80, order.version % 256, id % 256]);
    attachments.push((await attachPhoto(context, id, { name: `处置${n}.jpg`, content })).id);
  }
  return {
    steps: order.steps.map(({ code }) => code),
    results: open.flatMap(({ type, field, kind }) =>
      kind === 'arrival' || kind === 'photos' ? [] : [{ type, field, value: TOLD[kind] }],
    ),
    attachments,
  };
}

/** A small picture of one colour: another colour is another picture. */
export async function testPhoto([r, g, b]: readonly [number, number, number]): Promise<Buffer> {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: { r, g, b } } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

const TOLD = { text: '已落实', number: '12', moment: '2026-11-20T08:30' } as const;

async function publish(db: TestDatabase): Promise<void> {
  const limits = limitsFile.parse(await read('limits.json'));
  const flood = standardFile.parse(await read('flood.json'));
  const { system } = db.storage;
  const since = new Date(0);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (null, ${limits.version}, ${JSON.stringify(limits)}, ${since}, ${since})`.execute(system);
  const { rows } = await sql<{ id: number }>`
    insert into standard_version (scenario, version, document, published_at, effective_from)
    values (${FLOOD}, ${flood.version}, ${JSON.stringify(flood)}, ${since}, ${since}) returning id`.execute(
    system,
  );
  const id = rows[0]?.id;
  await sql`insert into handbook_entry (standard_id, item_code, level, scenario, body)
    select ${id}, h->>'item', h->>'level', ${FLOOD}, h
    from jsonb_array_elements(${JSON.stringify(flood.handbook)}::jsonb) h`.execute(system);
  await sql`insert into warning_item (standard_id, code, scenario, name, kind, verification)
    select ${id}, i->>'code', ${FLOOD}, i->>'name', i->>'kind', i->>'verification'
    from jsonb_array_elements(${JSON.stringify(flood.items)}::jsonb) i`.execute(system);
}

async function read(file: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../../standards/${file}`, import.meta.url), 'utf8'));
}
