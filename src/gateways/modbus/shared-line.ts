import type { GatewaySession, ModbusSettings } from '#model/monitoring';

import { Link } from './link.ts';

/** 线上的一台设备：站号与回答时限，线上有杂音时告诉谁。 */
export interface LineUser extends Pick<ModbusSettings, 'unit' | 'timeoutMs'> {
  readonly code: string;
  readonly onNoise: () => void;
}

type Address = Pick<ModbusSettings, 'host' | 'port'>;

/**
 * 通往一个地址的线，后面可以有几台设备（串口服务器按站号分）：大家合用一条连接，一台一台地轮着问，问完一轮才轮到下一台，
 * 因为串口上同时只能有一个请求，许多串口服务器也只许一个主站。
 */
export class SharedLine {
  readonly #address: Address;
  readonly #nextSession: () => number;
  readonly #users = new Set<LineUser>();
  #link: { readonly id: number; readonly link: Link } | undefined;
  #asking: LineUser | undefined;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(address: Address, nextSession: () => number) {
    this.#address = address;
    this.#nextSession = nextSession;
  }

  get isIdle(): boolean {
    return this.#users.size === 0;
  }

  join(user: LineUser): void {
    this.#users.add(user);
  }

  /** 最后一台走了就断开。 */
  leave(user: LineUser): void {
    this.#users.delete(user);
    if (this.isIdle) this.cut();
  }

  /** 轮到它时才做；前面的做得成不成都不碍事。 */
  inTurn<Result>(user: LineUser, work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turns.then(() => {
      this.#asking = user;
      return work();
    });
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  /** 连着的连接，没连着就连；连不上是 `undefined`。有了新的站号，要另起一条连接才问得到。 */
  async connected(): Promise<Link | undefined> {
    const known = this.#link?.link;
    const reachesAll = [...this.#users].every((user) => known?.reaches(user) === true);
    if (known?.facts !== undefined && reachesAll) return known;
    known?.end();
    const link = new Link(this.#address, [...this.#users], () => this.#asking?.onNoise());
    this.#link = { id: this.#nextSession(), link };
    return (await link.open()) ? link : undefined;
  }

  cut(): void {
    this.#link?.link.end();
  }

  get session(): GatewaySession | undefined {
    const facts = this.#link?.link.facts;
    if (this.#link === undefined || facts === undefined) return undefined;
    const { host, port } = this.#address;
    const devices = [...this.#users].map(({ code }) => code);
    return { id: this.#link.id, address: `${host}:${port}`, ...facts, devices };
  }
}

/** 一个地址一条线。 */
export class SharedLines {
  readonly #lines = new Map<string, SharedLine>();
  #sessions = 0;

  join(address: Address, user: LineUser): SharedLine {
    const key = `${address.host.toLowerCase()} ${address.port}`;
    const known = this.#lines.get(key);
    const line = known ?? new SharedLine(address, () => (this.#sessions += 1));
    if (known === undefined) this.#lines.set(key, line);
    line.join(user);
    return line;
  }

  leave(line: SharedLine, user: LineUser): void {
    line.leave(user);
    for (const [key, one] of this.#lines) if (one === line && line.isIdle) this.#lines.delete(key);
  }

  get sessions(): readonly GatewaySession[] {
    return [...this.#lines.values()].flatMap(({ session }) => session ?? []);
  }

  /** 断开一条现在连着的。 */
  cut(session: number): boolean {
    const line = [...this.#lines.values()].find((one) => one.session?.id === session);
    line?.cut();
    return line !== undefined;
  }
}
