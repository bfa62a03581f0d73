import { useEffect, useState } from 'react';

import { Coalescer } from '../../app/coalesce.ts';
import { onStreamEvent } from '../../app/event-stream.ts';

const FRESH_MS = 15_000;
const GATHER_MS = 300;
/** In a flood the newest few still say “here”; hundreds of rings would say nothing. */
const AT_MOST = 30;

/** Objects whose warning was raised or upgraded within the last seconds, newest first. */
export function useFreshObjects(): readonly number[] {
  const [fresh, setFresh] = useState<readonly { readonly id: number; readonly until: number }[]>([]);

  useEffect(() => {
    const coalescer = new Coalescer<number>(GATHER_MS, (ids) => {
      const until = Date.now() + FRESH_MS;
      const added = [...new Set(ids)].toReversed().map((id) => ({ id, until }));
      setFresh((before) => [...added, ...before.filter(({ id }) => !ids.includes(id))].slice(0, AT_MOST));
      return Promise.resolve();
    });
    return onStreamEvent(({ type, object }) => {
      if ((type === 'warning.raised' || type === 'warning.upgraded') && object !== undefined)
        coalescer.add(object);
    });
  }, []);

  useEffect(() => {
    const oldest = fresh.at(-1);
    if (!oldest) return undefined;
    const timer = setTimeout(
      () => setFresh((before) => before.filter(({ until }) => until > Date.now())),
      Math.max(50, oldest.until - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [fresh]);

  return fresh.map(({ id }) => id);
}
