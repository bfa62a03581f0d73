import type { ReactElement } from 'react';

import { COMPOSITE_TEXT } from './text.ts';

interface ConditionProps {
  readonly words: string | null;
  /** CEL. */
  readonly when: string;
}

/** A condition in words; its CEL is there for whoever wants to see it. */
export function Condition({ words, when }: ConditionProps): ReactElement {
  return (
    <>
      <span>{words ?? COMPOSITE_TEXT.onlyCel}</span>
      <details className="basis-note" open={words === null}>
        <summary>{COMPOSITE_TEXT.cel}</summary>
        <code className="standard-cel">{when}</code>
      </details>
    </>
  );
}
