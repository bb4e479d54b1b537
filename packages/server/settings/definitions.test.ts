import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingName, SettingTexts } from './definitions.ts';
import { problemsOf, readTexts } from './values.ts';

const facts = {
  hasDefinition: (_appId: string, id: number) => id < 100,
  hasWatermark: (_appId: string, id: number) => id === 1_000_001,
};

const right: [SettingName, text: string | undefined, value: unknown][] = [
  ['events.mode', undefined, 'pull'],
  ['events.mode', 'callback', 'callback'],
  ['events.callbackUrl', undefined, undefined],
  ['events.callbackUrl', 'http://10.0.0.1:8080/a?b=c', 'http://10.0.0.1:8080/a?b=c'],
  ['transcode.defaults', undefined, [20, 30, 220, 230]],
  ['transcode.defaults', '10, 20,10', [10, 20]],
  ['covers.automatic', undefined, true],
  ['covers.automatic', 'off', false],
  ['watermark.default', undefined, null],
  ['watermark.default', '1000001', 1_000_001],
  ['quota.tasks', undefined, null],
  ['quota.tasks', 'off', null],
  ['quota.storageMiB', '1024', 1024],
  ['hotlink.key', undefined, null],
  ['hotlink.key', 'off', null],
  ['hotlink.key', '24FEQmTzro4V5u3D5epW', '24FEQmTzro4V5u3D5epW'],
  ['hotlink.refererMode', 'deny', 'deny'],
  ['hotlink.referers', undefined, []],
  ['hotlink.referers', 'abc.com, *.ABC.com/shop', ['abc.com', '*.abc.com/shop']],
  ['hotlink.blankReferer', undefined, true],
  ['hotlink.blankReferer', 'false', false],
  ['play.page', 'signed', 'signed'],
];
for (const [name, text, value] of right) {
  test(`${name} ${text === undefined ? 'unset' : `“${text}”`} is ${JSON.stringify(value)}`, () => {
    const texts: SettingTexts = text === undefined ? {} : { [name]: text };
    const values = readTexts(texts, {}, (_, problem) => assert.fail(problem));
    assert.deepEqual(values[name], value);
  });
}

const wrong: [SettingTexts, SettingName[], RegExp][] = [
  [{ 'events.mode': 'push' }, ['events.mode'], /^events\.mode must be pull or callback$/],
  [{ 'events.mode': 'callback' }, ['events.mode'], /^events\.mode=callback needs events\.callbackUrl$/],
  // What was right when it was set may be missing something once another goes.
  [{ 'events.mode': 'callback' }, ['events.callbackUrl'], /needs events\.callbackUrl/],
  [{ 'events.callbackUrl': 'ftp://host/' }, ['events.callbackUrl'], /must begin with http/],
  [{ 'events.callbackUrl': 'nonsense' }, ['events.callbackUrl'], /must begin with http/],
  [{ 'quota.callsPerSecond': '0' }, ['quota.callsPerSecond'], /must be a whole number from 1 on, or off/],
  [{ 'covers.automatic': 'no' }, ['covers.automatic'], /must be on or off/],
  [{ 'quota.storageMiB': '1.5' }, ['quota.storageMiB'], /must be a whole number/],
  [{ 'hotlink.key': '1234567' }, ['hotlink.key'], /must be 8 to 20 letters and digits, or off/],
  [{ 'hotlink.key': 'x'.repeat(21) }, ['hotlink.key'], /must be 8 to 20/],
  [{ 'hotlink.key': 'with-dashes' }, ['hotlink.key'], /must be 8 to 20/],
  [{ 'hotlink.referers': 'http://abc.com' }, ['hotlink.referers'], /without http/],
  [{ 'hotlink.referers': 'a.com,,b.com' }, ['hotlink.referers'], /must be 1 to 10/],
  [{ 'hotlink.referers': 'a,b,c,d,e,f,g,h,i,j,k' }, ['hotlink.referers'], /must be 1 to 10/],
  [{ 'hotlink.referers': '*.*.*.com' }, ['hotlink.referers'], /must be 1 to 10/],
  [{ 'hotlink.refererMode': 'on' }, ['hotlink.refererMode'], /must be off, allow or deny/],
  [{ 'hotlink.refererMode': 'deny' }, ['hotlink.refererMode'], /=deny needs hotlink\.referers/],
  [{ 'hotlink.blankReferer': 'yes' }, ['hotlink.blankReferer'], /must be true or false/],
  [{ 'quota.tasks': 'many' }, ['quota.tasks'], /must be a whole number/],
  [{ 'transcode.defaults': '' }, ['transcode.defaults'], /must be definition ids/],
  [{ 'transcode.defaults': '20,,30' }, ['transcode.defaults'], /must be definition ids/],
  [{ 'transcode.defaults': '20,-1' }, ['transcode.defaults'], /must be definition ids/],
  [{ 'watermark.default': '1' }, ['watermark.default'], /must be a watermark template's id/],
  [
    { 'watermark.default': '1000002' },
    ['watermark.default'],
    /names watermark 1000002, which does not exist/,
  ],
  [{ 'transcode.defaults': '20,200' }, ['transcode.defaults'], /names definition 200, which does not exist/],
];
for (const [set, changed, problem] of wrong) {
  test(`${JSON.stringify(set)} is refused with a word on why`, async () => {
    const problems = await problemsOf('1', { set, changed, defaults: {} }, facts);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, problem);
  });
}

test('what is wrong already does not stand in the way of changing something else', async () => {
  const set: SettingTexts = { 'transcode.defaults': '200', 'events.mode': 'pull' };
  assert.deepEqual(await problemsOf('1', { set, changed: ['events.mode'], defaults: {} }, facts), []);
});
