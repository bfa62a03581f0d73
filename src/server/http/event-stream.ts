import { randomUUID } from 'node:crypto';

import { type Event, eventsAfter } from '#bus';
import { EVENT_TYPES, type EventType } from '#contract/http';
import { type Capability, SELF_TEST_PLACE } from '#model/platform';
import type { Actor } from '#services/context';
import type { OpenScreen } from '#services/standard';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Kysely } from 'kysely';

import { type ActorFinder, actorOf } from './actor.ts';

/** Between two sends: short while sending is cheap, longer with many readers or in a flood. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;
const PAUSE_PER_COST = 4;
const HEARTBEAT_MS = 20_000;
const RESUME_PAGE = 5000;
/** Newest events kept in memory, to close the gap between reading old ones and joining. */
const RING = 20_000;
/** How far back a stream may ask for what was told before it was opened. */
const LONGEST_BACK_MS = 10_000;
/** A reader that lets this much pile up is cut off; it resumes by itself after its last event. */
const BACKLOG_BYTES = 4 * 1024 * 1024;
const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);
/** The first word of an event's type: what it is about. */
type Subject<Type = EventType> = Type extends `${infer Word}.${string}` ? Word : never;
/** Who may read a record may hear of it. */
const NEEDED: Readonly<Record<Exclude<Subject, 'notification'>, Capability>> = {
  alarm: 'warning.read',
  verification: 'warning.read',
  shelf: 'warning.read',
  'suppression-rule': 'warning.read',
  'service-window': 'reading.read',
  warning: 'warning.read',
  seat: 'warning.read',
  cascade: 'warning.read',
  dependency: 'object.read',
  'work-order': 'work-order.read',
  incident: 'work-order.read',
  'incident-form': 'duty.read',
  activation: 'platform.read',
  'overdue-list': 'work-order.read',
  supervision: 'work-order.read',
  'closure-sample': 'work-order.read',
  device: 'device.read',
  'suspected-event': 'event.read',
  'replay-session': 'map.read',
  drill: 'work-order.read',
  borders: 'map.read',
  duty: 'duty.read',
  'incident-report': 'duty.read',
  audit: 'audit.read',
  personal: 'audit.read',
  account: 'account.read',
  platform: 'platform.read',
  object: 'object.read',
  coverage: 'object.read',
  'blind-spot': 'reading.read',
  population: 'reading.read',
  'own-limit': 'object.read',
  standard: 'standard.read',
  fault: 'fault.read',
  'chain-test': 'fault.read',
  reconciliation: 'fault.read',
};
const NEEDED_BY_WORD: ReadonlyMap<string, Capability> = new Map(Object.entries(NEEDED));

/** An open stream is nobody doing anything; it keeps only those signed in who keep the duty desk. */
const DOOR = { access: 'session', automatic: true } as const;

interface Stream {
  /** Told to the browser, so that it can say what it has shown. */
  readonly id: string;
  readonly openedAt: number;
  /** When versions of the standard were announced to it, and when it said to have shown them; by the version's id. */
  readonly announced: Map<number, number>;
  readonly shown: Map<number, number>;
  readonly reply: FastifyReply;
  readonly actor: Actor;
  readonly token: () => Promise<boolean>;
  /** Newest event written; older ones are not sent again. */
  seq: number;
  /** Still reading what it missed: live events wait for it in the ring. */
  behind: boolean;
}

/** Where the streams read what was missed, and who may read. */
export interface EventSource extends ActorFinder {
  readonly events: Kysely<never>;
  newestSeq(): Promise<number>;
}

/**
 * `GET /api/v1/events`: what happens, as server-sent events, to everybody whose rights reach it. Events are gathered
 * for a moment and rendered once for all readers. `Last-Event-ID` resumes; without it `?back=` (ms, 10,000 at most) begins with
 * what was told so long ago: a page asks for its lists before its stream is open.
 */
