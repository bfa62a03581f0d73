import { AppError, type Clock } from '#base';
import { announce, type Announcement } from '#bus';
import type { Obligation } from '#contract/http';
import {
  type Capability,
  NO_RIGHTS,
  NOWHERE,
  type Placed,
  type Principal,
  type Rights,
  scenarioOf,
  type Scope,
} from '#model/platform';
import { scopeCondition, type Storage, type Tx, type Vault } from '#storage';
import type { RawBuilder } from 'kysely';

/** Who asks: an account (or a token) with what it may do and where. */
export interface Actor {
  /** 0 for nobody. */
  readonly accountId: number;
  readonly username: string;
  readonly name: string;
  readonly rights: Rights;
  /** Network address the request came from. */
  readonly address: string;
  /** Set when a device token asks: only this device's points may be written. */
  readonly deviceId?: number;
  /** What the session owes: until it is done, only the routes answer that say so. */
  readonly owes?: Obligation;
}

/** Whoever has not signed in, as the public routes get them. */
export function nobodyFrom(address: string): Actor {
  return { accountId: 0, username: '', name: '', rights: NO_RIGHTS, address };
}

/** What both kinds of use case stand on. */
export interface Ground {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Seals what must not stand in the tables in clear: phone numbers, second factors. */
  readonly vault: Vault;
  /** Wakes the dispatcher after a commit that announced something. */
  readonly poke: () => void;
}

/** What a use case has authorised so far: its transactions reach exactly as far. */
interface Authorised {
  readonly capability: Capability | 'self';
  readonly record: Placed | undefined;
}

/**
 * What a request's use case gets. It reads: `authorize` the capability → load (row-level security is the scope) →
 * `authorizeRecord` → decide → save → announce, in one `transaction`.
 */
export class RequestContext {
  readonly actor: Actor;
  readonly #ground: Ground;
  #authorised: Authorised | undefined;

  constructor(ground: Ground, actor: Actor) {
    this.#ground = ground;
    this.actor = actor;
  }

  /** Epoch ms. */
  now(): number {
    return this.#ground.clock.now();
  }

  get vault(): Vault {
    return this.#ground.vault;
  }

  /** Throws `access.denied` unless one of the actor's roles holds the capability; what follows reaches as far as it does. */
  authorize(capability: Capability): void {
    if (!this.actor.rights.has(capability)) throw new AppError('access.denied', { capability });
    this.#authorised = { capability, record: undefined };
  }

  /** For what everybody may do with their own account: only rows of that account are seen. Throws `session.required`. */
  authorizeSelf(): void {
    if (this.actor.accountId === 0) throw new AppError('session.required');
    this.#authorised = { capability: 'self', record: undefined };
  }

  /** Throws `access.denied` unless the record lies where the actor holds the capability. */
  authorizeRecord(capability: Capability, record: Placed): void {
    if (!this.actor.rights.mayAt(capability, record)) throw new AppError('access.denied', { capability });
    this.#authorised = { capability: this.#authorised?.capability ?? capability, record };
  }

  /** For whom the actor does what was authorised; null in their own right. */
  get actingFor(): Principal | null {
    const { capability, record } = this.#authorised ?? {};
    return capability === undefined || capability === 'self'
      ? null
      : this.actor.rights.actingFor(capability, record);
  }

  /**
   * How far what was authorised reaches, as a condition on a scoped table (or alias) of a long list: the policy guards the
   * rows, this lets the planner find them. `asked`: the code of the only scenario that is looked for; an office that is not its
   * own sees of it what lies at its own numbers, and need not look through the rest.
   */
  reach(table: string, asked?: string): RawBuilder<boolean> {
    const scope = this.#scope();
    const scenario = asked === undefined ? undefined : scenarioOf(asked)?.id;
    const isForeign = scenario !== undefined && !scope.scenarios.includes(scenario);
    return scopeCondition(isForeign ? { ...scope, scenarios: [] } : scope, table);
  }

  #scope(): Scope {
    if (!this.#authorised) throw new Error('a use case asked the tables before it authorised anything');
    const { capability } = this.#authorised;
    return capability === 'self' ? NOWHERE : this.actor.rights.scopeOf(capability);
  }

  async transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    const scope = this.#scope();
    const capability = this.#authorised?.capability ?? 'self';
    const asking = { scope, account: this.actor.accountId, capability };
    const result = await this.#ground.storage.inScope(asking, run);
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

  get vault(): Vault {
    return this.#ground.vault;
  }

  async transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.#ground.storage.system.transaction().execute(run);
    this.#ground.poke();
    return result;
  }
}

export { announce, type Announcement };
