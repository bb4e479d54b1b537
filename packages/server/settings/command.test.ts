import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingLine, settingsRequest, settingsUsage } from './command.ts';
import { SETTING_NAMES } from './definitions.ts';
import { SettingsError } from './values.ts';

const lines: [line: string, request: ReturnType<typeof settingsRequest>][] = [
  ['', { changes: {}, shown: SETTING_NAMES }],
  ['get events.mode', { changes: {}, shown: ['events.mode'] }],
  [
    'set events.mode=callback events.callbackUrl=http://a/?b=c',
    {
      changes: { 'events.mode': 'callback', 'events.callbackUrl': 'http://a/?b=c' },
      shown: ['events.mode', 'events.callbackUrl'],
    },
  ],
  ['unset transcode.defaults', { changes: { 'transcode.defaults': null }, shown: ['transcode.defaults'] }],
];
for (const [line, request] of lines) {
  test(`“settings ${line}” is understood`, () => {
    assert.deepEqual(settingsRequest(line.split(' ').filter(Boolean)), request);
  });
}

const nonsense: [line: string, message: RegExp][] = [
  ['get', /which setting\? There are events\.mode, /],
  [
    'get hotlink.ky',
    /no setting hotlink\.ky; there are events\.mode, events\.callbackUrl, transcode\.defaults/,
  ],
  ['get toString', /no setting toString/],
  ['set events.mode', /not of the form NAME=VALUE/],
  ['set events.mode=', /unset NAME brings back a default/],
  ['set play.ke=1', /no setting play\.ke/],
  ['unset', /which setting/],
  ['remove events.mode', /not remove/],
];
for (const [line, message] of nonsense) {
  test(`“settings ${line}” is refused with a word on what there is`, () => {
    assert.throws(
      () => settingsRequest(line.split(' ')),
      (error) => error instanceof SettingsError && message.test(error.message),
    );
  });
}

test('a line tells a value that was set from a default', () => {
  const set = { name: 'events.mode', value: 'callback', isSet: true } as const;
  assert.equal(settingLine(set, false), 'events.mode=callback');
  assert.equal(settingLine({ ...set, isSet: false }, false), 'events.mode=callback  (default)');
  assert.deepEqual(JSON.parse(settingLine(set, true)), set);
});

test('the help names every setting', () => {
  for (const name of SETTING_NAMES) assert.ok(settingsUsage().includes(`  ${name}\n`));
});
