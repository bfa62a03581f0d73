import type { FieldEquals, VideoMapping } from '#model/monitoring';

import { asNumber } from './json.ts';
import { readMoment } from './moment.ts';
import { pick, pickText } from './pick.ts';

/** What a camera has recognised, as it was told. */
export interface VideoEvent {
  readonly camera: string;
  readonly kind: string;
  readonly kindName: string | undefined;
  readonly eventId: string | undefined;
  /** Epoch ms; undefined where the box gave none that can be read. */
  readonly at: number | undefined;
  /** 0–1. */
  readonly confidence: number | undefined;
  /** As the box wrote it: pixels or parts of the picture, corners or sizes. */
  readonly box: unknown;
  /** Base64, perhaps with a `data:` head, or an address. */
  readonly image: string | undefined;
  readonly ended: boolean;
}

export type VideoRead =
  | { readonly kind: 'events'; readonly events: readonly VideoEvent[] }
  | { readonly kind: 'heartbeat'; readonly camera: string | undefined }
  | { readonly kind: 'fault'; readonly reason: 'no-camera' | 'no-kind' | 'no-event' };

const MOST_EVENTS = 100;
const LONGEST_NAME = 200;
const LONGEST_BOX = 4000;

/** Reads a document (JSON, or XML already made into objects) by a source's mapping. */
export function readVideo(document: unknown, mapping: VideoMapping): VideoRead {
  const { heartbeat } = mapping;
  if (heartbeat && heartbeat.length > 0 && heartbeat.every((one) => holds(document, one)))
    return { kind: 'heartbeat', camera: pickText(document, mapping.camera) };
  const items = itemsOf(document, mapping.list);
  if (items.length === 0) return { kind: 'fault', reason: 'no-event' };
  const events: VideoEvent[] = [];
  for (const item of items) {
    const event = readEvent([item, document], mapping);
    if (typeof event === 'string') return { kind: 'fault', reason: event };
    events.push(event);
  }
  return { kind: 'events', events };
}

function itemsOf(document: unknown, list: string | undefined): readonly unknown[] {
  if (list === undefined || list === '') return [document];
  const found = pick(document, list);
  return Array.isArray(found) ? (found as readonly unknown[]).slice(0, MOST_EVENTS) : [];
}

type Documents = readonly [item: unknown, whole: unknown];

function readEvent(from: Documents, mapping: VideoMapping): VideoEvent | 'no-camera' | 'no-kind' {
  const camera = textOf(from, mapping.camera);
  if (camera === undefined) return 'no-camera';
  const kind = textOf(from, mapping.kind);
  if (kind === undefined) return 'no-kind';
  const { time, timeUnit, ended } = mapping;
  return {
    camera,
    kind,
    kindName: textOf(from, mapping.kindName),
    eventId: textOf(from, mapping.eventId),
    at: time === undefined ? undefined : readMoment(valueOf(from, time), timeUnit),
    confidence: shareOf(valueOf(from, mapping.confidence)),
    box: boxOf(valueOf(from, mapping.box)),
    image: imageOf(valueOf(from, mapping.image)),
    ended: ended !== undefined && from.some((document) => holds(document, ended)),
  };
}

function holds(document: unknown, { at, equals }: FieldEquals): boolean {
  return pickText(document, at)?.toLowerCase() === equals.toLowerCase();
}

function textOf([item, whole]: Documents, ways: string | undefined): string | undefined {
  if (ways === undefined || ways === '') return undefined;
  return (pickText(item, ways) ?? pickText(whole, ways))?.slice(0, LONGEST_NAME);
}

function valueOf([item, whole]: Documents, ways: string | undefined): unknown {
  for (const way of (ways ?? '').split('|')) {
    const found = way === '' ? undefined : (pick(item, way.trim()) ?? pick(whole, way.trim()));
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** A share of one; boxes that count to a hundred are brought down. */
function shareOf(value: unknown): number | undefined {
  const number = asNumber(value);
  if (number === undefined || number < 0 || number > 100) return undefined;
  return number > 1 ? number / 100 : number;
}

function boxOf(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.stringify(value).length <= LONGEST_BOX ? value : undefined;
}

function imageOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
