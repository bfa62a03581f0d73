import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { RuleRound } from './settle-round.ts';

const DAY_MS = 86_400_000;
const SUBJECT = '服务器时钟';

/** A clock that has leapt ahead, so that nothing is deleted until it is put right or somebody confirms it. */
export async function watchServerClock(tx: Tx, district: number): Promise<RuleRound> {
  const { rows } = await sql<{ days: number }>`
    select extract(epoch from leapt_at - looked_at)::float8 * 1000 / ${DAY_MS} as days
    from retention_clock where leapt_at is not null`.execute(tx);
  return {
    kind: 'clock-leapt',
    foundBy: 'process',
    wrong: rows.map(({ days }) => ({
      subject: { kind: 'process', key: SUBJECT },
      name: SUBJECT,
      summary: `${SUBJECT}比上一轮超前 ${Math.round(days * 10) / 10} 天：到期数据停止删除，等人在监测要素 · 保存期限确认`,
      place: district,
      scenarios: [],
      simulated: false,
    })),
    isWell: () => true,
    recovery: '时钟已校正，或已有人确认它是对的',
  };
}