export class EventStreams {
  readonly #source: EventSource;
  readonly #streams = new Set<Stream>();
  #waiting: Event[] = [];
  #ring: Event[] = [];
  /** When something was told lately (monotonic ms), and the number before its first. */
  #told: { readonly at: number; readonly before: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sendAgainAt = 0;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(source: EventSource) {
    this.#source = source;
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS);
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Told by the dispatcher. */
  publish(events: readonly Event[]): void {
    const shown = events.filter(isShown);
    this.#ring.push(...shown);
    if (this.#ring.length > RING * 2) this.#ring = this.#ring.slice(-RING);
    const [first] = shown;
    const now = performance.now();
    const start = this.#told.findIndex(({ at }) => at >= now - LONGEST_BACK_MS);
    this.#told = start < 0 ? [] : this.#told.slice(start);
    if (first) this.#told.push({ at: now, before: first.seq - 1 });
    if (this.#streams.size === 0 || shown.length === 0) return;
    this.#waiting.push(...shown);
    // At once after a quiet moment; in a flood together.
    const wait = Math.max(0, this.#sendAgainAt - performance.now());
    this.#timer ??= setTimeout(() => this.#send(), wait);
  }

  async open(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const actor = await actorOf(this.#source, request, DOOR);
    const asked = request.headers['last-event-id'];
    const last = typeof asked === 'string' && /^\d{1,16}$/u.test(asked) ? Number(asked) : undefined;
    const since = performance.now() - backOf(request.query);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const token = async (): Promise<boolean> =>
      actorOf(this.#source, request, DOOR).then(Boolean, () => false);
    const stream: Stream = {
      id: randomUUID(),
      openedAt: Date.now(),
      announced: new Map(),
      shown: new Map(),
      reply,
      actor,
      token,
      seq: last ?? 0,
      behind: true,
    };
    reply.raw.on('close', () => this.#streams.delete(stream));
    reply.raw.on('error', () => this.#streams.delete(stream));
    this.#streams.add(stream);
    const newest = Math.max(await this.#source.newestSeq(), this.#ring.at(-1)?.seq ?? 0);
    // A number we have not given out (another database's) must not make the stream wait until it is reached.
    if (last === undefined || last > newest)
      stream.seq = Math.min(newest, this.#told.find(({ at }) => at >= since)?.before ?? newest);
    else await this.#resume(stream, last);
    reply.raw.write(`retry: 2000\n: ready ${stream.seq}\n\n`);
    reply.raw.write(`event: stream\ndata: ${JSON.stringify({ stream: stream.id })}\n\n`);
    // What was published while the old ones were read: in the ring, in order, and from here on live.
    for (const event of this.#ring) deliver(stream, event, () => render(event));
    stream.behind = false;
  }

  /** Every open stream, and what is known of its screen. */
  screens(): readonly OpenScreen[] {
    return [...this.#streams].map(({ actor, openedAt, announced, shown }) => ({
      name: actor.name,
      platforms: [
        ...new Map(actor.rights.grants.map((one) => [one.platform, one.platformName])).entries(),
      ].map(([code, name]) => ({ code, name })),
      openedAt,
      announced,
      shown,
    }));
  }

  /** A screen says that it has shown a version of the standard. False for a stream that is not this account's, or is closed. */
  noteShown(stream: string, account: number, version: number): boolean {
    const found = [...this.#streams].find(({ id, actor }) => id === stream && actor.accountId === account);
    if (!found?.announced.has(version)) return false;
    if (!found.shown.has(version)) found.shown.set(version, Date.now());
    return true;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    for (const stream of this.#streams) stream.reply.raw.end();
    this.#streams.clear();
  }

  /** Sessions have ended: streams that hang on one end now, not with the next heartbeat. */
  recheck(): void {
    void this.#beat();
  }

  /** Everything after a seq, page by page: a reader that was away for long misses nothing. */
  async #resume(stream: Stream, after: number): Promise<void> {
    let from = after;
    for (let more = true; more && !stream.reply.raw.destroyed;) {
      const missed = await eventsAfter(this.#source.events, from, RESUME_PAGE);
      for (const event of missed) if (isShown(event)) deliver(stream, event, () => render(event));
      from = missed.at(-1)?.seq ?? from;
      more = missed.length === RESUME_PAGE;
    }
  }

  #send(): void {
    this.#timer = undefined;
    const began = performance.now();
    const events = this.#waiting;
    this.#waiting = [];
    const rendered = events.map((event) => [event, render(event)] as const);
    for (const stream of this.#streams) {
      if (stream.behind) continue;
      let text = '';
      for (const [event, lines] of rendered) {
        if (event.seq <= stream.seq || !reaches(stream.actor, event)) continue;
        text += lines;
        noteAnnounced(stream, event);
        stream.seq = event.seq;
      }
      if (text === '') continue;
      stream.reply.raw.write(text);
      if (stream.reply.raw.writableLength > BACKLOG_BYTES) stream.reply.raw.destroy();
    }
    const cost = performance.now() - began;
    const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, cost * PAUSE_PER_COST));
    this.#sendAgainAt = performance.now() + pause;
  }

  /** Keeps proxies from cutting a quiet line, and ends streams whose session is over. */
  async #beat(): Promise<void> {
    for (const stream of this.#streams) {
      if (await stream.token()) stream.reply.raw.write(': still here\n\n');
      else stream.reply.raw.end();
    }
  }
}

/** What happens in a self-test is nobody's news; how it ended is told by its own event. */
function isShown({ type, place }: Event): boolean {
  return TYPES.has(type) && place !== SELF_TEST_PLACE;
}

function reaches({ rights, accountId }: Actor, event: Event): boolean {
  // What somebody is told is theirs, wherever it lies.
  if (event.type === 'notification.sent') return event.payload['account'] === accountId;
  const needed = NEEDED_BY_WORD.get(event.type.split('.', 1)[0] ?? '');
  if (needed === undefined || !rights.has(needed)) return false;
  if (event.place === null && event.scenario === null) return true;
  return rights.mayAt(needed, event);
}

function backOf(query: unknown): number {
  const { back } = query as { readonly back?: unknown };
  return typeof back === 'string' && /^\d{1,9}$/u.test(back) ? Math.min(Number(back), LONGEST_BACK_MS) : 0;
}

function deliver(stream: Stream, event: Event, text: () => string): void {
  if (event.seq <= stream.seq || !reaches(stream.actor, event)) return;
  stream.reply.raw.write(text());
  noteAnnounced(stream, event);
  stream.seq = event.seq;
}

function noteAnnounced({ announced }: Stream, { type, payload }: Event): void {
  if (type === 'standard.published') announced.set(payload.id, Date.now());
}

function render(event: Event): string {
  const { id, level, state, object, text } = event.payload as Record<string, unknown>;
  const data = { type: event.type, at: event.at, id, level, state, object, text };
  return `event: ${event.type}\nid: ${event.seq}\ndata: ${JSON.stringify(data)}\n\n`;
}
