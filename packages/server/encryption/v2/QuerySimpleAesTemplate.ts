import { QuerySimpleAesTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { EncryptionActionDeps } from './deps.ts';

export const querySimpleAesTemplate = ({ database, templates }: EncryptionActionDeps) =>
  handler(QuerySimpleAesTemplate, async (_, { appId }) => {
    const listed = await templates.list(database.db, appId, 'encryption');
    return { data: listed.map(({ id, body }) => ({ definition: id, get_key_url: body.keyUrl })) };
  });
