import {fileURLToPath} from 'node:url';
import {patch, replaced} from './patch.ts';

// Some screens of 300×100.
const mostRows = 800;
// Ink remembers 4096 texts and more, of which each may be a row: over a day that is many megabytes of rows that went by.
const inkRemembers = 'new QuickLRU({ maxSize: 4096 })';
const remembersLess = `new QuickLRU({ maxSize: ${mostRows} })`;

const runtime = (file: string): string => JSON.stringify(fileURLToPath(new URL(`runtime/${file}`, import.meta.url)));

/**
 * Ink forgets with every frame what it found out about each row of it. Rows mostly stay the same; what is remembered here
 * follows from the texts of the row and where they begin. A row of plain letters is not taken apart letter by letter.
 */
export const rememberedRows = patch('remembered-rows', [
  {
    // Where nothing is clipped or transformed, and no text goes on in the next row, rows do not depend on each other.
    file: /ink\/build\/output\.js$/,
    edit: code => `import {plainRows} from ${runtime('plain-row.ts')};
      import * as ansi from '@alcalzone/ansi-tokenize';
      ${replaced(code, '    get() {', `${rowByRow}\n    composed() {`)}
      const finished = new Map();
      const plain = plainRows(ansi);
      function finishedRow(width, writes) {
        const key = width + writes.map(({x, text}) => '\\n' + x + ' ' + text).join('');
        let row = finished.get(key);
        if (row !== undefined) return row;
        row = plain.row(width, writes) ?? composedRow(width, writes);
        if (finished.size > ${mostRows}) finished.clear();
        finished.set(key, row);
        return row;
      }
      function composedRow(width, writes) {
        const alone = new Output({width, height: 1});
        for (const {x, text} of writes) alone.write(x, 0, text, {transformers: []});
        return alone.composed().output;
      }
      const closed = new Map();
      function isClosed(row) {
        let found = closed.get(row);
        if (found !== undefined) return found;
        if (closed.size > ${mostRows}) closed.clear();
        closed.set(row, (found = plain.isClosed(row)));
        return found;
      }`,
  },
  {
    // A text without a style is not transformed.
    file: /ink\/build\/components\/Text\.js$/,
    edit: code =>
      replaced(
        code,
        'internal_transform: isScreenReaderEnabled ?',
        `internal_transform: isScreenReaderEnabled || !(color || effectiveBackgroundColor || dimColor || bold || italic || underline || strikethrough || inverse) ?`,
      ),
  },
  {
    file: /ink\/build\/render-node-to-output\.js$/,
    edit: code => `import measureText from './measure-text.js';
      import {plainRowsOf} from ${runtime('plain-node.ts')};
      ${replaced(
        replaced(code, 'widestLine(text)', 'measureText(text).width'),
        'let text = squashTextNodes(node);',
        'const rows = plainRowsOf(node); if (rows !== null) { output.rows(x, y, rows, newTransformers); return; } $&',
      )}`,
  },
  {file: /ink\/build\/measure-text\.js$/, edit: code => replaced(code, inkRemembers, remembersLess)},
  {file: /ink\/build\/wrap-text\.js$/, edit: code => replaced(code, inkRemembers, remembersLess)},
  {
    // Letters that are plain are sane.
    file: /ink\/build\/sanitize-ansi\.js$/,
    edit: code => `import {plainCells} from ${runtime('plain-string-width.ts')};
      ${replaced(code, 'export default sanitizeAnsi;', '')}
      const known = new Map();
      export default text => {
        if (plainCells(text) !== null || (text.includes('\\n') && text.split('\\n').every(row => plainCells(row) !== null))) return text;
        let sane = known.get(text);
        if (sane !== undefined) return sane;
        if (known.size > ${mostRows}) known.clear();
        known.set(text, (sane = sanitizeAnsi(text)));
        return sane;
      };`,
  },
]);

const rowByRow = `
    rows(x, y, rows, transformers) {
        this.operations.push({type: 'write', x, y, text: rows.text, rows: rows.rows, transformers});
    }
    get() {
        const rows = Array.from({length: this.height}, () => []);
        for (const {type, transformers, x, y, text, rows: own} of this.operations) {
            if (type !== 'write' || transformers.length > 0) return this.composed();
            const texts = own ?? text.split('\\n');
            for (const [index, text] of texts.entries()) {
                if (texts.length > 1 && !isClosed(text)) return this.composed();
                if (text !== '') rows[y + index]?.push({x, text});
            }
        }
        return {output: rows.map(writes => finishedRow(this.width, writes)).join('\\n'), height: rows.length};
    }`;
