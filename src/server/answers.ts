import { AppError, wordingOf } from '#base';
import type { Answers } from '#services/command';
import { type Ground, RequestContext, type SystemContext } from '#services/context';
import { personActor } from '#services/platform';
import { advanceWorkOrder } from '#services/response';

/** Accepts orders in the name and with the rights of whoever answered a message, as the page would; a refusal is told in its words. */
export function answersFrom(
  { system, ground }: { readonly system: SystemContext; readonly ground: Ground },
  address: string,
): Answers {
  return {
    accept: async (account, order, key) => {
      const actor = await personActor(system, account, address);
      if (!actor) return '账号已停用，没有接单';
      try {
        await advanceWorkOrder(new RequestContext(ground, actor), order, {
          action: 'accept',
          idempotencyKey: key,
        });
        return '已接单';
      } catch (error) {
        if (error instanceof AppError) return `没有接单：${wordingOf(error)}`;
        throw error;
      }
    },
  };
}
