import { randomBytes } from 'node:crypto';

import { AppError, wordingOf } from '#base';
import type { Problem } from '#contract/http';
import type { FastifyError } from 'fastify';

/** Codes that mean "the database is not there now": PostgreSQL's connection and shutdown classes, and the socket's. */
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
]);

/** What an error becomes for the caller. `bug` is set for what nobody expected: it is to be logged with its cause. */
export function problemOf(error: unknown): { readonly problem: Problem; readonly bug: boolean } {
  const known = expected(error);
  if (known) return { problem: show(known), bug: false };
  const reference = randomBytes(4).toString('hex');
  return { problem: show(new AppError('internal', { reference })), bug: true };
}

function expected(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return undefined;
  if (isAway(error)) return new AppError('service.unavailable', {}, { cause: error });
  return fromFastify(error as FastifyError);
}

function isAway(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    AWAY.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/u.test(error.message)
  );
}

function fromFastify(error: FastifyError): AppError | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('input.too-large', { limit: '8 MB' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('input.unsupported-media-type', { type: '', expected: 'application/json' });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('input.malformed-json', { reason: error.message });
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? new AppError('input.invalid', { issues: error.message })
        : undefined;
  }
}

function show(error: AppError): Problem {
  return {
    type: `urn:puan:${error.code}`,
    title: error.code,
    status: error.status,
    code: error.code,
    detail: wordingOf(error),
  };
}
