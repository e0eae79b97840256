import { join, relative } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_FLAGS, findChromium } from './tools/chromium.js';

const root = import.meta.dirname;

/**
 * Ends the run with plain lines: how many passed and failed, and the full name of what failed.
 * @returns {import('@web/test-runner').Reporter}
 */
function totals() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      /** @type {string[]} */
      const failed = [];
      for (const { testFile, testResults, errors } of sessions) {
        const file = relative(root, testFile);
        /** @param {import('@web/test-runner').TestSuiteResult} suite @param {string[]} path */
        const walk = (suite, path) => {
          for (const test of suite.tests) {
            if (test.passed) passed++;
            else if (!test.skipped) failed.push([file, ...path, test.name].join(' › '));
          }
          for (const inner of suite.suites) walk(inner, [...path, inner.name]);
        };
        if (testResults) walk(testResults, []);
        // A file that could not be loaded has no tests that fail.
        if (errors[0]) failed.push(`${file} › ${errors[0].message}`);
      }
      for (const name of failed) process.stdout.write(`✖ ${name}\n`);
      process.stdout.write(`browser tests: ${passed} passed, ${failed.length} failed\n`);
    },
  };
}

/**
 * The Markdown parser's development build tells its steps through a package that is no module: here to nobody.
 * @type {import('@web/test-runner').TestRunnerPlugin}
 */
const withoutDebug = {
  name: 'without-debug',
  serve: ({ path }) =>
    path.endsWith('/node_modules/debug/src/index.js') ? { body: 'export default () => () => undefined;', type: 'js' } : undefined,
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir: root,
  files: ['src/{ui,host,client,pages}/**/*.browser.test.ts', 'widgets/**/*.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'development'] },
  plugins: [withoutDebug, esbuildPlugin({ ts: true, json: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS } })],
  // A page in the background draws no frames: nothing there measures itself, and nothing has the keyboard.
  concurrency: 1,
  // What hangs, fails; what is slow, on a machine that does much besides, does not.
  testFramework: { config: { timeout: '90000' } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  // A build writes this out of the packages that ask for it.
  testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="nl">
  <head><meta charset="utf-8"><title>Leerkring</title></head>
  <body>
    <script>window.process = { env: { NODE_ENV: 'development' } };</script>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), totals()],
};
