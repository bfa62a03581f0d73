import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { waitingQuery } from './verify-queries.ts';

/** How many alarms wait for a person, beside the tab's name. */
export function WaitingCount(): ReactElement | null {
  const { data } = useInfiniteQuery(waitingQuery);
  const waiting = data?.pages[0]?.waiting ?? 0;
  return waiting === 0 ? null : <StateTag tone="waiting">{`${waiting} 条`}</StateTag>;
}
