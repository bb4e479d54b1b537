import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthViolations } from './growth.ts';

const ROOM = 'packages/server/room/room.ts';

const cases: [what: string, text: string, found: number, file?: string][] = [
  ['a Map in a field', 'class Room { readonly #guests = new Map<string, Guest>(); }', 1],
  [
    'a Map that a constructor puts into a field',
    'class Room { constructor() { this.guests = new Map(); } }',
    1,
  ],
  ['a Set in a field', 'class Room { #guests = new Set(); }', 1],
  ['a queue in a field', 'class Room { #waiting: Guest[] = []; }', 1],
  ['a Map of a file', 'const guests = new Map();', 1],
  ['a Map of a file, exported', 'export const guests = new Map();', 1],
  [
    'a Map with a reason above',
    'class Room {\n  /** bounded by: the chairs */\n  #guests = new Map();\n}',
    0,
  ],
  ['a Map with a reason behind', 'class Room {\n  #guests = new Map(); // bounded by: the chairs\n}', 0],
  [
    'a reason of several lines',
    '/**\n * Who is here.\n * bounded by: the chairs\n */\nconst guests = new Set();',
    0,
  ],
  ['a reason that is none', '// bounded by:\nconst guests = new Set();', 1],
  ['a comment that is no reason', '// Who is here.\nconst guests = new Set();', 1],
  ['the reason of another', '// bounded by: the chairs\nconst chairs = 4;\nconst guests = new Set();', 1],
  ['a BoundedMap', 'class Room { #guests = new BoundedMap({ maxEntries: 9 }); }', 0],
  ['a queue of work without an end', 'class Room { #work = new PQueue({ concurrency: 1 }); }', 1],
  ['a BoundedQueue', 'class Room { #work = new BoundedQueue("work", { atOnce: 1, mayWait: 9 }); }', 0],
  ['a list that is filled where it is made', 'const NAMES = new Set(["a", "b"]);', 0],
  ['what ends with a call', 'function seat() { const guests = new Map(); const list = []; }', 0],
  ['what a method makes', 'class Room { seat() { const guests = new Set(); } }', 0],
  [
    'a Map of a factory, which lives on',
    'export function createRoom() {\n  const guests = new Map();\n  return { seat() { guests.set(1, 2); } };\n}',
    1,
  ],
  ['a test', 'const guests = new Map();', 0, 'packages/server/room/room.test.ts'],
  ['another package', 'const guests = new Map();', 0, 'packages/sdk/src/room.ts'],
];

for (const [what, text, found, file = ROOM] of cases) {
  test(`${what}: ${found}`, () => assert.equal(growthViolations(file, text).length, found));
}
