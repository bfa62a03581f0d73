/** A PIN has six digits. */
export const PIN_FORM: RegExp = /^\d{6}$/u;

/** Is the PIN one of those that are tried first: runs, repeats, pairs, dates? */
export function isTrivialPin(pin: string): boolean {
  return isRun(pin) || isRepeat(pin) || isDate(pin);
}

/** 123456, 987654, 890123, and with a wider step 024680. */
function isRun(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, i) => (digit - (digits[i] ?? 0) + 10) % 10);
  return steps.every((step) => step === steps[0]);
}

/** Two digits at the most, or a part that comes again: 112212, 123123, 112233. */
function isRepeat(pin: string): boolean {
  return new Set(pin).size <= 2 || pin.slice(0, 3) === pin.slice(3) || /^(\d)\1(\d)\2(\d)\3$/u.test(pin);
}

/** A birthday as it is written: YYMMDD, or year and month as YYYYMM. */
function isDate(pin: string): boolean {
  const [first = 0, second = 0, third = 0] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number);
  const isDay = second >= 1 && second <= 12 && third >= 1 && third <= 31;
  return isDay || ((first === 19 || first === 20) && third >= 1 && third <= 12);
}
