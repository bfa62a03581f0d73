import type { HandoverDocument } from '#contract/command';
import { SERVICE_KIND_TEXT } from '#model/monitoring';
import { HOLD_KIND_TEXT, HOLD_KINDS, type HoldKind, levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { DutyPlatform } from '../find-platform.ts';
import { withinPlatform } from './within-platform.ts';

const SHOWN = 100;

interface HeldRow {
  readonly kind: 'shelved' | keyof typeof SERVICE_KIND_TEXT;
  readonly object: string;
  readonly what: string | null;
  readonly level: number | null;
  readonly reason: string;
  readonly by: string;
  readonly until: number | null;
  readonly proposed: boolean;
  readonly total: number;
}

/** What is put aside, out of service or being serviced at this moment, and how many alarms are held back by what: whoever comes must know of what will not ring. */
export async function heldNow(
  tx: Tx,
  platform: DutyPlatform,
  now: number,
): Promise<HandoverDocument['shelving']> {
  const at = new Date(now);
  const { rows } = await sql<HeldRow>`
    select kind, object, what, level, reason, by, until, proposed, count(*) over () as total from (
      select 'shelved' as kind, o.name as object, coalesce(g.name, i.name, s.sign_code, s.item_code) as what, s.level, s.reason,
        s.made_by as by, s.until, s.state = 'proposed' as proposed
      from shelf s join monitored_object o on o.id = s.object_id
      left join lateral (select name from sign where code = s.sign_code order by standard_id desc limit 1) g on true
      left join lateral (select name from warning_item where code = s.item_code order by standard_id desc limit 1) i on true
      where s.state <> 'ended' and ${withinPlatform(platform, 's')}
      union all
      select w.kind, coalesce(o.name, d.code), coalesce(g.name, w.sign_code, p.code), null, w.reason, coalesce(w.owner, w.made_by), w.to_at, false
      from service_window w left join point p on p.id = w.point_id left join device d on d.id = w.device_id
      left join monitored_object o on o.id = coalesce(w.object_id, p.object_id)
      left join lateral (select name from sign where code = w.sign_code order by standard_id desc limit 1) g on true
      where w.from_at <= ${at} and (w.to_at is null or w.to_at > ${at}) and ${withinPlatform(platform, 'w')}
    ) held order by until nulls last, object limit ${SHOWN}`.execute(tx);
  const { rows: holds } = await sql<{ kind: HoldKind; n: number }>`
    select kind, count(distinct alarm_id) as n from alarm_hold h
    where ended_at is null and ${withinPlatform(platform, 'h')} group by kind`.execute(tx);
  const total = rows[0]?.total ?? 0;
  return {
    available: true,
    text: sumText(total, new Map(holds.map(({ kind, n }) => [kind, n]))),
    items: rows.map(({ kind, object, what, level, reason, by, until, proposed }) => ({
      kindName: kind === 'shelved' ? HOLD_KIND_TEXT.shelved : SERVICE_KIND_TEXT[kind],
      object,
      what: what ?? '',
      level: levelOf(level ?? 0) ?? null,
      reason,
      by,
      until,
      proposed,
    })),
    more: Math.max(0, total - rows.length),
  };
}

function sumText(total: number, held: ReadonlyMap<HoldKind, number>): string {
  const kinds = HOLD_KINDS.filter((kind) => (held.get(kind) ?? 0) > 0);
  const alarms = kinds.map((kind) => `${HOLD_KIND_TEXT[kind]} ${held.get(kind)} 条`).join('，');
  return `${total} 项；现在拦下的报警：${alarms === '' ? '无' : alarms}`;
}
