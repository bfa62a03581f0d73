import { Input } from 'antd';
import type { ReactElement } from 'react';

import { fieldOf } from '../app/beijing-input.ts';

const TEXT = { from: '从', to: '到' } as const;

/** From when to when, in Beijing, as the fields hold it. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export function newSpan(now: number, ms: number): Span {
  return { from: fieldOf(now), to: fieldOf(now + ms) };
}

interface MomentSpanProps {
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  /** Without an end. */
  readonly open?: boolean;
}

/** Two fields for date and time; one where there is no end. */
export function MomentSpan({ span, onChange, open = false }: MomentSpanProps): ReactElement {
  return (
    <>
      <label>
        {TEXT.from}
        <Input
          type="datetime-local"
          value={span.from}
          onChange={({ target }) => onChange({ ...span, from: target.value })}
        />
      </label>
      {!open && (
        <label>
          {TEXT.to}
          <Input
            type="datetime-local"
            value={span.to}
            onChange={({ target }) => onChange({ ...span, to: target.value })}
          />
        </label>
      )}
    </>
  );
}
