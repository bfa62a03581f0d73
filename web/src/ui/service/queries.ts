import { serviceWindowRoutes } from '#contract/monitoring';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

/** What is out of service now; or, of all three kinds, everything that was ever announced. */
export const windowsQuery = (onlyOut: boolean) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'windows', onlyOut],
    queryFn: ({ pageParam, signal }) => {
      const page = pageParam ? { after: pageParam } : {};
      const out = onlyOut ? { kind: 'out-of-service' as const, running: 'true' as const } : {};
      return call(serviceWindowRoutes.listServiceWindows, { query: { ...page, ...out }, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** What is out of service shows at the points and in the lists of warnings too. */
function useThenFresh<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['monitoring'] });
      await client.invalidateQueries({ queryKey: ['warning'] });
    },
  });
}

interface Versioned {
  readonly id: number;
  readonly version: number;
  readonly reason: string;
}

export const useMakeWindow = () =>
  useThenFresh((body: z.input<typeof serviceWindowRoutes.createServiceWindow.body>) =>
    call(serviceWindowRoutes.createServiceWindow, { body }),
  );

export const useEndWindow = () =>
  useThenFresh(({ id, ...body }: Versioned) =>
    call(serviceWindowRoutes.endServiceWindow, { params: { id }, body }),
  );

export const useReviewWindow = () =>
  useThenFresh(({ id, ...body }: Versioned) =>
    call(serviceWindowRoutes.reviewServiceWindow, { params: { id }, body }),
  );
