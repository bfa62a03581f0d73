import type { Client } from '../client.ts';
import { CORNERS, type Zone } from './zones.ts';

const DAY_MS = 86_400_000;

interface Id {
  readonly id: number;
}

/** A correction and a coming window of service of a corner's point. */
export async function openRepair(
  district: Client,
  zone: Zone,
): Promise<{ readonly 'reading-correction': number; readonly 'service-window': number }> {
  const point = `m-${zone}`;
  const reason = `${CORNERS[zone].mark}标定`;
  const now = Date.now();
  const correction = await district.ask<Id>('POST', '/api/v1/reading-corrections', {
    point,
    from: now - 2000,
    to: now - 1000,
    kind: 'bad',
    reason,
  });
  const window = await district.ask<Id>('POST', '/api/v1/service-windows', {
    kind: 'calibration',
    point,
    from: now + DAY_MS,
    to: now + 2 * DAY_MS,
    reason,
  });
  return { 'reading-correction': correction.id, 'service-window': window.id };
}
