import type { Event } from '#bus';
import type { WorkOrderState } from '#model/response';
import type { Loop } from '#model/standard';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** What people are told of: an order, a warning that has none yet, or another matter that asks somebody to act. */
export interface Subject {
  readonly order: number | null;
  readonly warning: number | null;
  /** Its own number: what it asks is settled with it. */
  readonly matter: number;
  readonly code: string;
  /** Of an order. */
  readonly state: WorkOrderState | null;
  /** Who has it: the unit of an order, the office that is asked. */
  readonly unit: string;
  readonly handler: number | null;
  /** The unit to which an order is handed on and which has not taken it yet. */
  readonly handedTo: string | null;
  /** Named by an object and an item, or by words of its own. */
  readonly object: number | null;
  readonly item: string | null;
  readonly name: string | null;
  /** Whose desk it is for. */
  readonly platform: string | null;
  /** One person whom it names: who asked, or who has to decide. */
  readonly person: number | null;
  /** What it says of itself: what is asked, or answered. */
  readonly said: string | null;
  readonly dueAt: number | null;
  /** Of an incident. */
  readonly loop: Loop | null;
  readonly taken: boolean;
  /** 0–4. */
  readonly rank: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly scenario_code: string | null;
  readonly session: number | null;
  /** Of a drill (演练): unlike what a recording brings, it is told. */
  readonly drill: boolean;
  readonly simulated: boolean;
  readonly link: string;
}

/** What the events of one kind are about; one event may ask several, each at its own place. */
export type LoadSubjects = (
  tx: Tx,
  events: readonly Event[],
) => Promise<(event: Event) => readonly Subject[]>;

const BLANK: Omit<Subject, 'matter' | 'place' | 'scenario' | 'link'> = {
  order: null,
  warning: null,
  code: '',
  state: null,
  unit: '',
  handler: null,
  handedTo: null,
  object: null,
  item: null,
  name: null,
  platform: null,
  person: null,
  said: null,
  dueAt: null,
  loop: null,
  taken: false,
  rank: 0,
  scenario_code: null,
  session: null,
  drill: false,
  simulated: false,
};

/** A row as a statement gives it: what it leaves out is blank. */
export type SubjectRow = Partial<Subject> & Pick<Subject, 'matter' | 'place' | 'scenario'>;

export function subjectOf(row: SubjectRow, link: string): Subject {
  return { ...BLANK, link, ...row };
}

/** Whether `s` is of a recording, of a drill, or simulated; asks no table for what is live. */
export const MARKS: RawBuilder<unknown> = sql`s.replay_session_id as session,
  s.replay_session_id is not null and is_drill(s.replay_session_id) as drill, s.simulated`;

export const idsOf = (events: readonly Event[]): number[] => [
  ...new Set(events.map(({ payload }) => payload.id)),
];

/** Subjects by the number that their events name. */
export function byMatter(subjects: readonly Subject[]): (event: Event) => readonly Subject[] {
  const found = Map.groupBy(subjects, ({ matter }) => matter);
  return ({ payload }) => found.get(payload.id) ?? [];
}

export const loadOrderSubjects: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow>`
    select s.id as matter, s.id as order, s.warning_id as warning, s.code, s.state, s.unit, s.handler_id as handler,
      s.handed_to as "handedTo", s.object_id as object, s.item_code as item, s.level as rank, s.place, s.scenario,
      c.code as scenario_code, ${MARKS}
    from work_order s join scenario c on c.id = s.scenario
    where s.id = any(${idsOf(events)}::bigint[])`.execute(tx);
  return byMatter(rows.map((row) => subjectOf(row, `/orders/${row.matter}`)));
};

/** Warnings, with the order that answers them where it is open already. */
export const loadWarningSubjects: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow>`
    select s.id as matter, o.id as order, s.id as warning, coalesce(o.code, '') as code, o.state, coalesce(o.unit, c.owner) as unit,
      o.handler_id as handler, s.object_id as object, s.item_code as item, s.level as rank, s.place, s.scenario,
      c.code as scenario_code, ${MARKS}
    from warning s join scenario c on c.id = s.scenario left join work_order o on o.warning_id = s.id
    where s.id = any(${idsOf(events)}::bigint[])`.execute(tx);
  return byMatter(
    rows.map((row) => {
      const order = row.order ?? null;
      return subjectOf(row, order === null ? `/warnings/${row.matter}` : `/orders/${order}`);
    }),
  );
};

/** Names of objects and items, asked for only of what is really told. */
export async function loadNames(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<(subject: Subject) => { readonly object: string; readonly item: string }> {
  const objects = [...new Set(subjects.flatMap(({ object }) => object ?? []))];
  const items = [...new Set(subjects.flatMap(({ item }) => item ?? []))];
  const { rows } = await sql<{ key: string; name: string }>`
    select 'o' || id as key, name from monitored_object where id = any(${objects}::int[])
    union all
    (select distinct on (code) 'i' || code, name from warning_item where code = any(${items}::text[]) order by code, standard_id desc)`.execute(
    tx,
  );
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  return ({ object, item, name }) => ({
    object: name ?? names.get(`o${object}`) ?? '',
    item: item === null ? '' : (names.get(`i${item}`) ?? item),
  });
}
