/**
 * `npm run fuzz [-- --frames N] [--seed N] [target …]`: what foreign peers send, cut, mutilated and drowned in noise, until at least
 * N pieces (a million unless told) of each target have been read or refused. Ends with one JSON line a target; exit 1 with
 * the promise that is broken, by a throw, a hang or growing memory, and the seed that plays it again.
 */
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import { TARGETS } from './fuzz/targets.ts';
import type { FuzzNews, FuzzWork } from './fuzz/worker.ts';

const WORKER = path.join(import.meta.dirname, 'fuzz/worker.ts');
/** A stretch of rounds takes well under a second. */
const HANGS_MS = 60_000;
const TOLD_EVERY_MS = 10_000;

function unusable(sentence: string): never {
  process.stderr.write(
    `${sentence}\n用法：npm run fuzz [-- --frames N] [--seed N] [${Object.keys(TARGETS).join('|')} …]\n`,
  );
  process.exit(2);
}

function readArguments(argv: readonly string[]): {
  frames: number;
  seed: number;
  targets: readonly string[];
} {
  const numbers = { '--frames': 1_000_000, '--seed': Date.now() % 1_000_000 };
  const targets: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--frames' || word === '--seed') {
      at += 1;
      numbers[word] = Number(argv[at]);
      if (!Number.isSafeInteger(numbers[word]) || numbers[word] < 0) unusable(`${word} 后面要写一个自然数。`);
    } else if (word in TARGETS) targets.push(word);
    else unusable(`不认识“${word}”。`);
  }
  return {
    frames: numbers['--frames'],
    seed: numbers['--seed'],
    targets: targets.length > 0 ? targets : Object.keys(TARGETS),
  };
}

const { frames, seed, targets } = readArguments(process.argv.slice(2));
const waiting = [...targets];

const done = new Map<string, number>();
let toldAt = performance.now();

/** On a terminal one line that moves; elsewhere a line now and then. */
function showProgress(): void {
  const all = [...done.values()].reduce((sum, n) => sum + Math.min(n, frames), 0);
  const text = `${all.toLocaleString('en')} / ${(frames * targets.length).toLocaleString('en')} （还在测：${[...running].join('、')}）`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  else if (performance.now() - toldAt > TOLD_EVERY_MS) {
    toldAt = performance.now();
    process.stderr.write(`${text}\n`);
  }
}

const running = new Set<string>();

function fail(target: string, found: string, at: number): never {
  process.stderr.write(
    `\n${target}：${found}\n再看一次：npm run fuzz -- --frames 1 --seed ${at} ${target}\n`,
  );
  process.exit(1);
}

/** Runs one target to its end. */
function run(target: string): Promise<void> {
  const work: FuzzWork = { target, frames, seed };
  running.add(target);
  const began = performance.now();
  return new Promise((resolve) => {
    const worker = new Worker(WORKER, { workerData: work });
    let at = seed;
    const hangs = setInterval(() => fail(target, `${HANGS_MS / 1000} 秒没有动静`, at), HANGS_MS);
    worker.on('error', (error) => fail(target, String(error), at));
    worker.on('message', (news: FuzzNews) => {
      if (news.kind === 'broken') fail(target, news.message, news.seed);
      done.set(target, news.frames + news.refused);
      at = news.seed + 1;
      hangs.refresh();
      showProgress();
      if (news.kind !== 'done') return;
      clearInterval(hangs);
      running.delete(target);
      const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
      if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
      const { frames: read, refused } = news;
      process.stdout.write(`${JSON.stringify({ target, frames: read, refused, seconds, seed })}\n`);
      resolve();
    });
  });
}

async function runWaiting(): Promise<void> {
  for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) await run(target);
}

await Promise.all(Array.from({ length: os.availableParallelism() }, runWaiting));
process.exit(0);
