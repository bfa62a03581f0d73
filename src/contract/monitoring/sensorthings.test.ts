import { AppError } from '#base';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  ENTITY_SETS,
  entityPath,
  momentText,
  observationId,
  observationMessage,
  parseOptions,
  parsePath,
  parseSubscription,
  readObservationId,
  type Term,
} from './index.ts';
import { parseFilter } from './sensorthings-filter.ts';

const { Things, Datastreams, Observations } = ENTITY_SETS;

/** The term as brackets, so that precedence shows. */
function written(term: Term): string {
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'string' ? `'${term.value}'` : String(term.value);
    case 'property':
      return term.of.text;
    case 'call':
      return `${term.name}(${term.args.map(written).join(',')})`;
    case 'not':
      return `(not ${written(term.of)})`;
    case 'some':
      return `some ${term.relation.target}: ${written(term.of)}`;
    case 'compare':
    case 'arithmetic':
    case 'logic':
      break;
  }
  return `(${written(term.left)} ${term.op} ${written(term.right)})`;
}
const read = (filter: string, set = Observations): string => written(parseFilter(filter, set));
const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'taken';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code.slice('sensorthings.'.length)}: ${String(error.details['issue'] ?? error.details['feature'])}`;
  }
};

test('operators bind as OData has them: not, times, plus, comparison, and, or', () => {
  expect(read('result add 2 mul 3 gt 5 or not (result lt 1) and result ne 0')).toBe(
    '(((result add (2 mul 3)) gt 5) or ((not (result lt 1)) and (result ne 0)))',
  );
  expect(read("substringof('泵','a''b') eq true or startswith(name, '张')", Things)).toBe(
    "((substringof('泵','a'b') eq true) or startswith(name,'张'))",
  );
});

test('times are read with any zone, and without seconds', () => {
  const at = Date.UTC(2026, 10, 23);
  for (const text of ['2026-11-23T00:00:00Z', '2026-11-23T08:00+08:00', '2026-11-23T00:00:00.000Z']) {
    expect(read(`phenomenonTime ge ${text}`)).toBe(`(phenomenonTime ge ${at})`);
  }
  expect(refusal(() => read('phenomenonTime ge 2026-13-45T00:00:00Z'))).toMatch(/^invalid: 没有/u);
});

test('what belongs to one other is reached by its name, of what has many some one has to be so', () => {
  expect(read("Thing/properties/code eq 'P-1' and ObservedProperty/id ne null", Datastreams)).toBe(
    "((Thing/properties/code eq 'P-1') and (ObservedProperty/id ne null))",
  );
  expect(read("Datastreams/ObservedProperty/id eq 'A'", Things)).toBe(
    "some Datastreams: (ObservedProperty/id eq 'A')".replace('(Obs', '(Datastreams/Obs'),
  );
  expect(read("not ('x' ne Thing/Locations/name)", Datastreams)).toBe(
    "(not some Things: some Locations: ('x' ne Thing/Locations/name))",
  );
  expect(refusal(() => read("contains(Datastreams/name,'x')", Things))).toMatch(/^unsupported: .*多/u);
  expect(refusal(() => read('Datastreams/id add 1 eq 2', Things))).toMatch(/^unsupported: .*多/u);
  expect(refusal(() => read('Observations/result gt 5', Datastreams))).toMatch(
    /^unsupported: .*Observations/u,
  );
  expect(refusal(() => parseOptions({ $orderby: 'Datastreams/name' }, Things))).toMatch(
    /^unsupported: .*排序/u,
  );
  expect(refusal(() => read("geo.distance(location,'x') lt 1", Things))).toBe(
    'unsupported: $filter 函数 geo.distance',
  );
  expect(refusal(() => read("st_within(location,'x')", Things))).toMatch(/^unsupported: .*st_within/u);
});

test.each([
  ["result eq 'five'", /类型不同/u],
  ['result', /须是一个条件/u],
  ['result gt', /没有写完/u],
  ['result gt 5)', /多余/u],
  ['(result gt 5', /缺“\)”/u],
  ['nothing eq 5', /没有可以比较的/u],
  ['constructor eq 5', /没有可以比较的/u],
  ['location eq 5', /没有可以比较的/u],
  ["sqrt(result) gt 'x'", /没有函数/u],
  ['contains(resultQuality) eq true', /2 个参数/u],
  ['result gt null', /null/u],
  ["resultQuality eq 'x", /读不懂/u],
  [`${'('.repeat(60)}result gt 1${')'.repeat(60)}`, /嵌套/u],
])('%s is refused with its reason', (filter, reason) => {
  expect(refusal(() => read(filter))).toMatch(reason);
});

test('digits in quotes are the number of an entity, for clients that quote every id', () => {
  expect(read("Sensor/id eq '5' and '7' eq id", Datastreams)).toBe('((Sensor/id eq 5) and (7 eq id))');
  expect(refusal(() => read("Sensor/id eq 'five'", Datastreams))).toMatch(/类型不同/u);
  expect(parsePath("Things('12')/Datastreams")).toEqual(parsePath('Things(12)/Datastreams'));
  expect(refusal(() => parsePath("Things('12)"))).toMatch(/^invalid/u);
});

test('whatever is sent as a filter is read or refused, never a bug', () => {
  const piece = fc.constantFrom(
    'result',
    'eq',
    'gt',
    'and',
    'not',
    '(',
    ')',
    ',',
    "'",
    "'a'",
    '5',
    '-1e9',
    '2026-01-01T00:00:00Z',
    'null',
    'contains',
    '/',
    '@iot.id',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 30 }).map((all) => all.join(' ')),
      ),
      (filter) => {
        const told = [
          refusal(() => parseFilter(filter, Observations)),
          refusal(() => parsePath(filter)),
          refusal(() => parseOptions({ $expand: filter, $orderby: filter }, Things)),
        ];
        for (const one of told) expect(one).toMatch(/^(?:taken$|invalid: |unsupported: )/u);
      },
    ),
  );
});

test('any text can be asked for in quotes, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), (text) => {
      const term = parseFilter(`resultQuality eq '${text.replaceAll("'", "''")}'`, Observations);
      expect(term).toMatchObject({ kind: 'compare', right: { value: text } });
    }),
  );
});

