import { z } from 'zod';

/** Last in the archive, so that it can tell what everything before it must be. */
export const MANIFEST = 'manifest.json';

/** The vault's key sealed with a passphrase, where one was given. */
export const SEALED_KEY = 'keys/vault.key.sealed';

export const manifest = z.object({
  format: z.literal('puan-backup/1'),
  /** Epoch ms: everything answered before is in it. */
  begunAt: z.number(),
  endedAt: z.number(),
  postgres: z.string(),
  /** Identifies the cluster. */
  system: z.string(),
  from: z.string(),
  to: z.string(),
  key: z.enum(['left-out', 'sealed']),
  files: z.array(z.object({ name: z.string(), size: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifest>;
