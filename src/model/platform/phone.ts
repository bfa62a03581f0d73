/** A mainland mobile number, or a landline with its area code; digits, spaces and one leading + or hyphens as typed. */
const PHONE = /^\+?\d[\d -]{1,18}\d$/u;

export function isPhone(text: string): boolean {
  return PHONE.test(text);
}

/** `138****1234`: what lists, exports and logs may show (catalog §5.3). Short numbers keep their last two digits only. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/gu, '');
  if (digits.length < 8) return `****${digits.slice(-2)}`;
  return `${digits.slice(0, digits.length - 8)}****${digits.slice(-4)}`;
}
