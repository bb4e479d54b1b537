import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACTIONS,
  type Action,
  actionByName,
  isOffered,
  isOfLaterGeneration,
  type Pair,
  PLANNED_ACTIONS,
  parseParams,
  splitCommon,
} from './index.ts';

const ENVELOPE = ['code', 'message', 'codeDesc', 'canRetry'];

for (const action of ACTIONS) {
  test(`the example request of ${action.name} is valid and names the action`, () => {
    const split = splitCommon(pairsOf(action.example.request));
    assert.ok(split.ok);
    assert.equal(actionByName(split.common.action ?? ''), action);
    const parsed = parseParams(action, split.tree);
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  });

  test(`every field of the example answers of ${action.name} is in its result`, () => {
    for (const response of [action.example.response, ...Object.values(action.example.otherResponses ?? {})]) {
      const result = action.result.parse(response);
      assert.deepEqual(withoutEnvelope(result), withoutEnvelope(response));
    }
  });
}

test('names and aliases are those of one action each', () => {
  const names = [...ACTIONS, ...PLANNED_ACTIONS].flatMap(({ name, aliases }) => [name, ...aliases]);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.ok(!isOfLaterGeneration(name), name);
});

test('actions are found by name, by alias and with a small first letter', () => {
  assert.equal(actionByName('DescribeVodInfo')?.name, 'DescribeVodInfo');
  assert.equal(actionByName('describeVodInfo')?.name, 'DescribeVodInfo');
  assert.equal(actionByName('GetVideoInfoBatch')?.name, 'DescribeVodInfo');
  assert.equal(actionByName('pullVodEvent')?.name, 'PullEvent');
  for (const name of ['', 'describevodinfo', 'constructor', '__proto__']) {
    assert.equal(actionByName(name), undefined, name);
  }
});

test('actions of the original that are not offered are told from unknown ones', () => {
  for (const name of ['GetVodTask', 'getVodTask', 'SetWaitingTask']) {
    const action = actionByName(name);
    assert.ok(action && !isOffered(action), name);
  }
  assert.equal(actionByName('MakeCoffee'), undefined);
  assert.ok(isOfLaterGeneration('DescribeMediaInfos'));
  assert.ok(!isOfLaterGeneration('MakeCoffee'));
});

test('a code for a parameter is on the page of its action', () => {
  for (const { name, fieldCodes = {}, errors } of ACTIONS as Action[]) {
    const documented = errors.map(({ code }) => code);
    for (const code of Object.values(fieldCodes)) assert.ok(documented.includes(code), `${name}: ${code}`);
  }
});

test('the parameters that an action ignores are not among those it reads', () => {
  const ignoring: Action[] = ACTIONS.filter(({ ignored }) => ignored !== undefined);
  assert.ok(ignoring.length > 0);
  for (const action of ignoring) {
    const { tree } = splitOf(action.example.request);
    const before = parseParams(action, tree);
    const after = parseParams(
      action,
      splitOf(`${action.example.request}&${action.ignored?.map((name) => `${name}=~`).join('&')}`).tree,
    );
    assert.deepEqual(after, before, action.name);
  }
});

function splitOf(query: string) {
  const split = splitCommon(pairsOf(query));
  assert.ok(split.ok);
  return split;
}

function pairsOf(query: string): Pair[] {
  return [...new URLSearchParams(query)];
}

function withoutEnvelope(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value as object).filter(([name]) => !ENVELOPE.includes(name)));
}
