import type { Tx } from '#storage';

import type { MonitoringDesk } from './desk.ts';
import { loadElementFacts } from './recover.ts';

/**
 * Elements (by code) have become others with a version that has taken effect: what comes in of their points from now on is checked
 * by their new period, range and largest change, and by their own past where they ask for that now.
 */
export async function refitPoints(
  tx: Tx,
  { ingest }: MonitoringDesk,
  elements: readonly string[],
): Promise<void> {
  if (elements.length === 0) return;
  const facts = await loadElementFacts(tx, elements);
  for (const { id, element } of ingest.book.points()) {
    const changed = facts.get(element);
    if (changed) ingest.book.refit(id, changed);
  }
}
