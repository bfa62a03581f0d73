import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { holdersQuery } from './queries.ts';

/** How many alarms are shelved, suppressed or out of service, beside the tab's name. */
export function HeldWaiting(): ReactElement | null {
  const { data } = useQuery(holdersQuery);
  if (!data) return null;
  const { held } = data;
  const count = held.shelved + held.suppressed + held['out-of-service'];
  return count === 0 ? null : <span className="figures">{count}</span>;
}
