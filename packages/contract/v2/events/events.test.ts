import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVENTS, eventEnvelope, ProcedureStateChanged } from '../index.ts';

for (const event of EVENTS) {
  test(`every field of the example of ${event.name} is in its schema`, () => {
    assert.deepEqual(event.data.parse(event.example), event.example);
  });
}

test('a finished sub-task without its status is not a valid event', () => {
  const example = structuredClone(ProcedureStateChanged.example) as {
    processTaskList: Record<string, unknown>[];
  };
  delete example.processTaskList[0]?.status;
  assert.equal(ProcedureStateChanged.data.safeParse(example).success, false);
});

test('an event travels in an envelope of version "4.0", as text', () => {
  assert.deepEqual(eventEnvelope('FileDeleted', { status: 0 }), {
    version: '4.0',
    eventType: 'FileDeleted',
    data: { status: 0 },
  });
});
