import { useEffect, useRef, useState } from 'react';

const FRESH_MS = 2500;

interface Row {
  readonly id: number;
  /** Grows whenever the row changed. */
  readonly mark: number;
}

/**
 * Ids of rows that came or changed while the page was open, for a moment each. What the first load and 加载更多 bring is
 * not fresh: only rows whose mark lies above every mark seen before.
 */
export function useFresh(rows: readonly Row[] | undefined): ReadonlySet<number> {
  const seen = useRef<number>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    if (!rows || rows.length === 0) return undefined;
    const before = seen.current;
    seen.current = Math.max(before ?? 0, ...rows.map((row) => row.mark));
    const ids = before === undefined ? [] : rows.filter((row) => row.mark > before).map((row) => row.id);
    if (ids.length === 0) return undefined;
    setFresh((current) => new Set([...current, ...ids]));
    const timer = setTimeout(() => {
      setFresh((current) => new Set([...current].filter((id) => !ids.includes(id))));
    }, FRESH_MS);
    return () => clearTimeout(timer);
  }, [rows]);
  return fresh;
}
