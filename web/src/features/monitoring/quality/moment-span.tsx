import { Input } from 'antd';
import type { ReactElement } from 'react';

import { fieldOf } from '../../../app/beijing-input.ts';
import { REPAIR_TEXT } from './text.ts';

/** From when to when, in Beijing; epoch ms. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export function newSpan(now: number, ms: number): Span {
  return { from: fieldOf(now), to: fieldOf(now + ms) };
}

/** Two fields for date and time. */
export function MomentSpan({
  span,
  onChange,
}: {
  readonly span: Span;
  readonly onChange: (span: Span) => void;
}): ReactElement {
  return (
    <>
      <label>
        {REPAIR_TEXT.from}
        <Input
          type="datetime-local"
          value={span.from}
          onChange={({ target }) => onChange({ ...span, from: target.value })}
        />
      </label>
      <label>
        {REPAIR_TEXT.to}
        <Input
          type="datetime-local"
          value={span.to}
          onChange={({ target }) => onChange({ ...span, to: target.value })}
        />
      </label>
    </>
  );
}
