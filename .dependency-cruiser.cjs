// Which room may know which (docs/adr/0001): a room's line lists every room, package and Node module it may import.
// What isn't listed is an error, so a new room or package is a decision, not an accident.

/** @type {Record<string, { rooms?: string[], packages?: string[], node?: boolean }>} */
const rooms = {
  core: {},
  ports: { rooms: ['core'] },
  engine: { rooms: ['core', 'ports'], packages: ['lru-cache'] },
  'unit-context': { rooms: ['core', 'ports', 'engine'], node: true },
  memory: { rooms: ['core', 'ports'] },
  nats: { rooms: ['core', 'ports'], packages: ['@nats-io/[^/]+'], node: true },
  transformer: { rooms: ['core', 'ports'], packages: ['class-transformer', 'reflect-metadata'], node: true },
  standalone: {
    rooms: ['core', 'ports', 'engine', 'unit-context', 'nats', 'transformer'],
    packages: ['reflect-metadata'],
    node: true,
  },
  nest: {
    rooms: ['core', 'ports', 'engine', 'unit-context', 'nats', 'transformer', 'standalone'],
    packages: ['@nestjs/[^/]+', 'rxjs', 'reflect-metadata', 'cookie'],
    node: true,
  },
  testing: {
    rooms: ['core', 'ports', 'engine', 'unit-context', 'memory', 'nats', 'transformer', 'standalone', 'nest'],
    packages: ['@nestjs/[^/]+', 'vitest'],
    node: true,
  },
};

const library = '^libs/session-sync/src/';
const spec = '\\.(spec|fixture)\\.ts$';
const doors = `${library}(index|core/index|standalone/index|testing/index)\\.ts$`;
const packagePath = (names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const nodeModule = { dependencyTypes: ['core'] };
const rivals = Object.keys(require('./perf/package.json').devDependencies).filter(
  (name) => !name.startsWith('@types/'),
);

function rulesOfRoom([room, { rooms: others = [], packages = [], node = false }]) {
  const code = { path: `${library}${room}/`, pathNot: spec };
  const specs = { path: `${library}${room}/.*${spec}` };
  const reachable = [room, ...others].join('|');
  return [
    {
      name: `${room}-imports-${others.join('-') || 'itself-only'}`,
      comment: `${room} may import these rooms: ${[room, ...others].join(', ')}`,
      severity: 'error',
      from: code,
      to: { path: '^libs/[^/]+/src/', pathNot: `${library}(${reachable})/` },
    },
    {
      name: `${room}-packages`,
      comment: `${room} may import these packages: ${packages.join(', ') || 'none'}`,
      severity: 'error',
      from: code,
      to: { path: '(^|/)node_modules/', ...(packages.length > 0 && { pathNot: packagePath(packages) }) },
    },
    ...(node
      ? []
      : [
          {
            name: `${room}-is-free-of-node`,
            comment: `${room} reaches time, randomness, the network and the machine through ports only`,
            severity: 'error',
            from: code,
            to: nodeModule,
          },
        ]),
    {
      name: `${room}-specs`,
      comment: `specs of ${room} may use what ${room} may, test packages, memory and the test kit`,
      severity: 'error',
      from: specs,
      to: { path: '^libs/[^/]+/src/', pathNot: `${library}(${reachable}|memory|testing)/` },
    },
  ];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circle of imports passes silently in vitest and is a ReferenceError in real ESM',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere is one that no rule here can judge',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...Object.entries(rooms).flatMap(rulesOfRoom),
    {
      name: 'every-room-is-listed',
      comment: 'A folder of the library that this file does not know',
      severity: 'error',
      from: { path: `${library}[^/]+/`, pathNot: `${library}(${Object.keys(rooms).join('|')})/` },
      to: {},
    },
    {
      name: 'declared-dependencies',
      comment: 'Published code imports only what libs/session-sync/package.json declares',
      severity: 'error',
      from: { path: library, pathNot: spec },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-dev', 'npm-unknown'] },
    },
    {
      name: 'main-door-without-memory',
      comment: 'The public door exports what production uses; memory is for tests',
      severity: 'error',
      from: { path: `${library}index\\.ts$` },
      to: { path: `${library}(memory|testing)/` },
    },
    {
      name: 'outside-through-doors',
      comment: 'Apps, tests, perf and the shop library import nest-session-sync, /core, /standalone or /testing',
      severity: 'error',
      from: { path: '^(apps|test|perf|libs/shop)/' },
      to: { path: '^libs/session-sync/', pathNot: doors },
    },
    {
      name: 'apps-without-memory',
      comment: 'Sample applications run on a real nats-server, never on memory or the test kit',
      severity: 'error',
      from: { path: '^(apps|libs/shop)/' },
      to: { path: `${library}(memory|testing)/` },
    },
    {
      name: 'apps-apart',
      comment: 'An application is a process: it shares classes through libs, never by reaching into another app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests and measurements are leaves; specs beside the code share test/support',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: spec },
      to: { path: `(^(test|perf)/)|${spec}` },
    },
    {
      name: 'rivals-in-perf-only',
      comment: 'Libraries that ours is measured beside; nothing else may come to need one',
      severity: 'error',
      from: { pathNot: '^perf/' },
      to: { path: `^node_modules/(@types/)?(${rivals.join('|')})/` },
    },
    {
      name: 'specs-share-support-only',
      comment: 'A spec beside the code needs no server: what it borrows from test/ is in test/support',
      severity: 'error',
      from: { path: `^(libs|apps)/.*${spec}` },
      to: { path: '^(test|perf)/', pathNot: '^test/support/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|libs/[^/]+/dist)/' },
    // Types count too: a circle or a wrong direction is one, whatever is left of it at run time.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['nest-session-sync-source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
