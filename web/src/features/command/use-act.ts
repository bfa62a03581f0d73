import type { Route } from '#contract/http';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

interface Act<P extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly body?: z.input<B>;
}

/** A change under 指挥体系. Afterwards every page of the module asks anew, whether or not the event stream is up. */
export function useAct<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  done?: (reply: z.output<R>) => void,
): UseMutationResult<z.output<R>, Error, Act<P, B>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act<P, B>) => call(route, act),
    onSuccess: (reply) => {
      done?.(reply);
      void client.invalidateQueries({ queryKey: ['command'] });
    },
  });
}
