import { ACTING_ROLES, DESK_ROLES, HEAD_ROLES, type Recipient } from '#model/command';
import type { Role } from '#model/platform';

/** Somebody who may be told; `key` as the rosters name people. */
export interface Candidate {
  readonly key: string;
  readonly role: Role;
  readonly unit: string | null;
  /** Codes of the platforms at which the role is held. */
  readonly platform: string;
  /** 0: of the record's scenario itself; else how wide the territory is. */
  readonly distance: number;
  readonly onDuty: boolean;
  /** Whoever stands in for them now. */
  readonly deputies: readonly string[];
}

/** Whoever stands in a roster of a platform now. */
export interface OnDutyAt {
  readonly platform: string;
  readonly key: string;
}

/** What is known where a record lies. */
export interface RecipientFacts {
  readonly unit: string;
  /** Who has accepted the order. */
  readonly handler: string | null;
  readonly candidates: readonly Candidate[];
  readonly duty: readonly OnDutyAt[];
  /** The contact of the scenario's platform, for when nobody else is found. */
  readonly contact: string | null;
}

/** Who is told, on what ground; nobody: a gap, which is shown. */
export interface Chosen {
  readonly people: readonly string[];
  readonly ground: 'person' | 'handler' | 'duty' | 'holders' | 'deputies' | 'contact' | 'nobody';
}

/** So many at most are told as one role: more is nobody's business. */
export const MOST_TOLD = 5;

const NOBODY: Chosen = { people: [], ground: 'nobody' };

/**
 * Whom a recipient means at a moment: who is on duty first, then those who hold the role in the unit, then all who hold it nearest
 * to the record, then the platform's contact. Whoever stands in for somebody is told beside them.
 */
export function chooseRecipients(recipient: Recipient, facts: RecipientFacts): Chosen {
  switch (recipient.kind) {
    case 'person':
      return { people: [`account:${recipient.account}`], ground: 'person' };
    case 'role':
      return recipient.role === 'handler' && facts.handler !== null
        ? handlerOf(facts, facts.handler)
        : orContact(ofRoles([recipient.role], facts), facts);
    case 'unit':
      return facts.handler === null
        ? orContact(ofRoles(ACTING_ROLES, facts), facts)
        : handlerOf(facts, facts.handler);
    case 'deputy':
      return orContact(deputiesOf(recipient.role, facts), facts);
    case 'platform-duty':
      return orContact(atDesk(recipient.platform, facts), facts);
    case 'platform-head':
      return orContact(atHead(recipient.platform, facts), facts);
    default:
      return recipient satisfies never;
  }
}

function handlerOf({ candidates }: RecipientFacts, handler: string): Chosen {
  const deputies = candidates.filter(({ key }) => key === handler).flatMap((one) => one.deputies);
  return { people: distinct([handler, ...deputies]), ground: 'handler' };
}

function ofRoles(roles: readonly Role[], { candidates, unit }: RecipientFacts): Chosen {
  const holders = candidates.filter(({ role }) => roles.includes(role));
  const inUnit = holders.filter((one) => one.unit !== null && one.unit === unit);
  const nearest = Math.min(...holders.map(({ distance }) => distance));
  const near = inUnit.length > 0 ? inUnit : holders.filter(({ distance }) => distance === nearest);
  const onDuty = near.filter((one) => one.onDuty);
  const chosen = onDuty.length > 0 ? onDuty : near;
  const people = distinct(chosen.slice(0, MOST_TOLD).flatMap(({ key, deputies }) => [key, ...deputies]));
  if (people.length === 0) return NOBODY;
  return { people, ground: onDuty.length > 0 ? 'duty' : 'holders' };
}

/** Those who stand in for whoever would be told, else the others who hold the role (AB 角). */
function deputiesOf(role: Role, facts: RecipientFacts): Chosen {
  const first =
    role === 'handler' && facts.handler !== null ? [facts.handler] : ofRoles([role], facts).people;
  const holders = facts.candidates.filter((one) => one.role === role);
  const deputies = holders.filter(({ key }) => first.includes(key)).flatMap((one) => one.deputies);
  if (deputies.length > 0) return { people: distinct(deputies), ground: 'deputies' };
  const others = distinct(holders.map(({ key }) => key).filter((key) => !first.includes(key)));
  return others.length === 0 ? NOBODY : { people: others.slice(0, MOST_TOLD), ground: 'holders' };
}

function atDesk(platform: string, { duty, candidates }: RecipientFacts): Chosen {
  const onDuty = distinct(duty.filter((one) => one.platform === platform).map(({ key }) => key));
  if (onDuty.length > 0) return { people: onDuty.slice(0, MOST_TOLD), ground: 'duty' };
  return firstHolders(DESK_ROLES, platform, candidates);
}

/** Whoever leads the platform itself, with who stands in; where nobody is named its desk. */
function atHead(platform: string, facts: RecipientFacts): Chosen {
  const heads = firstHolders(HEAD_ROLES, platform, facts.candidates);
  return heads.people.length > 0 ? heads : atDesk(platform, facts);
}

/** Those who hold the first of the roles that somebody holds at the platform. */
function firstHolders(roles: readonly Role[], platform: string, candidates: readonly Candidate[]): Chosen {
  const found = roles
    .map((role) => candidates.filter((one) => one.platform === platform && one.role === role))
    .find((holders) => holders.length > 0);
  if (!found) return NOBODY;
  const people = distinct(found.slice(0, MOST_TOLD).flatMap(({ key, deputies }) => [key, ...deputies]));
  return { people, ground: 'holders' };
}

function orContact(chosen: Chosen, { contact }: RecipientFacts): Chosen {
  if (chosen.people.length > 0 || contact === null) return chosen;
  return { people: [contact], ground: 'contact' };
}

function distinct(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)];
}
