/** A JSON Schema as the OpenAPI document has it; the parts that are looked at. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T08:00:00+08:00',
  uri: 'https://example.invalid/',
};
/** Texts for the patterns the contract uses: times of day, codes, months. */
const CANDIDATES = [
  'aa',
  'a1',
  '08:30',
  '2026-01',
  '2026-01-01',
  '123456',
  '13800000000',
  'a.b',
  '310115125',
  'A1B2C3D4',
];

const BY_TYPE: Readonly<Record<string, (schema: Schema) => unknown>> = {
  object: objectOf,
  array: ({ minItems = 0, items = {} }) => Array.from({ length: minItems }, () => sampleOf(items)),
  integer: numberOf,
  number: numberOf,
  boolean: () => true,
  string: textOf,
};

/** The smallest value a schema takes, so that a request gets past the check of its shape to the check of its rights. */
export function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return sampleOf(first);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return BY_TYPE[String(type)]?.(schema) ?? (schema.properties ? objectOf(schema) : null);
}

function numberOf({ minimum = 1, exclusiveMinimum = 0 }: Schema): number {
  return Math.max(minimum, exclusiveMinimum + 1);
}

function objectOf({ properties = {}, required = [] }: Schema): object {
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
}

function textOf({ format, pattern, minLength = 0 }: Schema): string {
  if (format && BY_FORMAT[format] !== undefined) return BY_FORMAT[format];
  const long = '核对权限之用'.repeat(Math.ceil(Math.max(1, minLength) / 6)).slice(0, Math.max(6, minLength));
  if (pattern === undefined) return long;
  return [...CANDIDATES, long].find((text) => new RegExp(pattern, 'u').test(text)) ?? long;
}
