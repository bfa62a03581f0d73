import { AppError } from '#base';
import { withOwnLimits } from '#contract/standard';
import type { ElementDefinition, Sign } from '#model/standard';
import { levelOf, LEVELS } from '#model/warning';
import { type CompiledSign, compileSign, excess } from '#signs';
import { type ReadingColumns, readHistory, type Tx } from '#storage';
import { type ActorHistory, type ActorSign, type Episode, repeatsOf } from '#workflow';
import { sql } from 'kysely';

import { loadObjectFacts } from '#services/context';
import type { Span } from './span.ts';

/** So many alarms, the newest, are enough to see what a sign does at a point. */
const MOST_ALARMS = 2000;
/** Of so many repeats, the newest, the readings in between are looked at. */
const MOST_REPEATS = 200;

/** A sign at a point, and where it lies. */
export interface FoundActor {
  readonly point_id: number;
  readonly point_code: string;
  readonly object_id: number;
  readonly object_code: string;
  readonly object_name: string;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly sign_code: string;
  readonly sign_name: string;
  /** As it holds now; null where it no longer does, or is a sign over signs. */
  readonly body: Sign | null;
  readonly element: ElementDefinition;
}

/** The sign at the point as the caller sees them. Throws `record.not-found`. */
export async function findActor(
  tx: Tx,
  asked: { readonly point: string; readonly sign: string },
  now: number,
): Promise<FoundActor> {
  const moment = new Date(now);
  const { rows } = await sql<FoundActor>`
    select p.id as point_id, p.code as point_code, o.id as object_id, o.code as object_code, o.name as object_name, p.place,
      g.scenario, s.code as scenario_code, g.code as sign_code, g.name as sign_name, e.body as element,
      case when g.body ? 'measure' and v.effective_from <= ${moment} and (v.retired_at is null or v.retired_at > ${moment})
        then g.body end as body
    from point p join monitored_object o on o.id = p.object_id join element e on e.code = p.element_code
    join lateral (
      select * from sign where code = ${asked.sign}
      order by (select n.effective_from <= ${moment} from standard_version n where n.id = standard_id) desc, standard_id desc limit 1
    ) g on true
    join standard_version v on v.id = g.standard_id join scenario s on s.id = g.scenario
    where p.code = ${asked.point}`.execute(tx);
  const [found] = rows;
  if (!found)
    throw new AppError('record.not-found', { what: '监测点的体征', id: `${asked.point} ${asked.sign}` });
  return found;
}

interface AlarmOf {
  readonly raised_at: number;
  readonly normal_at: number | null;
  readonly peak_level: number;
  readonly peak_value: number;
}

/** What the sign has done at the point in a stretch of time, with all a proposal asks for. */
export async function loadHistory(tx: Tx, actor: FoundActor, span: Span): Promise<ActorHistory> {
  const alarms = await loadAlarms(tx, actor, span);
  const { sign, compiled } = await signAtObject(tx, actor);
  const bare = alarms.map(({ raised_at, normal_at, peak_level, peak_value }): Episode => ({
    raisedAt: raised_at,
    normalAt: normal_at,
    peakLevel: peak_level,
    excursion: compiled ? finite(excess(compiled, peak_value)) : null,
    returned: null,
  }));
  const history: ActorHistory = {
    from: span.from,
    to: span.until,
    episodes: bare,
    sign,
    periodSeconds: actor.element.densePeriodSeconds ?? actor.element.periodSeconds,
    range: actor.element.range === null ? null : actor.element.range[1] - actor.element.range[0],
    ...(await loadQuality(tx, actor, span)),
  };
  if (!compiled || actor.body?.measure.kind !== 'value') return history;
  return { ...history, episodes: await withReturns(tx, history, { point: actor.point_id, compiled }) };
}

async function loadAlarms(tx: Tx, actor: FoundActor, span: Span): Promise<readonly AlarmOf[]> {
  const { rows } = await sql<AlarmOf>`
    select a.raised_at, a.normal_at, a.peak_level, a.peak_value from alarm a
    where a.point_id = ${actor.point_id} and a.sign_id in (select id from sign where code = ${actor.sign_code})
      and a.replay_session_id is null and a.raised_at < ${new Date(span.until)}
      and (a.normal_at is null or a.normal_at >= ${new Date(span.from)})
    order by a.raised_at desc, a.id desc limit ${MOST_ALARMS}`.execute(tx);
  return rows.toReversed();
}

