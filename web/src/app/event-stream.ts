import { EVENT_TYPES, type StreamEvent, streamEvent, streamNamed } from '#contract/http';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

import { call } from './call.ts';
import { Coalescer } from './coalesce.ts';
import { keysOf } from './invalidation.ts';
import { makeOld } from './make-old.ts';
import { sessionQuery } from './session.ts';

/** `since`: when the picture last was known to be true; shown while the line is broken. */
type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly since: number };

/** Between the tabs of one browser: what the tab that holds the stream tells the others. */
type TabMessage =
  | { readonly kind: 'event'; readonly event: StreamEvent }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'resync' }
  | { readonly kind: 'hello' };

const CHANNEL = 'puan-events';
const COALESCE_MS = 100;
const RETRY_MS = 3000;

let connection: Connection = { kind: 'connecting' };
const watchers = new Set<() => void>();

/** The state of the live line, for the banner and the foot of the shell. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );
}

function setConnection(next: Connection): void {
  if (next.kind === 'stale' && connection.kind === 'stale') return;
  connection = next;
  for (const watcher of watchers) watcher();
}

const eventWatchers = new Set<(event: StreamEvent) => void>();

/** Calls for every event, in the order of the stream. For pages that must react to the event itself. */
export function onStreamEvent(watcher: (event: StreamEvent) => void): () => void {
  eventWatchers.add(watcher);
  return () => eventWatchers.delete(watcher);
}

/**
 * Starts the live line of this tab: one event stream per browser. The tab that holds the lock `puan-events` owns the
 * EventSource and tells the others; where the browser has no locks (no HTTPS), each tab has its own.
 * Returns how to stop.
 */
export function startEventStream(client: QueryClient): () => void {
  const stop = new AbortController();
  const tabs = new BroadcastChannel(CHANNEL);
  const coalescer = new Coalescer<StreamEvent>(COALESCE_MS, async (events) => {
    await Promise.all(keysOf(events).map((queryKey) => makeOld(client, queryKey)));
    if (holds) await reportShown(events);
  });
  let holds = false;

  const receive = (message: TabMessage): void => {
    if (message.kind === 'event') {
      for (const watcher of eventWatchers) watcher(message.event);
      coalescer.add(message.event);
    } else if (message.kind === 'connection') {
      setConnection(message.connection);
      // A broken line may be a session that has ended; asking for the session tells which.
      if (message.connection.kind === 'stale')
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    } else if (message.kind === 'resync') void makeOld(client, []);
    else if (holds) say(tabs, { kind: 'connection', connection });
  };
  const tell = (message: TabMessage): void => {
    receive(message);
    say(tabs, message);
  };
  tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => receive(data));

  const hold = (): Promise<void> => {
    holds = true;
    return holdStream(tell, stop.signal);
  };
  // Without HTTPS, `navigator.locks` is absent although the type says otherwise.
  const locks: LockManager | undefined = navigator.locks;
  if (locks) {
    say(tabs, { kind: 'hello' });
    locks.request(CHANNEL, { signal: stop.signal }, hold).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  } else void hold();

  return () => {
    stop.abort();
    tabs.close();
    setConnection({ kind: 'connecting' });
  };
}

/** As the server named the stream this tab holds. */
let streamName: string | undefined;

/** Tells the server which versions of the standard this browser has asked anew for (同步核验). Nothing hangs on it. */
async function reportShown(events: readonly StreamEvent[]): Promise<void> {
  const stream = streamName;
  const published = events.filter(({ type }) => type === 'standard.published');
  if (stream === undefined || published.length === 0) return;
  // Seldom needed, so it does not travel with every page.
  const { deploymentRoutes } = await import('#contract/standard');
  for (const { id } of published)
    await call(deploymentRoutes.reportStandardShown, { params: { id }, body: { stream } }).catch(
      () => undefined,
    );
}

function say(tabs: BroadcastChannel, message: TabMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target: it stays in its origin
  tabs.postMessage(message);
}

/** Keeps an EventSource open until told to stop. A line that was refused (not merely broken) is tried again. */
function holdStream(tell: (message: TabMessage) => void, stop: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  // A tab that takes the stream over was told by another one until then.
  let missed = connection.kind !== 'connecting';

  const open = (): void => {
    // What the page has asked for until now was answered without the stream: what happened meanwhile is told, too.
    source = new EventSource(`/api/v1/events?back=${Math.ceil(performance.now())}`);
    source.addEventListener('open', () => {
      tell({ kind: 'connection', connection: { kind: 'live' } });
      // What was missed while the line was down, or before this tab took it over, is asked for once.
      if (missed) tell({ kind: 'resync' });
      missed = false;
    });
    source.addEventListener('error', () => {
      // Also before it was ever open: a page that comes up without a signal shows what was kept.
      missed = true;
      tell({ kind: 'connection', connection: { kind: 'stale', since: Date.now() } });
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    });
    source.addEventListener('stream', ({ data }: MessageEvent<string>) => {
      streamName = streamNamed.safeParse(JSON.parse(data)).data?.stream;
    });
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message: MessageEvent<string>) => {
        const event = readEvent(message.data);
        if (event) tell({ kind: 'event', event });
      });
    }
  };
  const broken = (): void => tell({ kind: 'connection', connection: { kind: 'stale', since: Date.now() } });
  window.addEventListener('offline', broken, { signal: stop });
  stop.addEventListener('abort', () => {
    source?.close();
    clearTimeout(retry);
    resolve();
  });
  open();
  return promise;
}

/** A message this version does not know is passed over: the server may be newer than the page. */
function readEvent(text: string): StreamEvent | undefined {
  const parsed = streamEvent.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
