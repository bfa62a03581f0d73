// A browser out of npm packages alone: nothing need be installed on the machine, and root may run it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';

import { madeOnce } from '../test/made-once.ts';

/** The two screens this product is made for. */
export const DESK = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

const FONTS = path.dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
);
const WEIGHTS = ['400Regular', '500Medium', '600SemiBold', '700Bold'];
/** One process dies with its first page, and without web security a page that leaks would not be noticed. */
const UNWANTED = new Set(['--single-process', '--disable-web-security']);
/** With WebGL in software everything is painted by it: twice the work of a journey that sees no map. */
const WEBGL = /^--(?:use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist|in-process-gpu)/u;
const NO_WEBGL = ['--disable-gpu', '--disable-software-rasterizer'];

/** Another browser's path; needed where the packed one does not run. */
const OWN = process.env['PUAN_CHROMIUM'];
/** The packed Chromium is built for this machine only. */
export const browserRunsHere = OWN !== undefined || (process.platform === 'linux' && process.arch === 'x64');

/** A running Chromium with a folder of its own for what it unpacks and writes. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #start: LaunchOptions;
  readonly #phones: BrowserContext[] = [];

  private constructor(browser: Browser, folder: string, start: LaunchOptions) {
    this.#browser = browser;
    this.#folder = folder;
    this.#start = start;
  }

  /** `webgl`: for pages that draw a map; without it they show their lists alone. */
  static async launch({ webgl = false } = {}): Promise<TestBrowser> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-browser-'));
    try {
      const { executablePath, args, libraries } = OWN
        ? { executablePath: OWN, args: ['--no-sandbox'], libraries: undefined }
        : await unpack(folder);
      const wanted = args.filter((arg) => !UNWANTED.has(arg));
      const start = {
        executablePath,
        args: webgl ? wanted : [...wanted.filter((arg) => !WEBGL.test(arg)), ...NO_WEBGL],
        headless: true,
        env: {
          ...process.env,
          HOME: folder,
          TMPDIR: folder,
          FONTCONFIG_FILE: writeFontsConf(folder),
          ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
        },
      };
      return new TestBrowser(await chromium.launch(start), folder, start);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** A person's own screen: a desk, or a phone that is touched. Cookies are not shared with others. */
  async screen(kind: 'desk' | 'phone', baseURL: string): Promise<Page> {
    const context = await this.#browser.newContext(screenOf(kind, baseURL));
    return context.newPage();
  }

  /** A phone that can be closed and opened again under the same name: what it keeps stays. */
  async phone(
    name: string,
    baseURL: string,
    serviceWorkers: 'allow' | 'block' = 'allow',
  ): Promise<BrowserContext> {
    const folder = path.join(this.#folder, `phone-${name}`);
    const screen = { ...screenOf('phone', baseURL), serviceWorkers };
    const context = await chromium.launchPersistentContext(folder, { ...this.#start, ...screen });
    this.#phones.push(context);
    return context;
  }

  /** What stands on every open page: of a journey that failed, where each person was. */
  async tell(): Promise<string> {
    const contexts = [...this.#browser.contexts(), ...this.#phones];
    const told = await Promise.all(contexts.flatMap((context) => context.pages()).map(tellPage));
    return told.join('');
  }

  async close(): Promise<void> {
    await Promise.all(this.#phones.map((context) => context.close()));
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const TOLD_CHARACTERS = 4000;

async function tellPage(page: Page): Promise<string> {
  const text: string = await page
    .locator('body')
    .innerText({ timeout: 5000 })
    .catch((error: unknown) => `没有回答：${String(error)}`);
  return `--- ${page.url()}\n${text.slice(0, TOLD_CHARACTERS)}\n`;
}

function screenOf(kind: 'desk' | 'phone', baseURL: string): BrowserContextOptions {
  return {
    baseURL,
    viewport: kind === 'desk' ? DESK : PHONE,
    deviceScaleFactor: kind === 'desk' ? 1 : 2,
    hasTouch: kind === 'phone',
    isMobile: kind === 'phone',
    // As a phone that saves its battery asks; desks move.
    reducedMotion: kind === 'phone' ? 'reduce' : 'no-preference',
    locale: 'zh-CN',
    // Beijing time is shown whatever the browser's zone is.
    timezoneId: 'America/Los_Angeles',
  };
}

interface Unpacked {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly libraries: string;
}

/** Unpacked once in a test run: it takes seconds, and nothing is written there afterwards. Else into the browser's own folder. */
async function unpack(own: string): Promise<Unpacked> {
  const shared = await madeOnce('browser', async (folder) => void (await unpackInto(folder)));
  return unpackInto(shared ?? own);
}

/** The package unpacks to the folder of temporary files what is not there yet, and its libraries only where it believes to be on AWS. */
async function unpackInto(folder: string): Promise<Unpacked> {
  const lent = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const before = { ...process.env };
  Object.assign(process.env, lent);
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    const executablePath = await packed.executablePath();
    return { executablePath, args: packed.args, libraries: path.join(folder, 'al2023', 'lib') };
  } finally {
    for (const name of [...Object.keys(lent), 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** Without a font of its own every Chinese character would be a box. */
function writeFontsConf(folder: string): string {
  const cache = path.join(folder, 'font-cache');
  mkdirSync(cache);
  const folders = WEIGHTS.map((weight) => path.join(FONTS, weight));
  const missing = folders.filter((one) => !existsSync(one));
  if (missing.length > 0) throw new Error(`字体不在：${missing.join('、')}。请重新安装依赖（npm ci）。`);
  const file = path.join(folder, 'fonts.conf');
  const families = ['sans-serif', 'system-ui', 'serif', 'monospace'];
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((one) => `  <dir>${one}</dir>`).join('\n')}
  <cachedir>${cache}</cachedir>
${families.map((one) => `  <alias><family>${one}</family><prefer><family>Noto Sans SC</family></prefer></alias>`).join('\n')}
</fontconfig>
`,
  );
  return file;
}
