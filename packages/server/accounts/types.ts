/** A SecretId with its SecretKey, which signs calls. */
export interface ApiKey {
  /**
   * Whose key it is: that of a main application acts in all applications of its account, that of a sub-application in this
   * one only.
   */
  appId: string;
  /** The account: the app id of its main application. */
  accountId: string;
  secretId: string;
  secretKey: string;
  disabled: boolean;
  /** ms since the epoch. */
  createdAt: number;
  /** The beginning of the hour in which it was last used, ms since the epoch; null for never. */
  lastUsedAt: number | null;
}

export interface Application {
  appId: string;
  /** The account; equal to `appId` for the main application. */
  accountId: string;
  name: string;
  /** ms since the epoch. */
  createdAt: number;
  /** Its calls and its playback are refused; nothing of it is lost. Never true of a main application. */
  switchedOff: boolean;
}

/** What the operator set for the first account; what is left out is made up. */
export interface FirstAccountSettings {
  appId?: string | undefined;
  secretId?: string | undefined;
  secretKey?: string | undefined;
}

export interface FirstAccount {
  appId: string;
  /** The key to work with; null when every key of the account is disabled. */
  key: { secretId: string; secretKey: string } | null;
  /** True when the key was made up just now, so that nobody has seen it yet. */
  madeUp: boolean;
}

/** Accounts, their sub-applications, and the keys of both. */
export interface Accounts {
  /**
   * Makes the first account on an empty database, brings its key in line with the settings, and does nothing
   * when all is there. Safe when several nodes start at once. Throws an Error that names the setting at fault.
   */
  ensureFirstAccount(given: FirstAccountSettings): Promise<FirstAccount>;
  /** From memory, at most 5 s old; null when there is no such key. */
  findKey(secretId: string): Promise<ApiKey | null>;
  /**
   * Whose resources a call means (docs/wire/calls.md, Common parameters): absent, empty, 0 and the own id mean the application
   * that the key belongs to. Null when the key may act in no such application.
   * @param keyAppId the application of the key
   * @throws Refused `application.off`
   */
  findApplication(keyAppId: string, subAppId: string | undefined): Promise<string | null>;
  /**
   * Whether an application is switched off. From memory, at most 5 s old; when the database does not answer, what was known
   * last.
   */
  isSwitchedOff(appId: string): boolean | Promise<boolean>;
  /** Notes that a key was used, to the hour, without anybody waiting for it. */
  noteUse(secretId: string, now: number): void;
  /** All, or those of one application. */
  listKeys(appId?: string): Promise<ApiKey[]>;
  /**
   * Makes a key of an application, and says how many it has now and may have. The secret is shown never again.
   * Throws an Error when the application does not exist or has two keys already.
   */
  createKey(appId: string): Promise<NewKey>;
  /** Throws an Error when there is no such key. */
  setKeyDisabled(secretId: string, disabled: boolean): Promise<void>;
  /** Throws an Error when there is no such key or when it is still enabled. */
  deleteKey(secretId: string): Promise<void>;
  /** All, or those of one account, the main application first. */
  listApplications(accountId?: string): Promise<Application[]>;
  /** Throws an Error when the account does not exist, or the name cannot be. */
  createSubApplication(accountId: string, name: string): Promise<Application>;
  /** Throws an Error when there is no such sub-application, or the name cannot be. */
  renameSubApplication(appId: string, name: string): Promise<void>;
  /** Throws an Error when there is no such sub-application; the main one cannot be switched off. */
  setSwitchedOff(appId: string, off: boolean): Promise<void>;
  /** Resolves once nothing is being written any more. */
  stop(): Promise<void>;
}

export interface NewKey {
  secretId: string;
  secretKey: string;
  /** Keys that the application has now, and how many it can have. */
  count: number;
  limit: number;
}
