import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncalledMethods } from './members.ts';

const ROOM = 'packages/server/room/room.ts';
const INTERFACE = 'interface Room { enter(): void }';

const cases: [what: string, sources: Record<string, string>, found: number][] = [
  ['a method that nobody calls', { [ROOM]: INTERFACE }, 1],
  ['a method in the form of a property', { [ROOM]: 'interface Room { enter: () => void }' }, 1],
  ['a property', { [ROOM]: 'interface Room { size: number }' }, 0],
  ['a method that its own file calls', { [ROOM]: `${INTERFACE}\nroom.enter();` }, 0],
  ['a method that another file calls', { [ROOM]: INTERFACE, 'packages/server/main.ts': 'room.enter();' }, 0],
  ['a method that a bench calls', { [ROOM]: INTERFACE, 'bench/room.ts': 'room.enter();' }, 0],
  [
    'a method that is taken out',
    { [ROOM]: INTERFACE, 'packages/server/main.ts': 'const { enter } = room;' },
    0,
  ],
  ['a method that is only carried out', { [ROOM]: `${INTERFACE}\nconst room = { enter() {} };` }, 1],
  [
    'a method that only a test calls',
    { [ROOM]: INTERFACE, 'packages/server/room/room.test.ts': 'room.enter();' },
    1,
  ],
  ['a method that only e2e calls', { [ROOM]: INTERFACE, 'e2e/room.ts': 'room.enter();' }, 1],
  ['a method of a class', { [ROOM]: 'class Room { enter() {} }' }, 1],
  ['a method that other code asks of a class', { [ROOM]: 'class Room extends Base { enter() {} }' }, 0],
  ['a method of a promise', { [ROOM]: 'class Room implements Driver { enter() {} }' }, 0],
  ['a constructor', { [ROOM]: 'class Room { constructor() {} }' }, 0],
  ['a symbol', { [ROOM]: 'interface Room { [Symbol.dispose](): void }' }, 0],
  ['a method of the SDK', { 'packages/sdk/src/client.ts': 'class Client { call() {} }' }, 0],
];

for (const [what, sources, found] of cases) {
  test(`${what}: ${found}`, () =>
    assert.equal(uncalledMethods(new Map(Object.entries(sources))).length, found));
}
