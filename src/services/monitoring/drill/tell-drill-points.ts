import { ReadingBatchBuilder, SCRIPT_SOURCE } from '#model/monitoring';

import type { MonitoringDesk } from '../desk.ts';

/** What points of a drill tell at a moment (epoch ms), in its session. Resolves once it is stored and judged. */
export async function tellDrillPoints(
  desk: MonitoringDesk,
  told: {
    readonly session: number;
    readonly at: number;
    readonly values: readonly { readonly point: number; readonly value: number }[];
  },
): Promise<void> {
  const builder = new ReadingBatchBuilder(told.session, told.values.length);
  for (const { point, value } of told.values) builder.add(point, told.at, value, 0, SCRIPT_SOURCE);
  await desk.ingest.accept(builder.finish());
}
