// What stands behind a gateway in a test: storage that commits when the test says so, the registered devices, and the counts.
import type {
  DeviceDirectory,
  DeviceNote,
  GatewayCounters,
  KnownDevice,
  NoteKeeper,
  ReadingBatch,
  ReadingSink,
  UnknownDevice,
} from '#model/monitoring';

interface StoredRow {
  readonly point: number;
  readonly observedAt: number;
  readonly value: number;
  readonly quality: number;
}

/** How a store behaves is the test's to say. */
class Unruly {
  /** Nothing is stored before it resolves. */
  hold: Promise<void> = Promise.resolve();
  /** So many next askings fail. */
  failures = 0;
  asked = 0;

  protected async ask(): Promise<void> {
    this.asked += 1;
    await this.hold;
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new Error('数据库不在');
  }
}

class FakeSink extends Unruly implements ReadingSink {
  readonly stored: StoredRow[] = [];
  readonly sessions: number[] = [];

  async accept(batch: ReadingBatch): Promise<void> {
    await this.ask();
    this.sessions.push(batch.session);
    for (let at = 0; at < batch.length; at += 1) {
      this.stored.push({
        point: batch.point[at] ?? -1,
        observedAt: batch.observedAt[at] ?? Number.NaN,
        value: batch.value[at] ?? Number.NaN,
        quality: batch.quality[at] ?? -1,
      });
    }
  }
}

class FakeKeeper extends Unruly implements NoteKeeper {
  readonly kept: DeviceNote[] = [];

  async keep(notes: readonly DeviceNote[]): Promise<void> {
    await this.ask();
    this.kept.push(...notes);
  }
}

export class World implements DeviceDirectory, GatewayCounters {
  readonly sink = new FakeSink();
  readonly notes = new FakeKeeper();
  readonly devices = new Map<string, KnownDevice>();
  readonly quarantined: UnknownDevice[] = [];
  /** `reason:device`; `?` where nobody knows whose. */
  readonly refused: string[] = [];
  readonly unmapped: string[] = [];
  /** `leniency:device`. */
  readonly lenient: string[] = [];
  readonly logged: string[] = [];
  readonly acceptedOf = new Map<string, number>();

  get accepted(): number {
    return [...this.acceptedOf.values()].reduce((sum, n) => sum + n, 0);
  }

  /** What every gateway is handed, on a free port of this machine. */
  get options() {
    const log = (event: string, { reason = '' }: Readonly<Record<string, unknown>>): void => {
      this.logged.push(`${event} ${String(reason)}`.trim());
    };
    return { host: '127.0.0.1', port: 0, sink: this.sink, directory: this, counters: this, log };
  }

  find(_protocol: string, code: string): KnownDevice | undefined {
    return this.devices.get(code);
  }
  all(): readonly KnownDevice[] {
    return [...this.devices.values()];
  }
  quarantine(seen: UnknownDevice): void {
    this.quarantined.push(seen);
  }
  framesAccepted(_protocol: string, code: string, n: number): void {
    this.acceptedOf.set(code, (this.acceptedOf.get(code) ?? 0) + n);
  }
  framesRefused(_protocol: string, reason: string, code: string | undefined): void {
    this.refused.push(`${reason}:${code ?? '?'}`);
  }
  factorsUnmapped(_protocol: string, _code: string, factor: string): void {
    this.unmapped.push(factor);
  }
  leniencyUsed(_protocol: string, code: string, leniency: string): void {
    this.lenient.push(`${leniency}:${code}`);
  }
}

/** Something held until the test lets it go. */
export function gate(): { readonly held: Promise<void>; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { held: promise, release: resolve };
}

/** How long a test waits for what must happen. */
export const PATIENCE = { timeout: 10_000 };
