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

/** Values no column holds: a number out of range, text with characters PostgreSQL refuses, a moment that is none. */
const UNSTORABLE = new Set(['22003', '22007', '22008', '22021', '22P05']);

/** What an error becomes for the caller; `bodyLimit` in bytes held on the route. `bug` is set for what nobody expected: it is to be logged with its cause. */
export function problemOf(
  error: unknown,
  bodyLimit: number,
): { readonly problem: Problem; readonly bug: boolean } {
  const known = expected(error, bodyLimit);
  if (known) return { problem: show(known), bug: false };
  const reference = randomBytes(4).toString('hex');
  return { problem: show(new AppError('internal', { reference })), bug: true };
}

function expected(error: unknown, bodyLimit: number): AppError | undefined {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return undefined;
  if (isAway(error)) return new AppError('service.unavailable', {}, { cause: error });
  if (UNSTORABLE.has(codeOf(error))) {
    return new AppError(
      'input.invalid',
      { issues: '有数字、时间或文字超出了可以保存的范围' },
      { cause: error },
    );
  }
  return fromFastify(error as FastifyError, bodyLimit);
}

function isAway(error: Error): boolean {
  return (
    AWAY.has(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/u.test(error.message)
  );
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

function fromFastify(error: FastifyError, bodyLimit: number): AppError | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(bodyLimit);
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

/** The refusal of a body longer than `limit` bytes. */
export function tooLarge(limit: number): AppError {
  return new AppError('input.too-large', { limit: `${Math.floor(limit / 1_000_000)} MB` });
}
