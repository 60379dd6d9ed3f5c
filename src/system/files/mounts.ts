import {readFileSync} from 'node:fs';

/** The file systems of this machine, as Linux tells them. */

// What another machine writes to a network file system is never told here, and to ask one that is gone never ends.
export const localTypes: ReadonlySet<string> = new Set(
  'ext2 ext3 ext4 xfs btrfs zfs f2fs jfs reiserfs bcachefs tmpfs ramfs overlay'.split(' '),
);

export function readMounts(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return '';
  }
}

/** By mount point. Spaces in it are written as \040. */
export function typesIn(mounts: string): Map<string, string> {
  const rows = mounts.split('\n').map(line => line.split(' '));
  return new Map(rows.map(([, at = '', type = '']) => [at.replaceAll('\\040', ' '), type]));
}
