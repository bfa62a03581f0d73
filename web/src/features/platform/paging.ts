/** A keyset list begins without a mark and goes on with the `next` of its last page. */
export const START: string | undefined = undefined;

export function nextPage({ next }: { readonly next: string | null }): string | undefined {
  return next ?? undefined;
}
