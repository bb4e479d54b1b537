import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Caller } from './caller.ts';

/** Asks until the task is finished. Rejects when it is not after two minutes. */
export async function finished(call: Caller, vodTaskId: string): Promise<Answer> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const task = await call('GetTaskInfo', { vodTaskId });
    assert.equal(task.code, 0, task.message);
    if (task.status === 'FINISHED') return task;
    assert.ok(Date.now() < deadline, `${vodTaskId} is still ${task.status}`);
    await sleep(100);
  }
}
