import { FAULT_KIND_RULES, type FaultFinder, type FaultKind, type FaultState } from '#model/operations';
import { type AuditRecord, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { type FaultRound, type Finding, settleFaults, type StandingFault } from '#workflow';
import { sql } from 'kysely';

import { type FaultStanding, toldAt } from './fault-place.ts';
import { openFaults } from './open-faults.ts';
import { tellFaults } from './tell-faults.ts';

/** A finding with where its subject lies. */
export interface PlacedFinding extends Finding, FaultStanding {
  readonly name: string;
  readonly simulated: boolean;
}

/** What a rule has found, and how what has gone is called when its fault recovers. */
export interface RuleRound extends FaultRound<PlacedFinding> {
  readonly kind: FaultKind;
  readonly foundBy: Extract<FaultFinder, 'rule' | 'process'>;
  /** Why a fault of this kind has recovered. */
  readonly recovery: string;
}

interface StandingRow extends StandingFault, FaultStanding {
  readonly code: string;
  readonly summary: string;
}

/** Settles a rule's round: opens, reopens, resolves. Doing it twice changes nothing the second time. */
export async function settleRound(tx: Tx, at: number, round: RuleRound): Promise<void> {
  const standing = await standingOf(tx, round.kind);
  const { opened, returned, recovered } = settleFaults(standing, round);
  const { kind, foundBy } = round;
  const fresh = await openFaults(
    tx,
    at,
    opened.map((finding) => ({ ...finding, kind, foundBy })),
  );
  await returnFaults(tx, at, kind, returned);
  await recoverFaults(tx, at, recovered, round.recovery);
  await auditRule(tx, { rule: `fault.${kind}`, at }, [
    ...fresh.map((fault) => record('fault.open', fault, 'open', fault.summary)),
    ...returned.map(({ fault, finding }) => record('fault.reopen', fault, 'reopened', finding.summary)),
    ...recovered.map((fault) => record('fault.resolve', fault, 'resolved', round.recovery)),
  ]);
}

// oxlint-disable-next-line max-params
function record(
  action: string,
  fault: FaultStanding & { readonly code: string },
  state: FaultState,
  note: string,
): AuditRecord {
  const { place, scenario } = toldAt(fault)[0] ?? { place: fault.place, scenario: null };
  return { action, subject: `fault/${fault.code}`, place, scenario, after: { state, note } };
}

async function standingOf(tx: Tx, kind: FaultKind): Promise<readonly StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    select id, code, json_build_object('kind', subject_kind, 'key', subject) as subject, state, found_by <> 'person' as "byRule",
      place, scenarios, summary
    from fault where kind = ${kind} and state <> 'closed' order by id for update`.execute(tx);
  return rows;
}

/** Found again before it was closed: the same fault, with its whole time again. */
// oxlint-disable-next-line max-params
async function returnFaults(
  tx: Tx,
  at: number,
  kind: FaultKind,
  returned: readonly { readonly fault: StandingRow; readonly finding: PlacedFinding }[],
): Promise<void> {
  if (returned.length === 0) return;
  const rows = returned.map(({ fault, finding }) => ({ id: fault.id, summary: finding.summary }));
  await sql`with r as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, summary text)),
    changed as (
      update fault f set state = 'reopened', summary = r.summary, returned = f.returned + 1, resolved_at = null, resolved_by = null,
        due_at = greatest(f.due_at, ${new Date(at + FAULT_KIND_RULES[kind].limitMs)}::timestamptz), version = f.version + 1
      from r where f.id = r.id returning f.id, f.place, f.scenarios, f.summary
    )
    insert into fault_entry (fault_id, place, scenarios, at, kind, text, note)
    select id, place, scenarios, ${new Date(at)}::timestamptz, 'reopen', '又发生了，自动重开', summary from changed`.execute(
    tx,
  );
  await tellFaults(
    tx,
    'fault.changed',
    at,
    returned.map(({ fault, finding }) => ({ ...fault, state: 'reopened', summary: finding.summary })),
  );
}

/** The cause is gone; a person still closes it. */
// oxlint-disable-next-line max-params
async function recoverFaults(
  tx: Tx,
  at: number,
  recovered: readonly StandingRow[],
  recovery: string,
): Promise<void> {
  if (recovered.length === 0) return;
  await sql`with changed as (
      update fault set state = 'resolved', resolved_at = ${new Date(at)}, resolved_by = null, version = version + 1
      where id = any(${recovered.map(({ id }) => id)}) returning id, place, scenarios
    )
    insert into fault_entry (fault_id, place, scenarios, at, kind, text, note)
    select id, place, scenarios, ${new Date(at)}::timestamptz, 'resolve', '原因已消除，自动恢复', ${recovery} from changed`.execute(
    tx,
  );
  await tellFaults(
    tx,
    'fault.changed',
    at,
    recovered.map((fault) => ({ ...fault, state: 'resolved' })),
  );
}
