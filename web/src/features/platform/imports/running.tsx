import type { ReactElement } from 'react';
import { useState } from 'react';

import { useNow } from '../../../app/use-now.ts';
import { TEXT } from './text.ts';

const SECOND_MS = 1000;

/** While the server reads row by row: what is done, and for how long. */
export function Running({
  name,
  writing,
}: {
  readonly name: string;
  readonly writing: boolean;
}): ReactElement {
  const now = useNow(SECOND_MS);
  const [since] = useState(now);
  return (
    <div className="panel running" role="status">
      <span>{writing ? TEXT.writing(name) : TEXT.checking(name)}</span>
      <span className="quiet figures">
        {TEXT.elapsed(Math.max(0, Math.round((now - since) / SECOND_MS)))}
      </span>
      <span className="running-bar" aria-hidden />
    </div>
  );
}
