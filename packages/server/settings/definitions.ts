import { PROTECTION_SETTINGS } from './protection.ts';

/** What only the running service knows of a value. */
export interface SettingFacts {
  /** Whether an application can ask for this transcode definition. */
  hasDefinition(appId: string, id: number): boolean | Promise<boolean>;
  /** Whether it has this watermark template. */
  hasWatermark(appId: string, id: number): boolean | Promise<boolean>;
}

/** A setting of an application: an operator changes it while the service runs. */
export interface ApplicationSetting<T> {
  /** The environment variable that holds its default. */
  variable: string;
  /** The default where the variable is unset, as the manual shows it; empty for none. */
  shownDefault: string;
  /** What a value looks like, for the manual. */
  values: string;
  meaning: string;
  /** Whether a domain of the application can have a value of its own. */
  perDomain?: true;
  /** `text` is undefined when it was set nowhere. Throws an Error that says what would be right. */
  read(text: string | undefined): T;
  /** Resolves to what is wrong with a value of the right form; null for nothing. */
  check?(value: T, appId: string, facts: SettingFacts): Promise<string | null>;
}

/** Every setting of an application; adding one is adding an entry. Help, manual and configuration are made from this table. */
export const APPLICATION_SETTINGS = {
  'events.mode': {
    variable: 'OPENVOD_EVENT_MODE',
    shownDefault: 'pull',
    values: '`pull` or `callback`',
    meaning: '`pull` keeps events for PullEvent, `callback` posts them to `events.callbackUrl`.',
    read: (text = 'pull') => {
      if (text !== 'pull' && text !== 'callback') throw new Error('must be pull or callback');
      return text;
    },
  } satisfies ApplicationSetting<'pull' | 'callback'>,

  'events.callbackUrl': {
    variable: 'OPENVOD_CALLBACK_URL',
    shownDefault: '',
    values: 'an http(s) address',
    meaning: 'Where events are posted in callback mode. It is trusted: it may be a private address.',
    read: (text) => {
      if (text !== undefined && !isHttpUrl(text)) throw new Error('must begin with http:// or https://');
      return text;
    },
  } satisfies ApplicationSetting<string | undefined>,

  'transcode.defaults': {
    variable: 'OPENVOD_TRANSCODE_DEFAULTS',
    shownDefault: '20,30,220,230',
    values: 'definition ids, comma separated',
    meaning: 'Definitions that ConvertVodFile and `isTranscode=1` make.',
    read: (text = '20,30,220,230') => {
      const ids = text.split(',').map((id) => Number(id.trim() || Number.NaN));
      if (ids.some((id) => !Number.isInteger(id) || id < 1)) {
        throw new Error('must be definition ids such as 20,30,220');
      }
      return [...new Set(ids)];
    },
    check: async (ids, appId, facts) => {
      for (const id of ids) {
        if (!(await facts.hasDefinition(appId, id))) return `names definition ${id}, which does not exist`;
      }
      return null;
    },
  } satisfies ApplicationSetting<number[]>,

  'upload.verifyKey': {
    variable: 'OPENVOD_UPLOAD_VERIFY_KEY',
    shownDefault: '',
    values: 'any text',
    meaning: 'Signs `verify_content` of FinishUploadEx, with which a server can check what devices report.',
    read: (text) => {
      if (text !== undefined && text.length > 256) throw new Error('must have at most 256 characters');
      return text;
    },
  } satisfies ApplicationSetting<string | undefined>,
  'covers.automatic': {
    variable: 'OPENVOD_AUTOMATIC_COVERS',
    shownDefault: 'on',
    values: '`on` or `off`',
    meaning:
      'Every uploaded video gets a cover: one of its pictures that is not black, unless somebody brings one.',
    read: (text = 'on') => {
      if (text !== 'on' && text !== 'off') throw new Error('must be on or off');
      return text === 'on';
    },
  } satisfies ApplicationSetting<boolean>,
  'watermark.default': {
    variable: 'OPENVOD_WATERMARK_DEFAULT',
    shownDefault: 'off',
    values: "a watermark template's id, or `off`",
    meaning: 'Watermark template that `isWatermark=1` and watermark 1 mean.',
    read: (text = 'off') => {
      if (text === 'off') return null;
      if (!/^[1-9]\d{0,14}$/.test(text) || text === '1')
        throw new Error("must be a watermark template's id, or off");
      return Number(text);
    },
    check: async (id, appId, facts) =>
      id === null || (await facts.hasWatermark(appId, id))
        ? null
        : `names watermark ${id}, which does not exist`,
  } satisfies ApplicationSetting<number | null>,

  ...PROTECTION_SETTINGS,

  'quota.callsPerSecond': limit(
    'OPENVOD_QUOTA_CALLS_PER_SECOND',
    'Calls a second that one node answers, of all actions together, parts of uploads too.',
  ),
  'quota.storageMiB': limit(
    'OPENVOD_QUOTA_STORAGE_MIB',
    'What videos and unfinished uploads may take together, MiB: beyond that new uploads and tasks are refused.',
  ),
  'quota.tasks': limit(
    'OPENVOD_QUOTA_TASKS',
    'Tasks that wait or are under way at a time; beyond that new ones are refused.',
  ),
};

/** A number from 1 on, or none. */
function limit(variable: string, meaning: string): ApplicationSetting<number | null> {
  return {
    variable,
    shownDefault: 'off',
    values: 'a whole number from 1 on, or `off`',
    meaning,
    read: (text = 'off') => {
      if (text === 'off') return null;
      if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error('must be a whole number from 1 on, or off');
      return Number(text);
    },
  };
}

export type SettingName = keyof typeof APPLICATION_SETTINGS;

/** What holds for an application, all settings. */
export type SettingValues = {
  readonly [N in SettingName]: ReturnType<(typeof APPLICATION_SETTINGS)[N]['read']>;
};

/** Settings as text; one that is missing is at its default. */
export type SettingTexts = Partial<Record<SettingName, string>>;

export const SETTING_NAMES = Object.keys(APPLICATION_SETTINGS) as SettingName[];

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(APPLICATION_SETTINGS, name);
}

/** A setting whose value makes sense only with another one; null when all is well. */
export function whatIsMissing(
  values: SettingValues,
): { name: SettingName; value: string; needs: SettingName } | null {
  if (values['events.mode'] === 'callback' && values['events.callbackUrl'] === undefined) {
    return { name: 'events.mode', value: 'callback', needs: 'events.callbackUrl' };
  }
  const mode = values['hotlink.refererMode'];
  if (mode !== 'off' && values['hotlink.referers'].length === 0) {
    return { name: 'hotlink.refererMode', value: mode, needs: 'hotlink.referers' };
  }
  return null;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
