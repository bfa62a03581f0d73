import { setTimeout as wait } from 'node:timers/promises';

import { type KnownDevice, type ModbusSettings, QUALITY, ReadingBatchBuilder } from '#model/monitoring';
import { type ReadRange, valueIn } from '#protocols/modbus';

import { type ModbusGatewayOptions, PROTOCOL } from './options.ts';
import { type Plan, planOf } from './plan.ts';
import { readRanges, type RoundRead } from './read-ranges.ts';
import type { LineUser, SharedLine, SharedLines } from './shared-line.ts';
import type { ModbusRefusal } from './text.ts';

const SLOWEST_MS = 5 * 60_000;
const CLOSE_MS = 5000;

/** 一轮轮询的结果：读到几个值，最后一个没读成的理由；`lost` 是连接没了。 */
export interface Polled {
  readonly readings: number;
  readonly refusal: ModbusRefusal | undefined;
  readonly lost: boolean;
}

interface PollerParts {
  readonly options: ModbusGatewayOptions;
  readonly device: KnownDevice;
  readonly settings: ModbusSettings;
  /** 同一个地址的设备合用一条线。 */
  readonly lines: SharedLines;
}

/** 按周期读一台设备。连不上就成倍地放慢，最慢 5 分钟一次；读成一次就恢复原来的周期。 */
export class Poller {
  readonly #parts: PollerParts;
  readonly #plan: Plan;
  #ranges: readonly ReadRange[];
  readonly #user: LineUser;
  readonly #line: SharedLine;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<Polled> | undefined;
  #losses = 0;
  #closed = false;

  constructor(parts: PollerParts) {
    this.#parts = parts;
    this.#plan = planOf(parts.device);
    this.#ranges = this.#plan.ranges;
    const { device, settings, lines } = parts;
    this.#user = { ...settings, code: device.code, onNoise: () => this.#refuse('noise', 1) };
    this.#line = lines.join(settings, this.#user);
  }

  start(): void {
    if (this.#plan.unread.length > 0) this.#refuse('bad-register', this.#plan.unread.length);
    if (this.#ranges.length > 0) this.#pollAfter(0);
  }

  /** 现在就读一轮；正在读就等这一轮。 */
  pollNow(): Promise<Polled> {
    this.#turn ??= this.#takeTurn().finally(() => (this.#turn = undefined));
    return this.#turn;
  }

  /** 不再读；等正在提交的一轮写完，但不久等。 */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#parts.lines.leave(this.#line, this.#user);
    await Promise.race([this.#turn, wait(CLOSE_MS, undefined, { ref: false })]);
  }

  #pollAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.pollNow(), ms);
  }

  async #takeTurn(): Promise<Polled> {
    clearTimeout(this.#timer);
    const began = Date.now();
    const polled = await this.#poll();
    this.#note(polled);
    const { periodMs } = this.#parts.settings;
    const slowest = Math.max(periodMs, this.#parts.options.slowestMs ?? SLOWEST_MS);
    const pause = Math.min(slowest, periodMs * 2 ** this.#losses);
    // 一个可读的寄存器都没有的设备，问一次也不会因此按周期读下去。
    if (this.#ranges.length > 0) this.#pollAfter(Math.max(0, pause - (Date.now() - began)));
    return polled;
  }

  /** 只在断与通的那一刻记一笔，不每轮都记。 */
  #note({ lost, refusal }: Polled): void {
    if (this.#closed) return;
    const { log } = this.#parts.options;
    const { device, settings } = this.#parts;
    if (lost && this.#losses === 0) {
      log(`${PROTOCOL}.device-lost`, { device: device.code, host: settings.host, reason: refusal });
    }
    if (!lost && this.#losses > 0)
      log(`${PROTOCOL}.device-back`, { device: device.code, after: this.#losses });
    this.#losses = lost ? this.#losses + 1 : 0;
  }

  async #poll(): Promise<Polled> {
    const read = await this.#line.inTurn(this.#user, () => this.#read());
    if (read === undefined) return this.#lose('unreachable', 0);
    const { round, at } = read;
    this.#ranges = round.ranges;
    for (const reason of round.exceptions) this.#refuse(reason, 1);
    const stored = await this.#store(round, at);
    if (round.lost !== undefined) return this.#lose(round.lost, stored ?? 0);
    const refusal = stored === undefined ? 'store-failed' : round.exceptions.at(-1);
    return { readings: stored ?? 0, refusal, lost: false };
  }

  /** 轮到它时读一轮；时刻是开始读的时刻。连不上是 `undefined`。 */
  async #read(): Promise<{ readonly round: RoundRead; readonly at: number } | undefined> {
    const at = Date.now();
    const link = this.#closed ? undefined : await this.#line.connected();
    if (link === undefined) return undefined;
    return { round: await readRanges(link, this.#parts.settings.unit, this.#ranges), at };
  }

  #lose(reason: ModbusRefusal, readings: number): Polled {
    this.#refuse(reason, 1);
    return { readings, refusal: reason, lost: true };
  }

  /** 存下几个值；没存下是 `undefined`，下一轮读新的。 */
  async #store(round: RoundRead, at: number): Promise<number | undefined> {
    const { device, options } = this.#parts;
    const builder = this.#readingsOf(round, at);
    const readings = builder.length;
    try {
      if (readings > 0) await options.sink.accept(builder.finish());
    } catch (error) {
      options.log(`${PROTOCOL}.store-failed`, { device: device.code, readings, error });
      this.#refuse('store-failed', round.answers.length);
      return undefined;
    }
    if (round.answers.length > 0)
      options.counters.framesAccepted(PROTOCOL, device.code, round.answers.length);
    return readings;
  }

  #readingsOf({ answers }: RoundRead, at: number): ReadingBatchBuilder {
    const { bindings } = this.#plan;
    const builder = new ReadingBatchBuilder(this.#parts.device.session, bindings.size);
    let invalid = 0;
    for (const { range, data } of answers) {
      for (const register of range.registers) {
        const value = valueIn(range, data, register);
        const binding = bindings.get(register);
        if (value === undefined) invalid += 1;
        else if (binding)
          builder.add(binding.point, at, value * binding.scale + binding.offset, QUALITY.good);
      }
    }
    if (invalid > 0) this.#refuse('invalid-value', invalid);
    return builder;
  }

  /** 关掉自己引起的断线不是设备的错。 */
  #refuse(reason: ModbusRefusal, n: number): void {
    const { device, options } = this.#parts;
    if (!this.#closed) options.counters.framesRefused(PROTOCOL, reason, device.code, n);
  }
}
