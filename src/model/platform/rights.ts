import type { Capability } from './capabilities.ts';
import { type Role, ROLE_CAPABILITIES } from './roles.ts';
import { covers, type Scope, SCOPE_STRETCHES, uniteScopes } from './scope.ts';

/** A role somebody holds at a platform, with what follows from it; or holds for somebody else (代理). */
export interface Grant {
  readonly role: Role;
  /** Code and name of the platform. */
  readonly platform: string;
  readonly platformName: string;
  readonly scope: Scope;
  /** Whom the holder acts for; null where the role is the holder's own. */
  readonly actingFor: Principal | null;
}

/** Somebody another one acts for. */
export interface Principal {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

/** Where a record lies. */
export interface Placed {
  readonly place: number | null;
  readonly scenario: number | null;
}

/**
 * What somebody may do, and where. A capability reaches as far as the grants that carry it and no further: reviewing in
 * one town and reading in another are not reviewing in both.
 */
export class Rights {
  readonly grants: readonly Grant[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly #scopes = new Map<Capability, Scope>();

  constructor(grants: readonly Grant[]) {
    this.grants = grants;
    this.capabilities = new Set(grants.flatMap(({ role }) => ROLE_CAPABILITIES[role]));
  }

  has(capability: Capability): boolean {
    return this.capabilities.has(capability);
  }

  /** How far the capability reaches; nowhere for one that is not held. Never more stretches than a scope can hold. */
  scopeOf(capability: Capability): Scope {
    const known = this.#scopes.get(capability);
    if (known) return known;
    const united = uniteScopes(this.#carrying(capability).map(({ scope }) => scope));
    const scope = { ...united, places: united.places.slice(0, SCOPE_STRETCHES) };
    this.#scopes.set(capability, scope);
    return scope;
  }

  /** Everything the grants reach together, whatever for. */
  get reach(): Scope {
    return uniteScopes(this.grants.map(({ scope }) => scope));
  }

  mayAt(capability: Capability, { place, scenario }: Placed): boolean {
    return covers(this.scopeOf(capability), place, scenario);
  }

  /** The capabilities held where a record lies. */
  capabilitiesAt({ place, scenario }: Placed): ReadonlySet<Capability> {
    const reaching = this.grants.filter(({ scope }) => covers(scope, place, scenario));
    return new Set(reaching.flatMap(({ role }) => ROLE_CAPABILITIES[role]));
  }

  /** For whom one acts with this capability: nobody where an own grant is enough. Without a record, wherever it may be. */
  actingFor(capability: Capability, record?: Placed): Principal | null {
    const enough = this.#carrying(capability).filter(
      ({ scope }) => record === undefined || covers(scope, record.place, record.scenario),
    );
    return enough.some((grant) => grant.actingFor === null) ? null : (enough[0]?.actingFor ?? null);
  }

  /** Accounts whose work this person may do as theirs: the own one is not among them. */
  get principals(): readonly number[] {
    return [...new Set(this.grants.flatMap(({ actingFor }) => (actingFor === null ? [] : [actingFor.id])))];
  }

  #carrying(capability: Capability): readonly Grant[] {
    return this.grants.filter(({ role }) => ROLE_CAPABILITIES[role].includes(capability));
  }
}

export const NO_RIGHTS: Rights = new Rights([]);
