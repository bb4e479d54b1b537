import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';

const ClassNode = z
  .object({
    info: z
      .object({
        id: z.number().int().describe('Class id; a number here, text in DescribeClass.'),
        parent_id: z.number().int().describe('Parent class; -1 on the first level.'),
        name: z.string(),
        level: z.number().int().describe('0 on the first level, 1 below it, and so on.'),
        file_num: z.number().int().describe('Videos in the class itself.'),
      })
      .describe('The class itself.'),
    get subclass(): z.ZodArray<typeof ClassNode> {
      return z.array(ClassNode);
    },
  })
  .meta({ typeName: 'ClassNode' });

export const DescribeAllClass = defineAction({
  name: 'DescribeAllClass',
  aliases: ['GetClassHierarchy'],
  group: 'class',
  summary: "Returns the account's whole class tree.",
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({}),
  result: z.object({
    data: z.array(ClassNode).describe('First-level classes, each with its children in subclass.'),
  }),
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 1905, meaning: 'the account has no class' },
    ...internalErrors(1907, 2000),
  ],
  example: {
    request: 'Action=DescribeAllClass',
    response: {
      code: 0,
      message: '',
      data: [
        {
          info: { id: 149, parent_id: -1, name: 'test', level: 0, file_num: 0 },
          subclass: [
            { info: { id: 213, parent_id: 149, name: 'second', level: 1, file_num: 0 }, subclass: [] },
          ],
        },
      ],
    },
  },
  notes:
    'Field names are in snake case here, unlike the rest of the API. Ids are numbers here and text in DescribeClass. An account without classes gets an empty list.',
});
