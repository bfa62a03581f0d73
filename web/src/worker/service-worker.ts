// What a phone needs to come up without a signal. It caches files of the page only: what was read and done is kept by the page.
import { addRoute, createHandlerBoundToURL, precache } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The shell and the pages of who works on the spot, put in by the build. */
declare const SHELL: { url: string; revision: string | null }[];

/** The part of the worker's world that is used here: the page's types know no workers. */
interface WorkerWorld {
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent<{ readonly kind?: string }>) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly clients: { matchAll(options: { readonly type: 'window' }): Promise<readonly unknown[]> };
}
const world = self as unknown as WorkerWorld;

/** A line that does not answer for so long is none. */
const PATIENCE_MS = 5000;

precache(SHELL);
const kept = createHandlerBoundToURL('/index.html');
// Whoever has a line gets the page of today, as without a worker; the kept one is for who has none.
registerRoute(
  new NavigationRoute(
    async (options) => {
      try {
        return await fetch(options.request, { signal: AbortSignal.timeout(PATIENCE_MS) });
      } catch {
        return kept(options);
      }
    },
    { denylist: [/^\/api\//u] },
  ),
);
addRoute({ directoryIndex: '', cleanURLs: false });

world.addEventListener('message', ({ data }) => {
  if (data.kind === 'take-over-when-alone') void takeOverWhenAlone();
});

/** The page that asks has just been loaded; another one that is open may still need the files of its own version. */
async function takeOverWhenAlone(): Promise<void> {
  const pages = await world.clients.matchAll({ type: 'window' });
  if (pages.length <= 1) await world.skipWaiting();
}
