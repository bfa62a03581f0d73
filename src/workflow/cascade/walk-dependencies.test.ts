import { type DependencyRule, rankOf } from '#model/warning';
import { expect, test } from 'vitest';

import { DependencyGraph, type GraphEdge } from './dependency-graph.ts';
import type { GraphObject } from './graph-object.ts';
import { DEEPEST_STEP, MOST_REACHED, walkDependencies } from './walk-dependencies.ts';

const object = (id: number, part: Partial<GraphObject> = {}): GraphObject => ({
  id,
  name: `对象 ${id}`,
  lat: 31.2,
  lon: 121.5,
  town: 'T1',
  place: 100,
  scenarios: [1],
  elements: [],
  ...part,
});
const edge = (from: number, to: number, leadMinutes: number | null = null): GraphEdge => ({
  from,
  to,
  kind: 'power',
  leadMinutes,
  reason: null,
});
const POWER: DependencyRule = {
  code: 'DEP.R01',
  name: '停电',
  when: { level: 'orange' },
  reaches: { what: '对象', within: { along: ['power'] } },
  expects: [],
  leadMinutes: 10,
  withinMinutes: 60,
  reason: '失去电源',
  basis: '测试',
};
const AROUND: DependencyRule = {
  ...POWER,
  code: 'DEP.R02',
  when: { items: ['FLOOD.I01'], level: 'orange' },
  reaches: { elements: ['FLOOD.UNDERPASS'], what: '下立交', within: { radiusMeters: 3000 } },
};
const graphOf = (objects: readonly GraphObject[], edges: readonly GraphEdge[], rules = [POWER]) =>
  new DependencyGraph({ objects, edges, rules, rankOf });
const ORANGE = { items: new Set(['FLOOD.I01']), level: 3 };
const leads = (graph: DependencyGraph) =>
  walkDependencies(graph, 1, ORANGE).reached.map(({ object: { id }, leadMinutes, depth }) => [
    id,
    leadMinutes,
    depth,
  ]);

test('what is reached two ways keeps the sooner, and what lies behind it follows from that', () => {
  const graph = graphOf(
    [1, 2, 3, 4].map((id) => object(id)),
    [edge(1, 2, 30), edge(1, 3, 1), edge(3, 2, 1), edge(2, 4, 1)],
  );
  expect(leads(graph)).toEqual([
    [3, 1, 1],
    [2, 2, 2],
    [4, 3, 3],
  ]);
});

test('it goes no deeper than four steps, and a circle ends by itself', () => {
  const objects = Array.from({ length: 10 }, (_, i) => object(i + 1));
  const ring = objects.map(({ id }) => edge(id, (id % 10) + 1, 1));
  expect(leads(graphOf(objects, ring))).toHaveLength(DEEPEST_STEP);
  expect(leads(graphOf([object(1), object(2)], [edge(1, 2, 1), edge(2, 1, 1)]))).toEqual([[2, 1, 1]]);
});

test('more than two thousand are cut, and it says so', () => {
  const objects = Array.from({ length: 2500 }, (_, i) => object(i + 1));
  const star = objects.slice(1).map(({ id }) => edge(1, id));
  const walk = walkDependencies(graphOf(objects, star), 1, ORANGE);
  expect([walk.reached.length, walk.cut]).toEqual([MOST_REACHED, true]);
});

test('around a gauge those within the radius are reached, on every side and across the squares of the grid', () => {
  const degrees = (meters: number): number => meters / 111_195;
  const ring = Array.from({ length: 24 }, (_, i) => {
    const [angle, meters] = [(i * Math.PI) / 12, i % 2 === 0 ? 2950 : 3050];
    const lat = 31.2 + degrees(meters) * Math.cos(angle);
    const lon = 121.5 + (degrees(meters) * Math.sin(angle)) / Math.cos((31.2 * Math.PI) / 180);
    return object(i + 2, { lat, lon, elements: ['FLOOD.UNDERPASS'] });
  });
  const { reached } = walkDependencies(graphOf([object(1), ...ring], [], [AROUND]), 1, ORANGE);
  expect(reached.map(({ object: { id } }) => id).toSorted((a, b) => a - b)).toEqual(
    ring.filter(({ id }) => id % 2 === 0).map(({ id }) => id),
  );
});

test('a milder cause than the rule asks for reaches nobody', () => {
  const graph = graphOf([object(1), object(2)], [edge(1, 2)]);
  expect(walkDependencies(graph, 1, { ...ORANGE, level: 2 }).reached).toEqual([]);
});
