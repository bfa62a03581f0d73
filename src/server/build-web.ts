// Builds the web client into the folder it is given: `web-client.ts` starts it.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';
import { build, type Manifest } from 'vite';

const WEB = path.resolve(import.meta.dirname, '../../web');
const outDir = path.resolve(process.argv[2] ?? '');

/**
 * What a hand opens where there is no signal: these, what they need (the queue comes with the pages), and nothing else: no map,
 * no charts.
 */
const WITHOUT_SIGNAL = [
  'index.html',
  'src/app/todo-page.tsx',
  'src/features/response/todo-order-page.tsx',
  'src/features/response/village/village-page.tsx',
  'src/features/response/quick-report/quick-report-page.tsx',
  'src/features/command/contacts/contacts-page.tsx',
  'src/features/command/contacts/keep-book.ts',
  'src/features/sign-in/sign-in-page.tsx',
  'src/app/answers.ts',
  'src/app/follow-worker.ts',
];

await build({
  configFile: path.join(WEB, 'vite.config.ts'),
  logLevel: 'error',
  build: { outDir, emptyOutDir: true, manifest: true },
});
await buildWorker(await takeManifest());
await drawIcons();

async function takeManifest(): Promise<Manifest> {
  const file = path.join(outDir, '.vite/manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await rm(path.dirname(file), { recursive: true });
  return manifest;
}

/** The service worker, with the list of what it keeps: a second build, for it must stand at the root under a name that stays. */
async function buildWorker(manifest: Manifest): Promise<void> {
  const page = await readFile(path.join(outDir, 'index.html'));
  const shell = [
    { url: '/index.html', revision: createHash('sha256').update(page).digest('hex').slice(0, 16) },
    ...filesOf(manifest).map((file) => ({ url: `/${file}`, revision: null })),
  ];
  await build({
    configFile: false,
    root: WEB,
    publicDir: false,
    logLevel: 'error',
    define: { SHELL: JSON.stringify(shell) },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      rolldownOptions: {
        input: path.join(WEB, 'src/worker/service-worker.ts'),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  });
}

function filesOf(manifest: Manifest): readonly string[] {
  const chunks = new Set<string>();
  const walk = (name: string): void => {
    if (chunks.has(name)) return;
    const chunk = manifest[name];
    if (!chunk) throw new Error(`构建里没有 ${name}：build-web.ts 的清单与网页不符。`);
    chunks.add(name);
    for (const needed of chunk.imports ?? []) walk(needed);
  };
  for (const name of WITHOUT_SIGNAL) walk(name);
  const files = [...chunks].flatMap((name) => [manifest[name]?.file, ...(manifest[name]?.css ?? [])]);
  return [...new Set(files.filter((file) => file !== undefined))];
}

/** The mark of the page as home screens want it. */
async function drawIcons(): Promise<void> {
  const draw = (from: string, size: number, to: string): Promise<unknown> =>
    sharp(path.join(WEB, 'public', from), { density: 1200 })
      .resize(size, size)
      .png()
      .toFile(path.join(outDir, to));
  await draw('icon.svg', 192, 'icon-192.png');
  await draw('icon.svg', 512, 'icon-512.png');
  await draw('icon-maskable.svg', 512, 'icon-maskable-512.png');
}
