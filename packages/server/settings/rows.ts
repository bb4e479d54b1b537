import type { Executor } from '../database/index.ts';
import { isSettingName, type SettingName, type SettingTexts } from './definitions.ts';
import { tables } from './tables.ts';

/** What was set, by application. Rows of settings that this version does not know are left alone. */
export async function selectSettings(db: Executor, appId?: string): Promise<Map<string, SettingTexts>> {
  const all = tables(db).selectFrom('settings').select(['app_id', 'name', 'value']);
  const rows = await (appId === undefined ? all : all.where('app_id', '=', appId)).execute();
  const byApplication = new Map<string, SettingTexts>();
  for (const { app_id, name, value } of rows) {
    const texts = byApplication.get(app_id) ?? {};
    if (isSettingName(name)) texts[name] = value;
    byApplication.set(app_id, texts);
  }
  return byApplication;
}

/** `value` null removes the row. */
export async function writeSetting(
  trx: Executor,
  appId: string,
  name: SettingName,
  value: string | null,
  now: number,
): Promise<void> {
  if (value === null) {
    await tables(trx).deleteFrom('settings').where('app_id', '=', appId).where('name', '=', name).execute();
    return;
  }
  await tables(trx)
    .insertInto('settings')
    .values({ app_id: appId, name, value, changed_at: now })
    .onConflict((conflict) => conflict.columns(['app_id', 'name']).doUpdateSet({ value, changed_at: now }))
    .execute();
}
