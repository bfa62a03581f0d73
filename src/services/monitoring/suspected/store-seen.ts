import type { VideoEvent } from '#protocols/push';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { IntakeDesk } from '../intake/intake-desk.ts';
import type { KindMeaning } from '../intake/kind-meaning.ts';
import type { OpenSource } from '../intake/open-source.ts';

interface Seen {
  readonly event: VideoEvent & { readonly at: number };
  readonly meaning: KindMeaning;
  /** Hash of its picture. */
  readonly picture: string | null;
  /** Within so long (ms) of the last one the same kind at the same camera is the same event. */
  readonly withinMs: number;
}

interface Stored {
  readonly id: number;
  /** A value stands in the readings because of it, or a person has already decided. */
  readonly isFed: boolean;
}

interface Known {
  readonly id: number;
  readonly state: string;
  readonly fed_value: number | null;
}

/** Keeps what a camera has recognised as a suspected event; the same one sent again, or a repeat of it, is counted at the first. */
export async function storeSeen(intake: IntakeDesk, source: OpenSource, seen: Seen): Promise<Stored> {
  return intake.system.transaction(async (tx) => {
    const { camera, kind } = seen.event;
    // Boxes push side by side: one at a time for a kind at a camera.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${source.id} ${camera} ${kind}`}, 7))`.execute(
      tx,
    );
    const known = await findKnown(tx, source, seen);
    if (known) {
      await repeat(tx, known, seen);
      return { id: known.id, isFed: known.fed_value !== null || known.state !== 'suspected' };
    }
    return { id: await insert(tx, { intake, source }, seen), isFed: false };
  });
}

async function findKnown(
  tx: Tx,
  source: OpenSource,
  { event, withinMs }: Seen,
): Promise<(Known & { readonly again: boolean }) | undefined> {
  const { camera, kind, at } = event;
  const { rows } = await sql<Known & { readonly again: boolean }>`
    select id, state, fed_value, event_key is not distinct from ${event.eventId ?? null} and event_key is not null as again
    from suspected_event
    where source_id = ${source.id} and (event_key = ${event.eventId ?? null}
      or camera = ${camera} and kind = ${kind} and ended_at is null
        and last_at between ${new Date(at - withinMs)} and ${new Date(at + withinMs)})
    order by again desc, last_at desc limit 1`.execute(tx);
  return rows[0];
}

/** The very same one changes nothing; a repeat moves the end, and may bring the picture or a better look. */
async function repeat(
  tx: Tx,
  known: Known & { readonly again: boolean },
  { event, picture }: Seen,
): Promise<void> {
  if (known.again) return;
  await sql`update suspected_event set times = times + 1, last_at = greatest(last_at, ${new Date(event.at)}),
      picture = coalesce(picture, ${picture}), confidence = greatest(confidence, ${event.confidence ?? null}::float8)
    where id = ${known.id}`.execute(tx);
}

async function insert(tx: Tx, from: From, seen: Seen): Promise<number> {
  const { event, meaning } = seen;
  const where = whereOf(from, seen);
  const { place, scenario } = where;
  const row = await tx
    .insertInto('suspected_event')
    .values({
      ...where,
      origin: 'video',
      source_id: from.source.id,
      event_key: event.eventId ?? null,
      point_id: meaning.point,
      element_code: meaning.element,
      camera: event.camera,
      kind: event.kind,
      kind_name: meaning.name,
      confidence: event.confidence ?? null,
      box: event.box === undefined ? null : JSON.stringify(event.box),
      picture: seen.picture,
      observed_at: new Date(event.at),
      last_at: new Date(event.at),
      received_at: new Date(from.intake.system.now()),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const text = `${meaning.name ?? event.kind}，待核实`;
  await announce(tx, [
    { type: 'suspected-event.raised', at: event.at, place, scenario, payload: { id: row.id, text } },
  ]);
  return row.id;
}

interface From {
  readonly intake: IntakeDesk;
  readonly source: OpenSource;
}

/** Where its point is, else where the camera's other points are, else where the source is. */
function whereOf({ intake, source }: From, { event, meaning }: Seen) {
  const { book } = intake.desk.ingest;
  const point = meaning.point === null ? pointOfCamera(intake, event.camera) : book.get(meaning.point);
  if (!point)
    return { place: source.place, scenario: source.scenario, object_id: null, simulated: source.simulated };
  const { place, scenario, objectId, simulated } = point;
  return { place, scenario, object_id: objectId, simulated: source.simulated || simulated };
}

/** A camera looks at one object: where any of its points is. */
function pointOfCamera({ desk }: IntakeDesk, camera: string) {
  const [binding] = desk.devices.find('video', camera)?.factors.values() ?? [];
  return binding === undefined ? undefined : desk.ingest.book.get(binding.point);
}
