import { platformRoutes } from '#contract/platform';

import { PuanClient, RefusedError } from './client.ts';
import type { Access } from './settings.ts';

/** Nobody we could sign in as; the sentence says what to give. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
}

export interface SignInOptions {
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
}

/** A client that is somebody: by the simulator's token where it still holds, else by name and password. */
export async function signIn(access: Access, options: SignInOptions): Promise<PuanClient> {
  const { url, user, password, token } = access;
  if (token !== undefined) {
    const client = new PuanClient({ url, ...options }, token);
    if (await isSomebody(client)) return client;
  }
  if (password === undefined) {
    throw new AccessError(
      `没有口令：请用 --password 给出用户 ${user} 的口令，或设置 PUAN_BOOTSTRAP_PASSWORD（首次启动时屏幕上印过示例账号的口令）。`,
    );
  }
  const client = new PuanClient({ url, ...options });
  await client.signIn(user, password);
  return client;
}

async function isSomebody(client: PuanClient): Promise<boolean> {
  try {
    await client.call(platformRoutes.getSession);
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.status === 401) return false;
    throw error;
  }
}
