import type { SuspectedEvent } from '#contract/monitoring';

/** Where the pictures of a suspected event are fetched, in their order. */
export function picturesOf({ id, pictures }: Pick<SuspectedEvent, 'id' | 'pictures'>): readonly string[] {
  return Array.from(
    { length: pictures },
    (_, i) => `/api/v1/suspected-events/${id}/picture${i === 0 ? '' : `?number=${i + 1}`}`,
  );
}