test('a path leads along relations to a list, an entity, a property or its bare value', () => {
  const shape = (path: string): string => {
    const { set, id, steps, shown } = parsePath(path);
    return [set.name, id, ...steps.map((step) => `${step.set.name}:${step.id ?? ''}`), shown.kind].join(' ');
  };
  expect(shape('Things')).toBe('Things  entities');
  expect(shape('Things(1)/Datastreams(5)/Observations')).toBe(
    'Things 1 Datastreams:5 Observations: entities',
  );
  expect(shape("ObservedProperties('A/B')/Datastreams/$ref")).toBe(
    'ObservedProperties A/B Datastreams: links',
  );
  expect(shape('Things(1)/name/$value')).toBe('Things 1 value');
  expect(refusal(() => parsePath('Things/Datastreams'))).toMatch(/^invalid/u);
  expect(refusal(() => parsePath('Things(x)'))).toMatch(/^invalid: .*数字/u);
  expect(refusal(() => parsePath('Things(1)/Datastreams/$count'))).toMatch(/^unsupported/u);
  expect(refusal(() => parsePath('constructor(1)'))).toMatch(/^invalid/u);
});

test('a topic leads to a list, an entity or a property; what nobody is told of is refused by name', () => {
  const shape = (topic: string): unknown[] => {
    const { set, isList, select, path } = parseSubscription(topic);
    return [set.name, isList, path.shown.kind, select];
  };
  expect(shape('v1.1/Things')).toEqual(['Things', true, 'entities', undefined]);
  expect(shape('v1.1/Things(1)')).toEqual(['Things', false, 'entities', undefined]);
  expect(shape('v1.1/Things(1)/Datastreams?$select=name,id')).toEqual([
    'Datastreams',
    true,
    'entities',
    ['name', '@iot.id'],
  ]);
  expect(shape('v1.1/Datastreams(1)/Sensor/name')).toEqual(['Sensors', false, 'property', undefined]);
  expect(shape("v1.1/ObservedProperties('A?B')/name")).toEqual([
    'ObservedProperties',
    false,
    'property',
    undefined,
  ]);
  const refused = (topic: string): string => refusal(() => parseSubscription(topic));
  expect(refused('v1.0/Things')).toMatch(/^invalid: .*v1\.1/u);
  expect(refused('v1.1/Things(+)')).toMatch(/^invalid/u);
  expect(refused('v1.1/#')).toMatch(/^invalid/u);
  expect(refused('v1.1/Things?$filter=id eq 1')).toMatch(/^invalid: .*\$select/u);
  expect(refused('v1.1/Things(1)?$select=name')).toMatch(/^invalid: .*实体集/u);
  expect(refused('v1.1/Things?$select=nothing')).toMatch(/^invalid: .*nothing/u);
  expect(refused("v1.1/Observations('1_1')")).toMatch(/^unsupported/u);
  expect(refused("v1.1/Observations('1_1')/result")).toMatch(/^unsupported/u);
  expect(refused('v1.1/Things(1)/HistoricalLocations')).toMatch(/^unsupported/u);
  expect(refused('v1.1/Things/$ref')).toMatch(/^unsupported/u);
});

