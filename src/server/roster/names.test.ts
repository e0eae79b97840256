import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchName, searchPattern } from './names.ts';

/** What `like` does with a pattern that has wildcards at its ends alone, or escaped ones. */
function found(name: string, typed: string): boolean {
  const wanted = searchPattern(typed).slice(1, -1).replace(/\\([\\%_])/g, '$1');
  return searchName(name).includes(wanted);
}

describe('a name', () => {
  it('is found by the beginning of any of its words', () => {
    const name = 'Anne-Sophie van ’t Hoog';
    for (const typed of ['a', 'Anne', 'anne-s', 'sophie', 'van ’t', 'hoo', 'ANNE-SOPHIE VAN']) assert.ok(found(name, typed), typed);
    for (const typed of ['nne', 'oog', 'sophie a', 'phie']) assert.ok(!found(name, typed), typed);
  });

  it('is found with and without its accents', () => {
    for (const typed of ['çağlar', 'caglar', 'ÇAĞ', 'Cag']) assert.ok(found('Çağlar Öz', typed), typed);
    assert.ok(found('Caglar Oz', 'öz'));
  });

  it('is found in other scripts', () => {
    assert.ok(found('李 小龙', '小'));
    assert.ok(found('Ιωάννης', 'ιωα'));
  });

  it('has no wildcards', () => {
    for (const typed of ['%', '_', '\\', 'a%', 'a_1', '％']) assert.ok(!found('Name of a-1', typed), typed);
    assert.equal(searchPattern('50% a_b\\'), '% 50\\% a\\_ b\\\\%');
  });
});
