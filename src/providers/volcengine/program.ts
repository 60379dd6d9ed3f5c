import type {Remedy} from '../../core/model.ts';
import type {VendorProgram} from '../shared/vendor-program.ts';

export const id = 'volcengine';
export const usageUrl = 'https://console.volcengine.com';

export const arkcli: VendorProgram = {
  name: 'arkcli',
  version: /^\W*(?:ark-?cli|@volcengine\/ark-cli)\W+(?:version\W+)?v?(\d{1,6}\.\d{1,6}\.\d{1,6})/im,
  since: '0.1.0',
  // Else asking may update it.
  env: {ARKCLI_NO_UPDATE_NOTIFIER: '1'},
};

/** Where installers put it when a terminal was started without it on its PATH. */
export const paths = ['~/.local/bin/arkcli', '/opt/homebrew/bin/arkcli', '/usr/local/bin/arkcli'] as const;
/** Below APPDATA on Windows, where npm puts only a batch file on the PATH. */
export const pathOnWindows = 'npm/node_modules/@volcengine/ark-cli/bin/arkcli-windows-amd64.exe';
/** Files of the one that signed in: a new sign-in writes them anew. */
export const identityFiles = ['token.json', 'metadata.json'] as const;
/** Where a key of the cloud account may stand instead. */
export const settingFiles = ['config.yaml', '.env'] as const;

export const signIn: Remedy = {code: 'run', command: 'arkcli auth login'};
