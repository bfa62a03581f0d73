import type { Route } from '#contract/http';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

interface Act<P extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly body?: z.input<B>;
}

/** Does something with a rehearsal or a known case; both lists are asked anew. */
export function useRehearsalAct<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(route: Route<P, Q, B, R>, done?: () => void): UseMutationResult<z.output<R>, Error, Act<P, B>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act<P, B>) => call(route, act),
    onSuccess: () => {
      done?.();
      void client.invalidateQueries({ queryKey: ['rehearsals'] });
      void client.invalidateQueries({ queryKey: ['known-cases'] });
    },
  });
}
