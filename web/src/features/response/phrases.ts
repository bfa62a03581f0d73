import type { WorkOrderAction } from '#model/response';

import phrases from './phrases.json' with { type: 'json' };

type Phrases = Readonly<Record<string, Readonly<Partial<Record<WorkOrderAction, readonly string[]>>>>>;
/** 常用语: plain data, by scenario and action; what every scenario says comes last. */
export const PHRASES: Phrases = phrases;

export function phrasesFor(scenario: string, action: WorkOrderAction): readonly string[] {
  return [...(PHRASES[scenario]?.[action] ?? []), ...(PHRASES['any']?.[action] ?? [])];
}

/** What was typed, with a phrase behind it. */
export function withPhrase(typed: string, phrase: string): string {
  const before = typed.trim();
  if (before === '') return phrase;
  return /[。！？；，、]$/u.test(before) ? `${before}${phrase}` : `${before}；${phrase}`;
}
