import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { browserRunsHere, TestBrowser } from '../e2e/browser.ts';
import { typePassword } from '../e2e/desk.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { percentile, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';
import { spreadAndWarn, WARNED } from './warned.ts';

const OBJECTS = 100_000;
const PAINTS = 5;
const ASKED = 30;
const PAN_SECONDS = 5;
const LONGEST_MS = 60_000;
/** Somebody in whose village nothing stands: the same page with an empty map. */
const NOBODY_HERE = 'village.sample';

/** P9: the map of 100k objects, 1,000 of them with a warning: first paint, and panning beside the empty map in the same run. */
export async function map(): Promise<void> {
  if (!browserRunsHere) {
    process.stderr.write('这台机器上没有可用的浏览器，不测。PUAN_CHROMIUM 可指定一个。\n');
    return;
  }
  const stage = await setStage(OBJECTS, spreadAndWarn);
  const browser = await TestBrowser.launch({ webgl: true });
  try {
    await answers(stage);
    const empty = await browser.screen('desk', stage.puan.url);
    await signedIn(empty, NOBODY_HERE);
    const full = await browser.screen('desk', stage.puan.url);
    await signedIn(full, 'district');
    const paints: number[] = [];
    for (let i = 0; i < PAINTS; i += 1) paints.push(await firstPaint(full));
    const note = `${OBJECTS} 个对象，${WARNED} 个有生效预警；软件渲染的 WebGL，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`;
    print({
      name: 'P9 map first paint',
      value: Math.round(percentile(paints, 0.5)),
      unit: 'ms',
      peer: 'Phoebus',
      peer_value: 10_000,
      ratio: Math.round(10_000 / percentile(paints, 0.5)),
      note: `打开网址到对象画完，${PAINTS} 次的中位数；${note}`,
    });
    await firstPaint(empty);
    const bare = await framesPerSecond(empty);
    const rate = await framesPerSecond(full);
    print({
      name: 'P9 map pan',
      value: Math.round(rate * 10) / 10,
      unit: 'frames/s',
      peer: '空地图',
      peer_value: Math.round(bare * 10) / 10,
      ratio: Math.round((rate / bare) * 100) / 100,
      note: `拖动 ${PAN_SECONDS} s；${note}`,
    });
  } finally {
    await browser.close();
    await stage.puan.remove();
  }
}

/** What the server needs for the whole district in view, and for a corner of it. */
async function answers(stage: Stage): Promise<void> {
  for (const [name, view] of [
    ['whole district', ''],
    ['a corner', '?west=121.6&east=121.62&south=31.1&north=31.12'],
  ] as const) {
    const figures: number[] = [];
    for (let i = 0; i < ASKED; i += 1) {
      const began = performance.now();
      await stage.admin.ask('GET', `/api/v1/map${view}`);
      figures.push(performance.now() - began);
    }
    print({
      name: `P9 map answer, ${name}, p95`,
      value: Math.round(percentile(figures, 0.95)),
      unit: 'ms',
      note: `中位数 ${Math.round(percentile(figures, 0.5))} ms；${OBJECTS} 个对象，依次 ${ASKED} 次`,
    });
  }
}

async function signedIn(page: Page, who: string): Promise<void> {
  await page.goto('/');
  await typePassword(page, who, PASSWORD);
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
}

/** From the address to the objects on the screen, by the browser's own timeline. */
async function firstPaint(page: Page): Promise<number> {
  await page.goto('/map');
  for (const began = performance.now(); performance.now() - began < LONGEST_MS; await sleep(50)) {
    const at = await page.evaluate<unknown>("performance.getEntriesByName('map-drawn')[0]?.startTime");
    if (typeof at === 'number') return at;
  }
  throw new Error(`the map was not drawn within ${LONGEST_MS} ms`);
}

/** Drags the map to and fro and counts the frames the browser gets done. */
async function framesPerSecond(page: Page): Promise<number> {
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('the map has no place on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(
    '{ window.frames_ = 0; const count = () => { window.frames_ += 1; requestAnimationFrame(count); }; requestAnimationFrame(count); }',
  );
  await page.mouse.move(x, y);
  await page.mouse.down();
  const from = Number(await page.evaluate<unknown>('window.frames_'));
  const began = performance.now();
  for (let step = 0; performance.now() - began < PAN_SECONDS * 1000; step += 1) {
    await page.mouse.move(x + 120 * Math.sin(step / 8), y + 80 * Math.cos(step / 8));
  }
  const seconds = (performance.now() - began) / 1000;
  const frames = Number(await page.evaluate<unknown>('window.frames_')) - from;
  await page.mouse.up();
  return frames / seconds;
}
