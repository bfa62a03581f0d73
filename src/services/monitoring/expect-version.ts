import type { Tx } from '#storage';

import { comingVersions, loadSigns } from './bound-signs.ts';
import type { MonitoringDesk } from './desk.ts';

/**
 * A version of the standard has been published that takes over at a moment (epoch ms), now or later: readings of that moment and
 * after are judged by it, those before by the version of their own time, whenever they arrive. Versions that come after it are
 * read anew, for its signs hold beside theirs.
 */
export async function expectVersion(tx: Tx, desk: MonitoringDesk, from: number): Promise<void> {
  const { versions } = desk.ingest.book;
  for (const at of new Set([from, ...(await comingVersions(tx, from))]))
    versions.expect(at, await loadSigns(tx, at));
}

/** A version that was to take over at a moment was called off; the one before lives on. */
export async function forgetVersion(tx: Tx, desk: MonitoringDesk, from: number): Promise<void> {
  const { versions } = desk.ingest.book;
  versions.forget(from);
  // Another scenario's version may have the same moment.
  for (const at of await comingVersions(tx, from - 1)) versions.expect(at, await loadSigns(tx, at));
}
