import type { Tx } from '#storage';
import type { Hold } from '#workflow';
import { sql } from 'kysely';

import type { AlarmCase } from './alarm-case.ts';
import { refusalsOf } from './refused-alarms.ts';
import { suspectsOf } from './suspected-alarms.ts';

/**
 * Alarms of items that an analyst verifies first wait for one, and so do those of which only a camera or people tell; once: what has
 * been confirmed is not asked again. What a person has refused stays back until it is normal, or gets worse than what was judged.
 */
export async function verifyGate(
  tx: Tx,
  alarms: readonly AlarmCase[],
): Promise<ReadonlyMap<number, readonly Hold[]>> {
  const fresh = alarms.filter(({ feedsWarning }) => !feedsWarning);
  const refusals = await refusalsOf(tx, fresh);
  const isWorse = ({ id, level }: AlarmCase): boolean => level > (refusals.get(id)?.level ?? 0);
  const asked = fresh.filter((alarm) => !refusals.has(alarm.id) || isWorse(alarm));
  const items = await itemsToVerify(tx, asked);
  const suspects = await suspectsOf(tx, asked);
  const holds = asked.map((alarm): [number, readonly Hold[]] => {
    const name = items.get(`${alarm.standard} ${alarm.item}`);
    const source = suspects.get(alarm.id);
    const all = [...(name === undefined ? [] : [itemHold(alarm, name)]), ...(source ? [source] : [])];
    return [alarm.id, all.filter((hold) => refusals.has(alarm.id) || !wasEnded(alarm, hold))];
  });
  const kept = fresh.flatMap((alarm): [number, readonly Hold[]][] => {
    const refusal = refusals.get(alarm.id);
    if (refusal === undefined || isWorse(alarm)) return [];
    return [[alarm.id, [{ kind: 'suppressed', by: refusal.by, reason: refusal.reason, until: null }]]];
  });
  return new Map([...holds.filter(([, all]) => all.length > 0), ...kept]);
}

function itemHold({ item }: AlarmCase, name: string): Hold {
  const reason = `${name}要先由值守分析人员核实，再成为预警`;
  return { kind: 'verify', by: `item/${item}`, reason, until: null };
}

/** Confirmed, agreed, or let through in time: this reason to wait is not asked again. */
function wasEnded({ kept }: AlarmCase, hold: Hold): boolean {
  return kept.some(({ kind, by, open }) => kind === hold.kind && by === hold.by && !open);
}

async function itemsToVerify(tx: Tx, alarms: readonly AlarmCase[]): Promise<ReadonlyMap<string, string>> {
  if (alarms.length === 0) return new Map();
  const { rows } = await sql<{ standard: number; item: string; name: string }>`
    select standard_id as standard, code as item, name from warning_item
    where verification = 'analyst' and code = any(${[...new Set(alarms.map(({ item }) => item))]})
      and standard_id = any(${[...new Set(alarms.map(({ standard }) => standard))]})`.execute(tx);
  return new Map(rows.map(({ standard, item, name }) => [`${standard} ${item}`, name]));
}
