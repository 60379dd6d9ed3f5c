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
  answer(path: string): (Answer & {etag: string}) | null;
};

export type ReadPageFile = (name: string) => Buffer;

export function pageFilesOf(read: ReadPageFile): PageFiles {
  const known = new Map<Name, (Answer & {etag: string}) | null>();
  const nameOf = (path: string): Name | undefined => names.find(name => path === pathOf(name));
  return {
    has: path => nameOf(path) !== undefined,
    answer(path) {
      const name = nameOf(path);
      if (name === undefined) return null;
      const answer = known.get(name) ?? readPageFile(read, name);
      known.set(name, answer);
      return answer;
    },
  };
}

const pathOf = (name: Name): string => (name === 'index.html' ? '/' : `/${name}`);

function readPageFile(read: ReadPageFile, name: Name): (Answer & {etag: string}) | null {
  try {
    const body = read(name);
    const etag = etagOf(body);
    const headers = {'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, ETag: etag};
    return {status: 200, type: types[name], body, headers, etag};
  } catch {
    return null;
  }
}
