import { type KnownDevice, type Protocol, ReadingBatchBuilder } from '#model/monitoring';
import type { Values } from '#protocols/push';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';
import { reaches } from './reaches.ts';

/** A message of a device in an operator's cloud: by which names it may be known, when, and what it measured. */
export interface DeviceMessage {
  /** In the order in which they are tried: the cloud's own number, the IMEI. */
  readonly device: readonly string[];
  readonly at: number;
  readonly values: Values;
}

/** Lays what devices of one push have measured into columns, a batch per replay session, and counts what does not fit. */
export class DeviceTaker {
  readonly #intake: IntakeDesk;
  readonly #source: OpenSource;
  readonly #protocol: Protocol;
  readonly #builders = new Map<number, ReadingBatchBuilder>();
  readonly #seen: string[] = [];
  taken = 0;
  refused = 0;

  constructor(intake: IntakeDesk, source: OpenSource, protocol: Protocol) {
    this.#intake = intake;
    this.#source = source;
    this.#protocol = protocol;
  }

  /** The registered device; one that is not waits in quarantine with what it said. */
  find(names: readonly string[], sample: string): KnownDevice | undefined {
    const { devices } = this.#intake.desk;
    for (const name of names) {
      const known = devices.find(this.#protocol, name);
      if (known) return known;
    }
    const { address } = this.#source;
    devices.quarantine({ protocol: this.#protocol, code: names[0] ?? '', address, sample });
    this.refuse('unknown-device');
    return undefined;
  }

  refuse(reason: string): void {
    this.refused += 1;
    this.#intake.desk.ledger.framesRefused(INTAKE, reason, this.#source.code, 1);
  }

  /** A message of a device that is known, with or without values. */
  live(device: KnownDevice): void {
    this.taken += 1;
    this.#seen.push(device.code);
  }

  take(device: KnownDevice, { at, values }: Omit<DeviceMessage, 'device'>): void {
    const { ledger } = this.#intake.desk;
    this.live(device);
    for (const [factor, value] of values) {
      const binding = device.factors.get(factor);
      if (!binding) ledger.factorsUnmapped(this.#protocol, device.code, factor);
      else if (!reaches(this.#intake.desk, this.#source, binding.point)) this.refuse('foreign-point');
      else this.#of(device.session).add(binding.point, at, value * binding.scale + binding.offset);
    }
  }

  /** Stores everything; only then it is counted as heard. Throws `service.unavailable`. */
  async store(): Promise<void> {
    const { ingest, ledger } = this.#intake.desk;
    await Promise.all([...this.#builders.values()].map((builder) => ingest.accept(builder.finish())));
    for (const code of this.#seen) ledger.framesAccepted(this.#protocol, code, 1);
  }

  #of(session: number): ReadingBatchBuilder {
    const builder = this.#builders.get(session) ?? new ReadingBatchBuilder(session);
    this.#builders.set(session, builder);
    return builder;
  }
}
