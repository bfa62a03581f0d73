import { useEffect, useRef, useState } from 'react';

import { freshRows, type Row } from './fresh-rows.ts';

const FRESH_MS = 2500;
const NONE: ReadonlySet<number> = new Set();

interface Seen {
  readonly list: string;
  readonly marks: ReadonlyMap<number, number>;
}

/**
 * Ids of rows that came or changed while the list was open, for a moment each. `list` names what is listed (its
 * filters): another list starts without news. Rows are undefined until loaded.
 */
export function useFresh(list: string, rows: readonly Row[] | undefined): ReadonlySet<number> {
  const seen = useRef<Seen>(undefined);
  const [fresh, setFresh] = useState(NONE);
  useEffect(() => {
    if (!rows) return undefined;
    const before = seen.current?.list === list ? seen.current.marks : undefined;
    seen.current = { list, marks: new Map(rows.map((row) => [row.id, row.mark])) };
    const ids = freshRows(before, rows);
    if (ids.length === 0) return undefined;
    setFresh((current) => new Set([...current, ...ids]));
    // Not cleared when the next rows come: each batch fades by its own time.
    setTimeout(
      () => setFresh((current) => new Set([...current].filter((id) => !ids.includes(id)))),
      FRESH_MS,
    );
    return undefined;
  }, [list, rows]);
  return fresh;
}
