import type { ReplayMap } from './replay-map.ts';

/** SL 651: a device's code is a station's address, a factor an identifier; recordings get those of vendors' own (FFxx). */
export function stationsOf(map: ReplayMap): ReplayMap {
  const identifiers = new Map<string, number>();
  const nextOf = (device: string): string => {
    const number = identifiers.get(device) ?? 0;
    identifiers.set(device, number + 1);
    return `FF${number.toString(16).toUpperCase().padStart(2, '0')}`;
  };
  return {
    ...map,
    via: 'sl651',
    devices: map.devices.map((device) => ({ ...device, code: stationAddress(device.code) })),
    channels: map.channels.map((channel) => ({
      ...channel,
      device: stationAddress(channel.device),
      point: `${channel.point}-SL651`,
      factor: nextOf(channel.device),
    })),
  };
}

/** Eight digits that follow from the code (FNV-1a), after the 00 of hydrological stations. */
function stationAddress(code: string): string {
  let hash = 0x811c_9dc5;
  for (const byte of Buffer.from(code)) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0;
  return `00${String(hash % 100_000_000).padStart(8, '0')}`;
}
