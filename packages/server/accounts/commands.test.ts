import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../common/faults/usage-error.ts';
import { applicationLine, appsRequest, appsUsage, keyLine, keysRequest, keysUsage } from './index.ts';

const understood: [line: string, request: unknown][] = [
  ['keys', { command: 'list' }],
  ['keys list', { command: 'list' }],
  ['keys create', { command: 'create' }],
  ['keys disable AKID1', { command: 'disable', secretId: 'AKID1' }],
  ['keys enable AKID1', { command: 'enable', secretId: 'AKID1' }],
  ['keys delete AKID1', { command: 'delete', secretId: 'AKID1' }],
  ['apps', { command: 'list' }],
  ['apps create trailers', { command: 'create', name: 'trailers' }],
  ['apps rename 15 series', { command: 'rename', appId: '15', name: 'series' }],
  ['apps off 15', { command: 'off', appId: '15' }],
  ['apps on 15', { command: 'on', appId: '15' }],
];
for (const [line, request] of understood) {
  test(`“${line}” is understood`, () => assert.deepEqual(requestOf(line), request));
}

const nonsense: [line: string, message: RegExp][] = [
  ['keys frob', /can list, create, disable, enable and delete, not frob/],
  ['keys delete', /which SecretId/],
  ['keys create 15', /did you mean --app/],
  ['keys delete AKID1 AKID2', /AKID2 is one word too many/],
  ['apps remove 15', /not remove/],
  ['apps create', /openvod apps create NAME/],
  ['apps create two words', /openvod apps create NAME/],
  ['apps rename 15', /openvod apps rename ID NAME/],
  ['apps off', /openvod apps off ID/],
  ['apps list 15', /openvod apps list/],
];
for (const [line, message] of nonsense) {
  test(`“${line}” is refused with a word on what there is`, () => {
    assert.throws(
      () => requestOf(line),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  });
}

function requestOf(line: string): unknown {
  const [command, ...words] = line.split(' ');
  return command === 'keys' ? keysRequest(words) : appsRequest(words);
}

const KEY = {
  ...{ appId: '1500000001', accountId: '1250000001', secretId: 'AKID1', secretKey: 'very secret' },
  ...{ disabled: false, createdAt: Date.UTC(2026, 0, 1), lastUsedAt: null },
};

test('a line of a key says when it was used last, to the hour, and never its secret', () => {
  const used = { ...KEY, disabled: true, lastUsedAt: Date.UTC(2026, 0, 2, 15) };
  assert.equal(
    keyLine(KEY, false),
    '1500000001  AKID1  enabled   created 2026-01-01T00:00:00.000Z  never used',
  );
  assert.match(keyLine(used, false), /disabled .* last used 2026-01-02T15h UTC$/);
  assert.equal(JSON.parse(keyLine(used, true)).lastUsedAt, '2026-01-02T15:00:00.000Z');
  for (const json of [true, false]) assert.ok(!keyLine(KEY, json).includes(KEY.secretKey));
});

test('a line of an application says what it has of what it may have', () => {
  const application = {
    ...{ appId: '1500000001', accountId: '1250000001', name: 'trailers' },
    ...{ createdAt: Date.UTC(2026, 0, 1), switchedOff: true },
  };
  const usage = { videos: 3, bytes: 1_572_864, maxBytes: null, tasks: 1, maxTasks: 2, maxCallsPerSecond: 9 };
  assert.equal(
    applicationLine(application, usage, false),
    '1500000001  off  trailers  3 videos  1.5 MiB  1 of 2 tasks  at most 9 calls a second',
  );
  const bounded = { ...usage, maxBytes: 10_485_760, maxTasks: null, maxCallsPerSecond: null };
  assert.match(applicationLine(application, bounded, false), / {2}1\.5 of 10\.0 MiB {2}1 tasks$/);
  const { bytes, maxBytes, switchedOff } = JSON.parse(applicationLine(application, bounded, true));
  assert.deepEqual([bytes, maxBytes, switchedOff], [1_572_864, 10_485_760, true]);
});

test('each command has a help that names its words', () => {
  for (const word of ['create', 'disable', 'enable', 'delete', '--app'])
    assert.ok(keysUsage().includes(word));
  for (const word of ['create', 'rename', 'off', 'on', 'quota.tasks']) assert.ok(appsUsage().includes(word));
});
