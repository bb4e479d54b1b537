import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../core/sessions.ts';
import { type Announcement, type Decision, decide, newSession } from './announce.ts';

const TTL = 1000;
const NOW = 10_000;

const cases: [Session['status'] | 'none', number, boolean, Decision][] = [
  // status, age, instant upload → decision
  ['none', 0, false, 'restart'],
  ['none', 0, true, 'restart'],
  ['open', 0, false, 'continue'],
  ['open', TTL, true, 'continue'],
  ['open', TTL + 1, false, 'restart'],
  ['sealed', TTL, false, 'continue'],
  ['sealed', TTL + 1, false, 'restart'],
  ['done', 0, false, 'restart'],
  ['done', 0, true, 'finished'],
  ['done', TTL + 1, true, 'restart'],
];

for (const [status, age, instant, decision] of cases) {
  test(`${status}, ${age} ms old, instant upload ${instant ? 'on' : 'off'}: ${decision}`, () => {
    const existing = status === 'none' ? undefined : { status, touched_at: NOW - age };
    assert.equal(decide(existing, NOW, { ttlMs: TTL, instant }), decision);
  });
}

const NO_WISHES = { watermark: null, procedure: null };

test('a file gets its id, and by that its place in the store, when it is announced', () => {
  const file: Announcement = {
    appId: '1250000001',
    sha1: 'a'.repeat(40),
    size: 1,
    partSize: 524_288,
    name: '../../etc/passwd',
    type: 'mp4',
    classId: 0,
    tags: [],
    transcode: false,
    snapshots: false,
    watermark: false,
    procedure: null,
    coverOf: null,
    sourceType: 'ServerUpload' as const,
  };
  const video = newSession(file, NO_WISHES, NOW);
  assert.equal(video.object_key, `vod1250000001/${video.file_id}/f0.mp4`);
  const cover = newSession({ ...file, type: 'png', coverOf: '77' }, NO_WISHES, NOW);
  assert.equal(cover.object_key, `vod1250000001/77/${cover.file_id}.png`);
});
