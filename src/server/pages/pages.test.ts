import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  PRIVACY_PATH,
  SUPPORT_PATH,
  TEAMS_LOG_PATH,
  TEAMS_REMOVE_PATH,
  TEAMS_SETTINGS_PATH,
  TEAMS_SIGN_IN_PATH,
  TEAMS_TEAM_PATH,
  TEAMS_TODAY_PATH,
  TERMS_PATH,
} from '../../contract/teams-paths.ts';
import { onPglite } from '../../../test/support/databases.ts';
import { testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { setContact } from '../organisations/contact.ts';
import { makeOrganisation } from '../organisations/organisations.ts';
import { fromDocumentation } from './markdown.ts';
import { supportPage } from './open.ts';
import { serverPages, type PagesOptions } from './pages.ts';

const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));
const FRAMES = ['https://teams.microsoft.com', 'https://*.teams.microsoft.com'];
const WIDGETS: PagesOptions['widgets'] = ['pulse-survey', 'team-pulse', 'vision'].map((name) => ({
  name,
  title: { nl: `Naam van ${name}`, en: `Name of ${name}` },
  summary: { nl: 'Wat het doet.', en: 'What it does.' },
  for: 'everyone',
  sends: 'nothing',
}));
const PAGES: PagesOptions = { docs: DOCS, frames: FRAMES, widgets: WIDGETS, appId: undefined, intranets: [], clients: new Map() };
const TABS = [TEAMS_TODAY_PATH, TEAMS_LOG_PATH, TEAMS_TEAM_PATH, TEAMS_SETTINGS_PATH, TEAMS_REMOVE_PATH];
const OPEN = [PRIVACY_PATH, TERMS_PATH, SUPPORT_PATH];

