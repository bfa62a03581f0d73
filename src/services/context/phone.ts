import { maskPhone } from '#model/platform';
import type { Vault } from '#storage';

const PURPOSE = 'phone';

/** A phone number as its two columns hold it: sealed, and masked for whoever may only see that there is one. */
export function sealPhone(
  vault: Vault,
  phone: string | null | undefined,
): { readonly phone_sealed: string | null; readonly phone_masked: string | null } {
  if (phone === null || phone === undefined || phone === '')
    return { phone_sealed: null, phone_masked: null };
  return { phone_sealed: vault.seal(phone, PURPOSE), phone_masked: maskPhone(phone) };
}

/** The number in clear. Whoever shows it writes `personal.reveal` with the reason into the audit, in the same transaction. */
export function openPhone(vault: Vault, sealed: string): string {
  return vault.open(sealed, PURPOSE);
}
