import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Client } from '../client.ts';
import { CORNERS, type Zone } from './zones.ts';

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
  | 'store';
export type Records = Readonly<Record<RecordKind, string>>;

/** The people who fill the three corners: all of the whole district. */
export interface Founders {
  readonly district: Client;
  readonly admin: Client;
  readonly gateway: Client;
}

interface Id {
  readonly id: number;
}

/** One record of every kind in a corner, each made through the API where it has a route for that. */
export async function fillCorner(
  storage: Storage,
  { district, admin, gateway }: Founders,
  zone: Zone,
): Promise<Records> {
  const { mark, platform, scenario, element, where } = CORNERS[zone];
  const code = `m-${zone}`;
  const spot = { lat: 31.2, lon: 121.6 };
  const made = async (path: string, body: object): Promise<number> =>
    (await district.ask<Id>('POST', `/api/v1/${path}`, body)).id;

  const object = await made('objects', {
    code,
    name: `${mark}对象`,
    scenarios: [scenario],
    ...spot,
    ...where,
  });
  await made('points', { code, object: code, element });
  await made('devices', { code, protocol: 'hj212', points: [{ factor: 'w01018', point: code }] });
  await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value: 45 }]);
  const unit = await made('units', {
    code,
    name: `${mark}单位`,
    kind: 'owner',
    platform,
    phone: '13800000000',
  });
  const accounts = await openAccounts(storage, zone);
  const request = {
    action: 'open',
    username: `${code}.new`,
    name: `${mark}新人`,
    platform,
    roles: [{ role: 'handler', platform }],
    reason: '新到岗位，需要账号',
  };
  const accountRequest = await firstId(admin, request);
  const rows = [
    { username: `${code}.bulk`, name: `${mark}成批`, platform, roles: [{ role: 'handler', platform }] },
  ];
  const { batch } = await admin.ask<{ batch: number }>('POST', '/api/v1/account-requests/bulk', {
    dryRun: false,
    rows,
    reason: '成批开通处置人员',
  });
  const review = await admin.ask<Id>('POST', '/api/v1/account-reviews', { platform });
  const team = await made('teams', { code, name: `${mark}班组`, platform, members: [], roles: [] });
  const delegation = await made('delegations', {
    principal: accounts.principal,
    deputy: accounts.deputy,
    from: Date.now(),
    to: Date.now() + 3_600_000,
    reason: `${mark}出差`,
  });
  const contact = await made('contacts', { name: `${mark}联系岗位`, platform, phone: '13800000001' });
  const store = await made('stores', { name: `${mark}物资库`, platform, ...spot, items: [] });
  const day = { name: '', from: '08:30', to: '08:30' };
  const roster = await made('rosters', {
    name: `${mark}值班表`,
    platform,
    pattern: { workday: [day] },
    seats: [{ name: '值班员', rota: [{ username: accounts.principal }, { username: accounts.deputy }] }],
  });
  const line = await made('duty-log', { text: `${mark}日志`, platform });
  const order = await orderOf(storage, object);
  const planted = await plant(storage, { roster, zone, order: order.id });
  return Object.fromEntries(
    Object.entries({
      object,
      platform,
      unit,
      account: accounts.id,
      'account-request': accountRequest,
      'account-batch': batch,
      'account-review': review.id,
      team,
      delegation,
      contact,
      store,
      roster,
      'log-line': line,
      warning: order.warning,
      'work-order': order.id,
      ...planted,
    }).map(([kind, id]) => [kind, String(id)]),
  ) as Records;
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
      insert into account (username, name, password_hash, platform_id, place, scenario, phone_masked)
      select n, ${mark} || n, 'x', p.id, p.place, p.scenario, '138****0000'
      from platform p, unnest(${[principal, deputy]}::text[]) n where p.code = ${platform} returning id, platform_id, place, scenario
    ), assigned as (
      insert into role_assignment (account_id, role, platform_id, place, scenario)
      select id, 'handler', platform_id, place, scenario from opened
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
  const { platform, mark } = CORNERS[zone];
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
    ), page as (
      insert into handover (platform_id, roster_id, seat_id, shift_id, place, scenario, state, written_at, document, hash)
      select h.id, ${roster}::int, min(s.seat_id), min(s.id), h.place, h.scenario, 'draft', now(), '{}', 'x' from home h, shifts s group by h.id, h.place, h.scenario returning id
    ), post as (
      insert into platform_contact (platform_id, place, scenario, position, post, phone_sealed, phone_masked)
      select id, place, scenario, 9, ${mark}, null, null from home returning id
    )
    select (select id from token)::text as token, (select id from photo)::text as attachment,
      (select min(id) from shifts)::text as shift, (select id from swap)::text as swap, (select id from page)::text as handover,
      (select id from post)::text as "contact-of-platform"`.execute(storage.system);
  return rows[0] ?? {};
}
