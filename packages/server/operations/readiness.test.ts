import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { Impaired } from './index.ts';
import { readinessOf } from './readiness.ts';

const fine = { name: 'fine', check: async () => {} };
const broken = (name: string, error: Error) => ({ name, check: () => Promise.reject(error) });

test('each dependency is told of by itself, with a reason that is meant for strangers', async () => {
  const dependencies = [
    fine,
    broken('storage', new Error('secret bucket')),
    broken('database', new Impaired('its files are gone', { serves: false })),
  ];
  assert.deepEqual(await readinessOf(dependencies, silentLogger), {
    ready: false,
    failing: ['database', 'storage'],
    checks: {
      fine: { ok: true },
      storage: { ok: false, why: 'does not answer; the log says why' },
      database: { ok: false, why: 'its files are gone' },
    },
  });
});

test('what impairs a node without keeping it from serving leaves it ready', async () => {
  const full = broken('disk', new Impaired('less than 1 MiB', { serves: true }));
  const { ready, checks } = await readinessOf([fine, full], silentLogger);
  assert.equal(ready, true);
  assert.deepEqual(checks.disk, { ok: false, why: 'less than 1 MiB' });
});

test('one that does not answer in time fails', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const silent = { name: 'silent', check: () => new Promise<void>(() => {}) };
  const asked = readinessOf([silent], silentLogger);
  mock.timers.tick(3000);
  assert.deepEqual((await asked).checks.silent, { ok: false, why: 'no answer in 3 s' });
});
