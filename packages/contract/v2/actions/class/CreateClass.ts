import { z } from 'zod';
import { defineAction } from '../../action.ts';
import { int, text, withDefault } from '../../wire.ts';

export const CreateClass = defineAction({
  name: 'CreateClass',
  aliases: [],
  group: 'class',
  summary: 'Creates a class (a category) of videos. Videos are put in one with ModifyVodInfo or at upload.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  repeatable: false,
  events: [],
  params: z.object({
    className: text({ min: 1, max: 128 }).describe('Name of the class.'),
    parentId: withDefault(int({ min: -1 }), -1).describe('Parent class; -1 makes a first-level class.'),
  }),
  fieldNames: { name: 'className' },
  result: z.object({
    newClassId: z.string().describe('Id of the new class, as text.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1903, meaning: 'no class may be created below the default class' },
    { code: 1904, meaning: 'parent class does not exist (our choice)' },
    { code: 1907, meaning: 'a class of that name exists under the same parent (our choice)' },
  ],
  example: {
    request: 'Action=CreateClass&className=test&parentId=-1',
    response: { code: 0, message: '', newClassId: '250' },
  },
  notes:
    'Class 0 is the built-in default class. The documents name no limits; names have up to 128 characters here.',
});
