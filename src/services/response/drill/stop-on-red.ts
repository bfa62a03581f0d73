import { auditRule, settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadDrills } from './drill-row.ts';
import { finishDrill } from './finish-drill.ts';

/** `warning.raised` or `warning.upgraded`. */
interface RaisedEvent {
  readonly payload: { readonly id: number; readonly [fact: string]: unknown };
}

/**
 * A real red warning ends every drill whose scenario is set so (it is unless somebody has set it otherwise): the people of the drill
 * are needed. `now` is the wall clock, epoch ms.
 */
export async function stopDrillsOnRed(tx: Tx, events: readonly RaisedEvent[], now: number): Promise<void> {
  const real = events.find(
    ({ payload }) =>
      payload['level'] === 'red' && payload['session'] === null && payload['simulated'] === false,
  );
  if (!real) return;
  const running = await loadDrills(tx, sql`where d.state = 'running' order by d.id for update of d`);
  if (running.length === 0) return;
  const setting = await settingsOfScenarios(tx, ['drill.stops-on-red']);
  const stopped = running.filter(({ scenario }) => setting('drill.stops-on-red', scenario) === 'yes');
  const text = typeof real.payload['text'] === 'string' ? real.payload['text'] : '';
  const reason = `发生真实红色预警（预警 ${real.payload.id}${text === '' ? '' : `：${text}`}），演练自动中止`;
  for (const drill of stopped) await finishDrill(tx, drill, { at: now, aborted: { by: null, reason } });
  await auditRule(
    tx,
    { rule: 'stop-drills-on-red', at: now },
    stopped.map(({ id, place, scenario }) => ({
      action: 'drill.abort',
      subject: `drill/${id}`,
      place,
      scenario,
      after: { reason },
    })),
  );
}
