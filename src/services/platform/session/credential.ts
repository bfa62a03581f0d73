import type { Actor } from '#services/context';

/** What stands behind a secret. */
export interface Credential {
  readonly actor: Omit<Actor, 'address'>;
  /** Epoch ms; infinite for a token without an end. */
  readonly endsAt: number;
  /** The session that was opened with it, undefined for an API token. It ends earlier when nobody uses it. */
  readonly session: number | undefined;
  readonly firstPassword: boolean;
}

interface Held {
  readonly credential: Credential;
  /** Makes the finder ask the tables again. */
  readonly forget: () => void;
}

const held = new WeakMap<Actor, Held>();

/** Remembers what an actor came with, apart from the actor itself, which is written into audit and logs. */
export function holdCredential(actor: Actor, given: Held): Actor {
  held.set(actor, given);
  return actor;
}

/** What the actor came with; undefined for an actor that no finder made. */
export function credentialOf(actor: Actor): Held | undefined {
  return held.get(actor);
}
