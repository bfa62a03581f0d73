import { webhookRoutes } from '#contract/monitoring';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

const KEY = ['monitoring', 'webhooks'] as const;
/** Deliveries go on without an event; an open page asks again. */
const EVERY_MS = 5000;
type Page = { readonly next: string | null };
const following = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: Page) => next ?? undefined,
  refetchInterval: EVERY_MS,
};

export const webhooksQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ pageParam, signal }) =>
    call(webhookRoutes.listWebhooks, { query: { after: pageParam }, signal }),
  ...following,
});

export const deliveriesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...KEY, id],
    queryFn: ({ pageParam, signal }) =>
      call(webhookRoutes.listWebhookDeliveries, { params: { id }, query: { after: pageParam }, signal }),
    ...following,
  });

function useThenFresh<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}

export const useCreateWebhook = () =>
  useThenFresh((body: z.input<typeof webhookRoutes.createWebhook.body>) =>
    call(webhookRoutes.createWebhook, { body }),
  );

export const useRemoveWebhook = () =>
  useThenFresh((id: number) => call(webhookRoutes.removeWebhook, { params: { id } }));

export const usePauseWebhook = () =>
  useThenFresh(({ id, isPaused }: { readonly id: number; readonly isPaused: boolean }) =>
    isPaused
      ? call(webhookRoutes.resumeWebhook, { params: { id } })
      : call(webhookRoutes.pauseWebhook, { params: { id }, body: {} }),
  );

export const useResend = () =>
  useThenFresh((id: number) => call(webhookRoutes.resendDelivery, { params: { id } }));
