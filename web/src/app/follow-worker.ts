/** Told to a worker that waits: nothing else is open that needs the one before it. */
const ALONE = { kind: 'take-over-when-alone' } as const;

/**
 * The service worker, where the browser has one (a web view inside another app may not, and without HTTPS there is none).
 * It takes over when no page of an earlier version is open: nobody's page is changed under their hands.
 */
export async function followWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container || !import.meta.env.PROD) return undefined;
  try {
    const registration: ServiceWorkerRegistration | undefined =
      await container.register('/service-worker.js');
    // A view that forbids workers may answer nothing at all.
    registration?.waiting?.postMessage(ALONE);
    return registration;
  } catch (error) {
    // Refused by the browser or by whoever runs the phone: the page works without it as long as it is open.
    // oxlint-disable-next-line no-console -- there is nobody to tell on the page
    console.warn(error);
    return undefined;
  }
}
