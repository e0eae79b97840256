import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '../domain/language.ts';
import { electorates, rosterProblem } from '../domain/roster.ts';
import { DEMO, DEMO_TEAMS, demoRoster } from './organisation.ts';

const askedIn = (team: string) => electorates(demoRoster()).get(team) ?? [];

test('the demo organisation is a roster that can be imported', () => {
  assert.equal(rosterProblem(demoRoster()), undefined);
  assert.ok(DEMO.people.length >= 45 && DEMO.people.length <= 60);
  for (const { id } of DEMO.people) assert.match(id, /^[a-z]+(-[a-z]+)+$/);
});

test('its teams have the sizes that there is something to see with', () => {
  assert.equal(askedIn(DEMO_TEAMS.main).length, 8);
  assert.equal(askedIn(DEMO_TEAMS.small).length, 3);
  assert.equal(askedIn(DEMO_TEAMS.steady).length, 14);
  for (const { id } of DEMO.teams) {
    assert.equal(DEMO.people.filter(({ team, role }) => team === id && role === 'leader').length, 1, id);
  }
});

test('the topmost leader is the only one who is not asked', () => {
  const asked = new Set([...electorates(demoRoster()).values()].flat());
  const left = DEMO.people.filter(({ id }) => !asked.has(id));
  assert.deepEqual(left.map(({ team, role }) => [team, role]), [[DEMO_TEAMS.top, 'leader']]);
});

test('each persona is somebody of the organisation and says in both languages what there is to see', () => {
  const leads = (team: string) => DEMO.teams.filter(({ parent }) => parent === team).length;
  for (const persona of DEMO.personas) {
    assert.ok(DEMO.people.includes(persona.person), persona.key);
    for (const language of LANGUAGES) assert.match(persona.shows[language], /^[^.]+\.$/, 'one sentence');
  }
  const [employee, leader, small, above] = DEMO.personas;
  assert.deepEqual([employee?.person.team, employee?.person.role], [DEMO_TEAMS.main, 'member']);
  assert.deepEqual([leader?.person.team, leader?.person.role], [DEMO_TEAMS.main, 'leader']);
  assert.deepEqual([small?.person.team, small?.person.role], [DEMO_TEAMS.small, 'member']);
  assert.equal(leads(above?.person.team ?? ''), 3);
});
