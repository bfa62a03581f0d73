import type { SuspectedEvent } from '#contract/monitoring';
import type { SuspectedOrigin, SuspectedState } from '#model/monitoring';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Row extends Omit<SuspectedEvent, 'pictures' | 'allowedActions' | 'elementStates' | 'alike'> {
  readonly origin: SuspectedOrigin;
  readonly state: SuspectedState;
  readonly picture: string | null;
  readonly more: number;
  readonly states: SuspectedEvent['elementStates'] | null;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly alike: number;
}

/** Suspected events the caller may see, with what the caller may do about them. */
export async function loadEvents(
  tx: Tx,
  actor: Actor,
  suffix: RawBuilder<unknown>,
): Promise<readonly SuspectedEvent[]> {
  const { rows } = await sql<Row>`
    select e.id, e.origin, s.code as source, s.name as "sourceName", e.state, e.kind, e.kind_name as "kindName",
      e.element_code as element, l.name as "elementName", l.body->'states' as states,
      case when o.id is null then null else json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'lat', o.lat, 'lon', o.lon)
        end as object,
      e.camera, e.confidence, e.box, e.picture, cardinality(e.more_pictures) as more, e.text, e.lat, e.lon, e.place_name as "placeName",
      e.observed_at as "observedAt", e.last_at as "lastAt", e.times, e.ended_at as "endedAt", e.fed_value as "fedValue",
      coalesce(k.confirmed_value, 1)::float8 as "confirmedValue", e.decided_by as "decidedBy", e.decided_at as "decidedAt",
      e.note, e.reported_by as "reportedBy", e.group_id as "group", e.simulated, e.place, e.scenario,
      (select count(*) from suspected_event a where coalesce(a.group_id, a.id) = coalesce(e.group_id, e.id)
        and (a.group_id is not null or a.id = coalesce(e.group_id, e.id))) as alike
    from suspected_event e
    left join intake_source s on s.id = e.source_id
    left join intake_kind k on k.source_id = e.source_id and k.kind = e.kind
    left join element l on l.code = e.element_code
    left join monitored_object o on o.id = e.object_id
    ${suffix}`.execute(tx);
  return rows.map((row) => show(row, actor));
}

function show({ picture, more, states, place, scenario, ...row }: Row, actor: Actor): SuspectedEvent {
  const may = actor.rights.mayAt('event.decide', { place, scenario });
  return {
    ...row,
    pictures: (picture === null ? 0 : 1) + more,
    elementStates: states ?? [],
    allowedActions: may ? actionsOf(row) : [],
  };
}

function actionsOf({
  state,
  endedAt,
  fedValue,
}: Pick<Row, 'state' | 'endedAt' | 'fedValue'>): SuspectedEvent['allowedActions'] {
  if (state === 'suspected') return ['confirm', 'reject'];
  return state === 'confirmed' && (endedAt === null || (fedValue ?? 0) !== 0) ? ['end'] : [];
}
