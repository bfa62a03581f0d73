import { momentText } from '#base';
import type { incidentReportRoutes, ReportDraft } from '#contract/command';
import {
  REPORT_TRIGGER_TEXT,
  type ReportFields,
  type ReportStage,
  REQUIRED_REPORT_FIELDS,
} from '#model/command';
import {
  ORDER_SOURCE_TEXT,
  type OrderSource,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import { LEVEL_TEXT, levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { missingFields, nextStage, stageText } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { draftWhole } from './draft-whole.ts';
import { casualtiesOf, lockMatter, type MatterRow } from './matter-view.ts';

type Query = z.output<typeof incidentReportRoutes.draftReport.query>;

/** The next report as far as the records go: what the last one said, with what has happened since. */
export async function draftReport(
  context: RequestContext,
  { params, query }: { readonly params: { readonly id: number }; readonly query: Query },
): Promise<ReportDraft> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const matter = await lockMatter(tx, params.id);
    const platform = await findPlatform(tx, query.platform);
    context.authorizeRecord('duty.keep', matter);
    const { rows: before } = await sql<{ stage: ReportStage; number: number }>`
      select stage, number from incident_report where matter_id = ${matter.id} and platform_id = ${platform.id}
        and recipient = ${query.recipient} and channel = ${query.channel}`.execute(tx);
    const { stage, number } = nextStage(before, query.final === true);
    const fields = await draftFields(tx, matter);
    return {
      platform: { code: platform.code, name: platform.name },
      stage,
      stageText: stageText(stage, number),
      eventAt: matter.eventAt,
      knownAt: matter.knownAt,
      casualties: casualtiesOf(matter),
      fields,
      required: [...REQUIRED_REPORT_FIELDS[stage]],
      missing: [...missingFields(stage, fields)],
    };
  });
}

async function draftFields(tx: Tx, matter: MatterRow): Promise<ReportFields> {
  const { rows } = await sql<{ fields: ReportFields }>`
    select fields from incident_report where matter_id = ${matter.id} order by reported_at desc, id desc limit 1`.execute(
    tx,
  );
  const fresh = await freshFields(tx, matter);
  const last = rows[0]?.fields;
  if (last === undefined) return fresh;
  // What the records tell anew replaces what was told before; the rest is as it was last told.
  const { trend, measures } = fresh;
  const told = { ...last, trend: trend || last.trend, measures: measures || last.measures };
  return matter.order === null && matter.incident !== null
    ? { ...told, where: fresh.where, reach: fresh.reach }
    : told;
}

async function freshFields(tx: Tx, matter: MatterRow): Promise<ReportFields> {
  const { order, incident } = matter;
  if (order === null) return incident === null ? ofTold(matter) : draftWhole(tx, matter, incident.id);
  const facts = await loadFacts(tx, order.id);
  return facts === undefined ? ofTold(matter) : ofOrder(matter, facts);
}

function ofTold({ told, toldBy, knownAt, platform, trigger }: MatterRow): ReportFields {
  return {
    source: toldBy === null ? platform.name : `${platform.name} ${toldBy}`,
    received: momentText(knownAt),
    where: '',
    nature: `${REPORT_TRIGGER_TEXT[trigger]}${told === null ? '' : `：${told}`}`,
    reach: '',
    losses: '',
    trend: '',
    leaders: '',
    measures: '',
    suggestions: '',
  };
}

interface OrderFacts {
  readonly code: string;
  readonly object: string;
  readonly town: string | null;
  readonly item: string;
  readonly level: number;
  readonly state: WorkOrderState;
  readonly source: OrderSource;
  readonly told: string | null;
  readonly unit: string;
  readonly handler: string | null;
  /** What the signs of its warning said, and how the warning stands. */
  readonly reason: string | null;
  readonly warningState: string | null;
  readonly peak: number | null;
  /** Steps of the handbook that were done, in the order of their doing. */
  readonly done: readonly string[];
  /** What people noted at its steps and put right afterwards, the newest last. */
  readonly notes: readonly string[];
}

async function loadFacts(tx: Tx, order: number): Promise<OrderFacts | undefined> {
  const { rows } = await sql<OrderFacts>`
    select o.code, m.name as object, (select t.name from platform t where t.code = m.town) as town,
      coalesce((select i.name from warning_item i where i.code = o.item_code order by i.standard_id desc limit 1), o.item_code)
        as item,
      o.level, o.state, o.source, o.told, o.unit, (select name from account_name where id = o.handler_id) as handler,
      w.reason, w.state as "warningState", w.peak_level as peak,
      array(select h->>'text' from work_order_step s, order_handbook f, jsonb_array_elements(f.entry->'steps') h
        where s.work_order_id = o.id and f.id = o.handbook_id and h->>'code' = s.code order by s.done_at, s.code) as done,
      array(select note from (select e.id, case e.kind when 'amended' then e.text else e.note end as note from work_order_entry e
        where e.work_order_id = o.id and e.by is not null and (e.note is not null or e.kind = 'amended')
        order by e.id desc limit 3) n order by id) as notes
    from work_order o join monitored_object m on m.id = o.object_id left join warning w on w.id = o.warning_id
    where o.id = ${order}`.execute(tx);
  return rows[0];
}

function ofOrder(matter: MatterRow, facts: OrderFacts): ReportFields {
  const level = LEVEL_TEXT[levelOf(facts.level) ?? 'blue'];
  const told = matter.told ?? facts.told;
  return {
    source: facts.reason === null ? ORDER_SOURCE_TEXT[facts.source] : `平台监测预警：${facts.reason}`,
    received: momentText(matter.knownAt),
    where: [facts.town, facts.object].flatMap((part) => part ?? []).join(' '),
    nature: `${facts.item}${level}预警${told === null ? '' : `；${told}`}`,
    reach: '',
    losses: '',
    trend: trendText(facts, level),
    leaders: '',
    measures: measuresText(facts),
    suggestions: '',
  };
}

function trendText({ warningState, peak }: OrderFacts, level: string): string {
  if (warningState === null) return '';
  if (warningState !== 'open') return '监测值已恢复正常';
  const highest = LEVEL_TEXT[levelOf(peak ?? 0) ?? 'blue'];
  return highest === level ? `预警仍在持续，${level}` : `预警仍在持续，现为${level}，最高曾达${highest}`;
}

function measuresText({ code, state, unit, handler, done, notes }: OrderFacts): string {
  const head = `工单 ${code} ${WORK_ORDER_STATE_TEXT[state]}，${unit}${handler === null ? '' : ` ${handler}`}`;
  const steps = done.length === 0 ? '' : `；已完成：${done.join('、')}`;
  const told = notes.length === 0 ? '' : `；${notes.join('；')}`;
  return `${head}${steps}${told}`.slice(0, 2000);
}
