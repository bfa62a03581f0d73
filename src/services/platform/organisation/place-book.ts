import { loadTerritory, locate, type Territory } from '../object/territory.ts';
import type { ObjectPlace } from '../object/object-place.ts';
import type { LatLon } from '#model/platform';
import type { Tx } from '#storage';

interface Village {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly place: number;
}

type Found = { readonly found: ObjectPlace } | { readonly field: 'town' | 'village'; readonly fault: string };

/** Towns and villages as sheets call them, by code or name, for many rows at once. */
export class PlaceBook {
  readonly #territory: Territory;
  readonly #villages: readonly Village[];

  private constructor(territory: Territory, villages: readonly Village[]) {
    this.#territory = territory;
    this.#villages = villages;
  }

  static async load(tx: Tx): Promise<PlaceBook> {
    const villages = await tx
      .selectFrom('platform as v')
      .innerJoin('platform as t', 't.id', 'v.parent_id')
      .select(['v.code', 'v.name', 't.code as town', 'v.place'])
      .where('v.kind', '=', 'village')
      .execute();
    const placed = villages.flatMap((row) => (row.place === null ? [] : [{ ...row, place: row.place }]));
    return new PlaceBook(await loadTerritory(tx), placed);
  }

  /** The 9 digits of a town, told by its code (also with twelve) or its name. */
  townOf(told: string): string | undefined {
    const code = told.replace(/^(\d{9})000$/u, '$1');
    return this.#territory.towns.find((town) => town.code === code || town.name === told)?.code;
  }

  /** Where a point lies: as told, else by the borders, else by the nearest centre. */
  find(
    point: LatLon,
    told: { readonly town?: string | undefined; readonly village?: string | undefined },
  ): Found {
    const town = told.town === undefined ? undefined : this.townOf(told.town);
    if (told.town !== undefined && town === undefined) {
      return { field: 'town', fault: '没有这个街镇，请填 9 位编码或平台清单里的名称' };
    }
    if (told.village !== undefined) return this.#village(told.village, town);
    if (town === undefined) {
      const located = locate(this.#territory, [point.lon, point.lat]);
      const { code, place } = located.town;
      return { found: { place, town: code, village: null, approximate: located.approximate } };
    }
    const place = this.#territory.towns.find(({ code }) => code === town)?.place ?? 0;
    return { found: { place, town, village: null, approximate: false } };
  }

  #village(told: string, town: string | undefined): Found {
    const named = this.#villages.filter(({ code, name }) => code === told || name === told);
    const [village, second] = town === undefined ? named : named.filter((one) => one.town === town);
    if (village && !second) {
      return {
        found: { place: village.place, town: village.town, village: village.code, approximate: false },
      };
    }
    const elsewhere = named.length > 0 && !village;
    return {
      field: 'village',
      fault: second
        ? '几个街镇都有这个居村，请填街镇或 12 位编码'
        : elsewhere
          ? '这个居村不在所填的街镇，请核对'
          : '没有这个居村，请填 12 位编码或平台清单里的名称',
    };
  }
}
