import { fromBeijing } from '#base';
import type { platformRoutes } from '#contract/platform';
import type { z } from 'zod';

import { TOKEN_FORM_TEXT as WORDS } from './text.ts';

const DAY_MS = 86_400_000;

/** A token as it is asked for: of a gateway, which may be narrowed, or of one device. */
export interface TokenDraft {
  readonly name: string;
  readonly kind: 'gateway' | 'device';
  readonly device: string | undefined;
  readonly reach: 'all' | 'platform' | 'scenarios';
  readonly platform: string | undefined;
  readonly scenarios: readonly string[];
  /** Its last day, `2026-12-31`; empty: no end. */
  readonly end: string;
}

export const BLANK_TOKEN: TokenDraft = {
  name: '',
  kind: 'gateway',
  device: undefined,
  reach: 'all',
  platform: undefined,
  scenarios: [],
  end: '',
};

type Body = z.input<typeof platformRoutes.issueToken.body>;

/** What is sent, or the one sentence that says what is missing. What belongs to the other kind stays behind. */
export function tokenBody(
  draft: TokenDraft,
  now: number,
): { readonly body: Body } | { readonly fault: string } {
  const name = draft.name.trim();
  if (name === '') return { fault: WORDS.noName };
  const reach = reachOf(draft);
  if ('fault' in reach) return reach;
  const end = endOfDay(draft.end);
  if (end !== undefined && end <= now) return { fault: WORDS.past };
  return { body: { name, kind: draft.kind, ...reach, ...(end === undefined ? {} : { expiresAt: end }) } };
}

type Reach = Pick<Body, 'device' | 'platform' | 'scenarios'>;

function reachOf({
  kind,
  device,
  reach,
  platform,
  scenarios,
}: TokenDraft): Reach | { readonly fault: string } {
  if (kind === 'device') return device === undefined ? { fault: WORDS.noDevice } : { device };
  if (reach === 'all') return {};
  if (reach === 'platform') return platform === undefined ? { fault: WORDS.noPlatform } : { platform };
  return scenarios.length === 0 ? { fault: WORDS.noScenarios } : { scenarios: [...scenarios] };
}

/** The last moment of a day in Beijing; undefined for what is no day. */
function endOfDay(text: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!found) return undefined;
  return fromBeijing(Number(found[1]), Number(found[2]), Number(found[3])) + DAY_MS - 1;
}
