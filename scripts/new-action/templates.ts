import { CONTRACT, HANDLERS } from '../places.ts';

/** What is written for a new action, by its path: a contract, a handler and a test that hold together as they are. */
export function filesOf(group: string, name: string, room: string): Map<string, string> {
  const folder = `packages/server/${room}/${HANDLERS}`;
  return new Map([
    [`${CONTRACT.folder}/actions/${group}/${name}.ts`, contract(group, name)],
    [`${folder}/${name}.ts`, handler(name)],
    [`${folder}/${name}.test.ts`, test(name)],
  ]);
}

/** `ClipVideo` → `clipVideo`: what its handler's file exports. */
export function handlerName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function contract(group: string, name: string): string {
  return `import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { fileId } from '../../wire.ts';

export const ${name} = defineAction({
  name: '${name}',
  aliases: [],
  group: '${group}',
  summary: 'Says in one sentence what the caller gets.',
  protocol: 'text',
  rateLimitPerMinute: null,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('The video.'),
  }),
  result: z.object({
    fileId: z.string().describe('The same video.'),
  }),
  errors: [{ code: 1000, meaning: 'invalid parameter' }],
  example: {
    request: 'Action=${name}&fileId=24961950000000001',
    response: { code: 0, message: '', fileId: '24961950000000001' },
  },
});
`;
}

function handler(name: string): string {
  return `import { ${name} } from '${CONTRACT.name}';
import { handler } from '../../common/v2/handler.ts';

/** Translates names, units and lists; what is done is done by a function of the room. */
export const ${handlerName(name)} = () => handler(${name}, async ({ fileId }) => ({ fileId }));
`;
}

function test(name: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../common/call.ts';
import { silentLogger } from '../../common/log.ts';
import { ${handlerName(name)} } from './${name}.ts';

const call: Call = { appId: '1250000001', now: 0, signal: new AbortController().signal, log: silentLogger };

test('${name} answers with the video that was asked for', async () => {
  assert.deepEqual(await ${handlerName(name)}().run({ fileId: '1' }, call), { fileId: '1' });
});
`;
}
