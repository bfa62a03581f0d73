import type { Draft } from './draft.ts';

const WAIT_MS = 4000;

/** Where the phone is, or undefined when it may not say, cannot, or takes too long. Never an error: work goes on. */
export function takePlace(): Promise<Draft['location']> {
  const geolocation: Geolocation | undefined = window.isSecureContext ? navigator.geolocation : undefined;
  if (!geolocation) return Promise.resolve(undefined);
  const { promise, resolve } = Promise.withResolvers<Draft['location']>();
  // The browser's own timeout does not run while it waits for the person to answer its question.
  const timer = setTimeout(() => resolve(undefined), WAIT_MS);
  geolocation.getCurrentPosition(
    ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
    () => resolve(undefined),
    { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
  );
  return promise.finally(() => clearTimeout(timer));
}
