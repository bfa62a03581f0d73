import { timeTag, UNIT, type UnitObject, unitOf } from '#protocols/gb26875';

import type { CarriedCounts, Carrier } from './carrier.ts';
import type { Moment } from './fill.ts';
import { analogueOf, ANALOGUES_PER_FRAME } from './gb26875-channels.ts';
import { Gb26875Device, type Gb26875DeviceOptions } from './gb26875-device.ts';
import type { ReplayMap } from './replay-map.ts';

/** Each device of the map is a fire transmission device of its own; values go as analogues (type 3), exact to the second. */
export class Gb26875Carrier implements Carrier {
  readonly #devices: ReadonlyMap<string, Gb26875Device>;
  #tooLarge = 0;
  #firstRefusal: string | undefined;

  constructor({ devices }: Pick<ReplayMap, 'devices'>, station: Omit<Gb26875DeviceOptions, 'code'>) {
    this.#devices = new Map(devices.map(({ code }) => [code, new Gb26875Device({ ...station, code })]));
  }

  async send({ at, samples }: Moment): Promise<void> {
    const time = timeTag(at);
    const objects = new Map<string, UnitObject[]>();
    for (const { channel, value } of samples) {
      const object = analogueOf(channel.factor, value);
      if (object === undefined) {
        this.#tooLarge += 1;
        this.#firstRefusal ??= `${channel.point} 的值 ${value} 超出 GB/T 26875.3 模拟量的范围（两个字节），没有发`;
        continue;
      }
      const there = objects.get(channel.device);
      if (there) there.push({ ...object, time });
      else objects.set(channel.device, [{ ...object, time }]);
    }
    await Promise.all([...objects].map(([code, said]) => this.#tell(code, said)));
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((device) => device.drain()));
  }

  counts(): CarriedCounts {
    const total = { sent: 0, answered: 0, refused: this.#tooLarge, resent: 0 };
    for (const { counts } of this.#devices.values()) {
      total.sent += counts.sent;
      total.answered += counts.answered;
      total.refused += counts.refused;
      total.resent += counts.resent;
    }
    const why = this.#firstRefusal === undefined ? {} : { firstRefusal: this.#firstRefusal };
    return { unit: 'frames', ...total, ...why };
  }

  close(): void {
    for (const device of this.#devices.values()) device.close();
  }

  async #tell(code: string, objects: readonly UnitObject[]): Promise<void> {
    for (let at = 0; at < objects.length; at += ANALOGUES_PER_FRAME)
      await this.#devices.get(code)?.send(unitOf(UNIT.analogue, objects.slice(at, at + ANALOGUES_PER_FRAME)));
  }
}
