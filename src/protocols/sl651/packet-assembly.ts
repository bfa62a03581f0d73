import type { Frame } from './frame.ts';
import type { RefusalReason } from './text.ts';

export interface AssemblyLimits {
  /** 没收齐的报文一共最多占的字节。 */
  readonly bytes: number;
  /** 最后一包之后（或一直没有下文时）等这么久再要缺的包，毫秒。 */
  readonly gapMs: number;
  /** 每一轮缺包最多要几次（6.3.1.2 c：最多重发 2 次）。 */
  readonly requests: number;
}

export const ASSEMBLY_LIMITS: AssemblyLimits = { bytes: 64 * 1024 * 1024, gapMs: 10_000, requests: 2 };

/** 收下一包之后：还差、要某一包、齐了（各包正文已拼成一帧）、放弃。 */
export type PacketOutcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'again'; readonly last: Frame; readonly missing: number; readonly serial: number }
  | { readonly kind: 'whole'; readonly frame: Frame }
  | { readonly kind: 'given-up'; readonly last: Frame; readonly missing: readonly number[] }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

interface Gathering {
  readonly total: number;
  readonly bodies: Map<number, Uint8Array>;
  last: Frame;
  lastAt: number;
  /** 遥测站已说完（ETX），或等过了头：现在是我们点名要。 */
  asking: boolean;
  /** 没有新包到来，已经要了几次。 */
  requests: number;
}

/**
 * 多包传输（M3）的拼装：一站一功能码一份，时间是参数。序列号允许乱序、重复；包总数变了是另一份报文，从头收。
 * 齐了才有回答；缺哪一包，一次点一包。
 */
export class PacketAssembly {
  readonly #limits: AssemblyLimits;
  readonly #gathering = new Map<string, Gathering>();
  #bytes = 0;

  constructor(limits: Partial<AssemblyLimits> = {}) {
    this.#limits = { ...ASSEMBLY_LIMITS, ...limits };
  }

  get heldBytes(): number {
    return this.#bytes;
  }

  get pending(): number {
    return this.#gathering.size;
  }

  /** `frame.packet` 须有。 */
  take(frame: Frame, at: number): PacketOutcome {
    const { packet } = frame;
    if (packet === undefined || packet.number < 1 || packet.number > packet.total) {
      return { kind: 'refused', reason: 'bad-packet-number' };
    }
    const key = keyOf(frame);
    const gathering = this.#gatheringOf(key, frame, packet.total);
    this.#keep(gathering, packet.number, frame.body);
    gathering.last = frame;
    gathering.lastAt = at;
    gathering.requests = 0;
    gathering.asking ||= frame.end === 'ETX';
    if (gathering.bodies.size === packet.total) return this.#finish(key, gathering);
    if (this.#bytes > this.#limits.bytes) return this.#giveUp(key, gathering);
    return gathering.asking ? this.#ask(gathering) : { kind: 'waiting' };
  }

  /** 到了时候还缺的：再要一次，或放弃。隔一会儿问一次。 */
  overdue(at: number): PacketOutcome[] {
    const outcomes: PacketOutcome[] = [];
    for (const [key, gathering] of this.#gathering) {
      if (at - gathering.lastAt < this.#limits.gapMs) continue;
      gathering.lastAt = at;
      gathering.asking = true;
      const spent = gathering.requests >= this.#limits.requests;
      outcomes.push(spent ? this.#giveUp(key, gathering) : this.#ask(gathering));
    }
    return outcomes;
  }

  /** 不再收了：没收齐的都放弃。 */
  end(): PacketOutcome[] {
    return [...this.#gathering].map(([key, gathering]) => this.#giveUp(key, gathering));
  }

  #gatheringOf(key: string, frame: Frame, total: number): Gathering {
    const known = this.#gathering.get(key);
    if (known?.total === total) return known;
    if (known !== undefined) this.#forget(key, known);
    const gathering = { total, bodies: new Map(), last: frame, lastAt: 0, asking: false, requests: 0 };
    this.#gathering.set(key, gathering);
    return gathering;
  }

  #keep({ bodies }: Gathering, number: number, body: Uint8Array): void {
    const known = bodies.get(number);
    this.#bytes += known === undefined ? body.length + PACKET_OVERHEAD : body.length - known.length;
    bodies.set(number, body);
  }

  #ask(gathering: Gathering): PacketOutcome {
    gathering.requests += 1;
    const [missing = 0] = missingOf(gathering, 1);
    return { kind: 'again', last: gathering.last, missing, serial: serialOf(gathering) };
  }

  #finish(key: string, gathering: Gathering): PacketOutcome {
    this.#forget(key, gathering);
    return { kind: 'whole', frame: { ...gathering.last, body: joined(gathering) } };
  }

  #giveUp(key: string, gathering: Gathering): PacketOutcome {
    this.#forget(key, gathering);
    return { kind: 'given-up', last: gathering.last, missing: missingOf(gathering, gathering.total) };
  }

  #forget(key: string, { bodies }: Gathering): void {
    for (const body of bodies.values()) this.#bytes -= body.length + PACKET_OVERHEAD;
    this.#gathering.delete(key);
  }
}

/** 一包只有一个字节时，记着它也要花这么多。 */
const PACKET_OVERHEAD = 64;

const keyOf = ({ station, code }: Frame): string => `${station}/${code}`;

function missingOf({ total, bodies }: Gathering, most: number): number[] {
  const missing: number[] = [];
  for (let number = 1; number <= total && missing.length < most; number += 1) {
    if (!bodies.has(number)) missing.push(number);
  }
  return missing;
}

/** 只有第 1 包有流水号（6.6.2.4）；第 1 包没到时是 0。 */
function serialOf({ bodies }: Gathering): number {
  const first = bodies.get(1);
  return first === undefined ? 0 : ((first[0] ?? 0) << 8) | (first[1] ?? 0);
}

function joined({ total, bodies }: Gathering): Uint8Array {
  const parts = Array.from({ length: total }, (_, at) => bodies.get(at + 1) ?? new Uint8Array(0));
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
