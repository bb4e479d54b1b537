import path from 'node:path';
import { SIGNED_HOSTS } from '@openvod/contract/v2';
import { MASTER_KEY_FORM, type MasterKey, masterKeyOf } from './encryption/index.ts';
import {
  definitionOf,
  readTexts,
  SETTING_NAMES,
  type SettingTexts,
  type SettingValues,
  whatIsMissing,
} from './settings/index.ts';

/** One setting: its environment variable, what it is when unset, what it means, and how its text is read. */
interface Setting<T> {
  variable: string;
  /** The default as the manual shows it. */
  shownDefault: string;
  meaning: string;
  /** `value` is undefined when unset or empty. Throws an Error that says what would be right. */
  read(value: string | undefined): T;
}

function text(variable: string, fallback: string, meaning: string): Setting<string> {
  return { variable, shownDefault: fallback, meaning, read: (value) => value ?? fallback };
}

function optionalText(variable: string, meaning: string, shownDefault = ''): Setting<string | undefined> {
  return { variable, shownDefault, meaning, read: (value) => value };
}

function integer(
  variable: string,
  fallback: number,
  min: number,
  max: number,
  meaning: string,
): Setting<number> {
  const read = (value: string | undefined) => {
    const number = value === undefined ? fallback : Number(value);
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  };
  return { variable, shownDefault: String(fallback), meaning, read };
}

function flag(variable: string, fallback: boolean, meaning: string): Setting<boolean> {
  const read = (value: string | undefined) => {
    if (value === undefined) return fallback;
    if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
    return value === 'true';
  };
  return { variable, shownDefault: String(fallback), meaning, read };
}

function oneOf<const T extends string>(variable: string, allowed: readonly T[], meaning: string): Setting<T> {
  const read = (value: string | undefined) => {
    const found = allowed.find((one) => one === (value ?? allowed[0]));
    if (found === undefined) throw new Error(`must be one of ${allowed.join(', ')}`);
    return found;
  };
  return { variable, shownDefault: allowed[0]!, meaning, read };
}

function list(variable: string, fallback: string, meaning: string): Setting<string[]> {
  const read = (value: string | undefined) =>
    (value ?? fallback).split(',').flatMap((one) => one.trim() || []);
  return { variable, shownDefault: fallback, meaning, read };
}

/** What is wrong is not repeated: it may be nearly a key. */
function readMasterKey(value: string): MasterKey {
  const key = masterKeyOf(value);
  if (!key) throw new Error(`must be ${MASTER_KEY_FORM}`);
  return key;
}

const METRICS_PORT = integer('OPENVOD_METRICS_PORT', 0, 0, 65535, '');

/**
 * Every setting of the service; those of its applications, whose defaults are environment variables too, are in
 * settings/definitions.ts. docs/configuration.md and .env.example are made from both tables.
 */
