/** What the pages say of /metrics is what a server says, and the other way round. */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningService, startService } from './harness.ts';
import { announcement } from './testing/upload.ts';

const root = path.resolve(import.meta.dirname, '..');
let service: RunningService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

const metrics = async () => (await fetch(`${service.url}/metrics`)).text();

async function served(): Promise<Set<string>> {
  return new Set([...(await metrics()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
}

/** Metrics that a page names; of a histogram its series are named too. */
async function namedIn(file: string): Promise<string[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  const names = text.match(/\b(openvod|nodejs|process)_[a-z0-9_]+\b(?!_)/g) ?? [];
  return names.filter((name) => !NOT_METRICS.has(name));
}

/** What else looks like one: the SDK's `RequestClient`. */
const NOT_METRICS = new Set(['openvod_sdk_0']);

// The first: what is counted is kept for 5 s.
test('an upload that has begun is counted', async () => {
  await service.call.upload('InitUpload', announcement(Buffer.alloc(5_000_000)));
  const text = await metrics();
  assert.match(text, /^openvod_uploads_open 1$/m);
  assert.match(text, /^openvod_task_flows\{status="waiting"\} 0$/m);
  assert.match(text, /^openvod_calls_total\{action="InitUpload"/m);
});

test('every metric that a page names is served', async () => {
  const names = await served();
  const pages = await Array.fromAsync(glob(['docs/**/*.md', '*.md'], { cwd: root }));
  assert.ok(pages.includes('docs/operations.md'));
  for (const page of pages) {
    for (const name of await namedIn(page)) {
      assert.ok(names.has(name.replace(/_(bucket|sum|count)$/, '')) || names.has(name), `${page}: ${name}`);
    }
  }
});

test('every metric of ours that is served is in docs/operations.md', async () => {
  const told = new Set(await namedIn('docs/operations.md'));
  const ours = [...(await served())].filter((name) => name.startsWith('openvod_'));
  assert.ok(ours.length > 0);
  assert.deepEqual(
    ours.filter((name) => !told.has(name)),
    [],
  );
});
