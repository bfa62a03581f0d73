import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Records } from './record-kinds.ts';
import { CORNERS, type Zone } from './zones.ts';

/** What only time or a course of events would bring about: a token of the corner, a photo, shifts, a swap, a hand-over. */
export async function plant(
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
    ), waiting as (
      insert into verification (alarm_id, object_id, item_code, place, scenario, level, asked_at, due_at, owner_role, simulated)
      select a.id, a.object_id, a.item_code, a.place, a.scenario, 1, now(), now() + interval '1 day', 'business-admin', false
      from alarm a join monitored_object o on o.id = a.object_id where o.code = ${`m-${zone}`} order by a.id limit 1
      returning id, alarm_id, level, place, scenario
    ), held as (
      insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
      select alarm_id, 'verify', 'item/x', level, place, scenario, ${mark}, now() from waiting
    )
    select (select id from waiting)::text as verification, (select id from token)::text as token, (select id from photo)::text as attachment,
      (select min(id) from shifts)::text as shift, (select id from swap)::text as swap,
      (select id from post)::text as "contact-of-platform", (select id from draft)::text as "standard-draft",
      (select id from rehearsed)::text as rehearsal, (select id from known)::text as "known-case",
      (select id from own)::text as "own-limit"`.execute(storage.system);
  return rows[0] ?? {};
}
