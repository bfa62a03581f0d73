import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const CONTRACT = path.resolve(import.meta.dirname, '../src/contract');
/** Of all shapes that the server answers in: what a phone has kept in others is not shown. */
const shapes = readdirSync(CONTRACT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .toSorted()
  .reduce((hash, name) => hash.update(readFileSync(path.join(CONTRACT, name))), createHash('sha256'))
  .digest('base64url')
  .slice(0, 12);

/** Libraries that change seldom get files of their own, so that a new version of a page costs only the page. */
const CHUNKS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/u, priority: 30 },
  { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/u, priority: 20 },
  // Zod and the word to it not to make code, so that it is said before any schema is built.
  { name: 'zod', test: /node_modules[\\/]zod[\\/]|zod-without-eval/u, priority: 20 },
] as const;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  define: { SHAPES: JSON.stringify(shapes) },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // MapLibre and ECharts are lazy and whole; their size is known and measured.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: { codeSplitting: { groups: [...CHUNKS] } },
      // A page that names one route of a room takes in that route's file, not all of the room's behind its front door.
      treeshake: {
        moduleSideEffects: [
          { test: /[\\/]src[\\/](contract|model|workflow|base)[\\/]/u, sideEffects: false },
        ],
      },
    },
  },
  worker: { format: 'es' },
});
