import { deviceKey } from '#model/operations';
import type { Tx } from '#storage';
import type { FrameTotals, RefusalWatch } from '#workflow';
import { sql } from 'kysely';

import type { PlacedFinding, RuleRound } from './settle-round.ts';

interface SenderRow extends FrameTotals {
  readonly isDevice: boolean;
  readonly name: string;
  readonly place: number;
  readonly scenarios: readonly number[];
  readonly simulated: boolean;
  readonly reasons: string;
}

/** Senders too many of whose frames are refused. Frames without a known sender are their line's. */
export async function watchFrames(tx: Tx, watch: RefusalWatch, district: number): Promise<RuleRound> {
  const senders = await loadSenders(tx, district);
  const byKey = new Map(senders.map((sender) => [sender.key, sender]));
  const { wrong, well } = watch.look(senders);
  return {
    kind: 'frames-refused',
    foundBy: 'rule',
    wrong: wrong.flatMap(({ key, refused, frames }): readonly PlacedFinding[] => {
      const sender = byKey.get(key);
      if (!sender) return [];
      const { isDevice, name, place, scenarios, simulated, reasons } = sender;
      const summary = `${name} 最近 10 分钟 ${frames} 帧中 ${refused} 帧被拒收（累计最多的原因：${reasons}）`;
      return [
        { subject: { kind: isDevice ? 'device' : 'line', key }, summary, name, place, scenarios, simulated },
      ];
    }),
    isWell: ({ key }) => well.has(key),
    recovery: '最近 10 分钟拒收的报文回到二十分之一以下',
  };
}

/** What nobody owns is measured against everything its line has had taken. */
async function loadSenders(tx: Tx, district: number): Promise<readonly SenderRow[]> {
  const { rows } = await sql<Omit<SenderRow, 'key' | 'isDevice'> & { protocol: string; code: string | null }>`
    select r.protocol, d.code, sum(r.count)::float8 as refused,
      case when d.id is null then coalesce((select sum(l.frames_accepted) from device l where l.protocol = r.protocol), 0)
        else d.frames_accepted end::float8 as accepted,
      coalesce(d.code, r.protocol || ' 接入线路') as name, coalesce(d.place, ${district}::int) as place,
      coalesce(d.scenarios, '{}') as scenarios, coalesce(d.simulated, false) as simulated,
      (array_agg(r.reason order by r.count desc))[1] as reasons
    from frame_refusal r left join device d on d.protocol = r.protocol and d.code = r.device_code and d.replay_session_id is null
    group by r.protocol, d.id`.execute(tx);
  return rows.map(({ protocol, code, ...row }) => ({
    ...row,
    isDevice: code !== null,
    key: code === null ? protocol : deviceKey(protocol, code),
  }));
}
