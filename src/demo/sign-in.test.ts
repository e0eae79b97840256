import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { authenticator } from '../server/auth/issuers.ts';
import { makeSignIn } from './sign-in.ts';

const AUDIENCE = 'http://127.0.0.1:4180';
const make = (audience = AUDIENCE) => makeSignIn('grutto-en-vonk', audience, new Set(['amira-bouzid']));

test('the demo’s sign-in lets one be somebody of the demo', async () => {
  const { issuer, tokenFor } = await make();
  const identity = await authenticator([issuer])(`Bearer ${await tokenFor('amira-bouzid')}`);
  assert.deepEqual(identity, { organisation: 'grutto-en-vonk', person: 'amira-bouzid' });
  await assert.rejects(tokenFor('somebody-else'), RangeError);
});

test('its tokens are worth something for five minutes, and only to the server that made them', async () => {
  const { tokenFor } = await make();
  const token = await tokenFor('amira-bouzid');
  const { iat = 0, exp = 0 } = decodeJwt(token);
  assert.equal(exp - iat, 300);
  const restarted = await make();
  await assert.rejects(authenticator([restarted.issuer])(`Bearer ${token}`), { kind: 'signed-out' });
  const elsewhere = await make('http://127.0.0.1:9999');
  await assert.rejects(authenticator([elsewhere.issuer])(`Bearer ${token}`), { kind: 'signed-out' });
});
