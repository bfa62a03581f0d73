import { setTimeout as sleep } from 'node:timers/promises';

/** Where a source pushes: the server's root, the path of the source, its secret. */
export interface PushAddress {
  readonly url: string;
  readonly path: string;
  readonly secret: string;
}

const TRIES = 3;
const PAUSE_MS = 500;
const TIMEOUT_MS = 10_000;

/** Pushes a body as clouds do: anything but 200 is tried again, three times at the most. Gives the last status. */
export async function pushBody(
  { url, path }: Pick<PushAddress, 'url' | 'path'>,
  body: string | Uint8Array,
  { type, query }: { readonly type: string; readonly query: Readonly<Record<string, string>> },
): Promise<number> {
  const address = new URL(path, url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  for (let tried = 1; ; tried += 1) {
    const status = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(
      (reply) => reply.status,
      () => 0,
    );
    if (status === 200 || tried === TRIES) return status;
    await sleep(PAUSE_MS);
  }
}
