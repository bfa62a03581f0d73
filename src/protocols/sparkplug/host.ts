import type { Metric, Payload } from './payload.ts';
import type { SparkplugTopic } from './topic.ts';

/** Why a message of a node is not taken. */
export type HostRefusal = 'no-birth' | 'seq-gap' | 'stale-death' | 'unknown-alias' | 'bad-birth' | 'command';

/** A value under its full name. */
export interface NamedMetric {
  /** `group/node` or `group/node/device`. */
  readonly device: string;
  readonly name: string;
  readonly metric: Metric;
}

export interface Heard {
  readonly metrics: readonly NamedMetric[];
  readonly refusal: HostRefusal | undefined;
  /** The node must be asked to tell everything again. */
  readonly rebirth: boolean;
}

/** Of a node or of a device behind it: whether its last word was a birth. Values of one that is dead are stale. */
export type Life = 'unborn' | 'alive' | 'dead';

/** A node that cannot be made sense of is asked again no sooner than this: many at once must not become a storm. */
export const REBIRTH_PAUSE_MS = 10_000;

const SEQ = 256;
const BD_SEQ = 'bdSeq';
const NODE_CONTROL = 'Node Control/';
const MOST_ALIASES = 20_000;

const TAKEN_NOTHING: Heard = { metrics: [], refusal: undefined, rebirth: false };

/**
 * What a host keeps of one edge node (Sparkplug 3.0, 6.4.19–6.4.25 and 5.4): its births, aliases and sequence. After a gap
 * nothing is believed until the node has been born anew: an alias may by then mean another metric.
 */
export class NodeHost {
  readonly #node: string;
  readonly #lives = new Map<string, Life>();
  readonly #aliases = new Map<number, string>();
  /** What births have said of each metric, by device and name. */
  readonly #datatypes = new Map<string, number>();
  #life: Life = 'unborn';
  #bdSeq: number | undefined;
  #nextSeq = 0;
  #askedAt = Number.NEGATIVE_INFINITY;

  /** `node` is `group/node`. */
  constructor(node: string) {
    this.#node = node;
  }

  get life(): Life {
    return this.#life;
  }

  /** Devices behind the node by their own name. */
  get devices(): ReadonlyMap<string, Life> {
    return this.#lives;
  }

  /** The data type a metric was born with; undefined for one that its device has not told of. */
  datatypeOf(device: string, name: string): number | undefined {
    return this.#datatypes.get(keyOf(device, name));
  }

  /** Takes one message. `now` (epoch ms) only spaces the requests for a rebirth. */
  hear(topic: SparkplugTopic, payload: Payload, now: number): Heard {
    const { type } = topic;
    if (type === 'NBIRTH') return this.#born(payload, now);
    if (type === 'NDEATH') return this.#died(payload);
    if (type === 'NCMD' || type === 'DCMD') return refused('command');
    return this.#inLife(topic, payload, now);
  }

  #born(payload: Payload, now: number): Heard {
    if (payload.seq === undefined) return this.#ask('bad-birth', now);
    this.#die();
    this.#life = 'alive';
    this.#lives.clear();
    this.#aliases.clear();
    this.#datatypes.clear();
    this.#bdSeq = payload.metrics.find(({ name }) => name === BD_SEQ)?.value;
    this.#nextSeq = (payload.seq + 1) % SEQ;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    this.#learn(this.#node, payload.metrics);
    return this.#named(this.#node, payload.metrics, now);
  }

  /** A death whose bdSeq is not that of the birth in force is of an earlier connection (6.4.24). */
  #died({ metrics }: Payload): Heard {
    const bdSeq = metrics.find(({ name }) => name === BD_SEQ)?.value;
    if (this.#life !== 'alive' || bdSeq !== this.#bdSeq) return refused('stale-death');
    this.#die();
    return TAKEN_NOTHING;
  }

  #inLife({ type, device }: SparkplugTopic, payload: Payload, now: number): Heard {
    if (this.#life !== 'alive') return this.#ask('no-birth', now);
    if (payload.seq !== this.#nextSeq) {
      this.#die();
      return this.#ask('seq-gap', now);
    }
    this.#nextSeq = (this.#nextSeq + 1) % SEQ;
    if (device === undefined) return this.#named(this.#node, payload.metrics, now);
    if (type === 'DDEATH') {
      this.#lives.set(device, 'dead');
      return TAKEN_NOTHING;
    }
    if (type === 'DBIRTH') {
      this.#lives.set(device, 'alive');
      this.#learn(`${this.#node}/${device}`, payload.metrics);
    } else if (this.#lives.get(device) !== 'alive') return this.#ask('no-birth', now);
    return this.#named(`${this.#node}/${device}`, payload.metrics, now);
  }

  #learn(device: string, metrics: readonly Metric[]): void {
    for (const { name, alias, datatype } of metrics) {
      if (name !== undefined && datatype !== undefined && this.#datatypes.size < MOST_ALIASES)
        this.#datatypes.set(keyOf(device, name), datatype);
      if (name !== undefined && alias !== undefined && this.#aliases.size < MOST_ALIASES)
        this.#aliases.set(alias, name);
    }
  }

  #named(device: string, metrics: readonly Metric[], now: number): Heard {
    const named: NamedMetric[] = [];
    let unknown = false;
    for (const metric of metrics) {
      const name = metric.name ?? (metric.alias === undefined ? undefined : this.#aliases.get(metric.alias));
      if (name === undefined) unknown = true;
      else if (!isControl(name)) named.push({ device, name, metric });
    }
    if (!unknown) return { metrics: named, refusal: undefined, rebirth: false };
    return { ...this.#ask('unknown-alias', now), metrics: named };
  }

  #die(): void {
    if (this.#life === 'alive') this.#life = 'dead';
    for (const device of this.#lives.keys()) this.#lives.set(device, 'dead');
  }

  #ask(refusal: HostRefusal, now: number): Heard {
    const rebirth = now - this.#askedAt >= REBIRTH_PAUSE_MS;
    if (rebirth) this.#askedAt = now;
    return { metrics: [], refusal, rebirth };
  }
}

const keyOf = (device: string, name: string): string => `${device}\u0000${name}`;

/** The session's own numbers and switches are no measurements (6.4.20, 6.4.21). */
function isControl(name: string): boolean {
  return name === BD_SEQ || name.startsWith(NODE_CONTROL) || name.startsWith('Device Control/');
}

function refused(refusal: HostRefusal): Heard {
  return { metrics: [], refusal, rebirth: false };
}
