import type { WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { StandingSign } from './standing-signs.ts';

export type Measurement = NonNullable<WorkOrderDetail['measurement']>;

/** What was measured on site where the sensor lies, as long as it holds. */
export async function loadMeasurement(tx: Tx, order: number): Promise<Measurement | null> {
  const { rows } = await sql<Measurement>`
    select value, unit, standing, said_at as at, said_by as by, confirmed_at as "confirmedAt", confirmed_by as "confirmedBy"
    from order_measurement where work_order_id = ${order} and holds`.execute(tx);
  return rows[0] ?? null;
}

interface Measured {
  readonly order: {
    readonly id: number;
    readonly code: string;
    readonly place: number;
    readonly scenario: number;
  };
  readonly request: {
    readonly action: WorkOrderAction;
    readonly measured?: { readonly value: number; readonly unit: string } | undefined;
    readonly confirmMeasured?: boolean | undefined;
  };
  readonly at: number;
  readonly by: string;
  readonly standing: readonly StandingSign[];
}

/**
 * 传感器故障，现场已实测: kept with the clearing that rests on it, confirmed with the closing, and void once the order goes back. What
 * is said to be faulty is told at once to whoever mends it.
 */
export async function saveMeasurement(tx: Tx, measured: Measured): Promise<void> {
  const { order, request, at, by } = measured;
  const { action } = request;
  if (action === 'clear' && request.measured && measured.standing.length > 0)
    return keepMeasurement(tx, { ...measured, ...request.measured });
  if (action === 'close' && request.confirmMeasured === true)
    return void (await sql`update order_measurement set confirmed_at = ${new Date(at)}, confirmed_by = ${by}
      where work_order_id = ${order.id} and holds and confirmed_at is null`.execute(tx));
  if (action === 'clear' || action === 'send-back' || action === 'reopen')
    await sql`update order_measurement set holds = false where work_order_id = ${order.id} and holds`.execute(
      tx,
    );
}

async function keepMeasurement(
  tx: Tx,
  { order, at, by, standing, value, unit }: Measured & { readonly value: number; readonly unit: string },
): Promise<void> {
  const texts = standing.map(({ text }) => text);
  await sql`
    insert into order_measurement (work_order_id, place, scenario, value, unit, standing, said_at, said_by)
    values (${order.id}, ${order.place}, ${order.scenario}, ${value}, ${unit}, ${texts}, ${new Date(at)}, ${by})
    on conflict (work_order_id) do update set value = excluded.value, unit = excluded.unit, standing = excluded.standing,
      said_at = excluded.said_at, said_by = excluded.said_by, confirmed_at = null, confirmed_by = null, holds = true`.execute(
    tx,
  );
  const sensors = new Map(standing.map((one) => [`${one.sensor.kind} ${one.sensor.key}`, one]));
  await announce(
    tx,
    [...sensors.values()].map(({ sensor, text }) => ({
      type: 'data.poor',
      at,
      place: order.place,
      scenario: order.scenario,
      payload: {
        id: order.id,
        subjectKind: sensor.kind,
        subjectId: sensor.key,
        reason: 'measured-on-site',
        text: `${by}现场实测 ${value} ${unit}，与读数不符（${text}；工单 ${order.code}）`,
      },
    })),
  );
}
