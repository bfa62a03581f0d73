import { addressFor, factorsAt, placeFor } from './gb26875-channels.ts';
import type { Inventory } from './register.ts';
import type { Channel, ReplayMap } from './replay-map.ts';
import { stationsOf } from './sl651-stations.ts';

type Via = ReplayMap['via'];

/**
 * The map for another gateway than its own: devices and points get codes of their own, for a point hangs on one device
 * and its replay session follows from that.
 */
export function mapVia(map: ReplayMap, via: Via): ReplayMap {
  if (via === map.via) return map;
  if (via === 'sl651') return stationsOf(map);
  const other = (code: string): string => `${code}-${via.toUpperCase()}`;
  const isFire = via === 'gb26875';
  const deviceCode = isFire ? (code: string): string => addressFor(other(code)) : other;
  return {
    ...map,
    via,
    devices: map.devices.map((device) => ({ ...device, code: deviceCode(device.code) })),
    channels: map.channels.map((channel, index) => ({
      ...channel,
      device: deviceCode(channel.device),
      point: other(channel.point),
      ...(isFire ? { factor: placeFor(index) } : {}),
    })),
  };
}

/** How a channel's values are called on the wire; by HTTP they go to their point at once. */
function factorsOf(via: Via, { factor, point }: Channel): readonly { factor: string; scale?: number }[] {
  if (via === 'gb26875') return factorsAt(factor);
  return [{ factor: via === 'http' ? point : factor }];
}

/** What a map needs registered. Replay objects are flagged as simulated, beside their name. */
export function inventoryOf(map: ReplayMap): Inventory {
  const { via } = map;
  return {
    objects: map.objects.map((object) => ({ ...object, simulated: true })),
    points: map.channels.map(({ point, object, element }) => ({ code: point, object, element })),
    devices: map.devices.map(({ code, pw }) => ({
      code,
      protocol: via,
      simulated: true,
      points: map.channels
        .filter(({ device }) => device === code)
        .flatMap((channel) => factorsOf(via, channel).map((one) => ({ ...one, point: channel.point }))),
      ...(via === 'hj212' ? { settings: { password: pw } } : {}),
    })),
  };
}
