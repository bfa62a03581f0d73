import type { AuditEntry } from '#contract/platform';
import { maskPhone } from '#model/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A row of the audit with what a reader needs beside it. */
export interface AuditRow {
  readonly id: number;
  readonly seq: number | null;
  readonly at: number;
  /** Microseconds: exact, as a page's end must be. */
  readonly moment: string;
  readonly actor: string;
  readonly actor_name: string | null;
  readonly acting_for: string | null;
  readonly address: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly platform: string | null;
  readonly scenario: string | null;
}

/** Rows of `audit a`; the suffix holds where, order and limit. */
export async function loadAudit(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select p.id, s.seq, p.at, (extract(epoch from p.at) * 1000000)::bigint::text as moment, p.actor, n.name as actor_name,
      p.acting_for, p.address, p.action, p.subject, p.before, p.after,
      (select f.name from platform f where f.place <= p.place and f.place_to >= p.place
        order by f.place desc limit 1) as platform,
      c.code as scenario
    from (select * from audit a ${suffix}) p
    left join audit_seal s on s.audit_id = p.id
    left join account_name n on n.username = p.actor
    left join scenario c on c.id = p.scenario
    order by p.at desc, p.id desc`.execute(tx);
  return rows;
}

export function showAudit(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    actorName: row.actor_name,
    actingFor: row.acting_for,
    address: row.address,
    action: row.action,
    subject: masked(row.subject),
    before: maskedValue(row.before),
    after: maskedValue(row.after),
    place: row.platform,
    scenario: row.scenario,
  };
}

/** A mobile number that stands by itself, not inside a longer number. */
const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/gu;

function masked(text: string): string {
  return text.replaceAll(MOBILE, maskPhone);
}

/** Names of fields whose whole value is a phone number, landlines and short ones too. */
const PHONE_FIELD = /phone|mobile|^tel$/iu;

function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return masked(value);
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      typeof held === 'string' && PHONE_FIELD.test(name) && !held.includes('*') && /\d{4}/u.test(held)
        ? maskPhone(held)
        : maskedValue(held),
    ]),
  );
}
