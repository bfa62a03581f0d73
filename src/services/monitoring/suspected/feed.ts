import { ReadingBatchBuilder, SOURCES, type SuspectedOrigin } from '#model/monitoring';

import type { MonitoringDesk } from '../desk.ts';

/** Writes one value at a point through the hot path; resolves after the commit. Throws `service.unavailable`. */
export async function feed(
  { ingest }: MonitoringDesk,
  reading: {
    readonly point: number;
    readonly at: number;
    readonly value: number;
    readonly source: SuspectedOrigin;
  },
): Promise<void> {
  const { point, at, value, source } = reading;
  const builder = new ReadingBatchBuilder(ingest.book.session[point] ?? 0, 1);
  builder.add(point, at, value, 0, SOURCES.indexOf(source));
  await ingest.accept(builder.finish());
}
