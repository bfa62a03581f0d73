import type { Page } from 'playwright-core';

/** What is pressed on a phone and lower than a thumb (44 px; WCAG 2.5.5), by its words. Links inside of a sentence are not meant. */
const TOO_SMALL = `[...document.querySelectorAll('button, select, [role=tab], .ant-segmented-item, .section-tab')]
  .map((one) => [one, (one.closest('.ant-tabs-tab') ?? one).getBoundingClientRect()])
  .filter(([one, { width, height }]) => width > 1 && height > 1 && height < 43.5 && getComputedStyle(one).visibility !== 'hidden')
  .map(([one, { height }]) => (one.getAttribute('aria-label') || one.textContent).trim() + ' ' + Math.round(height) + ' px')`;

export async function tooSmallForThumbs(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(TOO_SMALL);
}
