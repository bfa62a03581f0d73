import type { Tx } from '#storage';
import type { Hold } from '#workflow';
import { sql } from 'kysely';

import type { AlarmCase } from './alarm-case.ts';

/** Alarms of items that an analyst verifies first wait for one, once: what has been confirmed is not asked again. */
export async function verifyGate(
  tx: Tx,
  alarms: readonly AlarmCase[],
): Promise<ReadonlyMap<number, readonly Hold[]>> {
  const asked = alarms.filter((alarm) => !isConfirmed(alarm));
  const items = await itemsToVerify(tx, asked);
  return new Map(
    asked.flatMap((alarm): [number, readonly Hold[]][] => {
      const name = items.get(`${alarm.standard} ${alarm.item}`);
      if (name === undefined) return [];
      const reason = `${name}要先由值守分析人员核实，再成为预警`;
      return [[alarm.id, [{ kind: 'verify', by: `item/${alarm.item}`, reason, until: null }]]];
    }),
  );
}

function isConfirmed({ kept }: AlarmCase): boolean {
  return kept.some((hold) => hold.kind === 'verify' && !hold.open);
}

async function itemsToVerify(tx: Tx, alarms: readonly AlarmCase[]): Promise<ReadonlyMap<string, string>> {
  if (alarms.length === 0) return new Map();
  const { rows } = await sql<{ standard: number; item: string; name: string }>`
    select standard_id as standard, code as item, name from warning_item
    where verification = 'analyst' and code = any(${[...new Set(alarms.map(({ item }) => item))]})
      and standard_id = any(${[...new Set(alarms.map(({ standard }) => standard))]})`.execute(tx);
  return new Map(rows.map(({ standard, item, name }) => [`${standard} ${item}`, name]));
}
