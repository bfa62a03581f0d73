import { ACTING_ROLES, DESK_ROLES, HEAD_ROLES, type Recipient } from '#model/command';
import type { Role } from '#model/platform';
import { HANDBOOK_ROLES } from '#model/standard';
import type { Tx } from '#storage';
import { type Candidate, type Chosen, chooseRecipients, type OnDutyAt, type RecipientFacts } from '#workflow';
import { sql } from 'kysely';

import { accountKey, keyOf } from '../people.ts';
import type { Subject } from './load-subjects.ts';

const ROLES: readonly Role[] = [
  ...new Set([...HANDBOOK_ROLES, ...ACTING_ROLES, ...DESK_ROLES, ...HEAD_ROLES]),
];

interface Holder {
  readonly id: number;
  readonly unit: string | null;
  readonly role: Role;
  readonly platform: string;
  readonly territorial: boolean;
  readonly place: number | null;
  readonly place_to: number | null;
  readonly scenarios: readonly number[];
}

/** Who is whom at a moment, read once for a batch: people by role and place, who is on duty, who stands in for whom. */
export class RecipientBook {
  readonly #holders: readonly Holder[];
  readonly #duty: readonly OnDutyAt[];
  readonly #deputies: ReadonlyMap<string, readonly string[]>;
  readonly #contacts: ReadonlyMap<number, string>;
  readonly #onDuty: ReadonlySet<string>;
  readonly #candidates = new Map<string, readonly Candidate[]>();
  readonly #chosen = new Map<string, Chosen>();

  private constructor(parts: {
    readonly holders: readonly Holder[];
    readonly duty: readonly OnDutyAt[];
    readonly deputies: ReadonlyMap<string, readonly string[]>;
    readonly contacts: ReadonlyMap<number, string>;
  }) {
    this.#holders = parts.holders;
    this.#duty = parts.duty;
    this.#deputies = parts.deputies;
    this.#contacts = parts.contacts;
    this.#onDuty = new Set(parts.duty.map(({ key }) => key));
  }

  static async load(tx: Tx, subjects: readonly Subject[], now: number): Promise<RecipientBook> {
    const deputies = await loadDeputies(tx, now);
    return new RecipientBook({
      holders: await loadHolders(tx, subjects, now),
      duty: await loadDuty(tx, deputies, now),
      deputies,
      contacts: await loadContacts(tx, subjects),
    });
  }

  isOnDuty(key: string): boolean {
    return this.#onDuty.has(key);
  }

  /** Whom this means for this subject. */
  choose(recipient: Recipient, subject: Subject): Chosen {
    const key = JSON.stringify([recipient, subject.scenario, subject.place, subject.unit, subject.handler]);
    const known = this.#chosen.get(key);
    if (known) return known;
    const facts: RecipientFacts = {
      unit: subject.unit,
      handler: subject.handler === null ? null : accountKey(subject.handler),
      candidates: this.#candidatesAt(subject),
      duty: this.#duty,
      contact: subject.scenario === null ? null : (this.#contacts.get(subject.scenario) ?? null),
    };
    const chosen = chooseRecipients(recipient, facts);
    this.#chosen.set(key, chosen);
    return chosen;
  }

  #candidatesAt({ scenario, place }: Subject): readonly Candidate[] {
    const here = `${scenario} ${place}`;
    const known = this.#candidates.get(here);
    if (known) return known;
    const found = this.#holders.flatMap((holder): Candidate[] => {
      const distance = distanceOf(holder, { scenario, place });
      if (distance === undefined) return [];
      const key = accountKey(holder.id);
      const { role, unit, platform } = holder;
      const deputies = this.#deputies.get(key) ?? [];
      return [{ key, role, unit, platform, distance, onDuty: this.#onDuty.has(key), deputies }];
    });
    this.#candidates.set(here, found);
    return found;
  }
}