export const SETTINGS = {
  host: text('OPENVOD_HOST', '127.0.0.1', 'Address to listen on; `0.0.0.0` for every interface.'),
  port: integer(
    'OPENVOD_PORT',
    8620,
    0,
    65535,
    'Port of the API, of playback and of the player page; 0 takes a free one.',
  ),
  publicUrl: optionalText(
    'OPENVOD_PUBLIC_URL',
    'Origin that play addresses begin with, e.g. `https://media.example.com`.',
    'http://<host>:<port>',
  ),
  dataDir: {
    variable: 'OPENVOD_DATA_DIR',
    shownDefault: './data',
    meaning: 'Folder of the SQLite database, the objects, access logs and temporary files.',
    read: (value) => path.resolve(value ?? './data'),
  } satisfies Setting<string>,
  databaseUrl: optionalText(
    'OPENVOD_DATABASE_URL',
    '`postgres://user:password@host/database`. Needed as soon as there is more than one process.',
    'SQLite in the data folder',
  ),
  storageUrl: optionalText(
    'OPENVOD_STORAGE_URL',
    '`s3://bucket?endpoint=…&region=…` for any S3-compatible store; keys come from the usual AWS variables.',
    'disk, in the data folder',
  ),
  startTimeoutSeconds: integer(
    'OPENVOD_START_TIMEOUT',
    20,
    1,
    3600,
    'Seconds that a start waits for the database and the store, each, before it ends with an error.',
  ),
  role: oneOf(
    'OPENVOD_ROLE',
    ['all', 'api', 'worker'],
    '`api` answers requests, `worker` transcodes, `all` does both. `api` and `worker` need PostgreSQL.',
  ),
  appId: optionalText('OPENVOD_APP_ID', 'AppId of the first account, digits.', 'made up on first start'),
  secretId: optionalText(
    'OPENVOD_SECRET_ID',
    "The first account's SecretId.",
    'made up and printed on first start',
  ),
  secretKey: optionalText(
    'OPENVOD_SECRET_KEY',
    "The first account's SecretKey.",
    'made up and printed on first start',
  ),
  tlsCert: optionalText(
    'OPENVOD_TLS_CERT',
    'Certificate file (PEM); with the key it opens a TLS listener beside the plain one.',
  ),
  tlsKey: optionalText('OPENVOD_TLS_KEY', 'Private key file (PEM).'),
  tls: oneOf('OPENVOD_TLS', ['', 'self-signed'], '`self-signed` makes a certificate for trying TLS out.'),
  tlsPort: integer('OPENVOD_TLS_PORT', 8643, 0, 65535, 'Port of the TLS listener.'),
  requireHttps: flag(
    'OPENVOD_REQUIRE_HTTPS',
    false,
    'Plain HTTP on the text API answers 4600; uploads and playback take both.',
  ),
  trustProxy: flag(
    'OPENVOD_TRUST_PROXY',
    false,
    'Believe `X-Forwarded-Host`, `-Proto` and `-For`. Only behind a proxy that sets them.',
  ),
  signedHosts: list(
    'OPENVOD_SIGNED_HOSTS',
    SIGNED_HOSTS.join(','),
    'Further host names that a client may have signed, besides the one it sends; comma separated.',
  ),
  replayWindowSeconds: integer(
    'OPENVOD_REPLAY_WINDOW',
    7200,
    10,
    86400,
    'Seconds that a Timestamp may be off, and for which a signature may not be used twice; 300 is the strict mode.',
  ),
  rateLimit: {
    variable: 'OPENVOD_RATE_LIMIT',
    shownDefault: 'off',
    meaning:
      'Calls per minute, account and action: `off`, `documented` (the original figures), or a number that multiplies them.',
    read: (value) => {
      if (value === undefined || value === 'off') return null;
      const scale = value === 'documented' ? 1 : Number(value);
      if (!Number.isFinite(scale) || scale <= 0)
        throw new Error('must be off, documented, or a number above 0');
      return scale;
    },
  } satisfies Setting<number | null>,
  instantUpload: flag(
    'OPENVOD_INSTANT_UPLOAD',
    false,
    'Answer InitUpload with the existing video when the account already has a file with these bytes.',
  ),
  maxFileMiB: integer(
    'OPENVOD_MAX_FILE_MIB',
    49152,
    1,
    1_048_576,
    'Largest file that may be uploaded or pulled, MiB.',
  ),
  minFreeMiB: integer(
    'OPENVOD_MIN_FREE_MIB',
    1024,
    0,
    1_048_576,
    'With less room than that on the disk of the data folder, uploads are refused for now and tasks wait, MiB.',
  ),
  uploadMemoryMiB: integer(
    'OPENVOD_UPLOAD_MEMORY_MIB',
    128,
    8,
    65536,
    'Memory for the parts of all uploads together, MiB; parts beyond that wait unread.',
  ),
  replayMemoryMiB: integer(
    'OPENVOD_REPLAY_MEMORY_MIB',
    512,
    1,
    65536,
    'With SQLite: memory for the signatures of the replay window, MiB; 100 calls a second take 15.',
  ),
  transcodeConcurrency: integer(
    'OPENVOD_TRANSCODE_CONCURRENCY',
    1,
    1,
    64,
    'Tasks of one process that use its processors at a time: transcodes, pictures, clips, joins. Pulls have places of their own.',
  ),
  pullsAtOnce: integer(
    'OPENVOD_PULLS_AT_ONCE',
    4,
    1,
    64,
    'Files that one process pulls from addresses at a time.',
  ),
  copyWhenFits: oneOf(
    'OPENVOD_COPY_WHEN_FITS',
    ['strict', 'loose', 'never'],
    'Copy a stream instead of encoding it: `strict`, if it satisfies all of its definition; `loose`, if it is as good to play; `never`.',
  ),
  upscale: flag('OPENVOD_UPSCALE', false, 'Scale up sources that are smaller than a definition.'),
  encodePreset: oneOf(
    'OPENVOD_ENCODE_PRESET',
    [
      ...(['veryfast', 'ultrafast', 'superfast', 'faster', 'fast'] as const),
      ...(['medium', 'slow', 'slower', 'veryslow', 'placebo'] as const),
    ],
    "x264's preset, from `ultrafast` to `placebo`: a slower one makes a better picture of the same bitrate.",
  ),
  pullMaxHours: integer(
    'OPENVOD_PULL_MAX_HOURS',
    24,
    1,
    500,
    'Hours that a file may take to be pulled from an address.',
  ),
  pullAllowPrivate: flag(
    'OPENVOD_PULL_ALLOW_PRIVATE',
    false,
    'Addresses that callers name (`notifyUrl`, those of MultiPullVodFile) may be private and loopback ones.',
  ),
  masterKey: {
    variable: 'OPENVOD_MASTER_KEY',
    shownDefault: 'made at first start, in the data folder',
    meaning: `Seals the keys of encrypted media: ${MASTER_KEY_FORM}. Without it the first start makes \`master.key\`. Whoever loses it loses what is encrypted.`,
    read: (value) => (value === undefined ? undefined : readMasterKey(value)),
  } satisfies Setting<MasterKey | undefined>,
  otherMasterKeys: {
    variable: 'OPENVOD_OTHER_MASTER_KEYS',
    shownDefault: 'none',
    meaning:
      'Master keys that still open what they have sealed, comma separated: those of before, while one is changed.',
    read: (value) => (value ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : readMasterKey(one))),
  } satisfies Setting<MasterKey[]>,
  metricsPort: {
    variable: 'OPENVOD_METRICS_PORT',
    shownDefault: 'that of the API',
    meaning: 'Port of `/metrics`, which is then nowhere else; 0 takes a free one.',
    read: (value) => (value === undefined ? null : METRICS_PORT.read(value)),
  } satisfies Setting<number | null>,
  metricsHost: optionalText(
    'OPENVOD_METRICS_HOST',
    'Address that `OPENVOD_METRICS_PORT` is opened on.',
    '127.0.0.1',
  ),
  accessLog: flag('OPENVOD_ACCESS_LOG', true, 'Write a line for each playback request into the data folder.'),
  cityDatabase: optionalText(
    'OPENVOD_CITY_DATABASE',
    'File in the format of MaxMind (GeoLite2 City or like it) that says where addresses are: regions in statistics.',
    'none',
  ),
  ispDatabase: optionalText(
    'OPENVOD_ISP_DATABASE',
    'The same (GeoLite2 ASN, GeoIP2 ISP or like them) that says whose network an address is: carriers in statistics.',
    'none',
  ),
  segmentCacheMiB: integer(
    'OPENVOD_SEGMENT_CACHE_MIB',
    128,
    0,
    65536,
    'Memory for the media that is played most, MiB.',
  ),
  playbackMemoryMiB: integer(
    'OPENVOD_PLAYBACK_MEMORY_MIB',
    128,
    1,
    65536,
    'Memory for what is on its way to players, all together, MiB; over it each gets small pieces.',
  ),
  maxConnections: integer(
    'OPENVOD_MAX_CONNECTIONS',
    8192,
    1,
    1_000_000,
    'Connections that each listener keeps open; those above are closed at once.',
  ),
  logLevel: oneOf(
    'OPENVOD_LOG_LEVEL',
    ['info', 'trace', 'debug', 'warn', 'error', 'silent'],
    'Least level of the JSON log.',
  ),
};

