import { deviceKey } from '#model/operations';
import { SERVICE_REVIEW_MS } from '#model/monitoring';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { RuleRound } from './settle-round.ts';

const DAY_MS = 86_400_000;
/** A stranger that shows itself once may be a mistake at the other end; after an hour somebody should look. */
const WAITS_MS = 3_600_000;

/** Factors that registered devices send and nobody has bound to a point, one fault a device. */
export async function watchFactors(tx: Tx, now: number, district: number): Promise<RuleRound> {
  const { rows } = await sql<{
    protocol: string;
    code: string;
    place: number;
    scenarios: number[];
    simulated: boolean;
    factors: string[];
  }>`
    select d.protocol, d.code, coalesce(d.place, ${district}::int) as place, d.scenarios, d.simulated,
      array_agg(u.factor order by u.factor) as factors
    from unmapped_factor u join device d on d.protocol = u.protocol and d.code = u.device_code
    where u.last_at > ${new Date(now - DAY_MS)}
      and not exists (select from device_factor f where f.device_id = d.id and f.factor = u.factor)
    group by d.id`.execute(tx);
  return {
    kind: 'factor-unmapped',
    foundBy: 'rule',
    wrong: rows.map(({ protocol, code, factors, ...row }) => ({
      ...row,
      subject: { kind: 'device', key: deviceKey(protocol, code) },
      name: code,
      summary: `${code} 发来 ${factors.length} 个没有对应监测点的因子：${factors.slice(0, 10).join('、')}`,
    })),
    isWell: () => true,
    recovery: '因子都已对应监测点，或一天没有再出现',
  };
}

/** Strangers in quarantine that nobody has adopted, one fault a line. */
export async function watchQuarantine(tx: Tx, now: number, district: number): Promise<RuleRound> {
  const { rows } = await sql<{ protocol: string; n: number; codes: string[] }>`
    select protocol, count(*) as n, (array_agg(code order by first_seen_at))[1:5] as codes from quarantine
    where first_seen_at < ${new Date(now - WAITS_MS)} and last_seen_at > ${new Date(now - 7 * DAY_MS)}
    group by protocol`.execute(tx);
  return {
    kind: 'stranger-waiting',
    foundBy: 'rule',
    wrong: rows.map(({ protocol, n, codes }) => ({
      subject: { kind: 'line', key: protocol },
      name: `${protocol} 接入线路`,
      summary: `${protocol} 隔离区有 ${n} 台设备等待登记：${codes.join('、')}`,
      place: district,
      scenarios: [],
      simulated: false,
    })),
    isWell: () => true,
    recovery: '隔离区已无设备等待，或七天没有再出现',
  };
}

/** Webhooks that stand still by themselves, since nothing has been taken for days; one fault a webhook. */
export async function watchWebhooks(tx: Tx): Promise<RuleRound> {
  const { rows } = await sql<{
    id: number;
    name: string;
    place: number;
    scenarios: number[];
    pause_reason: string;
  }>`
    select id, name, place, scenarios, pause_reason from webhook
    where paused_at is not null and paused_by is null and removed_at is null`.execute(tx);
  return {
    kind: 'webhook-paused',
    foundBy: 'rule',
    wrong: rows.map(({ id, name, place, scenarios, pause_reason }) => ({
      subject: { kind: 'process', key: `webhook/${id}` },
      name: `数据推送 ${name}`,
      summary: `数据推送“${name}”已自动暂停：${pause_reason}`,
      place,
      scenarios,
      simulated: false,
    })),
    isWell: () => true,
    recovery: '推送已恢复或已停止',
  };
}

/** Channels of notification that have refused so many in a row that others stand in for them; one fault a channel. */
export async function watchChannels(tx: Tx): Promise<RuleRound> {
  const { rows } = await sql<{
    id: number;
    name: string;
    place: number;
    scenario: number | null;
    last_failure: string | null;
  }>`
    select id, name, place, scenario, last_failure from channel
    where down_since is not null and enabled and removed_at is null`.execute(tx);
  return {
    kind: 'channel-down',
    foundBy: 'rule',
    wrong: rows.map(({ id, name, place, scenario, last_failure }) => ({
      subject: { kind: 'process', key: `channel/${id}` },
      name: `通知通道 ${name}`,
      summary: `通知通道“${name}”中断：${last_failure ?? ''}。通知改由其他通道发出，每分钟再试一次`,
      place,
      scenarios: scenario === null ? [] : [scenario],
      simulated: false,
    })),
    isWell: () => true,
    recovery: '通道重新发成，或已停用',
  };
}

/** What has been out of service for a week since anybody looked at it, one fault a device, point or object. */
export async function watchReviews(tx: Tx, now: number): Promise<RuleRound> {
  const { rows } = await sql<{
    kind: 'device' | 'point' | 'object';
    key: string;
    name: string;
    place: number;
    scenarios: number[];
    simulated: boolean;
    owner: string;
    reason: string;
    days: number;
  }>`
    select distinct on (1, 2) case when w.point_id is not null then 'point' when w.device_id is not null then 'device' else 'object' end as kind,
      coalesce(p.code, d.protocol || '/' || d.code, o.code) as key, coalesce(p.code, d.code, o.name) as name, w.place,
      array[w.scenario] as scenarios, coalesce(p.simulated, d.simulated, o.simulated) as simulated, coalesce(w.owner, w.made_by) as owner,
      w.reason, extract(day from ${new Date(now)}::timestamptz - coalesce(w.reviewed_at, w.from_at))::int as days
    from service_window w left join point p on p.id = w.point_id left join device d on d.id = w.device_id
    left join monitored_object o on o.id = w.object_id
    where w.kind = 'out-of-service' and (w.to_at is null or w.to_at > ${new Date(now)})
      and coalesce(w.reviewed_at, w.from_at) <= ${new Date(now - SERVICE_REVIEW_MS)}
    order by 1, 2, w.id`.execute(tx);
  return {
    kind: 'service-unreviewed',
    foundBy: 'rule',
    wrong: rows.map(({ kind, key, owner, reason, days, ...row }) => ({
      ...row,
      subject: { kind, key },
      summary: `${row.name} 停用（${reason}）已 ${days} 天没有复核，由${owner}负责。请复核或恢复使用`,
    })),
    isWell: () => true,
    recovery: '已复核或已恢复使用',
  };
}
