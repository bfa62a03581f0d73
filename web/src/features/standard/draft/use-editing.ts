import { useState } from 'react';

interface Editing<Row> {
  readonly open: boolean;
  /** The row whose form is open; undefined for a new one, and while none is open. */
  readonly row: Row | undefined;
  readonly edit: (code: string) => void;
  readonly add: () => void;
  readonly close: () => void;
}

/** Which row of a list is being edited: none, one of them, or a new one. */
export function useEditing<Row extends { readonly code: string }>(rows: readonly Row[]): Editing<Row> {
  const [code, setCode] = useState<string | null>();
  return {
    open: code !== undefined,
    row: rows.find((row) => row.code === code),
    edit: setCode,
    add: () => setCode(null),
    close: () => setCode(undefined),
  };
}
