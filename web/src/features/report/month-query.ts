import { reportRoutes } from '#contract/report';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';
import type { Rows } from './text.ts';

export type Month = z.output<typeof reportRoutes.getMonth.reply>;

const COUNT_EVERY_MS = 60_000;

export const monthQuery = (month: string, rows: Rows) =>
  queryOptions({
    queryKey: ['report', 'month', month, rows],
    queryFn: ({ signal }) => call(reportRoutes.getMonth, { query: { month, rows }, signal }),
    placeholderData: keepPreviousData,
    // Events would have it counted anew a hundred times in a flood: it is counted on opening and once a minute.
    staleTime: 0,
    refetchInterval: COUNT_EVERY_MS,
  });

/** Nothing at all was counted: no warning, no order, no reading due or received. */
export function isBlank({ warnings, orders, readings }: Month): boolean {
  const counts = [
    warnings.total,
    orders.opened,
    orders.closed,
    orders.cleared,
    orders.open,
    readings.expected,
  ];
  return (readings.received ?? 0) === 0 && counts.every((count) => count === 0);
}
