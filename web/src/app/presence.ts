/** After this long without a touch or a key, what the page asks it asks by itself. */
const PRESENT_MS = 60_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

let lastSign = Date.now();

/** Watches for signs of a person from now on. */
export function watchPresence(): void {
  for (const sign of SIGNS) {
    window.addEventListener(sign, () => (lastSign = Date.now()), { passive: true, capture: true });
  }
}

/** Whether the page asks by itself: an open page that nobody sits at keeps nobody signed in, but the duty desk. */
export function isAutomatic(): boolean {
  return Date.now() - lastSign > PRESENT_MS;
}
