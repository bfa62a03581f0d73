import { momentText } from '#base';
import type { ReportFields } from '#model/command';
import { LOOP_TEXT } from '#model/response';
import type { Loop } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MatterRow } from './matter-view.ts';

interface Extent {
  readonly code: string;
  readonly title: string;
  readonly loop: Loop;
  readonly orders: number;
  readonly open: number;
  readonly red: number;
  readonly orange: number;
  readonly towns: readonly string[];
  readonly scenarios: readonly string[];
  readonly parts: number;
  readonly openParts: number;
}

/** The report on an incident as a whole, as far as the records go: how far it reaches, and what is done about it. */
export async function draftWhole(tx: Tx, matter: MatterRow, incident: number): Promise<ReportFields> {
  const { rows } = await sql<Extent>`
    select i.code, i.title, i.loop, x.orders, x.open_orders as open, x.red, x.orange, to_json(x.towns) as towns,
      to_json(x.scenarios) as scenarios, f.parts, f.open_parts as "openParts"
    from incident i, incident_extent(i.id) x, incident_figures(i.id) f where i.id = ${incident}`.execute(tx);
  const [extent] = rows;
  return {
    source: matter.platform.name,
    received: momentText(matter.knownAt),
    where: extent?.towns.join('、') ?? '',
    nature: [matter.title, ...(extent?.scenarios ?? [])].join('；'),
    reach: extent === undefined ? '' : reachText(extent),
    losses: '',
    trend: extent === undefined ? '' : `${extent.open} 处仍在处置，${extent.orders - extent.open} 处已结案`,
    leaders: '',
    measures: extent === undefined ? '' : measuresText(extent),
    suggestions: '',
  };
}

function reachText({ orders, red, orange, towns }: Extent): string {
  return `${towns.length} 个街镇 ${orders} 处，其中红色 ${red} 处、橙色 ${orange} 处`;
}

function measuresText({ code, loop, parts, openParts }: Extent): string {
  const units = parts === 0 ? '' : `；${parts} 个单位参与，${parts - openParts} 个已办结`;
  return `事件 ${code} 按${LOOP_TEXT[loop]}统一处置${units}`;
}
