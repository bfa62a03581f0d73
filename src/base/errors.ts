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
  'session.otp-required': 401,
  'session.code-wrong': 422,
  'session.password-change-required': 403,
  'session.second-factor-required': 403,
  'session.password-weak': 422,
  'session.password-reused': 422,
  'session.person-required': 403,
  'session.second-factor-exists': 409,
  'session.enrolment-not-begun': 409,
  'session.pin-weak': 422,
  'session.pin-refused': 401,
  'session.device-unknown': 401,
  'session.device-not-for-role': 403,
  'token.invalid': 401,
  'identity.disabled': 404,
  'identity.provider-down': 503,
  'identity.provider-refused': 401,
  'identity.not-started-here': 400,
  'identity.expired': 400,
  'identity.proof-invalid': 401,
  'identity.no-mapping': 403,
  'identity.barred': 403,
  'identity.account-disabled': 403,
  'identity.logout-invalid': 400,
  'identity.mapping-invalid': 422,
  'token.not-yours': 403,
  'token.ended': 409,
  'access.denied': 403,
  'access.cross-site': 403,
  'access.same-person': 403,
  'route.not-found': 404,
  'method.not-allowed': 405,
  'record.not-found': 404,
  'object.retired': 409,
  'record.exists': 409,
  'point.taken': 409,
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
  'intake.refused': 401,
  'event.illegal-action': 409,
  'event.no-point': 422,
  'account.request-faulty': 422,
  'account.request-waiting': 409,
  'account.request-decided': 409,
  'account.own-request': 403,
  'account.not-deciding': 403,
  'account.not-yourself': 403,
  'account.not-manageable': 403,
  'account.four-eyes': 403,
  'account.last-administrator': 409,
  'account.illegal-action': 409,
  'account.rows-faulty': 422,
  'team.faulty': 422,
  'delegation.refused': 422,
  'work-order.illegal-action': 409,
  'work-order.requirement-missing': 422,
  'work-order.not-yours': 403,
  'fault.illegal-action': 409,
  'fault.requirement-missing': 422,
  'fault.not-yours': 403,
  'fault.exists': 409,
  'warning.illegal-action': 409,
  'warning.too-many': 422,
  'warning.not-reopened': 409,
  'verification.decided': 409,
  'verification.level-refused': 422,
  'verification.asked-already': 409,
  'proposal.illegal-action': 409,
  'proposal.not-rehearsed': 409,
  'proposal.nothing': 422,
  'shelf.exists': 409,
  'shelf.too-long': 422,
  'shelf.illegal-action': 409,
  'suppression-rule.faulty': 422,
  'borders.invalid': 422,
  'setting.refused': 422,
  'object.in-use': 409,
  'import.unreadable': 422,
  'import.faulty': 422,
  'export.too-large': 422,
  'replay.conflict': 409,
  'gateway.port-taken': 409,
  'gateway.by-settings': 409,
  'replay.ended': 409,
  'standard.not-clean': 422,
  'standard.base-outdated': 409,
  'standard.moment-refused': 422,
  'standard.illegal-action': 409,
  'standard.rehearsal-refused': 422,
  'known-case.faulty': 422,
  'standard.own-limit-refused': 422,
  'roster.conflict': 409,
  'shift.past': 409,
  'swap.illegal-action': 409,
  'desk.no-past': 422,
  'handover.illegal-action': 409,
  'handover.not-yours': 403,
  'duty-log.illegal-action': 409,
  'contact.no-phone': 422,
  'attachment.unsupported': 415,
  'attachment.too-large': 413,
  'audit.too-many': 422,
  'reading.export-too-large': 422,
  'sharing.not-in-force': 403,
  'sensorthings.invalid': 400,
  'sensorthings.unsupported': 501,
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
