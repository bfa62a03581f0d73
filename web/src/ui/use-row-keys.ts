import { useEffect, useState } from 'react';

/**
 * j / k or the arrow keys walk a list, Enter opens. Returns the row that is current, by id, so that rows may move in
 * above it without the mark jumping to another record.
 */
export function useRowKeys<Id extends number | string>(
  ids: readonly Id[],
  open: (id: Id) => void,
): Id | undefined {
  const [current, setCurrent] = useState<Id>();
  useEffect(() => {
    const move = (by: number): void => {
      const at = current === undefined ? -1 : ids.indexOf(current);
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
      if (next === undefined) return;
      setCurrent(next);
      document.querySelector(`[data-row="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    };
    const press = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'j' || event.key === 'ArrowDown') move(1);
      else if (event.key === 'k' || event.key === 'ArrowUp') move(-1);
      else if (event.key === 'Enter' && current !== undefined && !isPressable(event.target)) open(current);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [ids, current, open]);
  return current;
}

/** Fields and menus keep all their keys. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest('input, textarea, select, [role="combobox"], [role="listbox"], [contenteditable]') !== null
  );
}

/** Links and buttons keep their Enter. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, summary') !== null;
}
