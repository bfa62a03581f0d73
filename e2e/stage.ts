import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { PuanProcess } from '../test/puan-process.ts';
import { browserRunsHere, TestBrowser } from './browser.ts';

/** How long a journey, or starting and ending its stage, may take on a busy machine. */
export const WAIT_MS = 180_000;

/** A Puan and a browser for the journeys of one file: started before them, gone after them. */
export interface Stage {
  readonly puan: PuanProcess;
  /** A person's own screen. */
  readonly screen: (kind: 'desk' | 'phone') => Promise<Page>;
  /** A phone that keeps what it has when it is closed and opened again; `block` for one whose view knows no service worker. */
  readonly phone: (name: string, serviceWorkers?: 'allow' | 'block') => Promise<BrowserContext>;
}

/** `prepare` runs once both stand; `webgl` for journeys that see the map; `env`: settings of the Puan. */
export function setStage(
  prepare: (puan: PuanProcess) => Promise<void> = () => Promise.resolve(),
  options: { readonly webgl?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Stage {
  const puan = new PuanProcess({ env: options.env ?? {} });
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    if (!browserRunsHere) return;
    [browser] = await Promise.all([TestBrowser.launch(options), puan.start()]);
    await prepare(puan);
  }, WAIT_MS);
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write((await browser?.tell()) ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await puan.remove();
  }, WAIT_MS);
  const started = (): TestBrowser => {
    if (!browser) throw new Error('浏览器没有启动');
    return browser;
  };
  return {
    puan,
    screen: (kind) => started().screen(kind, puan.url),
    phone: (name, serviceWorkers) => started().phone(name, puan.url, serviceWorkers),
  };
}
