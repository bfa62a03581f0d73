import { AppError, type ErrorCode } from '#base';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';

/** Errors of a network that is not there, wherever in the chain of causes they stand. */
const AWAY =
  /^(E(CONN\w+|NOTFOUND|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|PIPE)|UND_ERR_\w+|OAUTH_TIMEOUT)$/u;

/**
 * What a failed exchange with the provider is to the person who tries to sign in. The library's own code goes along as
 * `reason`, for the audit; what the provider wrote does not.
 */
export function providerRefusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(codeOf(error), { reason: reasonOf(error) }, { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (isAway(error)) return 'identity.provider-down';
  if (error instanceof AuthorizationResponseError) return 'identity.provider-refused';
  if (error instanceof ResponseBodyError) {
    // The code was used before, is too old or was given to somebody else (RFC 6749 §5.2).
    if (error.error === 'invalid_grant') return 'identity.expired';
    return error.status >= 500 ? 'identity.provider-down' : 'identity.provider-refused';
  }
  return 'identity.proof-invalid';
}

function isAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at.name === 'TimeoutError' || AWAY.test('code' in at ? String(at.code) : '')) return true;
    if (at instanceof TypeError && at.message === 'fetch failed') return true;
    if (at.cause instanceof Response && at.cause.status >= 500) return true;
  }
  return false;
}

function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return error.error.slice(0, 100);
  return error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
}
