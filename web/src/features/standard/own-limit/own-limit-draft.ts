import type { OwnLimit, SignAtObject } from '#contract/standard';
import type { SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { momentOf } from '../draft/beijing-moment.ts';
import { FORM_TEXT } from './text.ts';

type Limits = OwnLimit['limits'];
type OwnLevel = NonNullable<Limits['levels'][SignLevel]>;

interface LevelDraft {
  readonly limit: string;
  readonly lower: string;
  readonly delay: string;
}

/** An own limit as it is being typed; what is empty stays the standard's. */
export interface OwnLimitDraft {
  readonly levels: Readonly<Partial<Record<SignLevel, LevelDraft>>>;
  readonly deadband: string;
  readonly offDelay: string;
  readonly reason: string;
  readonly until: string;
}

const shown = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Begins with what the object has of its own now. */
export function ownLimitDraft({ levels, inForce }: SignAtObject): OwnLimitDraft {
  const held = inForce?.limits;
  return {
    levels: Object.fromEntries(
      levels.map(({ level }) => {
        const own = held?.levels[level];
        const { limit, lower, onDelaySeconds } = own ?? {};
        return [level, { limit: shown(limit), lower: shown(lower), delay: shown(onDelaySeconds) }];
      }),
    ),
    deadband: shown(held?.deadband),
    offDelay: shown(held?.offDelaySeconds),
    reason: '',
    until: '',
  };
}

/** Said of the field that cannot be read. */
class Unreadable extends Error {}

function numberOf(text: string, field: string): number {
  const value = Number(text.trim().replaceAll('−', '-'));
  if (!Number.isFinite(value)) throw new Unreadable(FORM_TEXT.badNumber(field));
  return value;
}

function secondsOf(text: string, field: string): number {
  const value = numberOf(text, field);
  if (!Number.isInteger(value) || value < 0) throw new Unreadable(FORM_TEXT.badSeconds(field));
  return value;
}

/** `key: read(text)`, or nothing where nothing was typed. */
function given<Key extends string>(
  key: Key,
  text: string,
  read: (text: string) => number,
): Partial<Record<Key, number>> {
  return text.trim() === '' ? {} : ({ [key]: read(text) } as Record<Key, number>);
}

function levelOf({ limit, lower, delay }: LevelDraft, name: string): OwnLevel | undefined {
  const level: OwnLevel = {
    ...given('limit', limit, (text) => numberOf(text, `${name}${FORM_TEXT.limit}`)),
    ...given('lower', lower, (text) => numberOf(text, `${name}${FORM_TEXT.lower}`)),
    ...given('onDelaySeconds', delay, (text) => secondsOf(text, `${name}：${FORM_TEXT.delay}`)),
  };
  return Object.keys(level).length === 0 ? undefined : level;
}

interface Read {
  readonly limits: Limits;
  readonly reason: string;
  readonly validUntil: number | null;
}

/** What was typed, or the first thing in it that cannot be read. Whether it is granted is the server's to say. */
export function readOwnLimit(draft: OwnLimitDraft): Read | { readonly fault: string } {
  try {
    const levels: Limits['levels'] = {};
    for (const [level, typed] of Object.entries(draft.levels) as [SignLevel, LevelDraft][]) {
      const own = levelOf(typed, LEVEL_TEXT[level]);
      if (own) levels[level] = own;
    }
    const limits: Limits = {
      levels,
      ...given('deadband', draft.deadband, (text) => numberOf(text, FORM_TEXT.deadband)),
      ...given('offDelaySeconds', draft.offDelay, (text) => secondsOf(text, FORM_TEXT.offDelay)),
    };
    if (Object.keys(levels).length === 0 && Object.keys(limits).length === 1)
      throw new Unreadable(FORM_TEXT.nothing);
    if (draft.reason.trim().length < 5) throw new Unreadable(FORM_TEXT.shortReason);
    const validUntil = draft.until === '' ? null : momentOf(draft.until);
    if (validUntil === undefined) throw new Unreadable(FORM_TEXT.badMoment);
    return { limits, reason: draft.reason.trim(), validUntil };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}
