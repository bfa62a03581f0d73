import { expect, test } from 'vitest';

import { type GroupedOrder, groupIncidents } from './group-incidents.ts';

const MINUTE = 60_000;
let ids = 0;
function order(more: Partial<GroupedOrder> = {}): GroupedOrder {
  ids += 1;
  return {
    id: ids,
    scenario: 1,
    at: 0,
    incident: null,
    causes: [],
    grave: false,
    metres: 500,
    ms: 60 * MINUTE,
    lat: 31.2,
    lon: 121.5,
    ...more,
  };
}
/** About so many metres further north. */
const north = (metres: number): number => 31.2 + metres / 111_195;

test('two scenarios within 500 m and 60 min are one incident; one scenario alone is none', () => {
  const [a, b, c] = [
    order(),
    order({ scenario: 5, at: 59 * MINUTE, lat: north(490) }),
    order({ lat: north(20) }),
  ];
  expect(groupIncidents([c], [])).toEqual([]);
  expect(groupIncidents([b], [a])).toEqual([{ incident: null, ground: 'near', orders: [a.id, b.id] }]);
  expect(groupIncidents([order({ scenario: 5, lat: north(510) })], [a])).toEqual([]);
  expect(groupIncidents([order({ scenario: 5, at: 61 * MINUTE })], [a])).toEqual([]);
});

test('a grave order opens an incident, and what comes near it joins instead of opening another', () => {
  const first = order({ grave: true });
  const second = order({ grave: true, at: MINUTE, lat: north(400) });
  const far = order({ grave: true, at: MINUTE, lat: north(5000) });
  expect(groupIncidents([far, second, first], [])).toEqual([
    { incident: null, ground: 'red', orders: [first.id, second.id] },
    { incident: null, ground: 'red', orders: [far.id] },
  ]);
});

test('the same cause brings an order into the incident of what shares it, however far', () => {
  const known = order({ incident: 9, causes: ['warning/7'] });
  const brought = order({ causes: ['warning/7'], lat: north(9000), at: 300 * MINUTE });
  expect(groupIncidents([brought], [known])).toEqual([
    { incident: 9, ground: 'cause', orders: [brought.id] },
  ]);
});

test('what is set to no distance joins by its cause alone', () => {
  const known = order({ incident: 9 });
  expect(groupIncidents([order({ metres: 0 })], [known])).toEqual([]);
});

test('each order goes to one incident at most, however many there are', () => {
  const known = [order({ incident: 1 }), order({ incident: 2, lat: north(300) })];
  const fresh = Array.from({ length: 500 }, (_, i) =>
    order({ grave: i % 3 === 0, scenario: 1 + (i % 5), lat: north(i * 130) }),
  );
  const groups = groupIncidents(fresh, known);
  const placed = groups.flatMap(({ orders }) => orders);
  expect(new Set(placed).size).toBe(placed.length);
  expect(fresh.filter(({ id, grave }) => grave && !placed.includes(id))).toEqual([]);
});
