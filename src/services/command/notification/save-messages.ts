import { momentText } from '#base';
import { BUILT_IN_TEMPLATES, fillTemplate, type NotificationCause, type TemplateField } from '#model/command';
import { DRILL_MARK } from '#model/response';
import { levelOf, LEVEL_TEXT } from '#model/warning';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { gather, gatherMinute } from '#workflow';
import { sql } from 'kysely';

import type { Draft } from './draft-messages.ts';
import { keyOfPerson } from './draft-messages.ts';
import { loadNames, type Subject } from './load-subjects.ts';
import { loadTemplates, type TemplateOf } from './load-templates.ts';

const MINUTE_MS = 60_000;
/** Nobody is told on the next day what was urgent on this one. */
const EXPIRES_MS = 24 * 3_600_000;

/** Writes what people are told, in three statements however many it is; what was written already is not written again. */
export async function saveMessages(tx: Tx, drafts: readonly Draft[], now: number): Promise<void> {
  if (drafts.length === 0) return;
  // Whoever keeps several desks is told once of what concerns all of them.
  const once = [...new Map(drafts.map((draft) => [`${draft.ask.seq}|${draft.group}`, draft])).values()];
  const { single, together } = gather(once, await recentCounts(tx, now));
  const leading = [...single, ...together.flatMap((all) => all[0] ?? [])];
  const nameOf = await loadNames(
    tx,
    leading.map(({ ask }) => ask.subject),
  );
  const templates = await loadTemplates(tx);
  const words = (draft: Draft, isGathered: boolean) =>
    wordsOf(draft, { names: nameOf(draft.ask.subject), templates, isGathered });
  const { minute, until } = gatherMinute(now);
  const rows = [
    ...single.map((draft) => ({
      ...rowOf(draft),
      ...words(draft, false),
      key: `${draft.ask.seq}|${draft.group}`,
      gathered: null,
    })),
    ...together.flatMap((all) => {
      const [draft] = all;
      if (!draft) return [];
      const row = { ...rowOf(draft), ...words(draft, true), key: `${draft.group}|${minute}` };
      const next = Math.max(row.next, until);
      const gathered = all.map((one) => one.matter);
      const places = all.map(({ ask }) => ask.subject.place);
      const spread = { place: Math.min(...places), place_to: Math.max(...places) };
      const link = linkOf(draft);
      const one = { order: null, warning: null, matter: null, matters: mattersOfAll(all) };
      return [{ ...row, ...spread, ...one, link, next, gathered }];
    }),
  ];
  await insert(tx, rows, now);
}

function rowOf(draft: Draft) {
  const { ask, person, post, way, channel, state, reason, from, rank, tried } = draft;
  const { subject, cause, asksAnswer } = ask;
  return {
    cause,
    rank,
    place: subject.place,
    place_to: subject.place,
    scenario: subject.scenario,
    matter: SETTLED.has(cause) && ask.matters.length === 1 ? subject.matter : null,
    matters: SETTLED.has(cause) && ask.matters.length > 1 ? ask.matters : null,
    order: subject.order,
    warning: subject.warning,
    account: person.account_id,
    contact: person.contact_id,
    post_id: person.post_id,
    person: person.name,
    post,
    way,
    channel,
    asks: asksAnswer && way !== 'in-app',
    state,
    reason,
    next: from,
    tried,
    session: subject.session,
    simulated: subject.simulated,
    link: subject.link,
  };
}

/** Causes that ask somebody to act: what waits about them is withdrawn once somebody has. */
const SETTLED: ReadonlySet<NotificationCause> = new Set([
  'work-order.opened',
  'work-order.reminded',
  'verification.asked',
  'verification.reminded',
  'supervision.asked',
  'supervision.due',
  'incident.handed-over',
  'incident.asked',
  'incident-part.asked',
  'incident-form.due',
  'incident-report.due',
  'incident-report.late',
]);

/** What settles a gathered message; orders are looked up by what it has gathered. Null where one of it is never settled. */
function mattersOfAll(all: readonly Draft[]): readonly number[] | null {
  const cause = all[0]?.ask.cause;
  if (cause === undefined || !SETTLED.has(cause) || cause.startsWith('work-order.')) return null;
  return all.some(({ ask }) => ask.matters.length === 0) ? null : all.flatMap(({ ask }) => ask.matters);
}

/** Where several of a kind are listed; a page that is itself such a list has no number. */
function linkOf({ ask: { subject } }: Draft): string {
  return subject.link.replace(/\/\d+$/u, '');
}

interface Told {
  readonly id: number;
  readonly account_id: number;
  readonly place: number;
  readonly scenario: number;
  readonly kind: string;
  readonly state: string;
}

type Row = ReturnType<typeof rowOf> & {
  readonly key: string;
  readonly title: string;
  readonly text: string;
};

