import { type HAND_ACTIONS, type HandOrder, orderLinkRoutes } from '#contract/response';
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

import { call } from '../../../app/call.ts';
import { takePlace } from '../place.ts';
import { randomKey } from '../../../app/random-key.ts';
import { SendKey } from '../../../app/send-key.ts';

type HandAction = (typeof HAND_ACTIONS)[number];

export interface HandWork {
  readonly query: UseQueryResult<HandOrder>;
  readonly act: (
    action: HandAction,
    told: { readonly note: string; readonly photos: readonly number[] },
  ) => void;
  readonly pending: HandAction | undefined;
  readonly error: Error | null;
}

/** The order behind a link, and what its hand tells; `onTold` when that has arrived. */
export function useHandOrder(token: string, onTold: () => void): HandWork {
  const client = useQueryClient();
  const queryKey = ['hand-order', token];
  const [sendKey] = useState(() => new SendKey(randomKey));
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(orderLinkRoutes.openOrderLink, { body: { token }, signal }),
    retry: false,
  });
  const told = useMutation({
    mutationFn: async ({
      action,
      note,
      photos,
    }: {
      action: HandAction;
      note: string;
      photos: readonly number[];
    }) => {
      const body = { action, ...(note === '' ? {} : { note }), photos: [...photos] };
      const key = sendKey.for(JSON.stringify(body));
      const location = await takePlace();
      return call(orderLinkRoutes.actByLink, {
        params: { id: query.data?.id ?? 0 },
        body: { ...body, key, ...(location ? { location } : {}) },
      });
    },
    onSuccess: (order) => {
      sendKey.answered();
      client.setQueryData(queryKey, order);
      onTold();
    },
  });
  return {
    query,
    act: (action, { note, photos }) => told.mutate({ action, note, photos }),
    pending: told.isPending ? told.variables.action : undefined,
    error: told.error,
  };
}
