import { toBeijing } from '#base';
import type { WarningCard } from '#contract/warning';
import type { Capability } from '#model/platform';
import { levelOf, LEVELS, type Level } from '#model/warning';
import type { Actor } from '#services/context';
import { type CardCell, countOf, type WarningCardDraft, worstOf } from '#workflow';

import { cardKeyOf } from './card-key.ts';

/** Names a card needs. */
export interface CardNames {
  readonly item: WarningCard['item'];
  readonly scenario: string;
  readonly scenarioName: string;
}

export interface CardFacts {
  readonly names: CardNames;
  readonly actor: Actor;
  readonly now: number;
  /** The worst value, in words. */
  readonly extreme: string | undefined;
  /** The object, where the card holds one warning. */
  readonly single: string | undefined;
  readonly nameOf: (place: number) => string;
}

const PLACES_SHOWN = 3;

export function showCard({ area, cells }: WarningCardDraft, facts: CardFacts): WarningCard | undefined {
  const [first] = cells;
  if (!first) return undefined;
  const count = sum(cells, countOf);
  const firstAt = Math.min(...cells.map((cell) => cell.firstAt));
  const places = placesOf(cells, facts.nameOf);
  return {
    key: cardKeyOf(area, first),
    ...facts.names,
    area: { kind: area.kind, name: area.name },
    sentence: sentenceOf(subjectOf({ area, cells }, facts), facts, firstAt),
    count,
    levels: Object.fromEntries(
      LEVELS.map((level, i) => [level, sum(cells, ({ levels }) => levels[i] ?? 0)]),
    ) as Record<Level, number>,
    worst: levelOf(worstOf(cells)) ?? 'blue',
    firstAt,
    changedAt: Math.max(...cells.map((cell) => cell.changedAt)),
    newest: Math.max(...cells.map((cell) => cell.newest)),
    places: places.slice(0, PLACES_SHOWN),
    placeCount: places.length,
    unacknowledged: sum(cells, (cell) => cell.unacknowledged),
    overdue: sum(cells, (cell) => cell.overdue),
    replaySession: first.session,
    simulated: sum(cells, (cell) => cell.simulated),
    warning: count === 1 ? first.newest : null,
    allowedActions: actionsOf(cells, facts.actor),
  };
}

/** "康桥镇 37 处下立交积水"; of a cause "张江变电站 失电：连带 12 条预警". */
function subjectOf({ area, cells }: WarningCardDraft, { names, single }: CardFacts): string {
  const count = sum(cells, countOf);
  const item = names.item.name;
  if (area.kind === 'cause') return `${area.name}：连带 ${count} 条预警`;
  if (count > 1) return `${area.name} ${count} 处${item}`;
  return `${area.kind === 'object' ? '' : `${area.name} `}${single ?? area.name} ${item}`;
}

/** "康桥镇 37 处下立交积水，积水深度最高 62 cm，最早 02:10" */
function sentenceOf(what: string, { extreme, now }: CardFacts, firstAt: number): string {
  return `${what}${extreme === undefined ? '' : `，${extreme}`}，最早 ${clockText(firstAt, now)}`;
}

function clockText(at: number, now: number): string {
  const { year, month, day, msOfDay } = toBeijing(at);
  const today = toBeijing(now);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(msOfDay / 3_600_000))}:${two(Math.floor(msOfDay / 60_000) % 60)}`;
  const isToday = today.year === year && today.month === month && today.day === day;
  return isToday ? clock : `${month}月${day}日 ${clock}`;
}

/** The places, those with most first. */
function placesOf(cells: readonly CardCell[], nameOf: (place: number) => string): readonly string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const name = nameOf(cell.place);
    counts.set(name, (counts.get(name) ?? 0) + countOf(cell));
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
}

/** What may be done to some of its warnings; each is judged by itself when it is done. */
function actionsOf(cells: readonly CardCell[], { rights }: Actor): WarningCard['allowedActions'] {
  const may = (capability: Capability): readonly CardCell[] =>
    cells.filter((cell) => rights.mayAt(capability, cell));
  const mine = may('warning.acknowledge');
  const acts = [
    ['acknowledge', mine.some(({ unacknowledged }) => unacknowledged > 0)],
    ['note', mine.length > 0],
    ['shelve', may('warning.shelve').length > 0],
    ['judge', may('warning.decide').length > 0],
  ] as const;
  return acts.flatMap(([act, allowed]) => (allowed ? [act] : []));
}

function sum(cells: readonly CardCell[], of: (cell: CardCell) => number): number {
  return cells.reduce((total, cell) => total + of(cell), 0);
}
