import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * What lies under a key is old, and asked for again where it is on screen. Also what is being asked for just now and for the first time:
 * its answer may have been read before whatever made it old, and the client would take it for new.
 */
export async function makeOld(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const asked = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' });
  const first = asked.filter(({ state }) => state.data === undefined);
  await client.invalidateQueries({ queryKey });
  await Promise.all(
    first.map(async (query) => {
      // Whoever asked is told of a failure.
      await query.promise?.catch(() => undefined);
      await client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }),
  );
}
