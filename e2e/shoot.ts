import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';

const FOLDER = process.env['PUAN_SCREENSHOTS'];

/** A picture of what is on screen, where `PUAN_SCREENSHOTS` names a folder; otherwise nothing. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined || FOLDER === '') return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}
