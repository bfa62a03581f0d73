import type { DeviceDirectory, GatewayCounters, KnownDevice } from '#model/monitoring';
import { encodeFrame, type Frame, hexText } from '#protocols/sl651';
import { PROTOCOL } from './options.ts';
import type { GatewayRefusal } from './text.ts';

/** 登记过的遥测站，与它们最近一次报头：我们问话时照它的中心站地址与密码写。 */
export class Stations {
  readonly #directory: DeviceDirectory;
  readonly #counters: GatewayCounters;
  readonly #heard = new Map<string, Frame>();

  constructor(parts: { readonly directory: DeviceDirectory; readonly counters: GatewayCounters }) {
    this.#directory = parts.directory;
    this.#counters = parts.counters;
  }

  /** 站址里可能有 HEX 字母，登记时大小写都有人写。 */
  find(station: string): KnownDevice | undefined {
    return this.#directory.find(PROTOCOL, station) ?? this.#directory.find(PROTOCOL, station.toUpperCase());
  }

  /** 发这一帧的站；没登记、方向不对、密码或结束符不符的已计数，返回 `undefined`。 */
  admit(frame: Frame, address: string): KnownDevice | undefined {
    const device = this.find(frame.station);
    if (frame.direction === 'down') return this.refuse('wrong-direction', device);
    if (device === undefined) return this.#quarantine(frame, frame.station, address);
    const { password, ends } = device.settings;
    if (password !== undefined && password.toUpperCase() !== frame.password) {
      return this.refuse('bad-password', device);
    }
    if (frame.end !== 'ETX' && frame.end !== 'ETB') {
      if (ends !== 'any') return this.refuse('wrong-end', device);
      this.#counters.leniencyUsed(PROTOCOL, device.code, 'any-end');
    }
    this.#heard.set(device.code, frame);
    return device;
  }

  /** 每个值、每份图文属于哪台设备；有一个站没登记就整份不收：不存也不答，认领之后站会再报。 */
  owners(
    frame: Frame,
    values: readonly { readonly station: string }[],
    address: string,
  ): ReadonlyMap<string, KnownDevice> | undefined {
    const owners = new Map<string, KnownDevice>();
    for (const { station } of values) {
      if (owners.has(station)) continue;
      const device = this.find(station);
      if (device === undefined) return this.#quarantine(frame, station, address);
      owners.set(station, device);
    }
    return owners;
  }

  /** 该设备最近一帧的报头。 */
  headerOf(deviceCode: string): Frame | undefined {
    return this.#heard.get(deviceCode);
  }

  refuse(reason: GatewayRefusal, device: KnownDevice | undefined): undefined {
    this.#counters.framesRefused(PROTOCOL, reason, device?.code, 1);
    return undefined;
  }

  #quarantine(frame: Frame, station: string, address: string): undefined {
    const sample = hexText(encodeFrame(frame).subarray(0, SAMPLE_BYTES));
    this.#directory.quarantine({ protocol: PROTOCOL, code: station, address, sample });
    return this.refuse('unknown-device', undefined);
  }
}

const SAMPLE_BYTES = 150;
