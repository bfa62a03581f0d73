import { limitsFile } from '#contract/standard';
import type { EscalationRules, HandbookEntry, LimitClass, LimitClassCode } from '#model/standard';
import type { Level } from '#model/warning';
import type { Tx } from '#storage';
import type { WorkingCalendar } from '#workflow';
import { sql } from 'kysely';

import { workingCalendars } from './working-calendars.ts';

/** The limits and the ladder that hold at a moment. */
export interface LimitsInForce {
  /** Working time by the calendar that is set for a scenario. */
  calendarOf(scenario: number): WorkingCalendar;
  readonly escalation: EscalationRules;
  classOf(code: LimitClassCode): LimitClass;
}

/** Reads the published limits; an installation without them cannot open orders and says so. */
export async function limitsInForce(tx: Tx, at: number): Promise<LimitsInForce> {
  const { rows } = await sql<{ document: unknown }>`
    select document from standard_version
    where scenario is null and jsonb_exists(document, 'classes') and effective_from <= ${new Date(at)}
      and (retired_at is null or retired_at > ${new Date(at)})
    order by effective_from desc, id desc limit 1`.execute(tx);
  if (!rows[0]) throw new Error('没有已发布的时限标准（limits.json），工单无法计时。请先发布时限标准。');
  const file = limitsFile.parse(rows[0].document);
  const classes = new Map(file.classes.map((one) => [one.code, one]));
  return {
    calendarOf: await workingCalendars(tx, file.workingPeriods),
    escalation: file.escalation,
    classOf: (code) => {
      const found = classes.get(code);
      if (!found) throw new Error(`时限标准 ${file.version} 没有 ${code} 这一类`);
      return found;
    },
  };
}

export interface HandbookInForce {
  readonly entry: HandbookEntry;
  readonly version: string;
}

/** Handbook entries in force, by item and level. */
export async function handbooksInForce(
  tx: Tx,
  items: readonly string[],
  at: number,
): Promise<(item: string, level: Level) => HandbookInForce | undefined> {
  const { rows } = await sql<{ item_code: string; level: Level; body: HandbookEntry; version: string }>`
    select distinct on (h.item_code, h.level) h.item_code, h.level, h.body, s.version
    from handbook_entry h join standard_version s on s.id = h.standard_id
    where h.item_code = any(${[...items]}) and s.effective_from <= ${new Date(at)}
      and (s.retired_at is null or s.retired_at > ${new Date(at)})
    order by h.item_code, h.level, s.effective_from desc, s.id desc`.execute(tx);
  const found = new Map(rows.map((row) => [`${row.item_code} ${row.level}`, row]));
  return (item, level) => {
    const row = found.get(`${item} ${level}`);
    return row && { entry: row.body, version: row.version };
  };
}
