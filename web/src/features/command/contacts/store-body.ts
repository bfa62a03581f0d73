import type { Store } from '#contract/command';

import { STORE_FORM_TEXT as WORDS } from './text.ts';

interface ItemRow {
  readonly key: number;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
}

/** A store as it is typed. */
export interface StoreDraft {
  readonly name: string;
  readonly address: string;
  readonly lat: string;
  readonly lon: string;
  readonly keeper: { readonly id: number; readonly name: string } | null;
  readonly items: readonly ItemRow[];
  readonly checked: boolean;
  readonly note: string;
  readonly platform: string | undefined;
}

export function startStore(store: Store | undefined, platform: string | undefined): StoreDraft {
  if (!store) {
    const words = { name: '', address: '', lat: '', lon: '', note: '' };
    return { ...words, keeper: null, items: [], checked: false, platform };
  }
  return {
    name: store.name,
    address: store.address ?? '',
    lat: String(store.lat),
    lon: String(store.lon),
    keeper: store.keeper && { id: store.keeper.id, name: store.keeper.name },
    items: store.items.map(({ name, quantity, unit }, key) => ({
      key,
      name,
      quantity: String(quantity),
      unit,
    })),
    checked: false,
    note: store.note ?? '',
    platform: store.platform.code,
  };
}

interface StoreBody {
  name: string;
  address: string | null;
  lat: number;
  lon: number;
  keeper: number | null;
  items: { name: string; quantity: number; unit: string }[];
  note: string | null;
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What is sent, or the one sentence that says what is missing. */
export function storeBody(draft: StoreDraft): { readonly body: StoreBody } | { readonly fault: string } {
  if (draft.name.trim() === '') return { fault: WORDS.noName };
  const lat = numberOf(draft.lat);
  const lon = numberOf(draft.lon);
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return { fault: WORDS.noPlace };
  const items = draft.items.map(({ name, quantity, unit }) => ({
    name: name.trim(),
    quantity: numberOf(quantity),
    unit: unit.trim(),
  }));
  if (items.some(({ name, quantity, unit }) => name === '' || unit === '' || !(quantity >= 0)))
    return { fault: WORDS.badItem };
  if (draft.platform === undefined) return { fault: WORDS.noPlatform };
  return {
    body: {
      name: draft.name.trim(),
      address: blank(draft.address),
      lat,
      lon,
      keeper: draft.keeper?.id ?? null,
      items,
      note: blank(draft.note),
    },
  };
}