/** 0 in the scenario's own office; in a territory how wide it is; undefined elsewhere. */
function distanceOf(
  holder: Holder,
  { scenario, place }: { readonly scenario: number | null; readonly place: number },
): number | undefined {
  if (scenario !== null && holder.scenarios.includes(scenario)) return 0;
  if (!holder.territorial || holder.place === null || holder.place_to === null) return undefined;
  return holder.place <= place && place <= holder.place_to ? 1 + holder.place_to - holder.place : undefined;
}

async function loadHolders(tx: Tx, subjects: readonly Subject[], now: number): Promise<readonly Holder[]> {
  const at = new Date(now);
  const places = subjects.map(({ place }) => place);
  const scenarios = [...new Set(subjects.flatMap(({ scenario }) => scenario ?? []))];
  const { rows } = await sql<Holder>`
    with seats as (
      select p.id, p.code, p.place, p.place_to, p.kind not in ('industry', 'scenario') as territorial,
        case when p.kind in ('industry', 'scenario') then array(select c.scenario from platform c
          where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')) else '{}' end as scenarios
      from platform p
    )
    select distinct a.id, a.unit, r.role, p.code as platform, p.territorial, p.place, p.place_to, p.scenarios
    from role_assignment r join seats p on p.id = r.platform_id
    left join team t on t.id = r.team_id and t.disbanded_at is null left join team_member m on m.team_id = t.id
    join account a on a.id = coalesce(r.account_id, m.account_id)
    where r.role = any(${[...ROLES]}::text[]) and r.valid_from <= ${at} and (r.valid_to is null or r.valid_to > ${at})
      and a.kind = 'person' and a.disabled_at is null and a.left_at is null and (a.expires_at is null or a.expires_at > ${at})
      and (p.scenarios && ${scenarios}::int2[]
        or p.territorial and p.place <= ${Math.max(...places)}::int and p.place_to >= ${Math.min(...places)}::int)
    order by a.id, r.role`.execute(tx);
  return rows;
}

async function loadDeputies(tx: Tx, now: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const at = new Date(now);
  const { rows } = await sql<{ principal_id: number; deputy_id: number }>`
    select d.principal_id, d.deputy_id from delegation d join account a on a.id = d.deputy_id
    where d.from_at <= ${at} and d.to_at > ${at} and d.ended_at is null and a.disabled_at is null and a.left_at is null
    order by d.id`.execute(tx);
  const by = Map.groupBy(rows, (row) => accountKey(row.principal_id));
  return new Map([...by].map(([key, list]) => [key, list.map((row) => accountKey(row.deputy_id))]));
}

/** Who stands in which platform's rosters; in a deputy's time the deputy. */
async function loadDuty(
  tx: Tx,
  deputies: ReadonlyMap<string, readonly string[]>,
  now: number,
): Promise<readonly OnDutyAt[]> {
  const at = new Date(now);
  const { rows } = await sql<{ platform: string; account_id: number | null; contact_id: number | null }>`
    select p.code as platform, s.account_id, s.contact_id
    from roster r join platform p on p.id = r.platform_id join roster_seat t on t.roster_id = r.id and t.retired_at is null
    cross join lateral (
      select * from duty_shift d where d.seat_id = t.id and d.status <> 'cancelled' and d.from_at <= ${at}
      order by d.from_at desc limit 1
    ) s
    where r.retired_at is null and s.to_at > ${at} order by r.id, t.position, t.id`.execute(tx);
  return rows.map((row) => {
    const key = keyOf(row);
    return { platform: row.platform, key: deputies.get(key)?.[0] ?? key };
  });
}

async function loadContacts(tx: Tx, subjects: readonly Subject[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ scenario: number; id: number }>`
    select distinct on (p.scenario) p.scenario, c.id from platform_contact c join platform p on p.id = c.platform_id
    where p.kind = 'scenario' and p.scenario = any(${[...new Set(subjects.flatMap(({ scenario }) => scenario ?? []))]}::int2[])
    order by p.scenario, c.position, c.id`.execute(tx);
  return new Map(rows.map(({ scenario, id }) => [scenario, `post:${id}`]));
}
