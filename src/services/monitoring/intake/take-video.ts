import type { Pushed } from '#contract/monitoring';
import { COLLAPSE_SECONDS, type VideoMapping } from '#model/monitoring';
import { readVideo, type VideoEvent } from '#protocols/push';

import { endSeen } from '../suspected/end-seen.ts';
import { feed } from '../suspected/feed.ts';
import { storeSeen } from '../suspected/store-seen.ts';
import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import { keepPicture } from './keep-picture.ts';
import { storable } from './keep-message.ts';
import { meaningOf } from './kind-meaning.ts';
import type { OpenSource } from './open-source.ts';
import { readDocuments } from './read-documents.ts';

interface Work {
  readonly intake: IntakeDesk;
  readonly source: OpenSource;
  readonly mapping: VideoMapping;
  taken: number;
  refused: number;
}

/** What a box has recognised: events kept as suspected ones, heartbeats as signs of life. */
export async function takeVideo(intake: IntakeDesk, source: OpenSource, raw: Buffer): Promise<Pushed> {
  const { documents, pictures, unreadable } = readDocuments(raw);
  const { mapping } = source.settings;
  const work: Work = {
    intake,
    source,
    mapping: mapping ?? { camera: 'camera', kind: 'kind', timeUnit: 'iso' },
    taken: 0,
    refused: 0,
  };
  const lost = documents.length === 0 ? Math.max(unreadable, 1) : unreadable;
  if (lost > 0) refuse(work, 'not-readable', lost);
  for (const document of documents) await takeDocument(work, document, pictures[0]);
  return { taken: work.taken, kept: 0, refused: work.refused };
}

function refuse(work: Work, reason: string, n = 1): void {
  work.refused += n;
  work.intake.desk.ledger.framesRefused(INTAKE, reason, work.source.code, n);
}

async function takeDocument(work: Work, document: unknown, beside: Buffer | undefined): Promise<void> {
  const read = readVideo(document, work.mapping);
  if (read.kind === 'fault') {
    refuse(work, read.reason);
    return;
  }
  if (read.kind === 'heartbeat') {
    if (read.camera !== undefined) hear(work.intake, work.source, read.camera, document);
    work.taken += 1;
    return;
  }
  for (const event of read.events) {
    await takeEvent(work, event, beside);
    work.taken += 1;
  }
}

/** A camera that nobody has registered waits in quarantine; its events are kept all the same. */
function hear({ desk }: IntakeDesk, { address }: OpenSource, camera: string, sample: unknown): void {
  if (desk.devices.find('video', camera)) {
    desk.ledger.framesAccepted('video', camera, 1);
    return;
  }
  desk.devices.quarantine({
    protocol: 'video',
    code: camera,
    address,
    sample: JSON.stringify(sample, (_name, value: unknown) =>
      typeof value === 'string' && value.length > 100 ? `${value.slice(0, 40)}…` : value,
    ),
  });
}

async function takeEvent(work: Work, told: VideoEvent, beside: Buffer | undefined): Promise<void> {
  const { intake, source } = work;
  const event = {
    ...told,
    camera: storable(told.camera),
    kind: storable(told.kind),
    kindName: told.kindName === undefined ? undefined : storable(told.kindName),
    eventId: told.eventId === undefined ? undefined : storable(told.eventId),
  };
  const now = intake.system.now();
  if (event.at === undefined && work.mapping.time !== undefined) refuse(work, 'bad-time');
  const at = event.at ?? now;
  hear(intake, source, event.camera, { ...event, image: undefined });
  if (event.ended) {
    await endSeen(intake, source, { camera: event.camera, kind: event.kind, at: now });
    return;
  }
  const meaning = await meaningOf(intake, source, event);
  const picture = await keepPicture(intake, source, event.image ?? beside);
  const seen = await storeSeen(intake, source, {
    event: { ...event, at },
    meaning,
    picture,
    withinMs: (source.settings.collapseSeconds ?? COLLAPSE_SECONDS) * 1000,
  });
  // Answered only when what is to be judged at once stands; sent again, it stands once.
  if (seen.isFed || meaning.point === null || meaning.suspectedValue === null) return;
  await feed(intake.desk, { point: meaning.point, at, value: meaning.suspectedValue, source: 'video' });
  await intake.system.transaction((tx) =>
    tx
      .updateTable('suspected_event')
      .set({ fed_value: meaning.suspectedValue })
      .where('id', '=', seen.id)
      .where('state', '=', 'suspected')
      .execute(),
  );
}
