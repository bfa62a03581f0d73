import { LEVELS } from '#model/warning';
import { auditRule, settingsOfScenarios, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { verificationStep, type VerificationRules, verificationText, WORST_CASE } from '#workflow';
import { sql } from 'kysely';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { decideByRule } from './decide-by-rule.ts';
import { keepVerifications } from './keep-verifications.ts';
import { ownersOf } from './owners.ts';
import { tellVerifications, toldOf, type ToldVerification } from './tell-verifications.ts';

const BATCH = 1000;

interface DueRow extends Omit<ToldVerification, 'text'> {
  readonly askedAt: number;
  readonly dueAt: number;
  readonly step: number;
}

/**
 * The ladder of what waits for a person (核实): reminds at half the limit and at its end, then the next one owns it; what is severe and
 * still waits at twice the limit becomes a warning by itself, as far as that is set. Gives how many climbed a rung.
 */
export async function runVerifications(system: SystemContext): Promise<number> {
  return system.transaction(async (tx) => {
    const now = system.now();
    await keepVerifications(tx, now);
    const due = await dueRows(tx, now);
    if (due.length === 0) return 0;
    const rulesOf = await rulesByScenario(tx);
    const steps = due.map((row) => ({ row, step: verificationStep(row, rulesOf(row.scenario), now) }));
    await raise(
      tx,
      steps.flatMap(({ row, step }) => (step.kind === 'raise' ? [row] : [])),
      now,
    );
    await remind(
      tx,
      steps.flatMap(({ row, step }) => (step.kind === 'remind' ? [{ ...row, ...step }] : [])),
      now,
    );
    return due.length;
  });
}

async function dueRows(tx: Tx, now: number): Promise<readonly DueRow[]> {
  const { rows } = await sql<DueRow>`
    select id, alarm_id as alarm, object_id as object, item_code as item, place, scenario, level, simulated,
      replay_session_id as session, asked_at as "askedAt", due_at as "dueAt", step
    from verification where decision is null and next_at <= ${new Date(now)}
    order by next_at limit ${BATCH} for update skip locked`.execute(tx);
  return rows;
}

async function rulesByScenario(tx: Tx): Promise<(scenario: number) => VerificationRules> {
  const setting = await settingsOfScenarios(tx, ['verify.worst-case']);
  return (scenario) => ({
    worstCaseFrom: LEVELS.find((level) => level === setting('verify.worst-case', scenario)) ?? null,
  });
}

type Reminded = DueRow & Extract<ReturnType<typeof verificationStep>, { readonly kind: 'remind' }>;

async function remind(tx: Tx, rows: readonly Reminded[], now: number): Promise<void> {
  if (rows.length === 0) return;
  const ownerOf = await ownersOf(
    tx,
    rows.map(({ scenario, owner }) => ({ scenario, role: owner })),
    now,
  );
  const owned = rows.map((row) => ({
    ...row,
    account: ownerOf({ scenario: row.scenario, role: row.owner }),
    text: `${verificationText(row.percent)}${row.handedOn ? '，转部门责任人' : ''}`,
  }));
  await sql`update verification v set step = r.step, next_at = to_timestamp(r."nextAt" / 1000.0), owner_role = r.owner,
      owner_id = r.account
    from ${recordset(owned, sql`r(id bigint, step int2, "nextAt" float8, owner text, account int)`)}
    where v.id = r.id`.execute(tx);
  await auditRule(
    tx,
    { rule: 'verification-ladder', at: now },
    owned.map(({ id, place, scenario, owner, text }) => ({
      action: 'verification.reminded',
      subject: `verification/${id}`,
      place,
      scenario,
      after: { owner, text },
    })),
  );
  await tellVerifications(tx, 'reminded', now, owned.map(toldOf));
}

async function raise(tx: Tx, rows: readonly DueRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await decideByRule(tx, rows, { decision: 'worst-case', note: WORST_CASE, now });
  const alarms = rows.map(({ alarm }) => alarm);
  await releaseAlarms(tx, sql`h.kind = 'verify' and h.alarm_id = any(${alarms}::bigint[])`, {
    at: now,
    why: WORST_CASE,
  });
}
