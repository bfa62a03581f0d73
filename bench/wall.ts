import { setTimeout as sleep } from 'node:timers/promises';

import type { CDPSession, Page } from 'playwright-core';

import { TestBrowser } from '../e2e/browser.ts';
import { isSameDocument, markDocument, signIn } from '../e2e/desk.ts';
import { print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';
import { spreadAndWarn, WARNED } from './warned.ts';

const POINTS = 100_000;
/** Those that breach and recover while it is watched: behind those that have a warning from the beginning. */
const CHANGING = 400;
const MINUTES = Number(process.env['PUAN_WALL_MINUTES'] ?? 10);
const WEIGH_EVERY_MS = 60_000;
/** Until then the page is still filling what it keeps anyway. */
const SETTLED_MS = 60_000;
/** One object breaches or recovers. */
const CHANGE_EVERY_MS = Number(process.env['PUAN_WALL_CHANGE_MS'] ?? 500);
const HOUR_MS = 3_600_000;
/** Normal, blue, yellow, orange, red, in cm. */
const DEPTHS = [0, 12, 20, 30, 45];

interface Weighed {
  readonly ms: number;
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/**
 * The wall and the duty desk left alone before 100k points, 1,000 open warnings and a steady stream of new ones: what the browser
 * holds for each, at the start and at the end.
 */
export async function wall(): Promise<void> {
  const stage = await setStage(POINTS, spreadAndWarn);
  const browser = await TestBrowser.launch({ webgl: true });
  const over = new AbortController();
  try {
    const pages = [await openWall(browser, stage), await openDesk(browser, stage)];
    const changing = keepChanging(stage, over.signal);
    const watched = await Promise.all(pages.map(async (one) => ({ ...one, weighed: await watch(one.page) })));
    over.abort();
    const changes = await changing;
    for (const { what, page, weighed } of watched) {
      if (!(await isSameDocument(page))) throw new Error(`the ${what} was loaded anew`);
      tell(what, weighed, changes);
    }
  } finally {
    over.abort();
    await browser.close();
    await stage.puan.remove();
  }
}

interface Watched {
  readonly what: string;
  readonly page: Page;
}

async function openWall(browser: TestBrowser, stage: Stage): Promise<Watched> {
  const page = await browser.screen('desk', stage.puan.url);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await signIn(page, 'flood.admin', '值守台');
  await page.goto('/wall');
  await page.locator('.wall-level').first().waitFor();
  await markDocument(page);
  return { what: 'wall', page };
}

async function openDesk(browser: TestBrowser, stage: Stage): Promise<Watched> {
  const page = await browser.screen('desk', stage.puan.url);
  await signIn(page, 'district', '值守台');
  await markDocument(page);
  return { what: 'desk', page };
}

async function watch(page: Page): Promise<readonly Weighed[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const began = performance.now();
  const weighed: Weighed[] = [];
  for (let next = SETTLED_MS; next <= MINUTES * 60_000; next += WEIGH_EVERY_MS) {
    await sleep(Math.max(0, began + next - performance.now()));
    weighed.push({ ms: performance.now() - began, ...(await weigh(cdp)) });
  }
  return weighed;
}

async function weigh(cdp: CDPSession): Promise<Omit<Weighed, 'ms'>> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/** Objects breach and recover in turn, so that warnings come, rise and go all the time. Gives how many readings were sent. */
async function keepChanging(stage: Stage, over: AbortSignal): Promise<number> {
  let sent = 0;
  for (let turn = 0; !over.aborted; turn += 1) {
    const point = stage.points[WARNED + ((turn * 7) % CHANGING)];
    const value = DEPTHS[(turn * 3) % DEPTHS.length];
    const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
      body: JSON.stringify([{ point, observedAt: Date.now(), value }]),
    });
    // A busy machine may refuse for a moment; who sends tries again.
    if (!reply.ok && reply.status !== 503) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
    if (reply.ok) sent += 1;
    await sleep(CHANGE_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return sent;
}

function tell(page: string, weighed: readonly Weighed[], changes: number): void {
  const [first] = weighed;
  const last = weighed.at(-1);
  if (!first || !last)
    throw new Error(`the pages have to be watched for more than ${SETTLED_MS / 60_000} minutes`);
  const how =
    `大屏与值守台同开 ${MINUTES} 分钟，第 1 分钟后起算；${POINTS} 个测点，${WARNED} 条生效预警，期间 ${changes} 次读数变化，` +
    `预警不断发生、升级、恢复；每次称前先回收垃圾`;
  const figures = [
    { what: 'heap', unit: 'MB', of: (one: Weighed) => one.heap / 1_048_576 },
    { what: 'DOM nodes', unit: '', of: (one: Weighed) => one.nodes },
    { what: 'listeners', unit: '', of: (one: Weighed) => one.listeners },
  ];
  for (const { what, unit, of } of figures) {
    const told = weighed.map((one) => Math.round(of(one) * 10) / 10).join('、');
    print({
      name: `${page} ${what} at the end`,
      value: Math.round(of(last) * 10) / 10,
      unit,
      note: `开始 ${Math.round(of(first) * 10) / 10}；依次 ${told}；${how}`,
    });
    print({
      name: `${page} ${what}, slope`,
      value: Math.round(slope(weighed, of) * 10) / 10,
      unit: `${unit}/h`,
      note: `最小二乘；${how}`,
    });
  }
}

/** Per hour, of the line through what was weighed (least squares). */
function slope(weighed: readonly Weighed[], of: (one: Weighed) => number): number {
  const mean = (what: (one: Weighed) => number): number =>
    weighed.reduce((sum, one) => sum + what(one), 0) / weighed.length;
  const ms = mean((one) => one.ms);
  const middle = mean(of);
  const along = weighed.reduce((sum, one) => sum + (one.ms - ms) * (of(one) - middle), 0);
  return (along / weighed.reduce((sum, one) => sum + (one.ms - ms) ** 2, 0)) * HOUR_MS;
}
