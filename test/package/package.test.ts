import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { publint } from 'publint';
import { build } from 'vite';
import type { Schemas } from '../../manifest/check.ts';
import { launchChromium } from '../support/chromium.ts';
import { run, temporaryFolder, type Ending } from '../support/checkout.ts';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** A project that has nothing but the package. */
const project = temporaryFolder('package');
const installed = join(project.path, 'node_modules', 'leerkring');
const compiler = join(root, 'node_modules', '.bin', 'tsc');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project.path, path)), { recursive: true });
  writeFileSync(join(project.path, path), text);
}

function passes({ code, output }: Ending): void {
  assert.equal(code, 0, output);
}

describe('the packed package, installed into an empty project', () => {
  before(async () => {
    write('package.json', JSON.stringify({ name: 'empty', private: true, type: 'module' }));
    // Builds what is stale before it packs.
    passes(await run(root, 'npm', 'pack', '--silent', '--pack-destination', project.path));
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    passes(await run(project.path, 'npm', 'install', ...options, `./leerkring-${version}.tgz`));
  });

  after(() => {
    project.remove();
  });

  test('holds what is used, and neither sources nor tests', () => {
    assert.deepEqual(readdirSync(installed).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'bin',
      'dist',
      'docs',
      'package.json',
    ]);
    const strangers = readdirSync(installed, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.d)\.ts$|\.test\.|\.env$|\.tsbuildinfo$/.test(file));
    assert.deepEqual(strangers, []);
  });

  test('has a package.json in which publint finds nothing', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    assert.deepEqual(messages, []);
  });

  test('describes its elements where tools look for it, and names files that are there', () => {
    const { resolve } = createRequire(join(project.path, 'package.json'));
    const { customElements } = JSON.parse(readFileSync(resolve('leerkring/package.json'), 'utf8')) as { customElements: string };
    assert.equal(resolve('leerkring/custom-elements.json'), realpathSync(join(installed, customElements)));
    const { modules } = JSON.parse(readFileSync(join(installed, customElements), 'utf8')) as { modules: readonly { path: string }[] };
    const widgets = JSON.parse(readFileSync(resolve('leerkring/widgets.json'), 'utf8')) as readonly { name: string }[];
    assert.deepEqual(
      modules.map(({ path }) => realpathSync(join(installed, path))).sort(),
      widgets.map(({ name }) => resolve(`leerkring/${name}`)).sort(),
    );
  });

  test('has a command that runs', async () => {
    const shown = await run(project.path, 'npx', '--no-install', 'leerkring', '--version');
    passes(shown);
    assert.equal(shown.output.trim(), version);
    const help = await run(project.path, 'npx', '--no-install', 'leerkring', '--help');
    passes(help);
    assert.match(help.output, /serve/);
    const settings = await run(project.path, 'npx', '--no-install', 'leerkring', 'settings');
    passes(settings);
    assert.match(settings.output, /DATABASE_URL/);
  });

  test('packs the Teams app with what it brings along, and brings no app of somebody else', async () => {
    assert.deepEqual(readdirSync(join(installed, 'dist', 'teams')).sort(), ['color.png', 'outline.png', 'schemas.json']);
    const words = ['--base-url', 'https://leerkring.example.org', '--client-id', '11111111-1111-4111-8111-111111111111', '--no-check'];
    passes(await run(project.path, 'npx', '--no-install', 'leerkring', 'teams', 'package', ...words));
    // The build packs one by the same words, to look at.
    const example = readFileSync(join(root, 'dist', 'teams', 'leerkring-teams.example.zip'));
    assert.ok(readFileSync(join(project.path, 'leerkring-teams.zip')).equals(example));
    const files = unzipSync(example);
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'nl.json', 'outline.png']);
    const [english, dutch] = ['manifest.json', 'nl.json'].map((name) => JSON.parse(strFromU8(files[name] ?? new Uint8Array())) as Record<string, unknown>);
    assert.equal(english?.['version'], version);
    const published = JSON.parse(readFileSync(join(installed, 'dist', 'teams', 'schemas.json'), 'utf8')) as Schemas[];
    assert.ok(published.length > 1);
    for (const { version: manifestVersion, manifest, localization } of published) {
      // As Microsoft publishes them: draft 4, with patterns that are none by Unicode's rules.
      const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false }));
      // Which version it is written in differs between them, and nothing else may.
      assert.ok(ajv.validate(manifest, { ...english, manifestVersion }), `${manifestVersion}: ${ajv.errorsText()}`);
      assert.ok(ajv.validate(localization, dutch), `${manifestVersion}: ${ajv.errorsText()}`);
      assert.ok(!ajv.validate(manifest, { ...english, manifestVersion, packageName: 'org.example' }), 'a manifest of an older kind');
    }
  });

  describe('in TypeScript', () => {
    const USE = `
      import { KringPulseSurvey } from 'leerkring/pulse-survey';
      import 'leerkring/team-pulse';

      const element = document.createElement('kring-pulse-survey');
      element.server = 'https://leerkring.example.org';
      element.tokenUrl = '/leerkring-token';
      element.getToken = async (options) => (options?.fresh ? undefined : 'token');
      const instrument: string = element.instrument;
      const same: KringPulseSurvey = element;
      const found = document.querySelector('kring-team-pulse');
      found?.addEventListener('kring-ready', ({ detail }) => { const none: Record<string, never> = detail; void none; });
      element.addEventListener('kring-error', ({ detail }) => { const kind: string = detail.kind; void kind; });
      document.addEventListener('kring-sent', (event) => { event.target; });
      void [instrument, same, KringPulseSurvey.version.length];
    `;
    /** Each is one mistake. */
    const MISUSES = {
      'a name that no element has': `import 'leerkring/pulse-surveys';`,
      'a file that its neighbours share': `import 'leerkring/chunks/element';`,
      'a property that is none': `import 'leerkring/pulse-survey'; document.createElement('kring-pulse-survey').tokenURL = '/token';`,
      'a number for a text': `import 'leerkring/pulse-survey'; document.createElement('kring-pulse-survey').instrument = 5;`,
      'a token that is no promise': `import 'leerkring/pulse-survey'; document.createElement('kring-pulse-survey').getToken = () => 'token';`,
      'a detail that the event does not have': `import 'leerkring/pulse-survey'; addEventListener('kring-sent', ({ detail }) => { detail.kind.trim(); });`,
      'what is the element’s own': `import 'leerkring/pulse-survey'; document.createElement('kring-pulse-survey').choices;`,
    };

    for (const [module, moduleResolution] of [['ESNext', 'bundler'], ['NodeNext', 'NodeNext']] as const) {
      test(`an element, its properties and its events have types (${moduleResolution}), and a misuse does not compile`, async () => {
        const folder = `typed-${moduleResolution}`;
        write(`${folder}/use.ts`, USE);
        Object.values(MISUSES).forEach((misuse, index) => write(`${folder}/misuse-${String(index)}.ts`, misuse));
        write(
          `${folder}/tsconfig.json`,
          JSON.stringify({
            compilerOptions: {
              module,
              moduleResolution,
              target: 'ES2022',
              lib: ['ES2022', 'DOM', 'DOM.Iterable'],
              strict: true,
              noUncheckedIndexedAccess: true,
              exactOptionalPropertyTypes: true,
              noUncheckedSideEffectImports: true,
              noEmit: true,
              // Our own declarations have to stand too.
              skipLibCheck: false,
              types: [],
            },
          }),
        );
        const { output } = await run(join(project.path, folder), compiler, '--pretty', 'false');
        const errors = output.split('\n').filter((line) => line.includes(': error TS'));
        const faulty = new Set(errors.map((line) => line.slice(0, line.indexOf('('))));
        assert.deepEqual([...faulty].sort(), Object.keys(MISUSES).map((_, index) => `misuse-${String(index)}.ts`), output);
      });
    }
  });

  describe('in a browser', () => {
    let browser: Browser;
    let site: Server;
    let address: string;

    before(async () => {
      browser = await launchChromium();
      site = serve(project.path);
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
      address = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
    });

    after(async () => {
      await browser.close();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    });

    /** Opens a page that does not exist, and waits until the survey says what it has to say to a person who is not signed in. */
    async function shows(page: Page, path: string): Promise<void> {
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('requestfailed', (request) => problems.push(`${request.url()} failed`));
      page.on('response', (response) => {
        if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) problems.push(`${response.url()}: ${String(response.status())}`);
      });
      await page.goto(address + path);
      await page.locator('kring-pulse-survey').getByRole('heading', { name: 'You are not signed in' }).waitFor();
      assert.deepEqual(problems, []);
      const known = await page.evaluate(() => [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('kring-')).map(
        ({ constructor, localName }) => [localName, (constructor as { readonly version?: string }).version],
      ));
      assert.deepEqual(known, [['kring-pulse-survey', version]]);
    }

    test('an element works on a bare HTML page, without a bundler', async () => {
      write(
        'bare.html',
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>
        <script type="module" src="/node_modules/leerkring/dist/browser/kit/pulse-survey.js"></script>
        <kring-pulse-survey></kring-pulse-survey></html>`,
      );
      const page = await browser.newPage();
      await shows(page, '/bare.html');
      await page.close();
    });

    test('an element works in a site that is bundled', async () => {
      write(
        'site/index.html',
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bundled</title>
        <script type="module" src="./main.js"></script></html>`,
      );
      write(
        'site/main.js',
        `import 'leerkring/pulse-survey';
        const element = document.createElement('kring-pulse-survey');
        element.server = location.origin;
        document.body.append(element);`,
      );
      await build({ root: join(project.path, 'site'), configFile: false, logLevel: 'error', base: './', build: { outDir: '../bundled' } });
      const page = await browser.newPage();
      await shows(page, '/bundled/index.html');
      await page.close();
    });
  });
});

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** The files of a folder, as the plainest of servers would send them. */
function serve(folder: string): Server {
  return createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname);
    try {
      const content = readFileSync(path);
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
}
