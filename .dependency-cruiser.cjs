// The floors of ARCHITECTURE.md as rules: imports go down only, neighbours do not know each other, one enters a room by
// its front door. `test/fence.test.ts` plants violations to prove that this looks.
const FLOORS = [
  ['base'],
  ['model'],
  ['contract', 'protocols', 'detection'],
  ['signs', 'workflow', 'documents'],
  ['storage', 'bus', 'gateways', 'outlets'],
  ['services'],
  ['server'],
];
const anyOf = (names) => `^src/(${names.join('|')})/`;
const PURE = FLOORS.slice(0, 4).flat();
const ROOMS =
  '(?:(?:model|contract|protocols|gateways|outlets|services)/[^/]+|base|detection|signs|workflow|storage|bus|server)';
// Tests and the fixtures they share may reach past doors and floors.
const CODE = '(\\.test\\.tsx?|/testing\\.ts)$';

const floors = FLOORS.map((floor, i) => {
  const higher = FLOORS.slice(i + 1).flat();
  const to = [
    ...(higher.length > 0 ? [anyOf(higher)] : []),
    anyOf(floor),
    '^(web|simulator|bench|test|e2e)/',
  ];
  return {
    name: `floor-${i}-looks-down-only`,
    severity: 'error',
    from: { path: anyOf(floor), pathNot: CODE },
    to: { path: to, pathNot: '^src/$1/' },
  };
});

module.exports = {
  forbidden: [
    ...floors,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'front-door-only',
      severity: 'error',
      from: { path: `^(src/${ROOMS}|web|simulator|bench|test|e2e)/`, pathNot: `${CODE}|^test/` },
      to: { path: `^src/${ROOMS}/`, pathNot: ['^$1/', '/index\\.ts$', '/tree/index\\.ts$'] },
    },
    {
      name: 'service-rooms-meet-through-events',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/', pathNot: CODE },
      to: { path: '^src/services/', pathNot: '^src/services/($1|context)/' },
    },
    {
      name: 'neighbours-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(protocols|gateways)/([^/]+)/', pathNot: CODE },
      // `gateways/line` is the line all TCP gateways hang on; it knows none of them.
      to: { path: '^src/$1/', pathNot: ['^src/$1/$2/', '^src/gateways/line/'] },
    },
    {
      name: 'contract-rooms-share-http-only',
      severity: 'error',
      from: { path: '^src/contract/([^/]+)/', pathNot: CODE },
      to: { path: '^src/contract/', pathNot: '^src/contract/($1|http)/' },
    },
    {
      name: 'pure-floors-touch-nothing',
      severity: 'error',
      from: { path: anyOf(PURE), pathNot: CODE },
      // cel-js reads the conditions of composite signs: it has no dependency and does no I/O (decision 0005). protobufjs
      // reads Sparkplug's payloads by a schema we hand it; the light build does no I/O. Neither does sm-crypto, which opens
      // what HJ 212-2025 encrypts.
      to: {
        dependencyTypes: ['core', 'npm'],
        pathNot: 'node_modules/(zod|@marcbachmann/cel-js|protobufjs|sm-crypto)/',
      },
    },
    {
      name: 'protobuf-is-read-in-one-place',
      severity: 'error',
      from: { pathNot: '^src/protocols/sparkplug/' },
      to: { path: 'node_modules/protobufjs/' },
    },
    {
      name: 'conditions-are-read-in-one-place',
      severity: 'error',
      from: { pathNot: '^src/signs/composite/' },
      to: { path: 'node_modules/@marcbachmann/cel-js/' },
    },
    {
      // `workflow` is pure: a phone without a signal goes on by the same table as the server (decision 0043).
      name: 'the-browser-is-a-client',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: anyOf(['base', 'model', 'contract', 'workflow']) },
    },
    {
      name: 'a-feature-knows-no-other-feature',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'shared-web-pieces-know-no-feature',
      severity: 'error',
      from: { path: '^web/src/ui/' },
      to: { path: '^web/src/(features|app/(router|shell|main))' },
    },
    {
      name: 'simulated-devices-come-by-the-doors',
      severity: 'error',
      from: { path: '^simulator/', pathNot: CODE },
      to: { path: '^src/', pathNot: anyOf(['base', 'model', 'contract', 'protocols']) },
    },
    {
      name: 'the-watchdog-shares-nothing',
      severity: 'error',
      from: { path: '^src/server/watchdog(/|\\.ts$)', pathNot: CODE },
      to: { path: '^src/', pathNot: ['^src/server/watchdog/', '^src/base/'] },
    },
    {
      name: 'tests-are-leaves',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
