import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { confidenceQuery } from './queries.ts';

/** How far a point's newest value may be leant on, in one line with what speaks against it. Nothing while it is not known. */
export function Confidence({ point }: { readonly point: string }): ReactElement | null {
  const { data } = useQuery(confidenceQuery(point));
  if (!data) return null;
  return (
    <span className="quiet">
      可信度 <strong className="figures">{Math.round(data.value * 100)} %</strong>
      {data.reasons.length > 0 && `：${data.reasons.join('、')}`}
    </span>
  );
}
