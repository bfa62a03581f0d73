const TRIED = 'puan.reloaded';
const AGAIN_MS = 60_000;

/**
 * A desk stays open for days, and the server is renewed meanwhile: the parts of the page that were not loaded yet are gone.
 * Then the page is loaded anew, once a minute at most; drafts and what waits to be sent are on the device. Otherwise, and
 * where there is no line (a page that is gone cannot come back then), the page's own error is shown.
 */
export function followNewVersions(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(TRIED) ?? '0');
    if (Date.now() - last < AGAIN_MS || !navigator.onLine) return;
    sessionStorage.setItem(TRIED, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
