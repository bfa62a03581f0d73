import type { Batches } from '#gateways/line';
import type { FactorBinding, GatewayCounters, KnownDevice } from '#model/monitoring';
import type { StationValue } from '#protocols/sl651';
import { PROTOCOL } from './options.ts';

/**
 * 观测值 → 读数行，按设备的因子表换算（值 × scale + offset）；没绑定的因子计数。
 * 有值而没有一个有可用时刻时返回 `bad-time`，一行也不加。
 */
export function addReadings(
  values: readonly StationValue[],
  owners: ReadonlyMap<string, KnownDevice>,
  batches: Batches,
  counters: GatewayCounters,
): 'added' | 'bad-time' {
  if (values.length > 0 && values.every(({ observedAt }) => observedAt === undefined)) return 'bad-time';
  const unmapped = new Map<string, KnownDevice>();
  for (const { station, factor, value, observedAt } of values) {
    const device = owners.get(station);
    if (device === undefined || observedAt === undefined) continue;
    const binding = bindingOf(device.factors, factor);
    if (binding === undefined) unmapped.set(factor, device);
    else {
      const { point, scale, offset } = binding;
      batches.of(device.session).add(point, observedAt, value * scale + offset);
    }
  }
  for (const [factor, device] of unmapped) counters.factorsUnmapped(PROTOCOL, device.code, factor);
  return 'added';
}

const bindingOf = (factors: KnownDevice['factors'], factor: string): FactorBinding | undefined =>
  factors.get(factor) ?? factors.get(factor.toLowerCase());
