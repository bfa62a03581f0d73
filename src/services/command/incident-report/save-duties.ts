import { momentText } from '#base';
import {
  REPORT_CHANNEL_TEXT,
  REPORT_RECIPIENT_TEXT,
  type ReportChannel,
  type ReportRecipient,
  type ReportTrigger,
} from '#model/command';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { firstDuties, type ReportDuty } from '#workflow';
import { sql } from 'kysely';

import type { RuleInForce } from './report-rules.ts';

const CHUNK = 1000;
/** So many duties are named by what is told of them; of more nobody asks which. */
const MOST_NAMED = 200;

/** The matter that something is owed on, as duties need it. */
export interface OwingMatter {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly title: string;
  readonly platform: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** A duty on its way into the table. */
export interface OwedDuty extends ReportDuty {
  readonly matter: OwingMatter;
  readonly platform: number;
  readonly rule: string;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
}

/** Something that makes rules ask: which trigger, known when. */
interface Occasion {
  readonly matter: OwingMatter;
  readonly trigger: ReportTrigger;
  readonly at: number;
  /** For triggers that come again, how often this one has come; the first by default. */
  readonly n?: number;
}

/**
 * What the rules ask for on these occasions. A platform does not report to itself; what is replayed or simulated is told within
 * the house only, never to anybody outside.
 */
export function dutiesOf(
  occasions: readonly Occasion[],
  rules: readonly RuleInForce[],
  district: number,
): readonly OwedDuty[] {
  return occasions.flatMap(({ matter, trigger, at, n }) =>
    rules
      .filter(({ triggers }) => triggers.includes(trigger))
      .flatMap((rule): readonly OwedDuty[] => {
        const platform = rule.from === 'district' ? district : matter.platform;
        const marked = matter.session !== null || matter.simulated;
        if (rule.to === 'district' ? platform === district : marked) return [];
        return firstDuties(rule.limits, at).map((duty) => ({
          ...duty,
          n: n ?? duty.n,
          matter,
          platform,
          rule: rule.code,
          recipient: rule.to,
          channel: rule.channel,
        }));
      }),
  );
}

/** A duty that is in the table since now. */
export interface Inserted {
  readonly id: number;
  readonly platform_id: number;
  readonly due_at: number;
  readonly title: string;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
  readonly simulated: boolean;
  readonly replay_session_id: number | null;
}

/** Writes duties that are not there yet and tells each platform once, whatever it owes. */
export async function saveDuties(tx: Tx, duties: readonly OwedDuty[], now: number): Promise<void> {
  await tellPlatforms(tx, { type: 'incident-report.due', at: now }, await insertDuties(tx, duties));
}

/** Writes duties that are not there yet; gives those that are new. */
export async function insertDuties(tx: Tx, duties: readonly OwedDuty[]): Promise<readonly Inserted[]> {
  const inserted: Inserted[] = [];
  for (let from = 0; from < duties.length; from += CHUNK) {
    const rows = duties.slice(from, from + CHUNK).map(({ matter, ...duty }) => ({
      ...duty,
      matter: matter.id,
      title: matter.title,
      place: matter.place,
      scenario: matter.scenario,
      session: matter.session,
      simulated: matter.simulated,
    }));
    const { rows: written } = await sql<Omit<Inserted, 'title'> & { matter_id: number }>`
      insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at,
        missing_at, repeat_minutes, next_at, replay_session_id, simulated)
      select matter, place, scenario, platform, rule, kind, n, recipient, channel, to_timestamp("startedAt" / 1000.0),
        to_timestamp("dueAt" / 1000.0), to_timestamp("missingAt" / 1000.0), "repeatMinutes",
        case when session is null then to_timestamp("dueAt" / 1000.0) end, session, simulated
      from ${recordset(
        rows,
        sql`r(matter bigint, place int, scenario int2, platform int, rule text, kind text, n int, recipient text, channel text,
          "startedAt" float8, "dueAt" float8, "missingAt" float8, "repeatMinutes" int, session int, simulated boolean)`,
      )}
      on conflict (matter_id, rule, kind, n) do nothing
      returning id, matter_id, platform_id, due_at, recipient, channel, simulated, replay_session_id`.execute(
      tx,
    );
    const titles = new Map(rows.map(({ matter, title }) => [matter, title]));
    inserted.push(...written.map((row) => ({ ...row, title: titles.get(row.matter_id) ?? '' })));
  }
  return inserted;
}

/** One event a platform about what it owes, the most urgent by name. Recordings tell nobody. */
export async function tellPlatforms(
  tx: Tx,
  { type, at }: { readonly type: 'incident-report.due' | 'incident-report.late'; readonly at: number },
  duties: readonly Inserted[],
): Promise<void> {
  const live = duties.filter((one) => one.replay_session_id === null);
  const byPlatform = Map.groupBy(live, ({ platform_id: platform }) => platform);
  if (byPlatform.size === 0) return;
  const { rows } = await sql<{ id: number; code: string; place: number; scenario: number | null }>`
    select id, code, place, scenario from platform where id = any(${[...byPlatform.keys()]}::int[])`.execute(
    tx,
  );
  await announce(
    tx,
    rows.flatMap(({ id, code, place, scenario }) => {
      const owed = (byPlatform.get(id) ?? []).toSorted((a, b) => a.due_at - b.due_at);
      const [first] = owed;
      if (!first) return [];
      const text = `${REPORT_CHANNEL_TEXT[first.channel]}报${REPORT_RECIPIENT_TEXT[first.recipient]}，时限 ${momentText(first.due_at)}：${first.title}${owed.length > 1 ? ` 等 ${owed.length} 项` : ''}`;
      const payload = {
        id: first.id,
        platform: id,
        platformCode: code,
        count: owed.length,
        ...(owed.length > MOST_NAMED ? {} : { duties: owed.map((one) => one.id) }),
        dueAt: first.due_at,
        text: text.slice(0, 200).toWellFormed(),
        simulated: owed.every((one) => one.simulated),
      };
      return [{ type, at, place, scenario, payload }];
    }),
  );
}
