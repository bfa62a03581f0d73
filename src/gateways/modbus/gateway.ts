import type { CommandOutcome, Gateway, KnownDevice } from '#model/monitoring';

import { type ModbusGatewayOptions, PROTOCOL } from './options.ts';
import { type Polled, Poller } from './poller.ts';
import { SharedLines } from './shared-line.ts';
import { MODBUS_REFUSAL_TEXT, type ModbusRefusal } from './text.ts';

const WATCH_MS = 1000;

interface AtWork {
  readonly device: KnownDevice;
  /** 没写地址的设备没有。 */
  readonly poller: Poller | undefined;
}

/**
 * 轮询登记过的 Modbus TCP 设备，只读不写；设备档案一变就按新的读。没有自己的端口（`port` 是 0），
 * 会话是现在连着的地址，同一个串口服务器后面的几台设备合用一个；`query-now` 立刻读一轮。只去管理员在设备档案里写的主机。
 */
export function startModbusGateway(options: ModbusGatewayOptions): Promise<Gateway> {
  const gateway = new ModbusGateway(options);
  gateway.watch();
  return Promise.resolve(gateway);
}

class ModbusGateway implements Gateway {
  readonly port = 0;
  readonly #options: ModbusGatewayOptions;
  readonly #atWork = new Map<string, AtWork>();
  #watching: NodeJS.Timeout | undefined;
  readonly #lines = new SharedLines();

  constructor(options: ModbusGatewayOptions) {
    this.#options = options;
  }

  watch(): void {
    this.#lookAgain();
    this.#watching = setInterval(() => this.#lookAgain(), this.#options.watchMs ?? WATCH_MS);
  }

  sessions(): ReturnType<Gateway['sessions']> {
    return this.#lines.sessions;
  }

  cut(session: number): boolean {
    return this.#lines.cut(session);
  }

  async command(
    deviceCode: string,
    { kind }: Parameters<NonNullable<Gateway['command']>>[1],
  ): Promise<CommandOutcome> {
    if (kind !== 'query-now') return { kind: 'unsupported' };
    const poller = this.#atWork.get(deviceCode)?.poller;
    return poller === undefined ? { kind: 'not-connected' } : outcomeOf(await poller.pollNow());
  }

  async close(): Promise<void> {
    clearInterval(this.#watching);
    await Promise.all([...this.#atWork.values()].flatMap(({ poller }) => poller?.close() ?? []));
    this.#atWork.clear();
  }

  /** 设备的档案变了就是另一个对象：比一比就知道。 */
  #lookAgain(): void {
    const devices = new Map(this.#options.directory.all(PROTOCOL).map((device) => [device.code, device]));
    for (const [code, { device, poller }] of this.#atWork) {
      if (devices.get(code) === device) continue;
      this.#atWork.delete(code);
      void poller?.close();
    }
    for (const [code, device] of devices) {
      if (!this.#atWork.has(code)) this.#atWork.set(code, { device, poller: this.#startPolling(device) });
    }
  }

  #startPolling(device: KnownDevice): Poller | undefined {
    const settings = device.settings.modbus;
    if (settings === undefined) {
      const reason: ModbusRefusal = 'no-address';
      this.#options.counters.framesRefused(PROTOCOL, reason, device.code, 1);
      return undefined;
    }
    const poller = new Poller({ options: this.#options, device, settings, lines: this.#lines });
    poller.start();
    return poller;
  }
}

function outcomeOf({ readings, refusal, lost }: Polled): CommandOutcome {
  if (refusal === undefined) return { kind: 'done', text: `读到 ${readings} 个值。` };
  if (refusal === 'timeout') return { kind: 'timeout' };
  if (lost) return { kind: 'not-connected' };
  return { kind: 'refused', text: `读到 ${readings} 个值。${MODBUS_REFUSAL_TEXT[refusal]}` };
}
