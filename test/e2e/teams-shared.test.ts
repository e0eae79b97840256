import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { openTab } from '../support/teams-host.ts';
import { APP, onTenant } from '../support/teams-tenant.ts';

const said = TEAMS_TEXTS.en;

describe('the Teams app where people are together', () => {
  const on = onTenant();
  const open = (options: Parameters<typeof openTab>[2], as: BrowserContext = on.context) => openTab(as, on.tenant, options);

  test('is set up for a team, changed, and removed, with what becomes of the data', async () => {
    const { app, heard, tell, settings, problems } = await open({ path: '/teams/settings', place: { frameContext: 'settings' }, as: 'a-lead' });
    const team = app.getByLabel(said.settings.team);
    await team.selectOption({ label: 'Team a' });
    await app.getByRole('radio', { name: /Team pulse card/ }).check();
    await app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
    await app.getByText(said.settings.data).waitFor();
    assert.deepEqual(await axeOnPage(app), []);
    assert.deepEqual((await heard('settings.setValidityState')).args, [true]);
    await tell('settings.save', {});
    await heard('settings.save.success');
    const saved = await settings();
    assert.ok(saved);
    assert.equal(saved['contentUrl'], `${APP}/teams/team?team=a&show=team-pulse&lang={locale}&theme={theme}`);
    assert.equal(saved['websiteUrl'], `${APP}/teams/team?team=a&show=team-pulse`);
    assert.equal(saved['suggestedDisplayName'], 'Team pulse card');
    assert.deepEqual(problems, []);

    const again = await open({ path: '/teams/settings', place: { frameContext: 'settings', theme: 'dark' }, as: 'a-lead', settings: saved });
    await again.heard('settings.setValidityState');
    assert.equal(await again.app.getByLabel(said.settings.team).inputValue(), 'a');
    assert.ok(await again.app.getByRole('radio', { name: /Team pulse card/ }).isChecked());
    assert.deepEqual(await axeOnPage(again.app), []);
    await again.app.getByRole('radio', { name: /Team pulse survey/ }).check();
    // A leader answers for the team above: the preview has a form all the same.
    await again.app.locator('kring-pulse-survey[team=a] fieldset').first().waitFor();
    await again.tell('settings.save', {});
    await again.heard('settings.save.success');
    assert.match((await again.settings())?.['contentUrl'] ?? '', /show=pulse-survey/);

    // A team that a colleague chose stays what it is until another is chosen on purpose.
    const other = { ...saved, contentUrl: saved['contentUrl']?.replace('team=a', 'team=board') ?? '' };
    const theirs = await open({ path: '/teams/settings', place: { frameContext: 'settings' }, as: 'a-lead', settings: other });
    assert.deepEqual((await theirs.heard('settings.setValidityState')).args, [false]);
    const choice = theirs.app.getByLabel(said.settings.team);
    assert.equal(await choice.locator('option:checked').textContent(), said.settings.otherTeam);
    await choice.selectOption({ label: 'Team a' });
    assert.deepEqual((await theirs.heard('settings.setValidityState', 1)).args, [true]);
    // What is chosen and not saved yet stays when the page is looked at again.
    await theirs.app.getByRole('radio', { name: /Team pulse survey/ }).check();
    const fetched = theirs.page.waitForResponse((response) => response.url().startsWith(`${APP}/v1/reports`) && response.ok());
    await theirs.tell('load', { entityId: '', contentUrl: `${APP}/teams/settings` });
    await fetched;
    await theirs.heard('settings.setValidityState', 3);
    assert.ok(await theirs.app.getByRole('radio', { name: /Team pulse survey/ }).isChecked());

    const gone = await open({ path: new URL(saved['removeUrl'] ?? '').pathname, place: { frameContext: 'remove' } });
    for (const line of said.remove) await gone.app.getByText(line).waitFor();
    // A page does not say when it begins to listen for this: it is asked until it answers.
    await gone.heard('appInitialization.success');
    const isAnswered = async () => (await gone.said()).some(({ func }) => func === 'settings.remove.success');
    while (!(await isAnswered())) await gone.tell('settings.remove');
  });

  test('saves nothing that can’t be seen or that Teams does not keep, and nobody answers in a preview', async () => {
    const place = { frameContext: 'settings', unsaved: 'NoPermission' } as const;
    const { app, page, heard, said: all, tell, setOffline } = await open({ path: '/teams/settings', place, as: 'a-2' });
    const validity = async (times: number) => (await heard('settings.setValidityState', times)).args[0];
    assert.equal(await validity(0), true);
    const form = app.locator('kring-pulse-survey fieldset').first();
    await form.waitFor();
    await form.click({ force: true });
    await app.getByRole('radio', { name: 'agree', exact: true }).first().focus();
    assert.equal(await app.locator('kring-pulse-survey').evaluate((survey) => survey.contains(document.activeElement)), false);
    assert.equal(await form.locator('input:checked').count(), 0);

    await tell('settings.save', {});
    assert.match(String((await heard('settings.save.failure')).args[0]), /NoPermission/);
    assert.ok(!(await all()).some(({ func }) => func === 'settings.save.success'));

    await setOffline(true);
    await tell('load', { entityId: '', contentUrl: `${APP}/teams/settings` });
    assert.equal(await validity(1), false);
    await app.getByText(said.settings.offline).waitFor();
    assert.equal(await app.getByLabel(said.settings.team).isVisible(), false);
    assert.deepEqual(await axeOnPage(app), []);
    await app.getByRole('radio', { name: /Team pulse card/ }).check();
    assert.equal(await validity(2), false, 'no team is in sight');
    const fetched = page.waitForResponse((response) => response.url().startsWith(`${APP}/v1/reports`) && response.ok());
    await setOffline(false);
    await fetched;
    assert.equal(await validity(3), true);
    assert.ok(await app.getByRole('radio', { name: /Team pulse card/ }).isChecked());
  });

  test('saves nothing while somebody is asked to sign in, and begins anew where it was saved by another app', async () => {
    const place = { frameContext: 'settings' } as const;
    const tab = await open({ path: '/teams/settings', place, as: 'a-2', settings: { contentUrl: 'https://elsewhere.example.org/?team=all&show=team-pulse' } });
    assert.equal((await tab.heard('settings.setValidityState')).args[0], true);
    assert.equal(await tab.app.getByLabel(said.settings.team).inputValue(), 'a');
    assert.ok(await tab.app.getByRole('radio', { name: /Team pulse survey/ }).isChecked());
    tab.setToken((silent) => (silent ? { refused: 'resourceRequiresConsent' } : { refused: 'CancelledByUser' }));
    await tab.tell('load', { entityId: '', contentUrl: `${APP}/teams/settings` });
    await tab.app.getByRole('heading', { name: said.notices.consent.title }).waitFor();
    assert.equal((await tab.heard('settings.setValidityState', 1)).args[0], false);
    tab.setToken(async () => ({ token: await on.tenant.tokenFor('a-2') }));
    await tab.app.getByRole('button', { name: said.notices.consent.act }).click();
    await tab.app.getByLabel(said.settings.team).waitFor();
    assert.equal((await tab.heard('settings.setValidityState', 2)).args[0], true);
    // An address that is none says nothing either.
    const odd = await open({ path: '/teams/settings', place, as: 'a-2', settings: { contentUrl: 'foo bar' } });
    assert.equal((await odd.heard('settings.setValidityState')).args[0], true);
  });

  test('keeps what was chosen before the server answered', async () => {
    const settings = { contentUrl: `${APP}/teams/team?team=a&show=pulse-survey` };
    const tab = await open({ path: '/teams/remove', place: { frameContext: 'settings' }, as: 'a-2', settings });
    await tab.page.route(`${APP}/v1/**`, (route) => route.abort('internetdisconnected'));
    await tab.app.goto(`${APP}/teams/settings`);
    await tab.app.getByText(said.settings.offline).waitFor();
    await tab.app.getByRole('radio', { name: /Team pulse card/ }).check();
    await tab.page.unroute(`${APP}/v1/**`);
    await tab.app.getByRole('button', { name: said.settings.again }).click();
    await tab.app.locator('kring-team-pulse[team=a]').getByText(/Round 2, closed on/).first().waitFor();
    assert.ok(await tab.app.getByRole('radio', { name: /Team pulse card/ }).isChecked());
  });

  test('can’t be set up by who is in no roster', async () => {
    const { app, heard } = await open({ path: '/teams/settings', place: { frameContext: 'settings' }, as: 'nobody-77' });
    assert.equal((await heard('settings.setValidityState')).args[0], false);
    await app.getByRole('radio', { name: /Team pulse card/ }).check();
    assert.equal((await heard('settings.setValidityState', 1)).args[0], false);
  });

  for (const of of ['channel', 'chat', 'meeting'] as const) {
    test(`is set up in a ${of} for a team that the person may see, whatever Teams says of the place`, async () => {
      // The name of a team that there is, and that is not the person's to see.
      const place = { of, ...(of === 'channel' ? { team: 'all' } : {}) };
      const { app, heard, tell, settings, requests } = await open({ path: '/teams/settings', place: { ...place, frameContext: 'settings' }, as: 'a-1' });
      assert.deepEqual((await heard('settings.setValidityState')).args, [true]);
      const team = app.getByLabel(said.settings.team);
      assert.deepEqual(await team.locator('option').allTextContents(), ['Team a']);
      await app.getByRole('radio', { name: /Team pulse card/ }).check();
      await app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
      assert.deepEqual(await axeOnPage(app), []);
      await tell('settings.save', {});
      await heard('settings.save.success');
      const asked = requests.filter((request) => request.url().startsWith(`${APP}/v1/`)).map((request) => `${request.url()} ${request.postData() ?? ''}`);
      assert.ok(asked.some((one) => /\bteam=a\b/.test(one)) && asked.every((one) => !/played-|\bteam=all\b/.test(one)), asked.join());
      const saved = (await settings())?.['contentUrl'] ?? '';
      assert.equal(saved, `${APP}/teams/team?team=a&show=team-pulse&lang={locale}&theme={theme}`);
      // In its place, a colleague sees it, and who is not in the team is told so.
      const path = saved.slice(APP.length).replace('{locale}', 'en-gb').replace('{theme}', 'dark');
      const tab = await open({ path, place: { ...place, theme: 'dark' }, as: 'a-2' });
      await tab.app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
      assert.equal(await tab.app.getByRole('button', { name: said.stage }).count(), 0);
      const other = await open({ path: path.replace('team=a', 'team=all'), place, as: 'a-2' });
      await other.app.locator('kring-team-pulse').getByRole('heading', { name: 'These figures belong to another team' }).waitFor();
    });
  }

  test('shows the team in a meeting’s side panel, and on the stage only what is released', async () => {
    const place = { frameContext: 'sidePanel' } as const;
    const panel = await on.browser.newContext({ viewport: { width: 280, height: 700 }, locale: 'en-GB' });
    const side = await open({ path: '/teams/team?team=a&show=team-pulse', place, as: 'a-lead' }, panel);
    const card = side.app.locator('kring-team-pulse');
    await card.getByText(/Round 2, closed on/).first().waitFor();
    await card.getByText(/Round open until/).waitFor();
    assert.deepEqual(await axeOnPage(side.app), []);
    await side.app.getByRole('button', { name: said.stage }).click();
    const [address] = (await side.heard('meeting.shareAppContentToStage')).args as [string];
    // Of the team and the round that are in sight.
    const round = await card.getByLabel('Round').inputValue();
    assert.equal(address, `${APP}/teams/team?team=a&round=${round}&show=team-pulse&stage=1`);
    await side.app.getByRole('button', { name: said.share }).click();
    assert.deepEqual((await side.heard('shareDeepLink')).args.slice(0, 3), [`team=a&round=${round}`, said.figuresTitle, `${APP}/teams/team?team=a&round=${round}`]);
    await card.getByLabel('Round').selectOption(on.tenant.earlier);
    await card.getByText(/Round 1, closed on/).first().waitFor();
    await side.app.getByRole('button', { name: said.stage }).click();
    const [before] = (await side.heard('meeting.shareAppContentToStage', 1)).args as [string];
    assert.notEqual(before, address);
    // Another team that is chosen on the card is the one that all see.
    const chief = await open({ path: '/teams/team?team=all&show=team-pulse', place, as: 'chief' }, panel);
    await chief.app.locator('kring-team-pulse select').first().selectOption({ label: 'Team a' });
    await chief.app.getByRole('heading', { name: 'Team a', exact: true }).waitFor();
    await chief.app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
    await chief.app.getByRole('button', { name: said.stage }).click();
    assert.equal((await chief.heard('meeting.shareAppContentToStage')).args[0], address);
    await panel.close();
    // By the button, and by whatever way Teams has to put a tab there.
    for (const path of [address.slice(APP.length), '/teams/team?team=a&show=team-pulse', ...['', '&stage=1'].map((stage) => `/teams/team?team=a&show=pulse-survey${stage}`)]) {
      const stage = await open({ path, place: { frameContext: 'meetingStage' }, as: 'a-2' });
      const shown = stage.app.locator('kring-team-pulse');
      await shown.getByText(/Round 2, closed on/).first().waitFor();
      assert.doesNotMatch(await shown.locator('.kring').innerText(), /open until|ballots are in|fewer than/i);
      assert.equal(await stage.app.getByRole('button', { name: said.stage }).count(), 0);
      assert.equal(await stage.app.locator('kring-pulse-survey').count(), 0);
      assert.deepEqual(stage.problems, []);
    }
    const older = await open({ path: before.slice(APP.length), place: { frameContext: 'meetingStage' }, as: 'a-2' });
    await older.app.locator('kring-team-pulse').getByText(/Round 1, closed on/).first().waitFor();
    // Somebody else in the meeting is told what they may not see, and nothing of it.
    const outsider = await open({ path: '/teams/team?team=all&stage=1', place: { frameContext: 'meetingStage' }, as: 'a-2' });
    await outsider.app.getByRole('heading', { name: 'These figures belong to another team' }).waitFor();
    const stranger = await open({ path: '/teams/team?team=a&stage=1', place: { frameContext: 'meetingStage' }, as: 'nobody-77' });
    await stranger.app.getByRole('heading', { name: said.stranger }).waitFor();
    // And where the round has no figures, that is all that is said.
    const few = await open({ path: '/teams/team?team=all&stage=1', place: { frameContext: 'meetingStage' }, as: 'chief' });
    const none = few.app.locator('kring-team-pulse .kring');
    await none.getByRole('heading', { name: 'No figures this round' }).waitFor();
    assert.doesNotMatch(await none.innerText(), /open until|ballots are in/i);
  });
});
