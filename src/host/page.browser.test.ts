import { assert } from '@open-wc/testing';
import { linkingPageHost, pageHost } from './page.ts';

describe('the host on a page', () => {
  const real = window.fetch;
  let place: HTMLElement;
  let asked: string[];
  beforeEach(() => {
    place = document.createElement('div');
    document.body.append(place);
    asked = [];
  });
  afterEach(() => {
    place.remove();
    window.fetch = real;
  });

  /** Answers the page's own token address, in turn. */
  function answering(...answers: Response[]): void {
    window.fetch = (input) => {
      asked.push(new Request(input).url);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('offline'));
    };
  }

  function elementIn(markup: (element: HTMLElement) => void): HTMLElement {
    const element = document.createElement('div');
    markup(element);
    place.append(element);
    return element;
  }

  it('reads settings from the element, else from the nearest ancestor, through shadow roots', () => {
    place.setAttribute('server', 'https://far.example.org/some/path');
    place.setAttribute('team', 'outer');
    place.setAttribute('lang', 'nl-BE');
    const shell = elementIn((element) => { element.setAttribute('ballot-key', 'pinned'); });
    const inner = document.createElement('div');
    inner.setAttribute('team', 'inner');
    shell.attachShadow({ mode: 'open' }).append(inner);
    const host = pageHost(inner);
    assert.equal(host.server, 'https://far.example.org');
    assert.equal(host.team, 'inner');
    assert.equal(host.ballotKey, 'pinned');
    assert.equal(host.language, 'nl');
  });

  it('takes the server that the kit came from, and a language that it knows', () => {
    const host = pageHost(elementIn((element) => { element.setAttribute('lang', 'fr'); }));
    assert.equal(host.server, location.origin);
    assert.include(['nl', 'en'], host.language);
    assert.isUndefined(host.team);
    assert.isUndefined(host.ballotKey);
  });

  it('links to an entry on the page with the log, or else on its own page', () => {
    const here = location.href.replace(/#.*/, '');
    assert.equal(linkingPageHost(elementIn(() => undefined)).entryLink('a/b'), `${here}#kring-entry=a%2Fb`);
    place.setAttribute('log-url', '/leerlogboek?tab=1#top');
    assert.equal(linkingPageHost(elementIn(() => undefined)).entryLink('e-1'), `${location.origin}/leerlogboek?tab=1#kring-entry=e-1`);
  });

  it('asks a page for its token once, for all elements, and anew when the last was refused', async () => {
    answering(Response.json({ token: 'first' }), Response.json({ token: 'second' }));
    place.setAttribute('token-url', '/token-once');
    const [one, other] = [pageHost(elementIn(() => undefined)), pageHost(elementIn(() => undefined))];
    assert.deepEqual(await Promise.all([one.token(), other.token()]), ['first', 'first']);
    assert.lengthOf(asked, 1);
    assert.equal(await one.token({ fresh: true }), 'second');
    assert.equal(await other.token(), 'second');
  });

  it('asks once for widgets that were built apart, too', async () => {
    answering(Response.json({ token: 'shared' }));
    place.setAttribute('token-url', '/token-shared');
    const again = './page.ts?again';
    const other = (await import(again)) as { pageHost: typeof pageHost };
    assert.notEqual(other.pageHost, pageHost);
    const hosts = [pageHost(elementIn(() => undefined)), other.pageHost(elementIn(() => undefined))];
    assert.deepEqual(await Promise.all(hosts.map((host) => host.token())), ['shared', 'shared']);
    assert.lengthOf(asked, 1);
  });

  it('knows nobody where nobody is signed in', async () => {
    assert.isUndefined(await pageHost(elementIn(() => undefined)).token());
    answering(new Response(null, { status: 401 }));
    place.setAttribute('token-url', '/token-signed-out');
    assert.isUndefined(await pageHost(elementIn(() => undefined)).token());
  });

  it('tells who made the page, once, that their token address answers neither a token nor a sign-in', async () => {
    const told: unknown[] = [];
    const { warn } = console;
    console.warn = (...said: unknown[]) => { told.push(...said); };
    try {
      answering(new Response(null, { status: 401 }), new Response(null, { status: 404 }), new Response(null, { status: 404 }));
      place.setAttribute('token-url', '/token-nobody');
      await pageHost(elementIn(() => undefined)).token();
      assert.deepEqual(told, []);
      place.setAttribute('token-url', '/token-missing');
      const host = pageHost(elementIn(() => undefined));
      assert.isUndefined(await host.token());
      assert.isUndefined(await host.token({ fresh: true }));
      assert.deepEqual(told, ['Leerkring: token-url answered 404']);
    } finally {
      console.warn = warn;
    }
  });

  it('asks no other site for a token', async () => {
    answering(Response.json({ token: 'stolen' }));
    place.setAttribute('token-url', 'https://elsewhere.example.org/token');
    let refused = false;
    await pageHost(elementIn(() => undefined)).token().catch(() => { refused = true; });
    assert.isTrue(refused);
    assert.lengthOf(asked, 0);
  });

  it('prefers the page’s own callback', async () => {
    const element = Object.assign(elementIn(() => undefined), { getToken: () => Promise.resolve('handed over') });
    place.setAttribute('token-url', '/token-unused');
    assert.equal(await pageHost(element).token(), 'handed over');
  });
});
