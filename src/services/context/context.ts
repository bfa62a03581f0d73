import { AppError, type Clock } from '#base';
import { announce, type Announcement } from '#bus';
import { type Capability, covers, type Role, type Scope } from '#model/platform';
import type { Storage, Tx } from '#storage';

/** Who asks: an account (or a token) with what it may do and where. */
export interface Actor {
  readonly accountId: number;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly {
    readonly role: Role;
    readonly platform: string;
    readonly platformName: string;
  }[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly scope: Scope;
  /** Network address the request came from. */
  readonly address: string;
  /** Set when a device token asks: only this device's points may be written. */
  readonly deviceId?: number;
}

/** What both kinds of use case stand on. */
export interface Ground {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Wakes the dispatcher after a commit that announced something. */
  readonly poke: () => void;
}

/**
 * What a request's use case gets. It reads: `authorize` the capability → load (row-level security is the scope) →
 * `authorizeRecord` → decide → save → announce, in one `transaction`.
 */
export class RequestContext {
  readonly actor: Actor;
  readonly #ground: Ground;

  constructor(ground: Ground, actor: Actor) {
    this.#ground = ground;
    this.actor = actor;
  }

  /** Epoch ms. */
  now(): number {
    return this.#ground.clock.now();
  }

  /** Throws `access.denied` unless one of the actor's roles holds the capability. */
  authorize(capability: Capability): void {
    if (!this.actor.capabilities.has(capability)) throw new AppError('access.denied', { capability });
  }

  /** Throws `access.denied` unless the record lies in the actor's territory or scenarios. */
  authorizeRecord(
    capability: Capability,
    record: { readonly place: number; readonly scenario: number },
  ): void {
    this.authorize(capability);
    if (!covers(this.actor.scope, record.place, record.scenario))
      throw new AppError('access.denied', { capability });
  }

  async transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.#ground.storage.inScope(this.actor.scope, run);
    this.#ground.poke();
    return result;
  }
}

/** What rules, workers and subscribers get: the owner's view, no scope. */
export class SystemContext {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Epoch ms. */
  now(): number {
    return this.#ground.clock.now();
  }

  async transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.#ground.storage.system.transaction().execute(run);
    this.#ground.poke();
    return result;
  }
}

/** What is written of a change that a person made (等保三级 8.1.4: who, when, from where, what). */
export interface AuditRecord {
  readonly action: string;
  readonly subject: string;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Writes the audit row of a change, in its transaction. */
export async function audit(context: RequestContext, tx: Tx, record: AuditRecord): Promise<void> {
  await tx
    .insertInto('audit')
    .values({
      at: new Date(context.now()),
      actor: context.actor.username,
      address: context.actor.address,
      action: record.action,
      subject: record.subject,
      before: JSON.stringify(record.before ?? null),
      after: JSON.stringify(record.after ?? null),
    })
    .execute();
}

export { announce, type Announcement };
