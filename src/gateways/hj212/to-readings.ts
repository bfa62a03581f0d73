import {
  type FactorBinding,
  type GatewayCounters,
  type KnownDevice,
  QUALITY,
  type ReadingBatchBuilder,
} from '#model/monitoring';
import { DATA_MARKS, type FactorValue, factorValues, isStandardField } from '#protocols/hj212';
import { PROTOCOL } from './options.ts';
import type { KnownPacket } from './read-frames.ts';

/**
 * 一个上传包 → 若干行读数，按设备的因子表换算（值 × scale + offset）。
 * 绑定的键：`a34004` 取该命令的代表值，`w00000-Cou` 取指定后缀；没绑定的因子计数，不丢声。
 * 包里的值没有一个有可用时刻时返回 `bad-time`，一行也不加。
 */
export function addReadings(
  packet: KnownPacket,
  builder: ReadingBatchBuilder,
  counters: GatewayCounters,
): 'added' | 'bad-time' {
  const { segment, device } = packet;
  const values = factorValues(segment);
  if (values.length > 0 && values.every((value) => value.observedAt === undefined)) return 'bad-time';
  for (const value of values) addValue(device, value, builder, counters);
  return 'added';
}

function addValue(
  device: KnownDevice,
  value: FactorValue,
  builder: ReadingBatchBuilder,
  counters: GatewayCounters,
): void {
  const { observedAt } = value;
  if (observedAt === undefined) return;
  const quality = qualityOf(value);
  const number = value.value;
  let found = false;
  for (const binding of bindingsOf(device.factors, value)) {
    if (binding === undefined) continue;
    builder.add(binding.point, observedAt, number * binding.scale + binding.offset, quality);
    found = true;
  }
  if (!found && deservesPoint(value)) {
    counters.factorsUnmapped(PROTOCOL, device.code, value.primary ? value.factor : value.name);
  }
}

type Bindings = readonly (FactorBinding | undefined)[];

/** 按原样找；都没有再不分大小写找一遍（现场有 `A34004`、`la`）。 */
function bindingsOf(factors: KnownDevice['factors'], { primary, factor, name }: FactorValue): Bindings {
  const byFactor = primary ? factors.get(factor) : undefined;
  const byName = factors.get(name);
  if (byFactor !== undefined || byName !== undefined) return [byFactor, byName];
  const key = primary ? factor : name;
  return [factors.get(key.toLowerCase()) ?? factors.get(key.toUpperCase())];
}

/** 代表值、厂家无后缀的编码、拼错的后缀没有去处时要说；Min/Max 之类没绑定是常态。 */
const deservesPoint = (value: FactorValue): boolean => value.primary || !isStandardField(value.field);

/** HJ 212-2017 表 8：N、T 是真测值；没有标记或写法不认识只作备注；其余标记与自相矛盾的值不可用。 */
function qualityOf({ mark, conflicting }: FactorValue): number {
  const use = mark === undefined ? undefined : DATA_MARKS.get(mark)?.use;
  const marked =
    use === 'not-measured' ? QUALITY.device : use === undefined ? QUALITY.unflagged : QUALITY.good;
  return conflicting ? marked | QUALITY.device : marked;
}
