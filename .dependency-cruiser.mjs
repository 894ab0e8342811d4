/**
 * The house rules: who may import whom. `npm run boundaries` applies them, and
 * test/boundaries/boundaries.test.ts proves that each of them bites.
 */

/** From the top floor down. A room may import its own floor and those below; architectures are islands. */
const architectures = ['event-sourced', 'api-driven', 'pipeline', 'command-driven'];
const floors = [
  ['demo'],
  ['lab'],
  ['worker'],
  ['http'],
  ['operations'],
  ['flows'],
  ['shop'],
  ['telemetry'],
  architectures,
  ['architecture'],
  ['delivery'],
  ['notifications'],
  ['services'],
  ['pipeline-runtime'],
  ['bus'],
  ['datastore'],
  ['report'],
  ['events'],
  ['kernel'],
];
const rooms = floors.flat();

/** These are rows of rooms, each with a door of its own, so that a command loads no more than it needs. */
const rows = ['lab', 'operations', 'flows'];
/** One room, as the first group of a pattern. */
const room = `(?:${rows.join('|')})/[^/]+|[^/]+`;

/** A pattern for every file in these rooms. */
const within = (names) => `^src/(${names.join('|')})/`;
const door = `^src/(${room})/index\\.ts$`;
const outsideSrc = '^(bench|examples|scripts|test)/';

const arrowsGoDown = floors.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `arrows-go-down-from-${room}`,
    comment: `${room}/ imports only the rooms below it`,
    severity: 'error',
    from: { path: within([room]) },
    to: { path: '^src/', pathNot: within(floors.slice(level).flat()) },
  })),
);

export default {
  forbidden: [
    ...arrowsGoDown,
    {
      name: 'every-file-of-a-row-has-a-room',
      comment: 'a file beside the rooms of lab/, operations/ or flows/ would stand behind no door',
      severity: 'error',
      from: { path: `^src/(${rows.join('|')})/[^/]+$` },
      to: {},
    },
    {
      name: 'every-file-has-a-room',
      comment:
        'a folder that is not on the list of floors, or a file beside the folders, would escape the rules',
      severity: 'error',
      from: { path: '^src/', pathNot: within(rooms) },
      to: {},
    },
    {
      name: 'architectures-are-islands',
      comment: 'no architecture imports another, so that each can be read, and thrown away, on its own',
      severity: 'error',
      from: { path: `^src/(${architectures.join('|')})/` },
      to: { path: within(architectures), pathNot: '^src/$1/' },
    },
    {
      name: 'services-know-no-notifications',
      comment:
        'the claim of event-driven design: the shop reaches no notification code, not even through others',
      severity: 'error',
      from: { path: within(['services']) },
      to: { path: within(['notifications', 'delivery', ...architectures]), reachable: true },
    },
    {
      name: 'the-pipeline-runtime-serves-any-flow',
      comment: 'it knows messages and nothing of what they say or where anything is kept',
      severity: 'error',
      from: { path: within(['pipeline-runtime']) },
      to: { path: '^src/', pathNot: within(['pipeline-runtime', 'bus', 'report', 'events', 'kernel']) },
    },
    {
      name: 'operations-need-no-lab',
      comment: 'what runs in production reaches nothing that only compares, crashes or replays',
      severity: 'error',
      from: { path: within(['worker', 'http', 'operations', 'flows', 'shop']) },
      to: { path: within(['lab']), reachable: true },
    },
    {
      name: 'flows-are-islands',
      comment: 'no flow imports another; what two of them share is the runtime, and how mails are sent',
      severity: 'error',
      from: { path: '^src/flows/([^/]+)/' },
      to: { path: '^src/flows/', pathNot: ['^src/flows/$1/', '^src/flows/mails/index\\.ts$'] },
    },
    {
      name: 'through-the-door',
      comment: 'from another room, only index.ts may be imported',
      severity: 'error',
      from: { path: `^src/(${room})/` },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', door] },
    },
    {
      name: 'through-the-door-from-outside',
      comment:
        'examples, benchmarks and scripts use what a user of the package can use; tests may look inside, and so may the loops that flows are measured against',
      severity: 'error',
      from: { path: outsideSrc, pathNot: '^(test/|bench/cases/naive-)' },
      to: { path: '^src/', pathNot: door },
    },
    {
      name: 'nothing-imports-the-command-line',
      comment: 'importing an entry file would run it',
      severity: 'error',
      from: {},
      to: { path: ['^src/demo/cli\\.ts$', '^src/demo/[^/]+-cli\\.ts$'] },
    },
    {
      name: 'src-stands-alone',
      comment: 'the code does not need its tests, benchmarks, examples or scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: outsideSrc },
    },
    {
      name: 'no-cycles',
      comment: 'modules that need each other are one module; type imports count',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependencies-in-src',
      comment:
        'what src/ imports has to be there after npm ci --omit=dev; types are gone by then, and where there are no sources nobody reads who imports whom',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/lab/comparison/measure/coupling/import-graph[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-undeclared-dependencies',
      comment: 'every package is named in package.json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable-imports',
      comment: 'an import that cannot be resolved cannot be judged',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // An `import type` couples as much as any other import, and would otherwise go unseen.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/boundaries/fixtures/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
