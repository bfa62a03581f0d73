/**
 * One class for every expected refusal, one closed list of its codes.
 *
 * A refusal says which rule it broke (`code`), which HTTP status answers it, and carries the facts its wording
 * needs (`details`). The Chinese wording lives in `wording.ts`, one sentence a code, and says how to mend it.
 * Anything that is not an `AppError` is a bug: it is logged with its cause and answered 500.
 */
export const ERROR_STATUS = {
  'input.invalid': 400,
  'input.malformed-json': 400,
  'input.too-large': 413,
  'input.unsupported-media-type': 415,
  'session.required': 401,
  'session.expired': 401,
  'session.refused': 401,
  'session.locked': 429,
  'token.invalid': 401,
  'access.denied': 403,
  'route.not-found': 404,
  'method.not-allowed': 405,
  'record.not-found': 404,
  'record.exists': 409,
  'record.changed': 409,
  'reading.unknown-point': 422,
  'reading.bad-value': 422,
  'reading.bad-time': 422,
  'reading.bad-quality': 422,
  'reading.bad-source': 422,
  'reading.not-an-object': 422,
  'reading.foreign-point': 403,
  'reading.wrong-clock': 422,
  'reading.out-of-range': 422,
  'work-order.illegal-action': 409,
  'work-order.requirement-missing': 422,
  'work-order.not-yours': 403,
  'warning.illegal-action': 409,
  'borders.invalid': 422,
  'replay.conflict': 409,
  'replay.ended': 409,
  'attachment.unsupported': 415,
  'attachment.too-large': 413,
  'service.unavailable': 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Facts for the wording: field name → what was seen. Never secrets. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
