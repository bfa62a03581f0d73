import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { ConfidenceText } from '../../../ui/confidence-text.tsx';
import { confidenceQuery } from './queries.ts';

/** How far a point's newest value may be leant on, in one line with what speaks against it. Nothing while it is not known. */
export function Confidence({ point }: { readonly point: string }): ReactElement | null {
  const { data } = useQuery(confidenceQuery(point));
  if (!data) return null;
  return <ConfidenceText confidence={data} />;
}
