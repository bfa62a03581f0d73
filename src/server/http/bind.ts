import type { Route } from '#contract/http';
import type { RequestContext } from '#services/context';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

/** What a use case is handed of a request. `raw` holds the bytes of routes that read the body themselves. */
export interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly raw: Buffer;
  readonly contentType: string;
}

/** A route and the use case that answers it. */
export interface Bound {
  readonly route: Route;
  readonly run: (
    context: RequestContext,
    input: Input<z.ZodType, z.ZodType, z.ZodType>,
    reply: FastifyReply,
  ) => Promise<unknown>;
}

/** Ties a route to its use case: the types of both must agree. */
export function bind<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  run: (context: RequestContext, input: Input<P, Q, B>, reply: FastifyReply) => Promise<z.output<R>>,
): Bound {
  return { route, run: run };
}
