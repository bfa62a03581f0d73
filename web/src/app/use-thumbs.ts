import { useSyncExternalStore } from 'react';

/** As narrow as where the shell becomes a phone's (shell.css), or touched. */
const BY_THUMB = globalThis.matchMedia('(max-width: 860px), (pointer: coarse)');

function subscribe(told: () => void): () => void {
  BY_THUMB.addEventListener('change', told);
  return () => BY_THUMB.removeEventListener('change', told);
}

/** Whether what is pressed is pressed by a thumb. */
export function useThumbs(): boolean {
  return useSyncExternalStore(subscribe, () => BY_THUMB.matches);
}
