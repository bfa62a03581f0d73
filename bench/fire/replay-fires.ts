import { readFileSync } from 'node:fs';

import { limitsFile, standardFile } from '#contract/standard';
import { type Placed, Rights, type Role } from '#model/platform';
import { rankOf } from '#model/warning';
import { RequestContext, SystemContext } from '#services/context';
import { getMonth } from '#services/report';
import { advanceWorkOrder, openWorkOrders, runAllDeadlines } from '#services/response';
import { Storage, type Tx, Vault } from '#storage';
import { sql } from 'kysely';

import type { Incident } from './incidents.ts';

const FIRE = 17;
const HERE = 100;
const ITEM = 'FIRE.I01';
const ROUND_MS = 60_000;
const VAULT_BYTES = 32;

/** Per month (YYYY-MM): orders whose limit to arrive was kept or came due, and how many kept it. */
export type Figures = Readonly<Record<string, { readonly due: number; readonly kept: number }>>;

/** What happens in the recording's time: an order is opened, accepted or arrived at. */
interface Happening {
  readonly at: number;
  readonly incident: number;
  readonly what: 'open' | 'accept' | 'arrive';
}

/** The published limits and the fire standard; `onSiteSeconds` where another limit to arrive is tried than the published one. */
export async function publishFire({ system }: Storage, onSiteSeconds?: number): Promise<void> {
  const limits = limitsFile.parse(read('limits.json'));
  const fire = standardFile.parse(read('fire.json'));
  const handbook = fire.handbook.map((entry) =>
    onSiteSeconds === undefined ? entry : { ...entry, limits: { ...entry.limits, onSiteSeconds } },
  );
  await sql`insert into scenario values (${FIRE}, 'FIRE', '消防', '消防救援支队') on conflict do nothing`.execute(
    system,
  );
  await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value
    values (1, 'fire.handler', '消防站', 'x', false)`.execute(system);
  const epoch = new Date(0);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (null, ${limits.version}, ${JSON.stringify(limits)}, ${epoch}, ${epoch})`.execute(system);
  await sql`
    with version as (
      insert into standard_version (scenario, version, document, published_at, effective_from)
      values (${FIRE}, ${fire.version}, ${JSON.stringify({ ...fire, handbook })}, ${epoch}, ${epoch}) returning id
    )
    insert into handbook_entry (standard_id, item_code, level, scenario, body)
    select version.id, h->>'item', h->>'level', ${FIRE}, h
    from version, jsonb_array_elements(${JSON.stringify(handbook)}::jsonb) h`.execute(system);
}

/**
 * Lives the incidents through the real use cases by a clock of its own: a warning, its order, accepted and arrived at when the file
 * says; the rounds of the reminders go on beside it. Half way the process is another one: what is in the tables is all it knows.
 */
export async function replayFires(storage: Storage, incidents: readonly Incident[]): Promise<Figures> {
  const happenings = incidents
    .flatMap(({ alarmAt, arrivedAt }, incident): Happening[] => [
      { at: alarmAt, incident, what: 'open' },
      { at: alarmAt, incident, what: 'accept' },
      { at: arrivedAt, incident, what: 'arrive' },
    ])
    .toSorted((a, b) => a.at - b.at);
  const orders = new Map<number, number>();
  let process = new FireStation(storage);
  let told = 0;
  const reborn = new Storage(storage.location, () => undefined);
  try {
    for (const [n, { at, incident, what }] of happenings.entries()) {
      if (n === Math.floor(happenings.length / 2)) process = new FireStation(reborn);
      const fire = incidents[incident];
      if (!fire) continue;
      process.now = at;
      if (what === 'open') orders.set(incident, await process.open(fire));
      else await process.act(orders.get(incident) ?? 0, what);
      if (at - told < ROUND_MS) continue;
      told = at;
      await process.round();
    }
    return await process.figures(monthsOf(incidents));
  } finally {
    await reborn.close();
  }
}

class FireStation {
  now = 0;
  readonly #system: SystemContext;
  readonly #ground: ConstructorParameters<typeof SystemContext>[0];

  constructor(storage: Storage) {
    const clock = { now: () => this.now };
    this.#ground = { storage, clock, poke: () => undefined, vault: new Vault(Buffer.alloc(VAULT_BYTES)) };
    this.#system = new SystemContext(this.#ground);
  }

  open({ alarmAt, level }: Incident): Promise<number> {
    return this.#system.transaction(async (tx) => {
      const warning = await raise(tx, alarmAt, rankOf(level));
      await openWorkOrders(tx, this.now, [{ change: 'raised', warning, level, at: alarmAt }]);
      const { rows } = await sql<{
        id: number;
      }>`select id from work_order where warning_id = ${warning}`.execute(tx);
      return rows[0]?.id ?? 0;
    });
  }

  async act(order: number, action: 'accept' | 'arrive'): Promise<void> {
    await advanceWorkOrder(this.#as('handler'), order, { action });
  }

  async round(): Promise<void> {
    await runAllDeadlines(this.#system);
  }

  /** Puan's own figures, month by month, as the report asks for them. */
  async figures(months: readonly string[]): Promise<Figures> {
    const told: Record<string, { due: number; kept: number }> = {};
    for (const month of months) {
      const { orders } = await getMonth(this.#as('business-admin'), { query: { month, rows: 'live' } });
      const { due, kept } = orders.byLimit.find((one) => one.kind === 'on-site') ?? { due: 0, kept: 0 };
      told[month] = { due, kept };
    }
    return told;
  }

  #as(role: Role): RequestContext {
    const scope = { places: [], scenarios: [FIRE] };
    const grant = { role, platform: 'FIRE', platformName: '消防', scope, actingFor: null };
    const actor = { accountId: 1, username: 'fire.handler', name: '消防站', address: '' };
    return new RequestContext(this.#ground, { ...actor, rights: new Rights([grant]) });
  }
}

async function raise(tx: Tx, at: number, level: number): Promise<number> {
  const where: Placed = { place: HERE, scenario: FIRE };
  const { rows } = await sql<{ id: number }>`
    with spot as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'F' || nextval('alarm_id'), '火场', array[${where.scenario}::int2], ${where.place}, true, 31.2, 121.5 returning id
    )
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select id, ${ITEM}, ${where.place}, ${where.scenario}, 'open', ${level}::int2, ${level}::int2, '火警', ${new Date(at)},
      ${new Date(at)}, false from spot returning id`.execute(tx);
  return rows[0]?.id ?? 0;
}

function monthsOf(incidents: readonly Incident[]): readonly string[] {
  const months = incidents.map(({ alarmAt }) => new Date(alarmAt + 8 * 3_600_000).toISOString().slice(0, 7));
  return [...new Set(months)].toSorted();
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../standards/${file}`, import.meta.url), 'utf8'));
}
