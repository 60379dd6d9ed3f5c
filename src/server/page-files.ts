import {gzipSync} from 'node:zlib';
import type {Answer} from './answer.ts';
import {etagOf} from './feed.ts';

/** The page: files that are the same for everybody, with nothing of anybody in them. */

const types = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;
type Name = keyof typeof types;
const names = Object.keys(types) as Name[];

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export type PageFiles = {
  has(path: string): boolean;
  /** null: there is no such file, as in a checkout that was not built. */
  answer(path: string, encodings: string): (Answer & {etag: string}) | null;
};

/** `read` gives the text of a file, or null. */
export function pageFiles(read: (name: string) => string | null): PageFiles {
  const known = new Map<Name, PageFile | null>();
  const nameOf = (path: string): Name | undefined => names.find(name => path === pathOf(name));
  return {
    has: path => nameOf(path) !== undefined,
    answer(path, encodings) {
      const name = nameOf(path);
      if (name === undefined) return null;
      const file = known.get(name) ?? readPageFile(read, name);
      known.set(name, file);
      return file === null ? null : /\bgzip\b/.test(encodings) ? file.packed : file.plain;
    },
  };
}

const pathOf = (name: Name): string => (name === 'index.html' ? '/' : `/${name}`);

/** As it is, and in a quarter of the bytes for a line that is slow. */
type PageFile = {plain: Answer & {etag: string}; packed: Answer & {etag: string}};

function readPageFile(read: (name: string) => string | null, name: Name): PageFile | null {
  const text = read(name);
  if (text === null) return null;
  const body = Buffer.from(text);
  return {plain: fileAnswer(name, body, {}), packed: fileAnswer(name, gzipSync(body), {'Content-Encoding': 'gzip'})};
}

function fileAnswer(name: Name, body: Buffer, encoding: Record<string, string>): Answer & {etag: string} {
  const etag = etagOf(body);
  const usual = {'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, Vary: 'Accept-Encoding', ETag: etag};
  return {status: 200, type: types[name], body, headers: {...usual, ...encoding}, etag};
}
