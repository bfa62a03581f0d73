import { connect, type Socket } from 'node:net';

import type { ModbusSettings } from '#model/monitoring';
import { answerBytes, exceptionOf, type ModbusException, type ReadRange } from '#protocols/modbus';
import { ModbusTCPClient, type UserRequestError } from 'jsmodbus';

/** 一次读的结果；`lost` 之后这条连接不再用。 */
export type Answer =
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'exception'; readonly reason: ModbusException }
  | { readonly kind: 'lost'; readonly reason: 'timeout' | 'connection-lost' | 'bad-answer' };

/** 一个回答不超过 260 字节；没人问却说得比这还多，就不是 Modbus。 */
const NOISE_BYTES = 1024;

/** 通往一个地址的连接，后面有几个站号。同一时刻只有一个请求在途，由调用者保证。 */
export class Link {
  readonly #socket: Socket;
  readonly #clients = new Map<number, { readonly client: ModbusTCPClient; readonly timeoutMs: number }>();
  readonly #timeoutMs: number;
  #heard = 0;
  #since: number | undefined;
  #frames = 0;
  #lastFrameAt: number | undefined;

  constructor(
    { host, port }: Pick<ModbusSettings, 'host' | 'port'>,
    units: readonly Pick<ModbusSettings, 'unit' | 'timeoutMs'>[],
    onNoise: () => void,
  ) {
    this.#timeoutMs = Math.max(...units.map(({ timeoutMs }) => timeoutMs));
    this.#socket = connect({ host, port, noDelay: true });
    // 一个站号一个客户，各听各的回答。
    this.#socket.setMaxListeners(0);
    for (const { unit, timeoutMs } of units) {
      if (this.reaches({ unit, timeoutMs })) continue;
      this.#clients.set(unit, { client: new ModbusTCPClient(this.#socket, unit, timeoutMs), timeoutMs });
    }
    // 断开的原因由 `open` 与 `read` 的结果说出来。
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => (this.#since = undefined));
    this.#socket.on('data', ({ length }) => {
      this.#heard += length;
      if (this.#heard <= NOISE_BYTES || this.#socket.destroyed) return;
      this.end();
      onNoise();
    });
  }

  /** 连上了给 `true`；被拒、超时或已被 `end` 都是 `false`。 */
  open(): Promise<boolean> {
    const timer = setTimeout(() => this.end(), this.#timeoutMs);
    return new Promise((resolve) => {
      this.#socket.once('connect', () => {
        clearTimeout(timer);
        this.#since = Date.now();
        resolve(true);
      });
      this.#socket.once('close', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  }

  /** 连上期间的事实；没连上时是 `undefined`。 */
  get facts():
    | { readonly since: number; readonly frames: number; readonly lastFrameAt: number | undefined }
    | undefined {
    if (this.#since === undefined) return undefined;
    return { since: this.#since, frames: this.#frames, lastFrameAt: this.#lastFrameAt };
  }

  /** 这条连接问得到这个站号，而且等得够久。 */
  reaches({ unit, timeoutMs }: Pick<ModbusSettings, 'unit' | 'timeoutMs'>): boolean {
    return (this.#clients.get(unit)?.timeoutMs ?? 0) >= timeoutMs;
  }

  /** 从不拒绝：读不成的原因在结果里。 */
  async read(unit: number, range: ReadRange): Promise<Answer> {
    this.#heard = 0;
    try {
      const data = await this.#ask(unit, range);
      if (data.length !== answerBytes(range)) return this.#lose('bad-answer');
      this.#count();
      return { kind: 'data', data };
    } catch (error) {
      return this.#failed(error as Partial<UserRequestError<never, never>>);
    }
  }

  end(): void {
    this.#socket.destroy();
  }

  async #ask(unit: number, { table, start, count }: ReadRange): Promise<Uint8Array> {
    const client = this.#clients.get(unit)?.client;
    // 刚加进来的站号：这条连接问不到，断了另起一条。
    if (client === undefined) throw Object.assign(new Error('没有这个站号'), { err: 'Offline' });
    if (table === 'coil') return (await client.readCoils(start, count)).response.body.valuesAsBuffer;
    if (table === 'discrete')
      return (await client.readDiscreteInputs(start, count)).response.body.valuesAsBuffer;
    if (table === 'holding')
      return (await client.readHoldingRegisters(start, count)).response.body.valuesAsBuffer;
    return (await client.readInputRegisters(start, count)).response.body.valuesAsBuffer;
  }

  #failed(error: Partial<UserRequestError<never, never>>): Answer {
    if (error.err === 'ModbusException') {
      this.#count();
      const { response } = error as { readonly response?: { readonly body?: { readonly code?: number } } };
      return { kind: 'exception', reason: exceptionOf(response?.body?.code ?? 0) };
    }
    if (error.err === 'Timeout') return this.#lose('timeout');
    return this.#lose(error.err === 'Offline' ? 'connection-lost' : 'bad-answer');
  }

  #count(): void {
    this.#frames += 1;
    this.#lastFrameAt = Date.now();
  }

  /** 迟到的回答会被当成下一个请求的，所以问丢了一次就换一条连接。 */
  #lose(reason: Extract<Answer, { kind: 'lost' }>['reason']): Answer {
    this.end();
    return { kind: 'lost', reason };
  }
}
