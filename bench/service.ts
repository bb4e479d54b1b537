/** The account that benches call the service with. */
export const KEY = { appId: '1250000001', secretId: 'AKIDbench', secretKey: 'sk_bench_0123456789' };

/** Settings of a service on its embedded defaults, with its data in `dataDir`, on a free port. */
export function serviceSettings(dataDir: string): Record<string, string> {
  return {
    OPENVOD_PORT: '0',
    OPENVOD_DATA_DIR: dataDir,
    OPENVOD_APP_ID: KEY.appId,
    OPENVOD_SECRET_ID: KEY.secretId,
    OPENVOD_SECRET_KEY: KEY.secretKey,
    OPENVOD_LOG_LEVEL: 'warn',
  };
}
