import type {Remedy} from '../../core/model.ts';
import type {VendorProgram} from '../shared/vendor-program.ts';

export const id = 'alibaba';

export const bl: VendorProgram = {
  name: 'bl',
  installedAs: 'bailian-cli',
  version: /^\W*(?:bl|bailian(?:-cli)?)[\s/@]+(?:version\s+)?v?(\d{1,6}\.\d{1,6}\.\d{1,6})/im,
  since: '1.15.1',
};
/** It is installed under both names. */
export const names = [bl.name, 'bailian'] as const;

// Without the last word it installs newer versions of itself when it has been asked for something.
export const json = ['--output', 'json', '--quiet'] as const;

export const signIn: Remedy = {code: 'run', command: 'bl auth login --console'};
