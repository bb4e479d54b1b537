import { ModifySimpleAesTemplate } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { EncryptionActionDeps } from './deps.ts';

export const modifySimpleAesTemplate = ({ templates }: EncryptionActionDeps) =>
  handler(ModifySimpleAesTemplate, async ({ definition, get_key_url: keyUrl }, { appId, now }) => {
    await templates.change(appId, 'encryption', definition, { body: { keyUrl } }, now);
    return { data: { definition } };
  });
