import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { ownerIsGone, ownerName } from './owner.ts';

test('a process that ended is gone; this one, and those elsewhere or unknown, are not', () => {
  const script = `import { ownerName } from ${JSON.stringify(path.join(import.meta.dirname, 'owner.ts'))};
    console.log(ownerName());`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    encoding: 'utf8',
  });
  const dead = stdout.trim();
  assert.match(dead, /^[A-Za-z0-9_-]+$/);
  assert.equal(ownerIsGone(dead), true);
  assert.equal(ownerIsGone(ownerName()), false);
  const parts = ownerName().split('_');
  assert.equal(ownerIsGone(['elsewhere', ...parts.slice(1)].join('_')), false);
  assert.equal(ownerIsGone([parts[0], '1', ...parts.slice(2)].join('_')), false, 'another id namespace');
  assert.equal(ownerIsGone([...parts.slice(0, -1), '00000000'].join('_')), true, 'our id, used before us');
  assert.equal(ownerIsGone([...parts.slice(0, -2), String(process.ppid), '0'].join('_')), false);
  for (const word of ['', 'nonsense', 'a/b']) assert.equal(ownerIsGone(word), false);
});
