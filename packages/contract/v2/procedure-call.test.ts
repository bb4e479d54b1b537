import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ProcedureCall,
  ProcedureSyntaxError,
  type ProcedureValue,
  parseProcedureCall,
  printProcedureCall,
} from './procedure-call.ts';

const simple = (...values: ProcedureValue[]): ProcedureCall => ({
  name: 'QCVB_SimpleProcessFile',
  arguments: values,
});

test('the calls of the documents, and of public code', () => {
  const cases: [text: string, call: ProcedureCall][] = [
    ['QCVB_SimpleProcessFile', simple()],
    ['QCVB_SimpleProcessFile()', simple()],
    ['QCVB_SimpleProcessFile(1, 1)', simple(1, 1)],
    ['QCVB_SimpleProcessFile(0, 0, 10)', simple(0, 0, 10)],
    ['QCVB_SimpleProcessFile({210,220}, 10, 10, 10)', simple([210, 220], 10, 10, 10)],
    ['QCVB_SimpleProcessFile({10, 20}, 150, 10, 10)', simple([10, 20], 150, 10, 10)],
    ['QCVB_SimpleProcessFile(30,1,10,10)', simple(30, 1, 10, 10)],
    ['MyFirstProcedure(5)', { name: 'MyFirstProcedure', arguments: [5] }],
    ['  QCVB_SimpleProcessFile ( { 210 ,\t220 } ,nil,\n10 ) ', simple([210, 220], null, 10)],
    [`f("a\\"b\\n\\065", 'it''s')`.replace("''", "\\'"), { name: 'f', arguments: ['a"b\nA', "it's"] }],
    ['f(true, false, {}, {{1}, {}}, -2.5e3)', { name: 'f', arguments: [true, false, [], [[1], []], -2500] }],
  ];
  for (const [text, call] of cases) assert.deepEqual(parseProcedureCall(text), call, text);
});

test('what is no call is refused, with a word on where', () => {
  const cases: [text: string, problem: RegExp][] = [
    ['', /the name of a procedure is expected at character 1, not the end/],
    ['1f()', /the name of a procedure/],
    ['f(', /a number, a text, true, false, nil or a table is expected at character 3, not the end/],
    ['f(1', /a comma or a closing bracket/],
    ['f(1,)', /a number/],
    ['f({1)', /a comma or a closing bracket/],
    ['f(1) g', /the end is expected at character 6, not “g”/],
    ['f 1', /\( or the end/],
    ['f(0x10)', /a number, a text/],
    ['f(1.2.3)', /a number, a text/],
    ['f(nile)', /a number, a text/],
    ['f(g())', /a number, a text/],
    ['f({a = 1})', /a number, a text/],
    ['f("a)', /a number, a text/],
    ['f("\\q")', /\\q is no character/],
    ['f("\\999")', /\\999 is no character/],
    ['f(1e999)', /a smaller number/],
    [`f(${'{'.repeat(20)}`, /more than 8 tables/],
    [`f(${'1,'.repeat(4000)}1)`, /more than 4096 characters/],
  ];
  for (const [text, message] of cases)
    assert.throws(() => parseProcedureCall(text), { name: 'ProcedureSyntaxError', message }, text);
});

const { value } = fc.letrec<{ value: ProcedureValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 7, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
}));
const call = fc.record(
  {
    name: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/),
    arguments: fc.array(value, { maxLength: 4 }),
  },
  { noNullPrototype: true },
);

test('every call is read from what it is printed as, and printed as it was read', () => {
  fc.assert(
    fc.property(call, (call) => {
      const text = printProcedureCall(call);
      fc.pre(text.length <= 4096);
      assert.deepEqual(parseProcedureCall(text), call);
      assert.equal(printProcedureCall(parseProcedureCall(text)), text);
    }),
  );
});

test('no text makes the parser throw anything but its own error', () => {
  const pieces = fc.constantFrom(
    ...'f(){},"\'\\ \n019.-+eEnx=',
    'nil',
    'true',
    'QCVB_SimpleProcessFile',
    '\0',
    '\ud800',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      let parsed: ProcedureCall;
      try {
        parsed = parseProcedureCall(text);
      } catch (error) {
        assert.ok(error instanceof ProcedureSyntaxError, String(error));
        return;
      }
      assert.deepEqual(parseProcedureCall(printProcedureCall(parsed)), parsed);
    }),
    { numRuns: 2000 },
  );
});
