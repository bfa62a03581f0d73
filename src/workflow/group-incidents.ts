import type { IncidentGround } from '#model/response';

import { NearGrid, type Spot } from './near-grid.ts';

/** An open order as the rules of incidents see it. */
export interface GroupedOrder extends Spot {
  readonly id: number;
  readonly scenario: number;
  readonly at: number;
  /** Set once it belongs to one. */
  readonly incident: number | null;
  /** What brought it about, and what it brings about itself. */
  readonly causes: readonly string[];
  /** Red or across departments: opens an incident by itself. */
  readonly grave: boolean;
  /** How near and how soon another counts as the same matter; 0 metres: never. */
  readonly metres: number;
  readonly ms: number;
}

/** Orders that go together: into an incident that stands, or into a new one. */
export interface IncidentGroup {
  readonly incident: number | null;
  readonly ground: IncidentGround;
  readonly orders: readonly number[];
}

interface Growing {
  readonly incident: number | null;
  ground: IncidentGround;
  readonly orders: number[];
}

interface Seat extends Spot {
  readonly order: GroupedOrder;
  group: Growing | null;
}

/**
 * Which new orders belong to which incident (catalog §1.4): by the same cause, by nearness to an order of one; a grave order opens one,
 * two scenarios close together in place and time do. Pure and in one pass: what was placed first is found by what comes after.
 */
export function groupIncidents(
  fresh: readonly GroupedOrder[],
  known: readonly GroupedOrder[],
): readonly IncidentGroup[] {
  const standing = new Map<number, Growing>();
  const groupOf = (incident: number, ground: IncidentGround): Growing => {
    const found = standing.get(incident) ?? { incident, ground, orders: [] };
    standing.set(incident, found);
    return found;
  };
  const opened: Growing[] = [];
  const grid = new NearGrid<Seat>(known.map((order) => seatOf(order, groupOf)));
  const byCause = new Map<string, Growing>();
  for (const order of known) {
    if (order.incident === null) continue;
    const group = groupOf(order.incident, 'cause');
    for (const cause of order.causes) byCause.set(cause, group);
  }
  for (const order of fresh.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
    const found = placeOf(order, grid, byCause) ?? openFor(order, grid, opened);
    if (found) join(found.group, order, found.ground);
    if (found) for (const cause of order.causes) byCause.set(cause, found.group);
    grid.add({ lat: order.lat, lon: order.lon, order, group: found?.group ?? null });
  }
  return [...standing.values(), ...opened].filter(({ orders }) => orders.length > 0);
}

interface Found {
  readonly group: Growing;
  readonly ground: IncidentGround;
}

function seatOf(order: GroupedOrder, groupOf: (incident: number, ground: IncidentGround) => Growing): Seat {
  const { lat, lon, incident } = order;
  return { lat, lon, order, group: incident === null ? null : groupOf(incident, 'near') };
}

function placeOf(
  order: GroupedOrder,
  grid: NearGrid<Seat>,
  byCause: ReadonlyMap<string, Growing>,
): Found | undefined {
  for (const cause of order.causes) {
    const group = byCause.get(cause);
    if (group) return { group, ground: 'cause' };
  }
  for (const seat of grid.near(order, order.metres)) {
    if (seat.group && isSoon(order, seat.order)) return { group: seat.group, ground: 'near' };
  }
  return undefined;
}

function openFor(order: GroupedOrder, grid: NearGrid<Seat>, opened: Growing[]): Found | undefined {
  for (const seat of grid.near(order, order.metres)) {
    if (seat.order.scenario === order.scenario || !isSoon(order, seat.order)) continue;
    const group: Growing = { incident: null, ground: order.grave ? 'red' : 'near', orders: [seat.order.id] };
    seat.group = group;
    opened.push(group);
    return { group, ground: group.ground };
  }
  if (!order.grave) return undefined;
  const group: Growing = { incident: null, ground: 'red', orders: [] };
  opened.push(group);
  return { group, ground: 'red' };
}

function join(group: Growing, order: GroupedOrder, ground: IncidentGround): void {
  // What brings orders into one that stands is told by the first of them.
  if (group.incident !== null && group.orders.length === 0) group.ground = ground;
  group.orders.push(order.id);
}

function isSoon(one: GroupedOrder, other: GroupedOrder): boolean {
  return one.metres > 0 && Math.abs(one.at - other.at) <= one.ms;
}
