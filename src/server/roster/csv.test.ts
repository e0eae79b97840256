import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rosterProblem, type Roster } from '../../domain/roster.ts';
import { parseRoster, type RosterError } from './csv.ts';

const HEADER = 'person,name,team,role,team_id';

function rosterIn(text: string | Uint8Array): Roster {
  const parsed = parseRoster(text);
  if ('errors' in parsed) assert.fail(JSON.stringify(parsed.errors, null, 2));
  return parsed.roster;
}

function errorsIn(text: string | Uint8Array): readonly RosterError[] {
  const parsed = parseRoster(text);
  assert.ok('errors' in parsed, 'the file was taken');
  return parsed.errors;
}

/** Line, column, column name and the beginning of the English message. */
function assertErrors(text: string | Uint8Array, expected: [number, number, string, RegExp][]): void {
  const errors = errorsIn(text);
  assert.deepEqual(
    errors.map(({ line, column, columnName }) => [line, column, columnName]),
    expected.map(([line, column, columnName]) => [line, column, columnName]),
    errors.map(({ message }) => message.en).join('\n'),
  );
  for (const [index, [, , , pattern]] of expected.entries()) assert.match(errors[index]?.message.en ?? '', pattern);
}

describe('a roster that can be read', () => {
  const TEXT = [
    HEADER,
    'ada@example.org,Ada de Wit,Zorggroep De Linde,leader,',
    'bo@example.org,Bo Vermeer,Zorggroep De Linde / Regio Noord / Wijkteam Oost,member,W1',
    'cem@example.org,Cem Aydın,Zorggroep De Linde / Regio Noord / Wijkteam Oost,leader,',
    'cem@example.org,Cem Aydın,Zorggroep De Linde / Regio Noord,leader,',
  ].join('\n');
  const ROSTER: Roster = {
    teams: [
      { id: 'zorggroep-de-linde', name: 'Zorggroep De Linde', parent: null },
      { id: 'zorggroep-de-linde.regio-noord', name: 'Regio Noord', parent: 'zorggroep-de-linde' },
      { id: 'W1', name: 'Wijkteam Oost', parent: 'zorggroep-de-linde.regio-noord' },
    ],
    people: [
      { id: 'ada@example.org', name: 'Ada de Wit' },
      { id: 'bo@example.org', name: 'Bo Vermeer' },
      { id: 'cem@example.org', name: 'Cem Aydın' },
    ],
    memberships: [
      { person: 'ada@example.org', team: 'zorggroep-de-linde', role: 'leader' },
      { person: 'bo@example.org', team: 'W1', role: 'member' },
      { person: 'cem@example.org', team: 'W1', role: 'leader' },
      { person: 'cem@example.org', team: 'zorggroep-de-linde.regio-noord', role: 'leader' },
    ],
  };

  it('gives teams as a tree, people, and who is what where', () => {
    assert.deepEqual(rosterIn(TEXT), ROSTER);
    assert.deepEqual(rosterIn(new TextEncoder().encode(TEXT)), ROSTER);
  });

  it('takes semicolons, tabs, a byte order mark, and the line ends of every system', () => {
    assert.deepEqual(rosterIn(TEXT.replaceAll(',', ';')), ROSTER);
    assert.deepEqual(rosterIn(TEXT.replaceAll(',', '\t')), ROSTER);
    assert.deepEqual(rosterIn(`\ufeff${TEXT.replaceAll('\n', '\r\n')}\r\n`), ROSTER);
    assert.deepEqual(rosterIn(new TextEncoder().encode(`\ufeff${TEXT.replaceAll('\n', '\r')}`)), ROSTER);
  });

  it('takes Dutch column names and roles in any order and case', () => {
    const dutch = 'Rol;TEAM;Naam;Persoon\nTeamlid;Oost;Bo;b\nLEIDINGGEVENDE;Oost;Ada;a\nlid;West;Cas;c\n';
    const { memberships } = rosterIn(dutch);
    assert.deepEqual(
      memberships.map(({ person, role }) => [person, role]),
      [
        ['b', 'member'],
        ['a', 'leader'],
        ['c', 'member'],
      ],
    );
    assert.equal(rosterIn('persoon,naam,team,rol,team-code\nb,Bo,Oost,lid,O-1').teams[0]?.id, 'O-1');
  });

  it('passes over empty rows, empty cells at the end, and spaces around and in names', () => {
    const spaced = 'person,name,team,role,,\n\n b , Bo   Vermeer , Linde  /  Oost ,member,,\n,,,,,\n';
    const { teams, people } = rosterIn(spaced);
    assert.deepEqual(people, [{ id: 'b', name: 'Bo Vermeer' }]);
    assert.deepEqual(teams.map(({ name }) => name), ['Linde', 'Oost']);
  });

  it('sees one name in an accent that is part of its letter and one that follows it', () => {
    const rows = ['a,Zo\u00eb,Caf\u00e9,leader,', 'a,Zoe\u0308,Cafe\u0301 / Bar,leader,'];
    const { teams } = rosterIn([HEADER, ...rows].join('\n'));
    assert.deepEqual(teams.map(({ id }) => id), ['cafe', 'cafe.bar']);
  });

  it('takes quoted cells, and a slash inside a name', () => {
    const quoted = 'person,name,"team","role"\nb,"Vermeer, ""Bo""","Linde / 24/7-zorg",member';
    const { teams, people } = rosterIn(quoted);
    assert.equal(people[0]?.name, 'Vermeer, "Bo"');
    assert.deepEqual(teams.map(({ name }) => name), ['Linde', '24/7-zorg']);
  });

  it('keeps the id of a renamed team that has a code', () => {
    const renamed = rosterIn(TEXT.replaceAll('Wijkteam Oost', 'Wijkteam Zonzijde'));
    assert.deepEqual(renamed.teams.at(-1), { ...ROSTER.teams.at(-1), name: 'Wijkteam Zonzijde' });
  });

  it('makes ids without accents, of any script, never empty and never over-long', () => {
    const id = (path: string) => rosterIn(`person,name,team,role\np,P,${path},member`).teams.at(-1)?.id ?? '';
    assert.equal(id('Cliënten & Zo!'), 'clienten-zo');
    assert.equal(id('東京 / Ömer'), '東京.omer');
    assert.match(id('★'), /^[0-9a-f]{16}$/);
    assert.notEqual(id('★'), id('☆'));
    const long = (end: string) => id(Array.from({ length: 12 }, (_, n) => `${'x'.repeat(150)}${n}${end}`).join(' / '));
    assert.equal(long('a').length, 200);
    assert.notEqual(long('a'), long('b'));
  });
});

