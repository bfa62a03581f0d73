import { VIDEO_PRESETS, type VideoEvent } from '#protocols/push';
import { sql } from 'kysely';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';
import { reaches } from './reaches.ts';

/** What a recognised kind comes to at its camera. */
export interface KindMeaning {
  readonly element: string | null;
  readonly name: string | null;
  /** The camera's point of that element; null where there is none, or it lies beyond what the source reaches. */
  readonly point: number | null;
  /** Written before anybody has looked; null: nothing. */
  readonly suspectedValue: number | null;
}

interface Row {
  readonly name: string | null;
  readonly element_code: string | null;
  readonly suspected_value: number | null;
}

/** By the source's table of kinds, in which one that was not seen before gets a row of its own: 未分类. */
export async function meaningOf(
  intake: IntakeDesk,
  source: OpenSource,
  event: VideoEvent,
): Promise<KindMeaning> {
  const row = await noteKind(intake, source, event);
  const { name, element_code: element, suspected_value: suspectedValue } = row;
  const point = element === null ? null : pointOf(intake, source, { camera: event.camera, element });
  return { element, name, point, suspectedValue: point === null ? null : suspectedValue };
}

async function noteKind(
  { system }: IntakeDesk,
  { id }: OpenSource,
  { kind, kindName }: VideoEvent,
): Promise<Row> {
  const preset = VIDEO_PRESETS.find(({ kinds }) => Object.hasOwn(kinds, kind))?.kinds[kind];
  const name = kindName ?? preset ?? null;
  const { rows } = await system.transaction((tx) =>
    sql<Row>`insert into intake_kind as k (source_id, kind, name, seen, last_at)
      values (${id}, ${kind}, ${name}, 1, ${new Date(system.now())})
      on conflict (source_id, kind) do update set seen = k.seen + 1, last_at = excluded.last_at, name = coalesce(k.name, excluded.name)
      returning name, element_code, suspected_value`.execute(tx),
  );
  return rows[0] ?? { name, element_code: null, suspected_value: null };
}

function pointOf(
  { desk }: IntakeDesk,
  source: OpenSource,
  { camera, element }: { readonly camera: string; readonly element: string },
): number | null {
  const device = desk.devices.find('video', camera);
  const binding = device?.factors.get(element);
  if (!device || !binding) {
    if (device) desk.ledger.factorsUnmapped('video', device.code, element);
    return null;
  }
  if (reaches(desk, source, binding.point)) return binding.point;
  desk.ledger.framesRefused(INTAKE, 'foreign-point', source.code, 1);
  return null;
}