/** Of what is gathered the number stays open (`{more}`): it grows while the minute lasts. */
function wordsOf(
  { ask, rank }: Draft,
  given: {
    readonly names: { readonly object: string; readonly item: string };
    readonly templates: TemplateOf;
    readonly isGathered: boolean;
  },
): { readonly title: string; readonly text: string } {
  const level = levelOf(rank);
  const { subject } = ask;
  const values: Record<TemplateField, string> = {
    level: level ? LEVEL_TEXT[level] : '',
    // What a drill makes up bears the mark in its name; a message bears it once, in front.
    object: subject.drill ? given.names.object.replace(DRILL_MARK, '') : given.names.object,
    item: given.names.item,
    code: subject.code,
    reason: ask.reason,
    unit: subject.unit,
    at: momentText(ask.at),
    more: given.isGathered ? '{more}' : '',
    mark: markOf(subject),
  };
  const { title, text } = given.templates(ask.cause, rank) ?? BUILT_IN_TEMPLATES[ask.cause];
  const filled = { title: fillTemplate(title, values), text: fillTemplate(text, values) };
  // Whatever the words are that somebody has put: of a drill they begin with 演练.
  return subject.drill ? { title: drilled(filled.title), text: drilled(filled.text) } : filled;
}

const drilled = (text: string): string => (text.startsWith(DRILL_MARK) ? text : `${DRILL_MARK}${text}`);

function markOf({ session, drill, simulated }: Subject): string {
  if (drill) return DRILL_MARK;
  if (session !== null) return '【回放】';
  return simulated ? '【模拟】' : '';
}

/** How many went out one by one within the last minute, by group. */
async function recentCounts(tx: Tx, now: number): Promise<(group: string) => number> {
  const { rows } = await sql<{
    cause: string;
    scenario: number;
    session: number | null;
    simulated: boolean;
    account_id: number | null;
    contact_id: number | null;
    post_id: number | null;
    kind: string;
    channel_id: number | null;
    n: number;
  }>`
    select cause, scenario, replay_session_id as session, simulated, account_id, contact_id, post_id, kind, channel_id, count(*)::int as n
    from notification where created_at > ${new Date(now - MINUTE_MS)} and gathered is null
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9`.execute(tx);
  const counts = new Map(
    rows.map((row) => [
      [
        row.cause,
        row.scenario,
        row.session ?? (row.simulated ? 'simulated' : 'live'),
        keyOfPerson(row),
        row.kind,
        row.channel_id ?? '',
      ].join('|'),
      row.n,
    ]),
  );
  return (group) => counts.get(group) ?? 0;
}

async function insert(tx: Tx, rows: readonly Row[], now: number): Promise<void> {
  const at = new Date(now);
  const { rows: told } = await sql<Told>`
    insert into notification as n (key, cause, level, place, scenario, work_order_id, warning_id, matter_id, matters, gathered, account_id, contact_id,
      post_id, person, post, kind, channel_id, title, text, link, asks_answer, state, reason, next_at, created_at, expires_at, sent_at,
      delivered_at, replay_session_id, simulated, tried)
    select key, cause, rank, common_place(place, place_to), scenario, "order", warning, matter, matters, gathered, account, contact, post_id, person, post, way, channel, title,
      text, link, asks, state, reason, case when state = 'queued' then to_timestamp(next / 1000.0) end, ${at}::timestamptz,
      ${new Date(now + EXPIRES_MS)}::timestamptz, case when state = 'delivered' then ${at}::timestamptz end,
      case when state = 'delivered' then ${at}::timestamptz end, session, simulated, tried
    from ${recordset(
      rows,
      sql`r(key text, cause text, rank int2, place int, place_to int, scenario int2, "order" bigint, warning bigint, matter bigint, matters bigint[], gathered bigint[], account int,
        contact int, post_id int, person text, post text, way text, channel int, title text, text text, link text, asks boolean,
        state text, reason text, next float8, session int, simulated boolean, tried text[])`,
    )}
    on conflict (key) do update set gathered = n.gathered || excluded.gathered, matters = n.matters || excluded.matters, place = common_place(n.place, excluded.place), level = greatest(n.level, excluded.level), read_at = null,
        state = case when n.state = 'read' then 'delivered' else n.state end
      where n.gathered is not null and n.state in ('queued', 'limited', 'delivered', 'read', 'withheld', 'unreachable')
    returning id, account_id, place, scenario, kind, state`.execute(tx);
  await announce(
    tx,
    told
      .filter(({ kind, state }) => kind === 'in-app' && state === 'delivered')
      .map(({ id, account_id: account, place, scenario }) => ({
        type: 'notification.sent',
        at: now,
        place,
        scenario,
        payload: { id, account },
      })),
  );
}
