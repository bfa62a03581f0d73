import type { MonitoredObject, objectRoutes, platformRoutes } from '#contract/platform';
import type { Datum } from '#model/platform';
import type { z } from 'zod';

import type { Draft } from '../draft.ts';
import { FACTS, FORM } from './text.ts';

type CreateBody = z.input<typeof platformRoutes.createObject.body>;
type UpdateBody = z.input<typeof objectRoutes.updateObject.body>;

export const EMPTY_OBJECT: Draft = {
  code: '',
  name: '',
  scenarios: '',
  lat: '',
  lon: '',
  town: '',
  village: '',
  address: '',
  owner: '',
  operator: '',
  maintainer: '',
};

/** An object as text fields; scenarios are codes joined by commas. */
export function draftOfObject(object: MonitoredObject): Draft {
  return {
    name: object.name,
    scenarios: object.scenarios.join(','),
    lat: String(object.lat),
    lon: String(object.lon),
    address: object.address ?? '',
    owner: object.owner?.name ?? '',
    operator: object.operator?.name ?? '',
    maintainer: object.maintainer?.name ?? '',
    ...Object.fromEntries(
      Object.entries(object.parameters).map(([code, value]) => [parameterField(code), String(value)]),
    ),
  };
}

const PARAMETER = 'parameter ';

/** The field of a parameter in a draft. */
export function parameterField(code: string): string {
  return `${PARAMETER}${code}`;
}

function isParameter(field: string): boolean {
  return field.startsWith(PARAMETER);
}

/** All parameters as they are typed; what is empty is not set. */
function parametersOf(draft: Draft): Record<string, number> {
  const typed = Object.entries(draft).filter(([field, text]) => isParameter(field) && text.trim() !== '');
  return Object.fromEntries(typed.map(([field, text]) => [field.slice(PARAMETER.length), Number(text)]));
}

export function scenariosOf(draft: Draft): readonly string[] {
  return (draft['scenarios'] ?? '').split(',').filter((code) => code !== '');
}

const NEEDED = ['code', 'name', 'scenarios', 'lat', 'lon'] as const;

/**
 * What must be mended before it is worth sending. Swapped coordinates are the usual slip; those that stay as they `were` are
 * not judged again.
 */
export function faultOfObject(draft: Draft, were?: Draft): string | undefined {
  if (Object.values(parametersOf(draft)).some(Number.isNaN)) return FORM.badParameter;
  const missing = NEEDED.find((field) => draft[field]?.trim() === '');
  if (missing !== undefined) return FORM.need(FACTS[missing]);
  if (were && were['lat'] === draft['lat'] && were['lon'] === draft['lon']) return undefined;
  if (!within(draft['lat'], 30, 32)) return FORM.badLat;
  return within(draft['lon'], 121, 123) ? undefined : FORM.badLon;
}

function within(text: string | undefined, min: number, max: number): boolean {
  const value = Number(text);
  return value >= min && value <= max;
}

const FREE = ['town', 'village', 'address', 'owner', 'operator', 'maintainer'] as const;

export function createBody(draft: Draft, datum: Datum): CreateBody {
  const free = FREE.flatMap((field) => {
    const text = draft[field]?.trim() ?? '';
    return text === '' ? [] : [[field, text] as const];
  });
  return {
    code: draft['code']?.trim() ?? '',
    name: draft['name']?.trim() ?? '',
    scenarios: [...scenariosOf(draft)],
    lat: Number(draft['lat']),
    lon: Number(draft['lon']),
    datum,
    parameters: parametersOf(draft),
    ...Object.fromEntries(free),
  };
}

/** Only what was changed. A new position goes with both its numbers and what they are in. */
export function updateBody(changed: Draft, draft: Draft, datum: Datum): Omit<UpdateBody, 'version'> {
  const { name, scenarios, lat, lon, ...others } = changed;
  const isSet = Object.keys(others).some(isParameter);
  const texts = Object.fromEntries(Object.entries(others).filter(([field]) => !isParameter(field)));
  const moved = lat !== undefined || lon !== undefined;
  const parties = Object.entries(texts).map(([field, text]) => [
    field,
    text.trim() === '' ? null : text.trim(),
  ]);
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(scenarios === undefined ? {} : { scenarios: [...scenariosOf(draft)] }),
    ...(moved ? { lat: Number(draft['lat']), lon: Number(draft['lon']), datum } : {}),
    ...(isSet ? { parameters: parametersOf(draft) } : {}),
    ...Object.fromEntries(parties),
  };
}
