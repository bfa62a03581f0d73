import type { KnownDevice } from '#model/monitoring';
import { measuredValue, type TelemetryRow } from '#protocols/thingsboard';

import type { Intake } from './intake.ts';
import { type MqttContext, PROTOCOL } from './options.ts';
import type { MqttLeniency } from './text.ts';

/** How a row is taken: `facts` (attributes) feed the points they are bound to, and all else of them is no measurement. */
export interface RowManner {
  /** For a row without a time of its own, epoch ms. */
  readonly at: number;
  readonly facts: boolean;
}

/** The values of one moment → readings, by the device's factors (value × scale + offset). What has no point is counted. */
export function addRow(
  {
    context,
    intake,
    device,
  }: { readonly context: MqttContext; readonly intake: Intake; readonly device: KnownDevice },
  row: TelemetryRow,
  manner: RowManner,
): void {
  const { factors, settings, code } = device;
  const at = row.at ?? manner.at;
  const rule = settings.numbers ?? 'strict';
  let isUnreadable = false;
  for (const key in row.values) {
    const binding = factors.get(key);
    if (binding === undefined) {
      if (!manner.facts) context.counters.factorsUnmapped(PROTOCOL, code, key);
      continue;
    }
    const given = row.values[key];
    const value = measuredValue(given, rule);
    if (value === undefined) {
      isUnreadable = true;
      continue;
    }
    if (typeof given === 'string') {
      context.counters.leniencyUsed(PROTOCOL, code, 'numbers-as-text' satisfies MqttLeniency);
    }
    intake.rowsOf(device).add(binding.point, at, value * binding.scale + binding.offset);
  }
  if (isUnreadable) intake.refused('bad-value', code);
}
