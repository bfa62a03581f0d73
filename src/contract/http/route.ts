import type { Capability } from '#model/platform';
import { z } from 'zod';

/** What a session may still owe before it may do anything else (等保三级 8.1.4.1 a, d). */
export const OBLIGATIONS = ['password', 'second-factor'] as const;
export type Obligation = (typeof OBLIGATIONS)[number];

/**
 * One route of the HTTP face: its shape, who may call it, and what it is for. From these tables come the validation,
 * the OpenAPI document and the web client's calls; `server/routes.ts` says which use case answers.
 *
 * `access`: `public` needs no session; `session` needs one; a capability is checked before the use case runs.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `:name` parameters, from the root; `/*` at its end takes whatever follows. */
  readonly path: string;
  readonly room: string;
  readonly summary: string;
  readonly access: 'public' | 'session' | Capability;
  /** Obligations under which the route still answers; none unless told. */
  readonly owing?: readonly Obligation[];
  readonly params: Params;
  readonly query: Query;
  /** What the body holds; `none` for routes without one, `raw` for bytes the use case reads itself. */
  readonly body: Body;
  readonly rawBody?: { readonly types: readonly string[]; readonly limitBytes: number };
  readonly reply: Reply;
  /** How refusals are written: RFC 9457 unless told; `odata` where a foreign standard has its own form (SensorThings). */
  readonly faults?: 'odata';
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 204;
}

const nothing = z.object({});

/** Fills in what a route does not have, keeping the types of what it has. */
export function route<
  Reply extends z.ZodType,
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(
  shape: Omit<Route<Params, Query, Body, Reply>, 'params' | 'query' | 'body'> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
  },
): Route<Params, Query, Body, Reply> {
  return {
    ...shape,
    params: shape.params ?? (nothing as unknown as Params),
    query: shape.query ?? (nothing as unknown as Query),
    body: shape.body ?? (z.undefined() as unknown as Body),
  };
}
