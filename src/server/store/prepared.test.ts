import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { PreparedStatements } from './prepared.ts';

describe('the statements of an embedded database', () => {
  let database: PGlite;
  let statements: PreparedStatements;
  before(async () => {
    database = await PGlite.create();
    statements = new PreparedStatements(database);
    await statements.query('create table thing (name text primary key, bytes bytea, about jsonb, at timestamptz)', []);
  });
  after(() => database.close());

  const known = async () => {
    const { rows } = await database.query<{ statement: string; uses: number }>(
      'select statement, (generic_plans + custom_plans)::integer as uses from pg_prepared_statements order by prepare_time',
    );
    return rows;
  };

  it('are prepared once, and answer each time', async () => {
    const text = 'select $1::integer + 1 as next';
    for (const number of [1, 2, 3]) assert.deepEqual((await statements.query(text, [number])).rows, [{ next: number + 1 }]);
    assert.deepEqual((await known()).filter(({ statement }) => statement === text).map(({ uses }) => uses), [3]);
  });

  it('carry values of every kind there and back', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const at = new Date('2026-05-04T10:20:30.400Z');
    const insert = 'insert into thing (name, bytes, about, at) values ($1, $2, $3, $4)';
    const { affectedRows } = await statements.query(insert, ['één ’', bytes, JSON.stringify({ a: [1, null] }), at]);
    await statements.query(insert, ['nothing', null, null, undefined]);
    assert.equal(affectedRows, 1);
    const { rows } = await statements.query('select * from thing where name = any ($1) order by name', [['nothing', 'één ’']]);
    assert.deepEqual(rows, [
      { name: 'nothing', bytes: null, about: null, at: null },
      { name: 'één ’', bytes, about: { a: [1, null] }, at },
    ]);
  });

  it('that fail say why, and the next ones are answered', async () => {
    const insert = 'insert into thing (name) values ($1) returning name';
    await statements.query(insert, ['once']);
    await assert.rejects(statements.query(insert, ['once']), { code: '23505' });
    await assert.rejects(statements.query('select * from nowhere where name = $1', ['x']), { code: '42P01' });
    await assert.rejects(statements.query('select $1::integer', ['x']), { code: '22P02' });
    assert.deepEqual((await statements.query(insert, ['twice'])).rows, [{ name: 'twice' }]);
  });

  it('stay prepared when a transaction is undone', async () => {
    const text = 'insert into thing (name) values ($1)';
    await statements.query('begin', []);
    await statements.query(text, ['undone']);
    await statements.query('rollback', []);
    await statements.query(text, ['undone']);
    assert.equal((await known()).filter(({ statement }) => statement === text).length, 1);
    assert.equal((await statements.query('select from thing where name = $1', ['undone'])).rows.length, 1);
  });

  it('may be asked all at once', async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const answers = await Promise.all(
      numbers.map((number) =>
        statements.query(number % 2 === 0 ? 'select $1::integer as number' : `select ${String(number)} as number where $1 > 0`, [number]),
      ),
    );
    assert.deepEqual(answers.map(({ rows }) => rows), numbers.map((number) => [{ number }]));
  });

  it('are forgotten when there are too many, the oldest first', async () => {
    const oldest = 'select 0 as oldest';
    await statements.query(oldest, []);
    for (let number = 0; number < 250; number += 1) await statements.query(`select ${String(number)} as number`, []);
    const texts = (await known()).map(({ statement }) => statement);
    assert.equal(texts.length, 200);
    assert.ok(!texts.includes(oldest) && texts.includes('select 249 as number'));
    assert.deepEqual((await statements.query(oldest, [])).rows, [{ oldest: 0 }]);
  });

  it('are not kept when they carry a batch of values', async () => {
    const values = Array.from({ length: 30 }, (_, index) => `batch ${String(index)}`);
    const text = `insert into thing (name) values ${values.map((_, index) => `($${String(index + 1)})`).join(', ')}`;
    assert.equal((await statements.query(text, values)).affectedRows, 30);
    assert.ok(!(await known()).some(({ statement }) => statement === text));
  });
});
