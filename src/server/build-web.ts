// Builds the web client into the folder it is given: `web-client.ts` starts it.
import path from 'node:path';

import { build } from 'vite';

await build({
  configFile: path.resolve(import.meta.dirname, '../../web/vite.config.ts'),
  logLevel: 'error',
  build: { outDir: process.argv[2] ?? '', emptyOutDir: true },
});
