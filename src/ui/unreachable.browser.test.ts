import { assert } from '@open-wc/testing';
import { hintUnreachable } from './unreachable.ts';

describe('a server that cannot be reached', () => {
  const { warn } = console;
  const told: unknown[] = [];
  before(() => {
    console.warn = (...said: unknown[]) => { told.push(...said); };
  });
  after(() => {
    console.warn = warn;
  });

  const server = 'https://far.example.org';

  it('is a riddle that the console helps with, once', async () => {
    await hintUnreachable({ server, token: () => Promise.resolve('token') });
    await hintUnreachable({ server, token: () => Promise.resolve('token') });
    assert.deepEqual(told, [
      `Leerkring: ${server} could not be reached from this page. ` +
        `Is ${location.origin} in CORS_ORIGINS, and the server in connect-src?`,
    ]);
  });
});
