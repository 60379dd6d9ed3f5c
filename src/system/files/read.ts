import {type BigIntStats, constants} from 'node:fs';
import {type FileHandle, open, readdir, stat} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {type FileRead, lockedWhy, type Machine, type Unreadable, type UnreadableReason} from '../../core/provider.ts';
import {codeOf} from './trouble.ts';

/** The most that is read of any file: 1 MiB. */
export const fileCap = 1_048_576;

const retryAfterMs = 100;

// Some file systems keep times to two seconds only. A file that was written just now may be written again without a
// visible change of its time, so what was read of it is not yet remembered.
const settledMs = 2_500;

type Remembered = {stamp: string; text: string};
export type Files = Pick<Machine, 'readText' | 'readJson' | 'modifiedAt' | 'list'>;

/** Reads files of other programs. Nothing here writes, hangs or throws. */
export function createFiles(): Files {
  const memory = new Map<string, Remembered>();
  const readText = (path: string) => readRemembering(path, memory);
  return {
    readText,
    readJson: path => readJson(path, readText),
    modifiedAt: path =>
      stat(path).then(
        ({mtimeMs}) => Math.round(mtimeMs),
        () => null,
      ),
    list: directory => readdir(directory).catch(() => []),
  };
}

async function readRemembering(path: string, memory: Map<string, Remembered>): Promise<FileRead> {
  try {
    const stats = await stat(path, {bigint: true});
    const known = memory.get(path);
    if (known !== undefined && known.stamp === stampOf(stats)) return {state: 'ok', text: known.text};
    memory.delete(path);
    return await readRegular(path, stats, memory);
  } catch (error) {
    memory.delete(path);
    return unreadableBy(error);
  }
}

async function readRegular(path: string, seen: BigIntStats, memory: Map<string, Remembered>): Promise<FileRead> {
  if (!seen.isFile()) return broken(notAFile(seen));
  // Not blocking: the file may have become a pipe since it was looked at, and nobody may ever write into that.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat({bigint: true});
    if (!stats.isFile()) return broken(notAFile(stats));
    const bytes = await readCapped(file);
    if (bytes.length > fileCap) return broken('it is larger than 1 MiB');
    const text = decode(bytes);
    if (Date.now() - Number(stats.mtimeMs) > settledMs) memory.set(path, {stamp: stampOf(stats), text});
    return {state: 'ok', text};
  } finally {
    await file.close();
  }
}

/** At most one byte more than the cap; the size that a file claims to have is not believed. */
async function readCapped(file: FileHandle): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= fileCap) {
    const {bytesRead, buffer} = await file.read(Buffer.alloc(Math.min(65_536, fileCap + 1 - length)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

// The decoder removes the byte order mark. Windows' own tools write UTF-16 with one.
const decode = (bytes: Buffer): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);

const stampOf = ({mtimeNs, ctimeNs, size, ino, dev}: BigIntStats): string =>
  [mtimeNs, ctimeNs, size, ino, dev].join(' ');

const notAFile = (stats: BigIntStats): string =>
  stats.isDirectory() ? 'it is a directory' : 'it is not a regular file';

async function readJson(path: string, readText: Files['readText']): ReturnType<Files['readJson']> {
  const first = await parsedFile(path, readText);
  if (first.state !== 'broken') return first;
  await pause(retryAfterMs);
  const second = await parsedFile(path, readText);
  return second.state === 'broken' ? broken(second.why) : second;
}

async function parsedFile(path: string, readText: Files['readText']) {
  const file = await readText(path);
  if (file.state !== 'ok') return file;
  try {
    return {state: 'ok' as const, value: JSON.parse(file.text) as unknown};
  } catch {
    // The parser's own message would quote the file, which may hold a token.
    return {state: 'broken' as const, why: file.text.trim() === '' ? 'it is empty' : 'it is not valid JSON'};
  }
}

/** It is there, and is not what it should be. */
export const broken = (why: string): Unreadable => ({state: 'unreadable', why, reason: 'broken'});

/** Why a file cannot be read, in plain words; `missing` when it is not there at all. */
export function unreadableBy(error: unknown): Unreadable | {state: 'missing'} {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return {state: 'missing'};
  const why = reasons[code] ?? `it cannot be read (${code || 'unknown error'})`;
  return {state: 'unreadable', why, reason: unreadableReason(why)};
}

export const deniedWhy = 'permission denied';
export const unreadableReason = (why: string): UnreadableReason =>
  why === deniedWhy ? 'forbidden' : why === lockedWhy ? 'locked' : 'broken';

const reasons: Record<string, string> = {
  EACCES: deniedWhy,
  EPERM: deniedWhy,
  EISDIR: 'it is a directory',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its path is too long',
  ERR_INVALID_ARG_VALUE: 'its path is not valid',
  ENXIO: 'it is not a regular file',
  EIO: 'it cannot be read from the disk',
  EBUSY: lockedWhy,
  EMFILE: 'too many files are open',
};