describe('a roster that is refused', () => {
  it('has an empty field', () => {
    assertErrors(`${HEADER}\n,Ada,Oost,member,\nb,  ,Oost,member,\nc,Cas,,member,\nd,Dee,Oost,,\ne,Eef,Oost`, [
      [2, 1, 'person', /cannot be empty/],
      [3, 2, 'name', /cannot be empty/],
      [4, 3, 'team', /cannot be empty/],
      [5, 4, 'role', /cannot be empty/],
      [6, 4, 'role', /cannot be empty/],
    ]);
  });

  it('has a role that we do not know', () => {
    assertErrors('rol,persoon,naam,team\nchef,a,Ada,Oost\nconstructor,b,Bo,Oost', [
      [2, 1, 'rol', /'chef' is not a role/],
      [3, 1, 'rol', /'constructor' is not a role/],
    ]);
  });

  it('has somebody in two teams, or as a member and a leader, or twice, or under two names', () => {
    assertErrors(
      [
        HEADER,
        'a,Ada,Oost,member,',
        'a,Ada,West,member,',
        'b,Bo,Oost,member,',
        'b,Bo,West,leader,',
        'c,Cas,Oost,leader,',
        'c,Cas,Oost,leader,',
        'd,Dee,Oost,leader,',
        'd,Dees,West,leader,',
      ].join('\n'),
      [
        [3, 3, 'team', /'a' is a member of 'Oost' already \(line 2\)/],
        [5, 4, 'role', /'b' has the other role on line 4/],
        [7, 1, 'person', /there already, on line 6/],
        [9, 2, 'name', /'d' is called 'Dee' on line 8/],
      ],
    );
  });

  it('has one code for two teams, or two codes for one', () => {
    assertErrors(`${HEADER}\na,A,Oost,member,X\nb,B,West,member,X\nc,C,Oost,member,Y\nd,D,Oost,member,`, [
      [3, 5, 'team_id', /'X' belongs to the team 'Oost' \(line 2\) already/],
      [4, 5, 'team_id', /has the code 'X' already \(line 2\)/],
    ]);
  });

  it('has two teams that are written nearly alike, which is said once', () => {
    assertErrors(`${HEADER}\na,A,Linde / Oost,member,\nb,B,linde / Oost,member,\nc,C,Noord,member,linde`, [
      [2, 3, 'team', /'Linde' is too much like 'Noord' \(line 4\)/],
      [3, 3, 'team', /'linde' is too much like 'Noord' \(line 4\)/],
    ]);
    assertErrors(`${HEADER}\na,A,Wijkteam Oost,member,\nb,B,Wijkteam oost,member,`, [
      [3, 3, 'team', /'Wijkteam oost' is too much like 'Wijkteam Oost' \(line 2\)/],
    ]);
    assert.equal(rosterIn(`${HEADER}\na,A,Wijkteam Oost,member,1\nb,B,Wijkteam oost,member,2`).teams.length, 2);
  });

  it('has a path that is too deep or cannot be split', () => {
    const path = (levels: number) => Array.from({ length: levels }, (_, n) => `T${n}`).join(' / ');
    assert.equal(rosterIn(`${HEADER}\na,A,${path(12)},member,`).teams.length, 12);
    const written = [path(13), 'Linde /  / Oost', 'Linde/ Oost', '/'].map((team, n) => `p${n},P,${team},member,`);
    assertErrors([HEADER, ...written].join('\n'), [
      [2, 3, 'team', /13 levels deep/],
      [3, 3, 'team', /no empty name/],
      [4, 3, 'team', /a space on either side/],
      [5, 3, 'team', /no empty name/],
    ]);
  });

  it('has names that are too long, or characters that nobody can see', () => {
    const long = 'x'.repeat(201);
    assertErrors(`${HEADER}\n${long},${long},Linde / ${long},member,${long}\nb,B\u0007o,"Oo\nst",member,\u202eX`, [
      [2, 1, 'person', /at most 200/],
      [2, 2, 'name', /at most 200/],
      [2, 3, 'team', /at most 200/],
      [2, 5, 'team_id', /at most 200/],
      [3, 2, 'name', /control character/],
      [3, 3, 'team', /line break/],
      [3, 5, 'team_id', /control character/],
    ]);
    assert.equal(rosterIn(`${HEADER}\na,${'x'.repeat(200)},Oost,member,`).people[0]?.name.length, 200);
  });

  it('has no rows', () => {
    assertErrors('', [[1, 1, '', /no people in this file/]]);
    assertErrors(`\n${HEADER}\n\n,,,,\n`, [[2, 1, 'person', /no people in this file/]]);
  });

  it('misses a column, has one twice, or one too many', () => {
    assertErrors('naam;team;Afdeling;team\nBo;Oost;x;y', [
      [1, 3, 'Afdeling', /'Afdeling' does not belong here/],
      [1, 4, 'team', /'team' is there already/],
      [1, 5, 'person', /'person' is missing/],
      [1, 5, 'role', /'role' is missing/],
    ]);
    assertErrors('person,,name,team,role,age\nb,,Bo,Oost,chef,7,8', [
      [1, 2, '', /no name/],
      [1, 6, 'age', /'age' does not belong here/],
      [2, 5, 'role', /'chef' is not a role/],
      [2, 7, '', /more than the 6 columns/],
    ]);
  });

  it('is not UTF-8', () => {
    const ansi = 'persoon;naam;team;rol\na;Ada;Oost;lid\nb;Bo\xeb;Cli\xebnten;lid\n';
    assertErrors(Uint8Array.from(Buffer.from(ansi, 'latin1')), [
      [3, 2, 'naam', /not UTF-8/],
      [3, 3, 'team', /not UTF-8/],
    ]);
    assertErrors(Uint8Array.from(Buffer.from('\ufeffpersoon;naam\n', 'utf16le')), [[1, 1, '', /not text in UTF-8/]]);
    assertErrors(Uint8Array.from(Buffer.from('PK\u0003\u0004rest')), [[1, 1, '', /not text in UTF-8/]]);
  });

  it('has a quote in the wrong place, and is read on after it', () => {
    assertErrors(`${HEADER}\na,"Ada" Wit,Oost,member,\n\nb,Bo,Oost,chef,\nc,C"as",Oost,member,`, [
      [2, 2, '', /quote \("\) is in the wrong place/],
      [4, 4, 'role', /'chef' is not a role/],
      [5, 2, '', /quote \("\) is in the wrong place/],
    ]);
    assertErrors(`${HEADER}\na,Ada,Oost,chef,\n\nb,"Bo,Oost,member,\nc,Cas,Oost,member,\n`, [
      [2, 4, 'role', /not a role/],
      [4, 2, '', /nowhere closes/],
    ]);
  });

  it('counts lines as an editor does, whatever lies in between', () => {
    assertErrors(`${HEADER}\r\n\r\na,Ada,"Oo\r\nst",member,\r\n\r\nb,Bo,Oost,chef,\r\n`, [
      [3, 3, 'team', /line break/],
      [6, 4, 'role', /'chef'/],
    ]);
  });

  it('is checked whole, and names at most a hundred errors, in Dutch as well', () => {
    const errors = errorsIn([HEADER, ...Array.from({ length: 150 }, (_, n) => `p${n},P,Oost,chef,`)].join('\n'));
    assert.equal(errors.length, 100);
    assert.equal(errors.at(-1)?.line, 101);
    assert.equal(errors[0]?.message.nl, "'chef' is geen rol. Kies teamlid of leidinggevende.");
  });

  it('cannot make a terminal do things through what is quoted from it', () => {
    const [error] = errorsIn('person,name,team,role,\u001b[2Jx\na,A,T,member,');
    assert.match(error?.columnName ?? '', /^.\[2Jx$/);
    assert.doesNotMatch(JSON.stringify(error), /\\u001b/);
  });
});

describe('laws of reading', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', ' / ', '\u0000', '\ud800', 'é') }),
  );

  it('never throws, whatever it is given', () => {
    const check = (file: string | Uint8Array) => {
      const parsed = parseRoster(file);
      if ('roster' in parsed) assert.equal(rosterProblem(parsed.roster), undefined);
      else {
        assert.ok(parsed.errors.length > 0 && parsed.errors.length <= 100);
        assert.ok(parsed.errors.every(({ line, column }) => line >= 1 && column >= 1));
      }
    };
    fc.assert(fc.property(anything, check), { numRuns: 300 });
    fc.assert(fc.property(anything, (text) => check(`person,name,team,role\n${text}`)), { numRuns: 300 });
    fc.assert(fc.property(fc.uint8Array(), check));
    const cell = fc.constantFrom('a', 'b', 'A', 'T', 'T / U', 't', 'member', 'leader', '', '"a"');
    const table = fc.array(fc.tuple(cell, cell, cell, cell, cell), { maxLength: 12 });
    fc.assert(fc.property(table, (rows) => check([HEADER, ...rows.map((row) => row.join(','))].join('\n'))));
  });

  /** Text that a name may be, with everything that CSV makes difficult. */
  const text = fc
    .string({ unit: fc.constantFrom('a', 'B', 'é', '東', '"', ',', ';', "'", '-', ' ', '😀'), maxLength: 12 })
    .map((value) => value.replace(/\s+/g, ' ').trim());

  const drawn = fc.record({
    teams: fc.array(fc.tuple(fc.nat({ max: 9 }), text, fc.boolean()), { minLength: 1, maxLength: 10 }),
    people: fc.array(fc.tuple(text, fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }), fc.boolean()), {
      minLength: 1,
      maxLength: 10,
    }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\ufeff'),
  });

  it('gives back the roster that was written', () => {
    fc.assert(
      fc.property(drawn, ({ teams, people, delimiter, lineEnd, mark }) => {
        const paths: string[][] = [];
        for (const [index, [parent, name]] of teams.entries()) {
          paths.push([...(parent < index ? (paths[parent] ?? []) : []), `${name} ${index}`.trim()]);
        }
        const places = people.flatMap(([name, draws, leads], index) => {
          const person = { id: `p${index}`, name: `${name} ${index}`.trim() };
          const own = [...new Set(draws.map((draw) => draw % teams.length))].slice(0, leads ? 3 : 1);
          return own.map((team) => ({ person, team, path: paths[team] ?? [], role: leads ? 'leader' : 'member' }));
        });
        const code = (team: number) => (teams[team]?.[2] ? `code ${team}` : '');
        const quote = (cell: string) => (/["\n;,\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
        const rows = places.map(({ person, team, path, role }) =>
          [person.id, person.name, path.join(' / '), role, code(team)].map(quote).join(delimiter),
        );
        const roster = rosterIn(mark + [HEADER.replaceAll(',', delimiter), ...rows, ''].join(lineEnd));

        assert.equal(rosterProblem(roster), undefined);
        const pathOf = (id: string | null): string[] => {
          const team = roster.teams.find((one) => one.id === id);
          return team ? [...pathOf(team.parent), team.name] : [];
        };
        const mentioned = places.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1).join('\n')));
        assert.deepEqual(
          roster.teams.map(({ id }) => pathOf(id).join('\n')),
          [...new Set(mentioned)],
        );
        assert.deepEqual(roster.people, [...new Map(places.map(({ person }) => [person.id, person])).values()]);
        assert.deepEqual(
          roster.memberships.map(({ person, team, role }) => ({ person, path: pathOf(team), role })),
          places.map(({ person, path, role }) => ({ person: person.id, path, role })),
        );
        for (const [index, { team }] of places.entries()) {
          if (code(team) !== '') assert.equal(roster.memberships[index]?.team, code(team));
        }
      }),
    );
  });
});
