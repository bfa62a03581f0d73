import type { intakeRoutes } from '#contract/monitoring';
import { readVideo, type VideoEvent } from '#protocols/push';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { readDocuments } from './read-documents.ts';
import { INTAKE_REFUSAL_TEXT } from './refusal-text.ts';

type Route = typeof intakeRoutes.tryMapping;
type Reply = z.output<Route['reply']>;

/** What a mapping reads of a sample; nothing is kept. */
export async function tryMapping(
  context: RequestContext,
  { body }: { readonly body: z.output<Route['body']> },
): Promise<Reply> {
  context.authorize('device.manage');
  const [document] = readDocuments(Buffer.from(body.sample)).documents;
  if (document === undefined) return fault('not-readable');
  const read = readVideo(document, body.mapping);
  if (read.kind === 'fault') return fault(read.reason);
  if (read.kind === 'heartbeat') return { outcome: 'heartbeat', reason: null, events: [] };
  return { outcome: 'events', reason: null, events: read.events.map(show) };
}

function fault(reason: string): Reply {
  return { outcome: 'fault', reason: INTAKE_REFUSAL_TEXT[reason] ?? reason, events: [] };
}

function show({
  camera,
  kind,
  kindName,
  eventId,
  at,
  confidence,
  image,
  ended,
}: VideoEvent): Reply['events'][number] {
  return {
    camera,
    kind,
    kindName: kindName ?? null,
    eventId: eventId ?? null,
    at: at ?? null,
    confidence: confidence ?? null,
    hasImage: image !== undefined,
    ended,
  };
}
