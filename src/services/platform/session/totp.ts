import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;
/** A phone's clock may be one step off. */
const STEPS_OFF = 1;
/** RFC 4226 §4 R6: 160 bits. */
const SECRET_BYTES = 20;

/** A new secret, in base 32 as authenticators take it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** `otpauth://totp/…`, what the QR code says. */
export function totpUri(secret: string, username: string): string {
  return generator(secret, username).toString();
}

/** The time step whose code this is, within one step of now; undefined for a wrong one. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/u.test(code)) return undefined;
  const delta = generator(secret, '').validate({ token: code, timestamp: now, window: STEPS_OFF });
  return delta === null ? undefined : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

function generator(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: '浦安',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
