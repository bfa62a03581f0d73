import type { Inventory } from './register.ts';
import type { ReplayMap } from './replay-map.ts';

type Via = ReplayMap['via'];

/**
 * The map for another gateway than its own: devices and points get codes of their own, for a point hangs on one device
 * and its replay session follows from that.
 */
export function mapVia(map: ReplayMap, via: Via): ReplayMap {
  if (via === map.via) return map;
  const other = (code: string): string => `${code}-${via.toUpperCase()}`;
  return {
    ...map,
    via,
    devices: map.devices.map((device) => ({ ...device, code: other(device.code) })),
    channels: map.channels.map((channel) => ({
      ...channel,
      device: other(channel.device),
      point: other(channel.point),
    })),
  };
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
        .map(({ factor, point }) => ({ factor: via === 'http' ? point : factor, point })),
      ...(via === 'hj212' ? { settings: { password: pw } } : {}),
    })),
  };
}
