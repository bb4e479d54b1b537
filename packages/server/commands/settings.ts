/** `openvod settings`: the settings of an application, on the database that the environment names. */
import { parseArgs } from 'node:util';
import { type SettingsRequest, settingLine, settingsRequest, settingsUsage } from '../settings/index.ts';
import { applicationOf, command, onDatabase, settingsOn } from './operator.ts';

const OPTIONS = {
  app: { type: 'string' },
  domain: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await command(async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) process.stdout.write(settingsUsage());
  else await run(settingsRequest(positionals), values);
});

async function run(
  { changes, shown }: SettingsRequest,
  { app, domain, json }: { app?: string | undefined; domain?: string | undefined; json: boolean },
): Promise<void> {
  await onDatabase(async (database, config) => {
    const appId = await applicationOf(database, app ?? config.appId);
    const settings = settingsOn(database, config);
    await settings.change(appId, changes, domain);
    for (const setting of await settings.list(appId, domain)) {
      if (shown.includes(setting.name)) process.stdout.write(`${settingLine(setting, json)}\n`);
    }
  });
}
