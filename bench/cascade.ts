import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

import { dependencyFile } from '#contract/warning';
import { rankOf } from '#model/warning';
import { DependencyGraph, type GraphEdge, type GraphObject, walkDependencies } from '#workflow';

import { seededRandom } from '../test/seeded-random.ts';
import { percentile, print } from './machine.ts';

const OBJECTS = 50_000;
const EDGES = 100_000;
const WALKS = 20_000;
const ELEMENTS = ['FLOOD.PUMP_LOST', 'LIFT.TRAPPED', 'CONSTR.TC_WIND', 'POWER.OUTAGE'];
const DEGREES = 0.4;

/** The graph of a district with 100,000 dependencies: how long it takes to make ready, and a flood of 20,000 causes to walk. */
export async function cascade(): Promise<void> {
  const file = new URL('../standards/dependencies.json', import.meta.url);
  const { rules } = dependencyFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const random = seededRandom(7);
  const objects = Array.from({ length: OBJECTS }, (_, id) => objectOf(id, random));
  const edges = Array.from({ length: EDGES }, () => edgeOf(random));
  const began = performance.now();
  const graph = new DependencyGraph({ objects, edges, rules, rankOf });
  const ready = performance.now() - began;
  const times: number[] = [];
  let reached = 0;
  let cut = 0;
  for (let i = 0; i < WALKS; i += 1) {
    const source = Math.floor(random() * OBJECTS);
    const item = i % 2 === 0 ? 'POWER.I08' : 'FLOOD.I01';
    const from = performance.now();
    const walk = walkDependencies(graph, source, { items: new Set([item]), level: 3 });
    times.push(performance.now() - from);
    reached += walk.reached.length;
    if (walk.cut) cut += 1;
  }
  const seconds = times.reduce((sum, one) => sum + one, 0) / 1000;
  const size = `${OBJECTS} 个对象、${EDGES} 条依赖、${rules.length} 条规则`;
  print({ name: 'cascade-ready', value: Math.round(ready), unit: 'ms', note: `${size}，建图` });
  print({
    name: 'cascade-flood',
    value: Number(seconds.toFixed(2)),
    unit: 's',
    note: `${size}，${WALKS} 个原因各走一遍，平均波及 ${Math.round(reached / WALKS)} 个，截断 ${cut} 次`,
  });
  print({
    name: 'cascade-walk-p99',
    value: Number(percentile(times, 0.99).toFixed(3)),
    unit: 'ms',
    note: `${size}，一次`,
  });
}

function objectOf(id: number, random: () => number): GraphObject {
  return {
    id,
    name: `对象 ${id}`,
    lat: 31 + random() * DEGREES,
    lon: 121.4 + random() * DEGREES,
    town: `T${Math.floor(random() * 36)}`,
    place: 100,
    scenarios: [1],
    // One object in a hundred is an underpass: as many as a district may have.
    elements: [id % 100 === 0 ? 'FLOOD.UNDERPASS' : (ELEMENTS[id % ELEMENTS.length] ?? '')],
  };
}

function edgeOf(random: () => number): GraphEdge {
  const [from, to] = [Math.floor(random() * OBJECTS), Math.floor(random() * OBJECTS)];
  return { from, to, kind: random() < 0.7 ? 'power' : 'drains-to', leadMinutes: null, reason: null };
}
