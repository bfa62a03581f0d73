import { isLate, isWrongClock, type KnownDevice, QUALITY, type ReadingBatchBuilder } from '#model/monitoring';
import {
  COMMAND,
  GATEWAY_PLACE,
  type Observation,
  observationsOf,
  typicalKey,
  type Unit,
} from '#protocols/gb26875';
import { type GatewayContext, PROTOCOL } from './options.ts';
import type { Panel, Row } from './panel.ts';

/** 一个已认出是谁发的、可以办理的单元。 */
export interface KnownUnit {
  readonly device: KnownDevice;
  readonly command: number;
  readonly unit: Unit;
}

/** 记在哪一刻：`raw` 是对象自己的时刻；`past` 是补记的往事，不参与先后。 */
interface Moment {
  readonly at: number;
  readonly raw: number | undefined;
  readonly quality: number;
  readonly past: boolean;
}

interface Scene {
  readonly panel: Panel;
  readonly device: KnownDevice;
  readonly builder: ReadingBatchBuilder;
  readonly receivedAt: number;
}

/**
 * 一个单元 → 若干行读数，按设备的因子表换算（值 × scale + offset）。
 *
 * 时刻取对象自己的；没有时刻的取收到的时刻，标 `unflagged`。状态是现状：时钟错的按收到的时刻记；报晚了的（断网补报）
 * 记在它自己的时刻之外，再以收到的时刻记一行，否则还在烧的火会被当成往事。
 * 返回 `fire-unmapped`：发来的系统或部件火警没有一个键接着。
 */
export function addReadings(
  context: GatewayContext,
  panel: Panel,
  known: KnownUnit,
  builder: ReadingBatchBuilder,
): 'added' | 'fire-unmapped' {
  const { device, command, unit } = known;
  const scene: Scene = { panel, device, builder, receivedAt: context.now() };
  let isLost = false;
  for (const observation of observationsOf(unit)) {
    if (isReset(observation)) addReset(scene, observation);
    const { rows, isBound } = panel.observe(device.factors, observation);
    for (const row of rows) addRow(scene, observation, row);
    if (isBound || !deservesPoint(observation)) continue;
    context.counters.factorsUnmapped(PROTOCOL, device.code, typicalKey(observation.place, observation.word));
    if (isFire(observation) && command === COMMAND.send) isLost = true;
  }
  return isLost ? 'fire-unmapped' : 'added';
}

/** 系统或部件的火警。装置自己的火警位只是转述，心跳里带着它，不因此不确认。 */
const isFire = ({ kind, place, word }: Observation): boolean =>
  kind === 'state' && word === 'fire' && place !== GATEWAY_PLACE;

const isReset = ({ kind, place, word, value }: Observation): boolean =>
  value === 1 && place !== GATEWAY_PLACE && word === (kind === 'operation' ? 'operation:reset' : 'reset');

function addReset(scene: Scene, observation: Observation): void {
  for (const row of scene.panel.reset(scene.device.factors, observation.place.system)) {
    addRow(scene, { ...observation, kind: 'state' }, row);
  }
}

function addRow(scene: Scene, { kind, at }: Observation, { binding, watch, value }: Row): void {
  const { builder, device, receivedAt } = scene;
  const isNow = kind !== 'analogue' && device.session === 0;
  const stored = value * binding.scale + binding.offset;
  for (const moment of isNow ? moments(at, receivedAt) : [own(at, receivedAt)]) {
    const isOrdered = kind !== 'analogue' && !moment.past;
    const when = isOrdered ? watch.settle(value, moment.at, moment.raw) : moment.at;
    builder.add(binding.point, when, stored, moment.quality);
  }
}

const own = (at: number | undefined, receivedAt: number): Moment =>
  at === undefined
    ? { at: receivedAt, raw: undefined, quality: QUALITY.unflagged, past: false }
    : { at, raw: at, quality: QUALITY.good, past: false };

function moments(at: number | undefined, receivedAt: number): readonly Moment[] {
  const itself = own(at, receivedAt);
  if (at === undefined) return [itself];
  const age = receivedAt - at;
  const now: Moment = { at: receivedAt, raw: at, quality: QUALITY.unflagged, past: false };
  if (isWrongClock(age)) return [now];
  return isLate(age) ? [{ ...itself, past: true }, now] : [itself];
}

/** 报出来的异常、模拟量、报警操作没有去处时要说；正常与未置的位没绑定是常态。 */
const deservesPoint = ({ kind, word, value }: Observation): boolean =>
  kind === 'analogue' ||
  (value === 1 && (kind === 'state' ? word !== 'normal' : word === 'operation:manual-alarm'));