test('an entity’s address is read as that entity', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20 }), (id) => {
      const address = decodeURIComponent(entityPath(ENTITY_SETS.ObservedProperties, id));
      expect(parsePath(address)).toMatchObject({ set: { name: 'ObservedProperties' }, id });
    }),
  );
});

test('expansions are nested with options of their own, two levels deep and no deeper', () => {
  const asked = {
    $expand: "Datastreams($filter=name eq 'a;b,(c';$top=3;$expand=Observations($top=1)),Locations",
  };
  const [first, second] = parseOptions(asked, Things).expand;
  expect(first).toMatchObject({
    name: 'Datastreams',
    options: { top: 3, expand: [{ name: 'Observations', options: { top: 1 } }] },
  });
  expect(second?.name).toBe('Locations');
  expect(refusal(() => parseOptions({ $expand: 'Datastreams/Sensor/Datastreams' }, Things))).toMatch(
    /^unsupported: .*2 层/u,
  );
  const twice = parseOptions({ $expand: 'Thing,Thing/Locations,Sensor' }, Datastreams).expand;
  expect(twice.map(({ name, options }) => [name, options.expand.map((one) => one.name)])).toEqual([
    ['Thing', ['Locations']],
    ['Sensor', []],
  ]);
  expect(refusal(() => parseOptions({ $expand: 'Thing($top=1),Thing($top=2)' }, Datastreams))).toMatch(
    /两次/u,
  );
  expect(refusal(() => parseOptions({ $expand: 'Datastreams($top=1;$top=2)' }, Things))).toMatch(/两次/u);
  expect(refusal(() => parseOptions({ $resultFormat: 'dataArray' }, Observations))).toMatch(
    /^unsupported: .*resultFormat/u,
  );
  expect(refusal(() => parseOptions({ $topp: '1' }, Things))).toMatch(/没有查询选项/u);
  expect(refusal(() => parseOptions({ $top: '-1' }, Things))).toMatch(/整数/u);
});

test('a reading is told to subscribers under its Datastream’s topic, in the words of the standard', () => {
  const at = Date.UTC(2026, 10, 23, 0, 0, 0, 7);
  const { topic, payload } = observationMessage(
    { point: 12, observedAt: at, receivedAt: at + 1000, value: 45.2, quality: 1, source: 0 },
    'https://puan.example/v1.1',
  );
  expect(topic).toBe('v1.1/Datastreams(12)/Observations');
  expect(JSON.parse(payload)).toEqual({
    '@iot.id': `12_${at}`,
    '@iot.selfLink': `https://puan.example/v1.1/Observations('12_${at}')`,
    phenomenonTime: '2026-11-23T08:00:00.007+08:00',
    resultTime: '2026-11-23T08:00:01.007+08:00',
    result: 45.2,
    resultQuality: 'suspect',
    parameters: { source: 'iot', marks: ['range'] },
    'Datastream@iot.navigationLink': `https://puan.example/v1.1/Observations('12_${at}')/Datastream`,
    'FeatureOfInterest@iot.navigationLink': `https://puan.example/v1.1/Observations('12_${at}')/FeatureOfInterest`,
  });
  expect(readObservationId(observationId(12, at))).toEqual({ point: 12, observedAt: at });
  expect(Date.parse(momentText(at))).toBe(at);
});
