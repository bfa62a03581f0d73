import { AppError } from '#base';
import { inBox, type Polygon, PUDONG_BOX, PUDONG_MARGIN } from '#model/platform';
import { z } from 'zod';

/** A feature of the file as far as it is needed: whose border it says it is, and its polygons. */
export interface BorderFeature {
  /** Statistical codes and names among its properties, in the order they are believed. */
  readonly codes: readonly string[];
  readonly names: readonly string[];
  /** How to speak of it in a message. */
  readonly label: string;
  readonly polygons: readonly Polygon[];
}

export interface BorderFile {
  readonly features: readonly BorderFeature[];
  /** Whom the file names as its maker. */
  readonly attribution: string | undefined;
}

const position = z.tuple([z.number(), z.number()], z.number());
const polygon = z.array(z.array(position).min(4)).min(1);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
]);
const feature = z.object({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.unknown(),
});
const file = z.object({
  type: z.literal('FeatureCollection'),
  attribution: z.string().optional(),
  metadata: z.object({ attribution: z.string().optional() }).optional(),
  crs: z.object({ properties: z.object({ name: z.string() }) }).nullish(),
  features: z.array(z.unknown()).min(1),
});

/** Reference systems whose degrees are WGS 84's to within a metre. */
const DEGREES = /(CRS:?84|EPSG:{1,2}(4326|4490))$/iu;

/** Reads and checks a GeoJSON file of borders. Throws `borders.invalid` with the reason. */
export function readBorders(raw: Buffer): BorderFile {
  const parsed = file.safeParse(parseJson(raw));
  if (!parsed.success) throw invalid('不是 GeoJSON 要素集（FeatureCollection），或者没有要素');
  const { features, attribution, metadata, crs } = parsed.data;
  if (crs && !DEGREES.test(crs.properties.name))
    throw invalid(`坐标系是 ${crs.properties.name}，不是 WGS 84`);
  return {
    features: features.map((one, i) => readFeature(one, i)),
    attribution: attribution ?? metadata?.attribution,
  };
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(raw));
  } catch (error) {
    throw invalid(`不是有效的 UTF-8 JSON（${error instanceof Error ? error.message : String(error)}）`);
  }
}

const CODE_KEYS = ['code', 'CODE', 'adcode', 'ADCODE', 'ref', 'id', '代码', '编码', '区划代码'];
const NAME_KEYS = [
  'name',
  'NAME',
  'Name',
  '名称',
  '街镇',
  'name:zh',
  'name:zh-Hans',
  'name_zh',
  'official_name',
];

function readFeature(given: unknown, i: number): BorderFeature {
  const read = feature.safeParse(given);
  if (!read.success) throw invalid(`第 ${i + 1} 个要素不是 GeoJSON Feature`);
  const properties = read.data.properties ?? {};
  const codes = textsOf(properties, CODE_KEYS);
  const names = textsOf(properties, NAME_KEYS);
  const label = names[0] ?? codes[0] ?? `第 ${i + 1} 个要素`;
  const shape = geometry.safeParse(read.data.geometry);
  if (!shape.success) throw invalid(`“${label}”的几何不是完整的面（Polygon 或 MultiPolygon）`);
  const { data } = shape;
  const polygons = data.type === 'Polygon' ? [data.coordinates] : data.coordinates;
  const plain = polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat] as const)));
  checkRings(plain, label);
  return { codes, names, label, polygons: plain };
}

function textsOf(properties: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => {
    const value = properties[key];
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [];
  });
}

function checkRings(polygons: readonly Polygon[], label: string): void {
  for (const ring of polygons.flat()) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) throw invalid(`“${label}”有一圈边界没有闭合`);
    const astray = ring.find((at) => !inBox(PUDONG_BOX, at, PUDONG_MARGIN));
    if (astray) {
      throw invalid(`“${label}”的坐标（${astray.join('，')}）不在浦东：须是经度在前、纬度在后的度数`);
    }
  }
}

function invalid(reason: string): AppError {
  return new AppError('borders.invalid', { reason });
}
