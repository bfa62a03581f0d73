import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

import {
  type ModbusAbstractRequest,
  type ModbusTCPRequest,
  ModbusTCPResponse,
  ModbusTCPServer,
  responses,
} from 'jsmodbus';

type Table = 'coil' | 'discrete' | 'holding' | 'input';
type Reply = (bytes: Buffer) => void;
type ExceptionCode = ConstructorParameters<typeof responses.ExceptionResponseBody>[1];

const WORDS = 65_536;
/** Without memory of its own the server asks us for every answer. */
const NO_MEMORY = { coils: undefined, discrete: undefined, holding: undefined, input: undefined };
const BODIES = {
  coil: (data: Buffer) => new responses.ReadCoilsResponseBody(data, data.length),
  discrete: (data: Buffer) => new responses.ReadDiscreteInputsResponseBody(data, data.length),
  holding: (data: Buffer) => new responses.ReadHoldingRegistersResponseBody(data.length, data),
  input: (data: Buffer) => new responses.ReadInputRegistersResponseBody(data.length, data),
} as const;

/** A simulated Modbus TCP device (从站): registers and bits to be set by hand, and the faults of real ones. Any unit is answered. */
export class ModbusDevice {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Words, or bits with one byte each. */
  readonly #memory: Readonly<Record<Table, Buffer>> = {
    coil: Buffer.alloc(WORDS),
    discrete: Buffer.alloc(WORDS),
    holding: Buffer.alloc(WORDS * 2),
    input: Buffer.alloc(WORDS * 2),
  };
  /** What it was asked: `holding 100+2`. */
  readonly asked: string[] = [];
  /** The units that were asked, in the same order. */
  readonly units: number[] = [];
  /** Requests that arrived while another was not answered yet. */
  crowded = 0;
  /** Until when an answer is held back. */
  hold: Promise<void> = Promise.resolve();
  #pending = 0;
  /** Hears and does not answer. */
  silent = false;
  /** Answers every read with this exception. */
  exception: ExceptionCode | undefined;
  /** Answers a read that touches one of these, `holding:3`, with exception 02. */
  readonly missing = new Set<string>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
    const modbus = new ModbusTCPServer(
      server,
      NO_MEMORY as unknown as ConstructorParameters<typeof ModbusTCPServer>[1],
    );
    modbus.on('readCoils', (request, reply) => this.#hear('coil', request, reply));
    modbus.on('readDiscreteInputs', (request, reply) => this.#hear('discrete', request, reply));
    modbus.on('readHoldingRegisters', (request, reply) => this.#hear('holding', request, reply));
    modbus.on('readInputRegisters', (request, reply) => this.#hear('input', request, reply));
  }

  /** Rejects where the port is taken; 0 takes any free one. */
  static async listen(port = 0): Promise<ModbusDevice> {
    const server = createServer();
    const device = new ModbusDevice(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return device;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** How many masters are connected now. */
  get masters(): number {
    return this.#sockets.size;
  }

  setWords(table: 'holding' | 'input', address: number, bytes: readonly number[]): void {
    this.#memory[table].set(bytes, address * 2);
  }

  setBit(table: 'coil' | 'discrete', address: number, on: boolean): void {
    this.#memory[table][address] = on ? 1 : 0;
  }

  /** Says something that nobody asked for, on every connection. */
  shout(bytes: Uint8Array): void {
    for (const socket of this.#sockets) socket.write(bytes);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #hear(table: Table, request: ModbusAbstractRequest, reply: Reply): void {
    const { start, count } = request.body as unknown as { readonly start: number; readonly count: number };
    this.asked.push(`${table} ${start}+${count}`);
    this.units.push((request as ModbusTCPRequest).unitId);
    if (this.silent) return;
    const isMissing = Array.from({ length: count }, (_, at) => `${table}:${start + at}`).some((one) =>
      this.missing.has(one),
    );
    const exception = this.exception ?? (isMissing ? 0x02 : undefined);
    const body =
      exception === undefined
        ? BODIES[table](this.#read(table, start, count))
        : new responses.ExceptionResponseBody(request.body.fc, exception);
    void this.#answer(() =>
      reply(ModbusTCPResponse.fromRequest(request as ModbusTCPRequest, body).createPayload()),
    );
  }

  async #answer(reply: () => void): Promise<void> {
    this.#pending += 1;
    if (this.#pending > 1) this.crowded += 1;
    await this.hold;
    this.#pending -= 1;
    reply();
  }

  #read(table: Table, start: number, count: number): Buffer {
    const memory = this.#memory[table];
    if (table === 'holding' || table === 'input') return memory.subarray(start * 2, (start + count) * 2);
    const bits = Buffer.alloc(Math.ceil(count / 8));
    for (let at = 0; at < count; at += 1)
      bits[at >> 3] = (bits[at >> 3] ?? 0) | ((memory[start + at] ?? 0) << (at & 7));
    return bits;
  }
}
