import { Report } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';

export const report = () =>
  handler(Report, async ({ errCode = 0, speed, fileId, platform, version }, { appId, log }) => {
    log[errCode === 0 ? 'debug' : 'info'](
      { app: appId, file: fileId, errCode, speed, platform, version },
      'an uploader reports',
    );
    return {};
  });
