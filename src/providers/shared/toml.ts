/** A text in a TOML file, and the names that lead to it: `[a.b]` with `c = 'text'` is ['a', 'b', 'c']. */
export type TomlText = {path: string[]; text: string};

const name = String.raw`(?:[\w-]+|"[^"]*"|'[^']*')`;
const names = String.raw`${name}(?:\s*\.\s*${name})*`;
const string = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'`;
const header = new RegExp(String.raw`^\s*(\[{1,2})\s*(${names})\s*\]`);
const assignment = new RegExp(String.raw`^\s*(${names})\s*=\s*(${string}|\{.*\})\s*(?:#.*)?$`);
// Tried after each comma alone: at every letter of a long line it would take minutes.
const entry = new RegExp(String.raw`[{,]\s*(${names})\s*=\s*(${string})`, 'y');

/** Every text that stands on one line, in tables, with dotted names and in inline tables. Lists of tables are left out. */
export function textsOfToml(file: string): TomlText[] {
  let table: string[] | null = [];
  return linesOf(file).flatMap(line => {
    const [, brackets, title] = header.exec(line) ?? [];
    if (title !== undefined) table = brackets === '[' ? partsOf(title) : null;
    const [, left = '', right = ''] = assignment.exec(line) ?? [];
    if (table === null || left === '') return [];
    const path = [...table, ...partsOf(left)];
    return right.startsWith('{') ? textsIn(path, right) : textOf(path, right);
  });
}

/** Without texts of several lines: what stands in one is nobody's setting. */
const linesOf = (file: string): string[] => file.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, '0').split(/\r?\n/);

function textsIn(path: string[], table: string): TomlText[] {
  const texts: TomlText[] = [];
  for (let at = 0; at !== -1; at = table.indexOf(',', at)) {
    entry.lastIndex = at;
    const [all = '', left, right = ''] = entry.exec(table) ?? [];
    if (left !== undefined) texts.push(...textOf([...path, ...partsOf(left)], right));
    at += all.length || 1;
  }
  return texts;
}

const partsOf = (path: string): string[] =>
  [...path.matchAll(new RegExp(name, 'g'))].map(([part]) => part.replace(/^(["'])(.*)\1$/, '$2'));

function textOf(path: string[], quoted: string): TomlText[] {
  if (quoted.startsWith("'")) return [{path, text: quoted.slice(1, -1)}];
  try {
    return [{path, text: String(JSON.parse(quoted))}];
  } catch {
    return []; // an escape that JSON does not know
  }
}
