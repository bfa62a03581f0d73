import type { CompositeSign, Sign } from '#model/standard';
import { type CompositeNames, type CompositeSupply, type ReadyComposite, readyComposite } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { inForce } from '../in-force.ts';

/** A composite sign in force, made ready; `faults` where its condition names what does not exist any more. */
export interface CompositeInForce {
  readonly id: number;
  readonly scenario: string;
  readonly scenarioName: string;
  readonly standard: string;
  readonly body: CompositeSign;
  readonly ready: ReadyComposite | undefined;
  readonly faults: readonly string[];
}

/** How a scenario, an item, a sign or an element is called, and what an element is measured in. */
export interface Named {
  readonly name: string;
  readonly unit: string;
}

/** A sign whose index is made of elements of its object or of a linked weather station. */
export interface FireWeatherInForce {
  readonly scenario: string;
  readonly code: string;
  readonly name: string;
  readonly element: string;
  readonly inputs: readonly string[];
}

export interface CompositesInForce {
  readonly fireWeather: readonly FireWeatherInForce[];
  readonly composites: readonly CompositeInForce[];
  readonly nameOf: (code: string) => Named;
  /** What objects with these elements can tell. */
  readonly signsOf: (
    element: string,
  ) => readonly Omit<CompositeSupply['signs'][number], 'object' | 'distance'>[];
}

interface Row {
  readonly id: number;
  readonly scenario: string;
  readonly scenario_name: string;
  readonly standard: string;
  readonly item: string;
  readonly item_name: string;
  readonly body: Sign | CompositeSign;
}

/** The composite signs in force at a moment (epoch ms), of a scenario or of all, with what they stand among. */
export async function compositesInForce(
  tx: Tx,
  now: number,
  scenario: string | undefined,
): Promise<CompositesInForce> {
  const { rows } = await sql<Row>`
    select g.id, s.code as scenario, s.name as scenario_name, v.version as standard, g.item_code as item,
      i.name as item_name, g.body
    from sign g join standard_version v on v.id = g.standard_id join scenario s on s.id = g.scenario
    join warning_item i on i.standard_id = g.standard_id and i.code = g.item_code
    where ${inForce(now)} order by g.id`.execute(tx);
  const { rows: elements } = await sql<Named & { readonly code: string }>`
    select code, name, unit from element`.execute(tx);
  const names: CompositeNames = {
    signs: new Set(rows.map(({ body }) => body.code)),
    items: new Set(rows.map(({ item }) => item)),
    scenarios: new Set(rows.map((row) => row.scenario)),
    elements: new Set(elements.map(({ code }) => code)),
  };
  const named = new Map<string, Named>([
    ...rows.flatMap((row): [string, Named][] => [
      [row.scenario, { name: row.scenario_name, unit: '' }],
      [row.item, { name: row.item_name, unit: '' }],
      [row.body.code, { name: row.body.name, unit: '' }],
    ]),
    ...elements.map(({ code, ...rest }): [string, Named] => [code, rest]),
  ]);
  const told = Map.groupBy(rows, ({ body }) => body.element);
  const asked = rows.filter((row) => scenario === undefined || row.scenario === scenario);
  return {
    fireWeather: asked.flatMap((row) => fireWeatherOf(row)),
    composites: asked.flatMap((row) => madeReady(row, names)),
    nameOf: (code) => named.get(code) ?? { name: code, unit: '' },
    signsOf: (element) =>
      (told.get(element) ?? []).map((row) => ({
        scenario: row.scenario,
        item: row.item,
        sign: row.body.code,
      })),
  };
}

function madeReady(
  { id, scenario, scenario_name, standard, body }: Row,
  names: CompositeNames,
): CompositeInForce[] {
  if ('measure' in body) return [];
  const made = readyComposite(id, body, names);
  const base = { id, scenario, scenarioName: scenario_name, standard, body };
  return [
    made.kind === 'ready'
      ? { ...base, ready: made.composite, faults: [] }
      : { ...base, ready: undefined, faults: made.faults },
  ];
}

function fireWeatherOf({ scenario, body }: Row): readonly FireWeatherInForce[] {
  if (!('measure' in body) || body.measure.kind !== 'fire-weather') return [];
  const { temperature, humidity, wind, rain } = body.measure;
  const { code, name, element } = body;
  return [{ scenario, code, name, element, inputs: [temperature, humidity, wind, rain] }];
}
