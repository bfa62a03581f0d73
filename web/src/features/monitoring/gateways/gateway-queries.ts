import { gatewayRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

/** Connections come and go without an event; an open page asks again. */
const EVERY_MS = 5000;
const KEY = ['monitoring', 'gateways'] as const;

export const gatewaysQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => call(gatewayRoutes.listGateways, { signal }),
  refetchInterval: EVERY_MS,
});

export const gatewaySessionsQuery = (id: number) =>
  queryOptions({
    queryKey: [...KEY, id, 'sessions'],
    queryFn: ({ signal }) => call(gatewayRoutes.listGatewaySessions, { params: { id }, signal }),
    refetchInterval: EVERY_MS,
  });

/** The platforms a gateway may be opened for, by what was typed. */
export const platformChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['monitoring', 'platform-choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { search: search || undefined, limit: 30 }, signal }),
  });

function useThenFresh<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export const useOpenGateway = () =>
  useThenFresh((body: z.input<typeof gatewayRoutes.openGateway.body>) =>
    call(gatewayRoutes.openGateway, { body }),
  );

export const useChangeGateway = (id: number) =>
  useThenFresh((body: z.input<typeof gatewayRoutes.changeGateway.body>) =>
    call(gatewayRoutes.changeGateway, { params: { id }, body }),
  );

export const useRemoveGateway = () =>
  useThenFresh((id: number) => call(gatewayRoutes.removeGateway, { params: { id } }));

export const useCutSession = (id: number) =>
  useThenFresh((session: number) => call(gatewayRoutes.cutGatewaySession, { params: { id, session } }));
