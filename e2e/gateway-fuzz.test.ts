import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS, PUBLIC_ERRORS } from '@openvod/contract/v2';
import fc from 'fast-check';
import { silentLogger } from '../packages/server/common/log.ts';
import type { ActionHandler } from '../packages/server/common/v2/handler.ts';
import { KEY, openGateway } from '../packages/server/gateway/testing/open-gateway.ts';
import { callOf, send } from '../packages/server/gateway/testing/signed-calls.ts';
import { brokenRequest, bytesOf, exchange } from './testing/broken-requests.ts';

const REQUESTS = 20_400;
const AT_ONCE = 32;

/** Every action of the contract; the body of an upload call is read to its end. */
const handlers: ActionHandler[] = ACTIONS.map((action) => ({
  action,
  run: async (params, { body }) => {
    let bytes = 0;
    if (body) for await (const chunk of body) bytes += (chunk as Buffer).length;
    return { params, bytes };
  },
}));

test(`${REQUESTS} generated requests: no 5xx, no 6000, no hang, nothing unhandled`, async (t) => {
  const seed = Number(process.env.OPENVOD_TEST_SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const faults: unknown[] = [];
  const keep = (fault: unknown) => void faults.push(fault);
  process.on('unhandledRejection', keep);
  t.after(() => process.off('unhandledRejection', keep));
  const log = { ...silentLogger, error: keep, warn: keep, child: () => log } as typeof silentLogger;
  await using gateway = await openGateway({ actions: handlers, log });

  const codes = new Map<string, number>();
  let sent = 0;
  async function sendSome(worker: number): Promise<void> {
    for (let batch = 0; sent < REQUESTS; batch++) {
      for (const one of fc.sample(brokenRequest, { seed: seed + worker * 100_000 + batch, numRuns: 100 })) {
        const bytes = bytesOf(one, KEY);
        sent++;
        const text = await exchange(gateway.port, bytes);
        const wrong =
          /^HTTP\/1\.1 5\d\d/m.test(text) || text.includes(`"code":${PUBLIC_ERRORS.InternalError}`);
        assert.ok(!wrong, `${JSON.stringify(bytes.toString('latin1'))}\nanswered\n${text}`);
        const [, status, code] = /^HTTP\/1\.1 (\d+)(?:.*?"code":(-?\d+))?/s.exec(text) ?? [];
        const answer = status === '200' ? String(code) : `HTTP ${status}`;
        codes.set(answer, (codes.get(answer) ?? 0) + 1);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => sendSome(worker)));
  t.diagnostic(`answers: ${JSON.stringify(Object.fromEntries([...codes].sort()))}`);
  assert.deepEqual(faults, []);
  // The generator is worth nothing unless it reaches every step.
  for (const code of ['0', '4000', '4100', '4104', '6100', '-10001', '-10002', '-10003']) {
    assert.ok(codes.has(code), `no request was answered with ${code}`);
  }
  const { json } = await send({ port: gateway.port }, callOf({ Action: 'DescribeAllClass' }));
  assert.equal(json.code, 0);
});