/** The sign with the limits of the object, as it is judged there. */
async function signAtObject(
  tx: Tx,
  { body, element, object_id: object }: FoundActor,
): Promise<{ readonly sign: ActorSign | null; readonly compiled: CompiledSign | undefined }> {
  if (!body) return { sign: null, compiled: undefined };
  const facts = (await loadObjectFacts(tx, [object])).get(object);
  const own = facts?.limits[body.code];
  const at = own ? withOwnLimits(body, own) : body;
  const made = compileSign(0, at, (code) => facts?.parameters[code]);
  const sign: ActorSign = {
    unit: at.unit,
    isSilence: at.measure.kind === 'silence',
    isNumeric: element.states === undefined,
    deadband: at.deadband,
    offDelaySeconds: at.offDelaySeconds,
    levels: LEVELS.flatMap((level) => {
      const cell = at.levels[level];
      return cell ? [{ level, onDelaySeconds: cell.onDelaySeconds }] : [];
    }),
  };
  return { sign, compiled: made.kind === 'ready' ? made.sign : undefined };
}

/** By the days of Beijing that the stretch touches. */
async function loadQuality(
  tx: Tx,
  { point_id: point }: FoundActor,
  { from, until }: Span,
): Promise<Pick<ActorHistory, 'suspectShare' | 'findings'>> {
  const { rows } = await sql<{ received: number; suspect: number; findings: string[] }>`
    select coalesce(sum(received), 0)::int as received, coalesce(sum(suspect), 0)::int as suspect,
      array(select text from quality_finding f where f.point_ids @> array[${point}::int]
        and f.since < ${new Date(until)} and (f.ended_at is null or f.ended_at >= ${new Date(from)}) order by f.id desc limit 20) as findings
    from point_day where point_id = ${point}
      and day between (${new Date(from)}::timestamptz at time zone 'Asia/Shanghai')::date and (${new Date(until)}::timestamptz at time zone 'Asia/Shanghai')::date`.execute(
    tx,
  );
  const [{ received, suspect, findings } = { received: 0, suspect: 0, findings: [] }] = rows;
  return { suspectShare: received === 0 ? null : suspect / received, findings };
}

/** How far the value fell back before it was past the limit again, from the readings in between. */
async function withReturns(
  tx: Tx,
  history: ActorHistory,
  { point, compiled }: { readonly point: number; readonly compiled: CompiledSign },
): Promise<readonly Episode[]> {
  const repeats = new Set(repeatsOf(history).slice(-MOST_REPEATS));
  const [first] = repeats;
  if (!first) return history.episodes;
  const { episodes } = history;
  const ask = { points: [point], from: first.raisedAt, to: history.to, believed: true };
  const columns = (await readHistory(tx, ask)).get(point);
  if (!columns) return episodes;
  let row = 0;
  return episodes.map((one, i) => {
    const next = episodes[i + 1];
    if (!next || !repeats.has(one)) return one;
    const fall = deepest(columns, { compiled, row, from: one.raisedAt, to: next.raisedAt });
    row = fall.row;
    return { ...one, returned: fall.depth };
  });
}

/** The deepest a value lay on the good side of the limit between two moments; the rows before them are passed over once. */
function deepest(
  { observedAt, value, length }: ReadingColumns,
  asked: {
    readonly compiled: CompiledSign;
    readonly row: number;
    readonly from: number;
    readonly to: number;
  },
): { readonly row: number; readonly depth: number | null } {
  let { row } = asked;
  let depth: number | null = null;
  while (row < length && (observedAt[row] ?? 0) < asked.from) row += 1;
  for (; row < length && (observedAt[row] ?? 0) < asked.to; row += 1) {
    const fallen = -excess(asked.compiled, value[row] ?? Number.NaN);
    if (fallen > (depth ?? 0)) depth = fallen;
  }
  return { row, depth: depth === null ? null : finite(depth) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function levelName(rank: number): (typeof LEVELS)[number] {
  return levelOf(rank) ?? 'blue';
}
