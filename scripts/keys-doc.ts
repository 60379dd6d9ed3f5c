import {writeFileSync} from 'node:fs';
import {keysDoc} from '../src/view/keymap/keys-doc.ts';

/** Writes docs/keys.md from the keymap. */
writeFileSync(new URL('../docs/keys.md', import.meta.url), keysDoc());
