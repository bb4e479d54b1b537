import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { int, text } from '../../wire.ts';

export const ModifyClass = defineAction({
  name: 'ModifyClass',
  aliases: [],
  group: 'class',
  summary: 'Renames a class.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    classId: int().describe('Which class.'),
    className: text({ min: 1, max: 128 }).describe('New name.'),
  }),
  fieldNames: { name: 'className' },
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1905, meaning: 'class does not exist' },
    { code: 1907, meaning: 'a class of that name exists under the same parent' },
    ...internalErrors(1, 1021),
  ],
  example: {
    request: 'Action=ModifyClass&classId=100&className=test',
    response: { code: 0, message: '' },
  },
  notes: 'Only the name can change; a class cannot be moved under another parent.',
});
