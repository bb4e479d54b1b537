import type { Executor } from '../database/index.ts';
import { isSettingName, type SettingName, type SettingTexts } from './definitions.ts';
import { tables } from './tables.ts';

/** What was set, by application. Rows of settings that this version does not know are left alone. */
export async function selectSettings(db: Executor, appId?: string): Promise<Map<string, SettingTexts>> {
  const all = tables(db).selectFrom('settings').select(['app_id', 'name', 'value']);
  const rows = await (appId === undefined ? all : all.where('app_id', '=', appId)).execute();
  return textsBy(rows, ({ app_id }) => app_id);
}

/** What was set for domains of an application, or of all, by `scopeOf` both. */
export async function selectDomainSettings(db: Executor, appId?: string): Promise<Map<string, SettingTexts>> {
  const all = tables(db).selectFrom('domain_settings').select(['app_id', 'domain', 'name', 'value']);
  const rows = await (appId === undefined ? all : all.where('app_id', '=', appId)).execute();
  return textsBy(rows, ({ app_id, domain }) => scopeOf(app_id, domain));
}

/** A domain of an application as one text. */
export function scopeOf(appId: string, domain: string): string {
  return `${appId} ${domain}`;
}

/** Where a setting stands: in an application, or in one domain of it. */
export interface Place {
  appId: string;
  /** Null: the application. */
  domain: string | null;
}

/** `value` null removes the row. */
export async function writeSetting(
  trx: Executor,
  { appId, domain }: Place,
  name: SettingName,
  value: string | null,
  now: number,
): Promise<void> {
  if (value === null) return removeSetting(trx, { appId, domain }, name);
  const row = { app_id: appId, name, value, changed_at: now };
  if (domain === null) {
    await tables(trx)
      .insertInto('settings')
      .values(row)
      .onConflict((conflict) => conflict.columns(['app_id', 'name']).doUpdateSet({ value, changed_at: now }))
      .execute();
    return;
  }
  await tables(trx)
    .insertInto('domain_settings')
    .values({ ...row, domain })
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'domain', 'name']).doUpdateSet({ value, changed_at: now }),
    )
    .execute();
}

async function removeSetting(trx: Executor, { appId, domain }: Place, name: SettingName): Promise<void> {
  if (domain === null) {
    await tables(trx).deleteFrom('settings').where('app_id', '=', appId).where('name', '=', name).execute();
    return;
  }
  await tables(trx)
    .deleteFrom('domain_settings')
    .where('app_id', '=', appId)
    .where('domain', '=', domain)
    .where('name', '=', name)
    .execute();
}

function textsBy<R extends { name: string; value: string }>(
  rows: readonly R[],
  keyOf: (row: R) => string,
): Map<string, SettingTexts> {
  const byKey = new Map<string, SettingTexts>();
  for (const row of rows) {
    const texts = byKey.get(keyOf(row)) ?? {};
    if (isSettingName(row.name)) texts[row.name] = row.value;
    byKey.set(keyOf(row), texts);
  }
  return byKey;
}