onPglite('the pages that the server shows', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf, undefined, { pages: PAGES });
    await makeOrganisation(server.services, { id: 'de-linde', name: 'De Linde <&>' });
    await setContact(server.services, 'de-linde', 'people@example.org');
    await makeOrganisation(server.services, { id: 'other', name: 'Other' });
  });
  after(() => poprf.close());

  const get = (path: string, language = 'en', options: Partial<PagesOptions> = {}) =>
    serverPages(server.services, { ...PAGES, ...options }).request(path, {
      headers: { 'accept-language': language },
    });
  const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';

  test('come to anybody, in the language that Teams says, else the browser', async () => {
    for (const path of [...TABS, ...OPEN]) {
      for (const [address, language, shown] of [
        [path, 'nl-NL,nl;q=0.9', 'nl'],
        [path, 'en', 'en'],
        [`${path}?lang=nl-nl`, 'en', 'nl'],
        [`${path}?lang=%7Blocale%7D`, 'nl', 'nl'],
      ] as const) {
        const response = await get(address, language);
        assert.equal(response.status, 200, address);
        assert.match(await response.text(), new RegExp(`<html lang="${shown}"`), address);
        assert.match(response.headers.get('cache-control') ?? '', /max-age/);
        assert.match(response.headers.get('vary') ?? '', /accept-language/);
      }
    }
  });

  test('come packed to who can unpack them, as the same page', async () => {
    for (const path of [...TABS, ...OPEN]) {
      const [plain, packed] = await Promise.all([
        get(path),
        serverPages(server.services, PAGES).request(path, { headers: { 'accept-language': 'en', 'accept-encoding': 'gzip, br' } }),
      ]);
      const bytes = Buffer.from(await packed.arrayBuffer());
      const page = await plain.text();
      assert.equal(packed.headers.get('content-encoding'), 'gzip', path);
      assert.equal(gunzipSync(bytes).toString(), page);
      assert.ok(bytes.length < page.length * 0.6, `${path}: ${String(bytes.length)} of ${String(page.length)} bytes`);
      for (const { headers } of [plain, packed]) assert.match(headers.get('vary') ?? '', /accept-encoding/i, path);
      assert.equal(policyOf(packed), policyOf(plain));
    }
  });

  test('run nothing but what lies here, and lie in a frame only where they belong', async () => {
    for (const path of [...TABS, ...OPEN]) {
      const response = await get(path);
      const policy = policyOf(response);
      assert.doesNotMatch(policy, /unsafe|\*;|data:/, path);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html$/);
      assert.doesNotMatch(await response.text(), /<style|\sstyle=|<script(?![^>]* src="\/)|\son\w+=/, path);
      assert.equal(response.headers.get('x-frame-options'), null);
    }
    for (const path of TABS) assert.match(policyOf(await get(path)), /connect-src 'self' https:\/\/res\.cdn\.office\.net;.*frame-ancestors https:\/\/teams\.microsoft\.com https:\/\/\*\.teams\.microsoft\.com;/);
    for (const path of OPEN) assert.match(policyOf(await get(path)), /connect-src 'self';.*frame-ancestors 'none';/);
  });

  test('come with all that the server says to browsers beside any answer, under their own policy', async () => {
    const paths = [...new Set(serverPages(server.services, PAGES).routes.map(({ path }) => path))];
    assert.ok([...TABS, ...OPEN, TEAMS_LOG_PATH, TEAMS_SIGN_IN_PATH].every((path) => paths.includes(path)));
    for (const path of paths) {
      const response = await server.app.request(path, { headers: { 'accept-language': 'en' } });
      assert.match(response.headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/, path);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(response.headers.get('referrer-policy'), 'no-referrer', path);
      assert.equal(policyOf(response), policyOf(await get(path)), path);
      // With these, Teams could neither show a page in a frame nor hear the window that signs in.
      for (const name of ['x-frame-options', 'cross-origin-opener-policy']) assert.equal(response.headers.get(name), null, path);
    }
  });

  test('show the team and the element that the address asks for, and nothing that it makes up', async () => {
    const page = async (query: string) => (await get(`${TEAMS_TEAM_PATH}${query}`)).text();
    assert.match(await page('?team=a&show=pulse-survey'), /<kring-pulse-survey team="a">/);
    assert.match(await page('?team=a&show=team-pulse'), /<kring-team-pulse team="a">/);
    assert.match(await page('?team=a&stage=1'), /<kring-team-pulse team="a" released>/);
    const odd = await page('?team=%22%3E%3Cscript%3E&show=vision&theme=%22x');
    assert.match(odd, /<kring-team-pulse team="&quot;&gt;&lt;script&gt;">/);
    assert.doesNotMatch(odd, /kring-vision|data-theme/);
    assert.match(await page('?theme=contrast'), /data-theme="contrast"/);
  });

  test('offer what suits a shared place, of what there is', async () => {
    const settings = await (await get(TEAMS_SETTINGS_PATH)).text();
    assert.match(settings, /Name of pulse-survey/);
    assert.match(settings, /Name of team-pulse/);
    assert.doesNotMatch(settings, /Name of vision/);
    assert.doesNotMatch(await (await get(TEAMS_SETTINGS_PATH, 'en', { widgets: WIDGETS.slice(0, 1) })).text(), /team-pulse/);
  });

  test('lead to Teams where it is known how the app is called there, and to the intranets', async () => {
    const without = await (await get(TEAMS_TODAY_PATH)).text();
    assert.doesNotMatch(without, /l\/entity/);
    const appId = '11111111-2222-4333-8444-555555555555';
    const page = await (await get(TEAMS_TODAY_PATH, 'nl', { appId, intranets: ['https://intranet.example.org'] })).text();
    assert.match(page, new RegExp(`https://teams.microsoft.com/l/entity/${appId}/today\\?label=Vandaag`));
    assert.match(page, /<a href="https:\/\/intranet\.example\.org">intranet\.example\.org<\/a>/);
    assert.match(page, /alleen in Teams en op een intranet/);
    assert.match(without, /no way to sign in to Leerkring in the browser alone: only in Teams\./);
  });

  test('lead from a tab of a team to the very team and element in Teams', async () => {
    const appId = '11111111-2222-4333-8444-555555555555';
    const leadsTo = async (query: string) => {
      const page = await (await get(`${TEAMS_TEAM_PATH}${query}`, 'en', { appId })).text();
      const link = new URL((/data-deep href="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'));
      const asked = link.searchParams.get('context');
      const { subEntityId } = asked === null ? {} : (JSON.parse(asked) as { subEntityId?: string });
      return [link.pathname.split('/').at(-1), link.searchParams.get('label'), subEntityId];
    };
    assert.deepEqual(await leadsTo(''), ['team', 'My team', undefined]);
    assert.deepEqual(await leadsTo('?team=north&show=team-pulse'), ['team', 'My team', 'team=north']);
    assert.deepEqual(await leadsTo('?team=north&round=r-2'), ['team', 'My team', 'team=north&round=r-2']);
    assert.deepEqual(await leadsTo('?team=a%26round%3Db&show=pulse-survey'), ['today', 'Today', 'team=a%26round%3Db']);
    assert.deepEqual(await leadsTo('?show=pulse-survey'), ['today', 'Today', undefined]);
  });

  test('say of privacy all that the documentation says, in one language', async () => {
    const dutch = await (await get(PRIVACY_PATH, 'nl')).text();
    const english = await (await get(PRIVACY_PATH, 'en')).text();
    assert.match(dutch, /<b>Niemand kan zien wat jij antwoordt\.<\/b>/);
    assert.match(english, /<b>Nobody can see what you answer\.<\/b>/);
    assert.doesNotMatch(english, /Niemand kan zien/);
    assert.doesNotMatch(dutch, /Nobody can see/);
    for (const page of [dutch, english]) {
      assert.ok((page.match(/<tr>/g) ?? []).length > 10, 'the tables');
      assert.doesNotMatch(page, /\*\*|^\||^#/m, 'no marks are left');
    }
  });

  test('say whom the people of an organisation ask, and nothing of who shares a server', async () => {
    const [one, other] = [{ name: 'De Linde <&>', contact: 'people@example.org' }, { name: 'Other', contact: null }];
    const page = async (organisations: Parameters<typeof supportPage>[1]) => String(await supportPage('en', organisations));
    assert.match(await page([one]), /<dt>De Linde &lt;&amp;&gt;<\/dt><dd>people@example\.org<\/dd>/);
    assert.match(await page([other]), /<dt>Other<\/dt><dd>the administrator of Leerkring in your organisation<\/dd>/);
    const shared = await (await get(SUPPORT_PATH)).text();
    assert.doesNotMatch(shared, /De Linde|people@example|Other/);
    assert.match(shared, /for more than one organisation/);
    // What helps must not lean on an address that the page does not show there.
    for (const [language, asks] of [['nl', /Vraag aan wie in je organisatie over Leerkring gaat of dat account/], ['en', /Ask whoever looks after Leerkring in your organisation whether that account/]] as const) {
      const help = await (await get(SUPPORT_PATH, language)).text();
      assert.match(help, asks);
      assert.doesNotMatch(help, /hierboven|above/);
    }
  });

  test('sign in at the tenant that is asked for, with its own app, and at no other', async () => {
    const tenant = 'a3b1c5d7-0f1e-4c2d-8b9a-112233445566';
    const clients = new Map([[tenant, { client: 'the-client', organisation: 'de-linde' }]]);
    const page = async (query: string) => (await get(`${TEAMS_SIGN_IN_PATH}${query}`, 'en', { clients })).text();
    assert.match(await page(`?tenant=${tenant.toUpperCase()}`), new RegExp(`data-authority="https://login.microsoftonline.com/${tenant}" data-client="the-client"`));
    for (const query of ['', '?tenant=', '?tenant=other', '?tenant=%22%3E']) assert.doesNotMatch(await page(query), /data-authority|the-client/);
    assert.match(policyOf(await get(TEAMS_SIGN_IN_PATH)), /connect-src 'self' https:\/\/res\.cdn\.office\.net;.*frame-ancestors 'none';/);
  });

  test('offer a sign-in in the browser where there is an Entra tenant, for each, and may ask Entra there alone', async () => {
    const clients = new Map([['tenant-one', { client: 'client-one', organisation: 'de-linde' }], ['tenant-two', { client: 'client-two', organisation: 'other' }]]);
    const own = [TEAMS_TODAY_PATH, TEAMS_LOG_PATH, TEAMS_TEAM_PATH];
    const entra = "connect-src 'self' https://res.cdn.office.net https://login.microsoftonline.com;";
    for (const path of TABS) {
      const response = await get(path, 'en', { clients });
      const offers = [...(await response.text()).matchAll(/data-sign-in data-authority="([^"]*)" data-client="([^"]*)" data-scope="([^"]*)"/g)].map((found) => found.slice(1));
      const expected = [['one', 'one'], ['two', 'two']].map(([tenant, client]) => [`https://login.microsoftonline.com/tenant-${String(tenant)}`, `client-${String(client)}`, `client-${String(client)}/access_as_user`]);
      assert.deepEqual(offers, own.includes(path) ? expected : [], path);
      assert.equal(policyOf(response).includes(entra), own.includes(path), path);
      const without = await get(path);
      assert.doesNotMatch(await without.text(), /data-sign-in|data-alone/, path);
      assert.ok(!policyOf(without).includes(entra));
    }
  });

  test('call the organisation of each way to sign in by its name, where there are more', async () => {
    const one = ['tenant-one', { client: 'client-one', organisation: 'de-linde' }] as const;
    const described = async (...clients: readonly (readonly [string, { readonly client: string; readonly organisation: string }])[]) => {
      const page = await (await get(TEAMS_TODAY_PATH, 'en', { clients: new Map(clients) })).text();
      return [...page.matchAll(/<span class="quiet" id="([^"]*)">(.*?)<\/span> <button[^>]* data-sign-in[^>]* aria-describedby="\1">/g)].map(([, , words]) => words);
    };
    assert.deepEqual(await described(one), []);
    assert.deepEqual(await described(one, ['tenant-two', { client: 'client-two', organisation: 'other' }]), ['De Linde &lt;&amp;&gt;', 'Other']);
    assert.deepEqual(await described(one, ['tenant-two', { client: 'client-two', organisation: 'not-made-yet' }]), ['De Linde &lt;&amp;&gt;', 'not-made-yet']);
    assert.deepEqual(await described(one, ['tenant-two', { client: 'client-two', organisation: 'de-linde' }]), ['one', 'two'].map((name) => `De Linde &lt;&amp;&gt; <code>tenant-${name}</code>`));
  });

  test('lose nothing of a text that they do not know how to show', () => {
    assert.throws(() => fromDocumentation('![a picture](x.png)'), /image/);
    assert.throws(() => fromDocumentation('<b>as it is</b>'), /html/);
  });
});
