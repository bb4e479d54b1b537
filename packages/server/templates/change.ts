import { checkedText } from '../common/checked-text.ts';
import { Refused } from '../common/faults/refused.ts';
import { dialectOf, type Executor } from '../database/index.ts';
import { checkedBody } from './checked-body.ts';
import { kindOf, type TemplateKind } from './kinds/all.ts';
import { patched } from './patch.ts';
import { firstOwnId, presetOf } from './presets.ts';
import { toTemplate } from './row.ts';
import { tables } from './tables.ts';
import type { NewTemplate, Template, TemplateChange } from './types.ts';

/** See `Templates.create`. */
export async function createTemplate<K extends TemplateKind>(
  trx: Executor,
  appId: string,
  kind: K,
  { name = '', description = '', body }: NewTemplate<K>,
  now: number,
): Promise<Template<K>> {
  const checked = checkedBody(kind, body);
  const row = {
    app_id: appId,
    kind,
    id: await nextId(trx, appId, kind),
    name: checkedText('name', name),
    description: checkedText('description', description),
    body: JSON.stringify(checked),
    created_at: now,
    updated_at: now,
  };
  await refuseTooMany(trx, appId, kind);
  await tables(trx).insertInto('templates').values(row).execute();
  return toTemplate(kind, row);
}

/** See `Templates.change`. */
export async function changeTemplate<K extends TemplateKind>(
  trx: Executor,
  appId: string,
  kind: K,
  id: number,
  change: TemplateChange<K>,
  now: number,
): Promise<Template<K>> {
  refusePreset(kind, id);
  const query = tables(trx)
    .selectFrom('templates')
    .selectAll()
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .where('id', '=', id);
  // Two changes at once both count. SQLite has one writer at a time and needs no lock.
  const locked = dialectOf(trx) === 'postgres' ? query.forUpdate() : query;
  const before = await locked.executeTakeFirst();
  if (!before) throw templateNotFound(id);
  const { name = before.name, description = before.description } = change;
  const body = change.bodyFrom?.(toTemplate<K>(kind, before).body) ?? change.body;
  const row = {
    ...before,
    name: checkedText('name', name),
    description: checkedText('description', description),
    // What was kept, not what was read of it: the patch alone says what changes.
    body: body ? JSON.stringify(checkedBody(kind, patched(JSON.parse(before.body), body))) : before.body,
    updated_at: now,
  };
  await tables(trx)
    .updateTable('templates')
    .set({ name: row.name, description: row.description, body: row.body, updated_at: now })
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute();
  return toTemplate(kind, row);
}

/** See `Templates.remove`. */
export async function removeTemplate(
  trx: Executor,
  appId: string,
  kind: TemplateKind,
  id: number,
): Promise<void> {
  refusePreset(kind, id);
  const { numDeletedRows } = await tables(trx)
    .deleteFrom('templates')
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw templateNotFound(id);
}

/** New templates of a kind in one application take turns: what this locks, it holds until the transaction ends. */
async function nextId(trx: Executor, appId: string, kind: TemplateKind): Promise<number> {
  const given = await tables(trx)
    .insertInto('template_ids')
    .values({ app_id: appId, kind, last_id: firstOwnId(kind) })
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'kind'])
        .doUpdateSet((row) => ({ last_id: row('template_ids.last_id', '+', 1) })),
    )
    .returning('last_id')
    .executeTakeFirstOrThrow();
  return given.last_id;
}

/** To be called in one's turn. */
async function refuseTooMany(trx: Executor, appId: string, kind: TemplateKind): Promise<void> {
  const { limit } = kindOf(kind);
  const { count } = await tables(trx)
    .selectFrom('templates')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  if (Number(count) >= limit)
    throw new Refused('template.limit', `an application has at most ${limit} ${kind} templates of its own`);
}

function refusePreset(kind: TemplateKind, id: number): void {
  if (presetOf(kind, id))
    throw new Refused('template.builtIn', `${id} is a preset and cannot be changed`, { field: 'id' });
}

function templateNotFound(id: number): Refused {
  return new Refused('template.notFound', `there is no template ${id}`, { field: 'id' });
}
