/** What is a test, or helps one: it may reach for whatever it tests with. */
const TEST = '\\.test\\.ts$|\\.testing\\.ts$|^test/';

/**
 * Closes a folder: from there, our own code may be imported from the folder itself and from the named places only.
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string[]} to
 */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: '^(src|widgets|test|tools|manifest)/', pathNot: to },
});

/**
 * Names the packages that a folder may use, and whether it may use Node.
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string[]} packages
 */
const packages = (name, comment, from, packages) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: {
    dependencyTypesNot: ['local', 'aliased'],
    pathNot: packages.map((one) => `^node_modules/${one}/`),
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('domain-stands-alone', 'The rules are pure and run everywhere: they know nothing of ours but each other.', '^src/domain/', [
      '^src/domain/',
    ]),
    packages('domain-is-pure', 'No Node, no DOM, no Lit: a statistics library and calendar arithmetic.', '^src/domain/', [
      '@stdlib/[^/]+',
      'temporal-polyfill',
      'temporal-spec',
    ]),
    only('contract-knows-the-domain', 'What widget and server say to each other is made of the domain.', '^src/contract/', [
      '^src/(contract|domain)/',
    ]),
    only('client-knows-the-contract', "The browser's half of the contract.", '^src/client/', ['^src/(client|contract|domain)/']),
    only('host-port-knows-the-domain', 'What a widget may ask of any host names no host.', '^src/host/port\\.ts$', ['^src/domain/']),
    only('host-knows-its-port', 'A host answers what the port asks, and knows no other host.', '^src/host/(?!port\\.ts)', [
      '^src/host/port\\.ts$',
      '^src/domain/',
      // What Teams' host is made of: no other host reaches it, by the next rule.
      '^src/host/teams/',
    ]),
    {
      name: 'one-place-knows-teams',
      comment: 'teams-js asks a third party for something as soon as it is loaded: no widget and no intranet page reaches it.',
      severity: 'error',
      from: { pathNot: `^src/(host/teams|pages/teams)|${TEST}` },
      to: { path: '^src/host/teams|^node_modules/@microsoft/teams-js/' },
    },
    only('ui-knows-the-port', 'Shared parts know the port and no host, no server and no widget.', '^src/ui/', [
      '^src/(ui|domain)/',
      '^src/host/port\\.ts$',
    ]),
    packages('ui-is-lit', 'Shared parts load Lit; a chart comes dynamically.', '^src/ui/', [
      'lit',
      'lit-[a-z]+',
      '@lit/[^/]+',
      'chart\\.js',
    ]),
    {
      name: 'widget-knows-no-widget',
      comment: 'A widget is one folder, which can be taken away without touching another.',
      severity: 'error',
      from: { path: '^widgets/([^/]+)/' },
      to: { path: '^widgets/', pathNot: '^widgets/$1/' },
    },
    only('answering-is-shared-by-widgets', 'What all widgets share that send a ballot: it knows no widget.', '^src/answering/', [
      '^src/(answering|ui|client|contract|domain)/',
      '^src/host/port\\.ts$',
    ]),
    only('widget-knows-no-host', 'The entry chooses the host; a widget asks the port.', '^widgets/(?![^/]+/(index|ahead)\\.ts$)', [
      '^widgets/',
      '^src/(answering|ui|client|contract|domain)/',
      '^src/host/port\\.ts$',
    ]),
    only('widget-entry-chooses-its-host', 'What of a widget knows where it lives: its entry, and what that asks ahead.', '^widgets/[^/]+/(index|ahead)\\.ts$', [
      '^widgets/',
      '^src/(answering|ui|client|contract|domain|host)/',
    ]),
    only('server-knows-no-browser', 'The server keeps; it shows nothing.', '^src/server/', ['^src/(server|contract|domain)/']),
    only('demo-is-made-of-the-real-thing', 'The demo uses the same doors as everybody.', '^src/demo/', [
      '^src/(demo|server|client|contract|domain)/',
    ]),
    only('manifest-knows-the-contract', 'The Teams app is described by where its pages lie, and knows none of them.', '^manifest/', [
      '^manifest/',
      '^src/(contract|domain)/',
    ]),
    only('cli-is-thin', "The command calls the server's capabilities.", '^src/cli/', ['^src/(cli|server|contract|domain|demo)/', '^manifest/']),
    only('pages-stay-in-the-browser', "An entry may use anything of the browser's side.", '^src/pages/', [
      '^src/(pages|host|answering|ui|client|contract|domain)/',
      '^widgets/',
    ]),
    {
      name: 'nobody-imports-cli-or-pages',
      comment: 'They are entries.',
      severity: 'error',
      from: { pathNot: `^src/(cli|pages)/|${TEST}` },
      to: { path: '^src/(cli|pages)/' },
    },
    {
      name: 'demo-scripts-stay-in-the-demo',
      comment: 'What plays Teams, and the rest of the demo\'s own site, no real server serves.',
      severity: 'error',
      from: { pathNot: `^src/pages/demo/|${TEST}` },
      to: { path: '^src/pages/demo/' },
    },
    {
      name: 'no-node-in-the-browser',
      comment: 'What a browser loads has no Node.',
      severity: 'error',
      from: { path: '^(src/(domain|contract|client|host|answering|ui|pages)|widgets)/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three. Texts fetched later may know the type they fill.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is an entry, a test or a mistake.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: `\\.d\\.ts$|\\.worker\\.ts$|^src/(cli/main|pages/(demo/)?[^/]+)\\.ts$|^widgets/[^/]+/index\\.ts$|^tools/|${TEST}`,
      },
      to: {},
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Tests know the product; the product knows no test.',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'What the product needs at run time is a dependency, or it is missing where it is installed.',
      severity: 'error',
      from: { path: '^(src|widgets|manifest)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'no-unlisted-packages',
      comment: 'A package that is only there because another brought it is gone one day.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-missing-files',
      comment: 'What is imported exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    // Types bind as much as values do.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
