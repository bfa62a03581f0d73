import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Client } from '../client.ts';
import { plantSupervision } from './plant-supervision.ts';
import { plant } from './plant.ts';
import { plantAside } from './plant-aside.ts';
import type { RecordKind, Records } from './record-kinds.ts';
import { plantDrill } from './drill-rules.ts';
import { plantChainTest } from './plant-chain-test.ts';
import { plantCascade } from './plant-cascade.ts';
import { plantIncident } from './plant-incident.ts';
import { plantReport } from './plant-report.ts';
import { plantGateway } from './plant-gateway.ts';
import { plantSample } from './plant-sample.ts';
import { plantLink } from './plant-link.ts';
import { openIntake } from './open-intake.ts';
import { shareData } from './share-data.ts';
import { signedIn } from './signed-in.ts';
import { openRepair } from './repair-records.ts';
import { CORNERS, ledgerLine, type Zone } from './zones.ts';

/** The people who fill the three corners: all of the whole district. */
export interface Founders {
  readonly url: string;
  readonly district: Client;
  readonly admin: Client;
  readonly gateway: Client;
}

interface Id {
  readonly id: number;
}

/** One record of every kind in a corner, each made through the API where it has a route for that. */
export async function fillCorner(storage: Storage, founders: Founders, zone: Zone): Promise<Records> {
  const accounts = await openAccounts(storage, zone);
  const watched = await openObject(storage, founders, zone);
  const people = await askForAccounts(founders, zone);
  const duty = await openDuty(founders, zone, accounts);
  const order = Number(watched['work-order']);
  const ledger = await openLedger(storage, founders, zone);
  const planted = await plant(storage, { roster: Number(duty.roster), zone, order });
  // Whoever stands in the shift has the system write the page.
  const onDuty = await signedIn(storage, founders.url, accounts.principal);
  const handover = await make(onDuty, 'handovers', { roster: Number(duty.roster) });
  const shared = await shareData(founders.district, zone);
  const { platform } = CORNERS[zone];
  const all = {
    platform,
    account: accounts.id,
    handover,
    ...watched,
    ...people,
    ...duty,
    ...ledger,
    ...planted,
    ...(await plantAside(storage, zone)),
    ...shared,
    ...(await openIntake(storage, zone)),
    ...(await plantCascade(storage, founders.district, zone)),
    ...(await plantIncident(storage, zone)),
    ...(await plantReport(storage, zone)),
  };
  return Object.fromEntries(Object.entries(all).map(([kind, id]) => [kind, String(id)])) as Records;
}

const SPOT = { lat: 31.2, lon: 121.6 };
type Made = Partial<Readonly<Record<RecordKind, number>>>;

async function make(client: Client, path: string, body: object): Promise<number> {
  return (await client.ask<Id>('POST', `/api/v1/${path}`, body)).id;
}

/** An object with its point, device, unit, warning and order. */
async function openObject(storage: Storage, { district, gateway }: Founders, zone: Zone): Promise<Made> {
  const { mark, platform, scenario, element, value, where } = CORNERS[zone];
  const code = `m-${zone}`;
  const object = await make(district, 'objects', {
    code,
    name: `${mark}对象`,
    scenarios: [scenario],
    ...SPOT,
    ...where,
  });
  await make(district, 'points', { code, object: code, element });
  const device = await make(district, 'devices', {
    code,
    protocol: 'hj212',
    points: [{ factor: 'w01018', point: code }],
  });
  await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value }]);
  const unit = await make(district, 'units', {
    code,
    name: `${mark}单位`,
    kind: 'owner',
    platform,
    phone: '13800000000',
  });
  const fault = await make(district, 'faults', {
    subject: { kind: 'device', key: `hj212/${code}` },
    kind: 'damaged',
    summary: `${mark}外壳进水`,
  });
  const mended = await openRepair(district, zone);
  const order = await orderOf(storage, object);
  return {
    ...mended,
    object,
    unit,
    fault,
    device,
    gateway: await plantGateway(storage, zone),
    'chain-test': await plantChainTest(storage, zone),
    drill: await plantDrill(storage, zone),
    warning: order.warning,
    'work-order': order.id,
    'order-link': await plantLink(storage, order.id),
    supervision: await plantSupervision(storage, zone),
    'closure-sample': await plantSample(storage, order.id),
  };
}

