import { CreateSimpleAesTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { EncryptionActionDeps } from './deps.ts';

export const createSimpleAesTemplate = ({ templates }: EncryptionActionDeps) =>
  handler(CreateSimpleAesTemplate, async ({ get_key_url: keyUrl }, { appId, now }) => {
    const { id } = await templates.create(appId, 'encryption', { body: { keyUrl } }, now);
    return { data: { definition: id } };
  });
