import { gatewayRoutes, monitoringRoutes } from '#contract/monitoring';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

const EVERY_MS = 10_000;

export const deviceQuery = (id: number) =>
  queryOptions({
    queryKey: ['monitoring', 'devices', id],
    queryFn: ({ signal }) => call(monitoringRoutes.getDevice, { params: { id }, signal }),
    refetchInterval: EVERY_MS,
  });

export function useChangeDevice(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof monitoringRoutes.changeDevice.body>) =>
      call(monitoringRoutes.changeDevice, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring'] }),
  });
}

export function useCommandDevice(id: number) {
  return useMutation({
    mutationFn: (body: z.input<typeof gatewayRoutes.commandDevice.body>) =>
      call(gatewayRoutes.commandDevice, { params: { id }, body }),
  });
}