/** A named line of the base ledger with its kind and a plan for it, and a task for a changed basis. */
async function openLedger(storage: Storage, { district }: Founders, zone: Zone): Promise<Made> {
  const { mark, scenario } = CORNERS[zone];
  const entry = await make(district, 'ledger-entries', { ...ledgerLine(zone), name: `${mark}底数` });
  const plan = await make(district, 'coverage-plans', {
    gap: 'unregistered',
    scenario,
    ledger: entry,
    what: `${mark}登记`,
    who: '本平台',
    dueOn: '2099-12-31',
  });
  const { rows } = await sql<{ kind: number; task: number }>`
    with line as (select * from ledger_entry where id = ${entry}), change as (
      insert into basis_change (scenario, place, kind, document, successor, changed_on, told_by, told_at)
      select scenario, place, 'replaced', ${mark}, ${mark}, '2026-01-01', 'x', now() from line returning *
    ), task as (
      insert into basis_task (change_id, scenario, place, kind, document, successor, changed_on, told_by, concerned, opened_at, due_at)
      select id, scenario, place, kind, document, successor, changed_on, told_by, '[]', now(), now() from change returning id
    )
    select line.kind_id as kind, task.id as task from line, task`.execute(storage.system);
  const [made] = rows;
  return {
    'ledger-entry': entry,
    'coverage-plan': plan,
    'object-kind': made?.kind ?? 0,
    'basis-task': made?.task ?? 0,
  };
}

async function askForAccounts({ admin }: Founders, zone: Zone): Promise<Made> {
  const { mark, platform, hand } = CORNERS[zone];
  const roles = [{ role: hand, platform }];
  const one = { username: `m.${zone}.new`, name: `${mark}新人`, platform, roles };
  const request = await firstId(admin, { action: 'open', ...one, reason: '新到岗位，需要账号' });
  const rows = [{ username: `m.${zone}.bulk`, name: `${mark}成批`, platform, role: hand }];
  const bulk = { dryRun: false, rows, reason: '成批开通处置人员' };
  const { batch } = await admin.ask<{ batch: number }>('POST', '/api/v1/account-requests/bulk', bulk);
  const review = await make(admin, 'account-reviews', { platform });
  return { 'account-request': request, 'account-batch': batch, 'account-review': review };
}

async function openDuty({ district }: Founders, zone: Zone, accounts: Opened): Promise<Made> {
  const { mark, platform } = CORNERS[zone];
  const span = { from: Date.now(), to: Date.now() + 3_600_000 };
  const rota = [{ username: accounts.principal }, { username: accounts.deputy }];
  const pattern = { workday: [{ name: '', from: '08:30', to: '08:30' }] };
  return {
    team: await make(district, 'teams', {
      code: `m-${zone}`,
      name: `${mark}班组`,
      platform,
      members: [],
      roles: [],
    }),
    delegation: await make(district, 'delegations', {
      principal: accounts.principal,
      deputy: accounts.deputy,
      ...span,
      reason: `${mark}出差`,
    }),
    contact: await make(district, 'contacts', { name: `${mark}联系岗位`, platform, phone: '13800000001' }),
    store: await make(district, 'stores', { name: `${mark}物资库`, platform, ...SPOT, items: [] }),
    roster: await make(district, 'rosters', {
      name: `${mark}值班表`,
      platform,
      pattern,
      seats: [{ name: '值班员', rota }],
    }),
    'log-line': await make(district, 'duty-log', { text: `${mark}日志`, platform }),
  };
}

async function firstId(client: Client, body: object): Promise<number> {
  const reply = await client.ask<Id | { readonly items: readonly Id[] } | { readonly request: Id }>(
    'POST',
    '/api/v1/account-requests',
    body,
  );
  if ('id' in reply) return reply.id;
  return 'request' in reply ? reply.request.id : (reply.items[0]?.id ?? 0);
}

interface Opened {
  readonly id: number;
  readonly principal: string;
  readonly deputy: string;
}

async function openAccounts(storage: Storage, zone: Zone): Promise<Opened> {
  const { platform, mark } = CORNERS[zone];
  const [principal, deputy] = [`m.${zone}.one`, `m.${zone}.two`];
  const { rows } = await sql<Id>`
    with opened as (
      insert into account (username, name, password_hash, password_from_bootstrap, platform_id, place, scenario, phone_masked)
      select n, ${mark} || n, 'x', true, p.id, p.place, p.scenario, '138****0000'
      from platform p, unnest(${[principal, deputy]}::text[]) n where p.code = ${platform} returning id, platform_id, place, scenario
    ), assigned as (
      insert into role_assignment (account_id, role, platform_id, place, scenario)
      select id, 'town-operator', platform_id, place, scenario from opened
    )
    select id from opened order by id`.execute(storage.system);
  return { id: rows[0]?.id ?? 0, principal, deputy };
}

/** The order that the reading has opened; it comes by itself, a moment later. */
async function orderOf(
  storage: Storage,
  object: number,
): Promise<{ readonly id: number; readonly warning: number }> {
  for (;;) {
    const { rows } = await sql<{ id: number; warning: number }>`
      select id, warning_id as warning from work_order where object_id = ${object}`.execute(storage.system);
    if (rows[0]) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
