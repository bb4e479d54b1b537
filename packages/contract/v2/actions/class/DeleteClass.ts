import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { int } from '../../wire.ts';

export const DeleteClass = defineAction({
  name: 'DeleteClass',
  aliases: [],
  group: 'class',
  summary: 'Deletes a class together with the classes below it; their videos move to the default class.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    classId: int().describe('Which class.'),
  }),
  result: z.object({}),
  errors: [
    { code: 1000, meaning: 'invalid parameter; also the default class, which cannot be deleted' },
    { code: 1904, meaning: 'parent class does not exist' },
    { code: 1905, meaning: 'class does not exist' },
    ...internalErrors(2000),
  ],
  example: {
    request: 'Action=DeleteClass&classId=108',
    response: { code: 0, message: '' },
  },
  notes: 'What becomes of sub-classes and videos is our choice; the documents are silent.',
});
