import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Client } from '../client.ts';
import { openIntake } from './open-intake.ts';
import { shareData } from './share-data.ts';
import { signedIn } from './signed-in.ts';
import { openRepair } from './repair-records.ts';
import { CORNERS, ledgerLine, type Zone } from './zones.ts';

/** Kinds of record that a route names in its path, by their numbers or codes. */
export type RecordKind =
  | 'object'
  | 'platform'
  | 'unit'
  | 'contact-of-platform'
  | 'account'
  | 'account-request'
  | 'account-batch'
  | 'account-review'
  | 'team'
  | 'delegation'
  | 'token'
  | 'warning'
  | 'work-order'
  | 'attachment'
  | 'roster'
  | 'shift'
  | 'swap'
  | 'handover'
  | 'log-line'
  | 'contact'
  | 'store'
  | 'standard-draft'
  | 'rehearsal'
  | 'known-case'
  | 'object-kind'
  | 'ledger-entry'
  | 'coverage-plan'
  | 'reading-correction'
  | 'service-window'
  | 'basis-task'
  | 'own-limit'
  | 'shared-item'
  | 'shared-grant'
  | 'webhook'
  | 'fault'
  | 'device'
  | 'gateway'
  | 'intake-source'
  | 'suspected-event';
export type Records = Readonly<Record<RecordKind, string>>;

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
    ...shared,
    ...(await openIntake(storage, zone)),
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
  const { mark, platform, scenario, element, where } = CORNERS[zone];
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
  await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value: 45 }]);
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
    warning: order.warning,
    'work-order': order.id,
  };
}

/** A gateway by the settings, of a protocol nobody speaks: it stays shut, and there is only one. */
async function plantGateway(storage: Storage, zone: Zone): Promise<number> {
  const { platform, mark } = CORNERS[zone];
  const { rows } = await sql<Id>`
    insert into gateway (platform_id, protocol, name, enabled, place, scenarios)
    select id, ${`none-${zone}`}, ${`${mark}网关`}, false, place, case when scenario is null then '{}' else array[scenario] end
    from platform where code = ${platform} returning id`.execute(storage.system);
  return rows[0]?.id ?? 0;
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

/** What only time or a course of events would bring about: a token of the corner, a photo, shifts, a swap, a hand-over. */
async function plant(
  storage: Storage,
  { roster, zone, order }: { readonly roster: number; readonly zone: Zone; readonly order: number },
): Promise<Partial<Records>> {
  const { platform, mark, scenario, sign } = CORNERS[zone];
  const { rows } = await sql<Partial<Records>>`
    with home as (select id, place, scenario from platform where code = ${platform}),
    two as (select array_agg(id order by id) as ids from account where username like ${`m.${zone}.%`}),
    seat as (select id from roster_seat where roster_id = ${roster} limit 1),
    token as (
      insert into token (name, kind, token_hash, account_id) select ${mark}, 'gateway', decode(md5(${zone}), 'hex'), ids[1] from two returning id
    ), photo as (
      insert into attachment (work_order_id, place, scenario, name, media_type, sha256, content, at, by)
      select id, place, scenario, ${mark}, 'image/png', decode(md5(${zone}), 'hex'), '\x89', now(), 'x' from work_order where id = ${order} returning id
    ), shifts as (
      insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
      select ${roster}::int, seat.id, place, scenario, now() + (n - 1) * interval '1 day', now() + n * interval '1 day', ids[n], 'planned'
      from home, seat, two, generate_series(1, 2) n returning id, seat_id, place, scenario, account_id
    ), swap as (
      insert into shift_swap (roster_id, place, scenario, shift_id, with_shift_id, requester_id, other_id, reason, state, requested_at)
      select ${roster}::int, min(s.place), min(s.scenario), min(s.id), max(s.id), ids[1], ids[2], ${mark}, 'requested', now() from shifts s, two group by ids returning id
    ), post as (
      insert into platform_contact (platform_id, place, scenario, position, post, phone_sealed, phone_masked)
      select id, place, scenario, 9, ${mark}, null, null from home returning id
    ), draft as (
      insert into standard_draft (scenario, place, base_id, copied_from_id, standard, document, reason, authors, created_by,
        created_at, edited_by, edited_at)
      select v.scenario, home.place, v.id, v.id, ${`2026.${zone}`}, v.document, ${mark}, ids, ids[1], now(), ids[1], now()
      from home, two, standard_version v join scenario s on s.id = v.scenario
      where s.code = ${scenario} and v.retired_at is null returning id, scenario, place, base_id, document
    ), rehearsed as (
      insert into rehearsal (scenario, place, draft_id, document, beside_id, from_at, to_at, state, requested_by, requested_at)
      select draft.scenario, draft.place, draft.id, draft.document, draft.base_id, now() - interval '1 day', now(), 'done', ids[1], now()
      from draft, two returning id
    ), known as (
      insert into known_case (scenario, place, kind, from_at, to_at, text, source, recorded_by, recorded_at)
      select draft.scenario, draft.place, 'incident', now(), now(), ${mark}, ${mark}, ids[1], now() from draft, two returning id
    ), own as (
      insert into own_limit (object_id, sign_code, place, scenario, body, reason, authors, proposed_by, proposed_at)
      select o.id, ${sign}, o.place, o.scenarios[1], '{"levels": {}}', ${mark}, ids, ids[1], now()
      from monitored_object o, two where o.code = ${`m-${zone}`} returning id
    )
    select (select id from token)::text as token, (select id from photo)::text as attachment,
      (select min(id) from shifts)::text as shift, (select id from swap)::text as swap,
      (select id from post)::text as "contact-of-platform", (select id from draft)::text as "standard-draft",
      (select id from rehearsed)::text as rehearsal, (select id from known)::text as "known-case",
      (select id from own)::text as "own-limit"`.execute(storage.system);
  return rows[0] ?? {};
}
