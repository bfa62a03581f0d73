import { type RawBuilder, sql } from 'kysely';

/** Faults that explain why nothing is heard of a point. */
const SILENCING = ['line-silent', 'device-silent', 'network-lost', 'power-lost', 'damaged'] as const;

/** What a fault `f` silences: the points `p` of its line, of its device, or itself. */
export const SILENCES: RawBuilder<boolean> = sql`f.kind = any(${[...SILENCING]}::text[]) and (
  f.subject_kind = 'point' and f.subject = p.code
  or f.subject_kind in ('device', 'line') and exists (
    select from device_factor x join device d on d.id = x.device_id
    where x.point_id = p.id and f.subject = case f.subject_kind when 'line' then d.protocol else d.protocol || '/' || d.code end
  ))`;

/** A sign `s` that judges how long nothing was heard. */
export const IS_SILENCE: RawBuilder<boolean> = sql`s.body->'measure'->>'kind' = 'silence'`;

/** After its fault has recovered a silent point takes so long to be well by itself: signs of silence leave slowly (min). */
export const SILENCE_GRACE_MINUTES = 20;
