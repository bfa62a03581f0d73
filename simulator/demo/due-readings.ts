import type { Item } from '#protocols/hj212';

import type { Row } from '../client.ts';
import { MINUTE_MS } from './curve.ts';
import type { Gauge } from './gauge.ts';

/** A packet of one logger. */
interface Packet {
  readonly device: string;
  readonly at: number;
  readonly groups: readonly (readonly Item[])[];
}

/** What the gauges say in (from, to], in order of time: rows for HTTP, packets for loggers. */
export interface Due {
  readonly rows: readonly Row[];
  readonly packets: readonly Packet[];
}

export function dueReadings(gauges: readonly Gauge[], from: number, to: number): Due {
  const rows: Row[] = [];
  const packets: Packet[] = [];
  for (let at = (Math.floor(from / MINUTE_MS) + 1) * MINUTE_MS; at <= to; at += MINUTE_MS) {
    const loggers = new Map<string, Item[][]>();
    for (const gauge of gauges) {
      if ((at / 1000) % gauge.every(at) !== 0) continue;
      const { device, factor, point } = gauge;
      if (!factor) {
        rows.push({ point, observedAt: at, value: gauge.value(at) });
        continue;
      }
      const group: Item[] = [
        [`${factor.code}-Rtd`, String(Math.round(gauge.value(at) * factor.perUnit * 1000) / 1000)],
        [`${factor.code}-Flag`, 'N'],
      ];
      const there = loggers.get(device);
      if (there) there.push(group);
      else loggers.set(device, [group]);
    }
    for (const [device, groups] of loggers) packets.push({ device, at, groups });
  }
  return { rows, packets };
}