export type Config = { [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> } & {
  /** Defaults of the applications' settings, as far as they are given. */
  applicationDefaults: SettingTexts;
};

/** Everything that is wrong with the settings, one line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the settings from environment variables. Throws ConfigError that names every bad variable at once,
 * also unknown ones that begin with OPENVOD_ (a typo must not pass silently).
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    try {
      values[name] = setting.read(env[setting.variable] || undefined);
    } catch (error) {
      problems.push(`${setting.variable} ${(error as Error).message}`);
    }
  }
  const applicationDefaults: SettingTexts = {};
  for (const name of SETTING_NAMES) {
    const text = env[definitionOf(name).variable];
    if (text) applicationDefaults[name] = text;
  }
  const applicationValues = readTexts(applicationDefaults, {}, (name, problem) =>
    problems.push(`${definitionOf(name).variable} ${problem}`),
  );
  const config = { ...values, applicationDefaults } as Config;
  problems.push(...unknownVariables(env));
  if (problems.length === 0) problems.push(...contradictions(config, applicationValues));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

/** Variables that are not the server's, but of the command, the tests and the soak beside it. */
const OTHERS = /^OPENVOD_(URL$|SOAK$|TEST_)/;

function unknownVariables(env: Record<string, string | undefined>): string[] {
  const known = new Set([
    ...Object.values(SETTINGS).map((setting) => setting.variable),
    ...SETTING_NAMES.map((name) => definitionOf(name).variable),
  ]);
  return Object.keys(env)
    .filter((name) => name.startsWith('OPENVOD_') && !OTHERS.test(name) && !known.has(name))
    .map((name) => `${name} is not a setting`);
}

function contradictions(config: Config, applicationValues: SettingValues): string[] {
  const problems: string[] = [];
  if (config.role !== 'all' && !config.databaseUrl) {
    problems.push(
      `OPENVOD_ROLE=${config.role} needs OPENVOD_DATABASE_URL: several processes cannot share SQLite`,
    );
  }
  if (Boolean(config.tlsCert) !== Boolean(config.tlsKey)) {
    problems.push('OPENVOD_TLS_CERT and OPENVOD_TLS_KEY go together');
  }
  if (Boolean(config.secretId) !== Boolean(config.secretKey)) {
    problems.push('OPENVOD_SECRET_ID and OPENVOD_SECRET_KEY go together');
  }
  if (config.metricsHost !== undefined && config.metricsPort === null) {
    problems.push('OPENVOD_METRICS_HOST needs OPENVOD_METRICS_PORT');
  }
  if (config.metricsPort !== null && config.metricsPort !== 0 && config.metricsPort === config.port) {
    problems.push('OPENVOD_METRICS_PORT must be another than OPENVOD_PORT');
  }
  if (config.appId !== undefined && !/^\d{1,20}$/.test(config.appId))
    problems.push('OPENVOD_APP_ID must be digits');
  const missing = whatIsMissing(applicationValues);
  if (missing) {
    const { variable } = definitionOf(missing.name);
    problems.push(`${variable}=${missing.value} needs ${definitionOf(missing.needs).variable}`);
  }
  if (config.publicUrl !== undefined && !/^https?:\/\//.test(config.publicUrl)) {
    problems.push('OPENVOD_PUBLIC_URL must begin with http:// or https://');
  }
  return problems;
}
