// What a phone needs to come up without a signal. It caches files of the page only: what was read and done is kept by the page.
import { addRoute, createHandlerBoundToURL, precache } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The shell and the pages of who works on the spot, put in by the build. */
declare const SHELL: { url: string; revision: string | null }[];

interface WorkerEvents {
  readonly message: MessageEvent<{ readonly kind?: string }>;
  readonly push: Lasting & { readonly data: { json(): unknown } | null };
  readonly notificationclick: Lasting & { readonly notification: Notification };
}
/** An event for whose end the browser keeps the worker alive. */
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Client {
  readonly url: string;
  focus(): Promise<unknown>;
  navigate(to: string): Promise<unknown>;
}
/** The part of the worker's world that is used here: the page's types know no workers. */
interface WorkerWorld {
  addEventListener<T extends keyof WorkerEvents>(type: T, listener: (event: WorkerEvents[T]) => void): void;
  skipWaiting(): Promise<void>;
  readonly location: { readonly origin: string };
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { readonly type: 'window' }): Promise<readonly Client[]>;
    openWindow(to: string): Promise<unknown>;
  };
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

/** What the sender in `outlets/web-push` writes into a message. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
}

// A browser takes away who calls it and shows nothing.
world.addEventListener('push', (event) => {
  const { id, title, text, link } = (event.data?.json() ?? {}) as Partial<Told>;
  const about = {
    body: text ?? '',
    icon: '/icon-192.png',
    data: link ?? '/',
    ...(id === undefined ? {} : { tag: id }),
  };
  event.waitUntil(world.registration.showNotification(title ?? '浦安', about));
});

world.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage(String(event.notification.data)));
});

/** Only a page of this house is opened, in the one that is open where there is one. */
async function openPage(link: string): Promise<void> {
  const to = new URL(link, world.location.origin);
  if (to.origin !== world.location.origin) return;
  const [open] = await world.clients.matchAll({ type: 'window' });
  if (!open) {
    await world.clients.openWindow(to.href);
    return;
  }
  await open.focus();
  if (open.url !== to.href) await open.navigate(to.href);
}
