import type {AccountState, MonitorState, Note} from '../../core/model.ts';
import {maskIdentity} from '../../core/text/redact.ts';
import {unicodePattern} from '../../core/text/unicode-pattern.ts';

/** Hides who is signed in: e-mails, account names and paths, wherever they stand. */

const email = unicodePattern(String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`);
// A path says the user's name; its last part says what it is.
const path = /(?:~|[A-Za-z]:)?(?:[\\/][^\\/\s"'`]+)*[\\/]([^\\/\s"'`]+)/g;
const address = /\b[a-z][a-z+.-]*:\/\/\S+/gi;

/** The text without e-mails, paths and the names given. Web addresses keep their host. */
export function hideIn(text: string, names: readonly string[] = []): string {
  const addresses: string[] = [];
  const kept = text.replace(address, found => `\u0000${addresses.push(hideInAddress(found, names)) - 1}\u0000`);
  let hidden = kept.replace(email(), maskIdentity).replace(path, (_, last: string) => `…/${last}`);
  for (const name of names) if (name.length > 2) hidden = hidden.replaceAll(name, maskIdentity(name));
  return hidden.replace(/\u0000(\d+)\u0000/g, (_, index: string) => addresses[Number(index)] ?? '');
}

function hideInAddress(text: string, names: readonly string[]): string {
  let hidden = text.replace(email(), maskIdentity);
  for (const name of names) if (name.length > 2) hidden = hidden.replaceAll(name, maskIdentity(name));
  return hidden;
}

export function hideAccount(account: AccountState): AccountState {
  const names = [account.label];
  const hide = (text: string): string => hideIn(text, names);
  return {
    ...account,
    label: maskIdentity(account.label),
    ...(account.machine === undefined ? {} : {machine: maskIdentity(account.machine)}),
    source: hide(account.source),
    reading: account.reading && {
      ...account.reading,
      notes: account.reading.notes.map(note => hideNote(note, hide)),
    },
    failure: account.failure && {
      ...account.failure,
      detail: hide(account.failure.detail),
      remedy: account.failure.remedy && {
        ...account.failure.remedy,
        ...(account.failure.remedy.name === undefined ? {} : {name: hide(account.failure.remedy.name)}),
        ...(account.failure.remedy.url === undefined ? {} : {url: hide(account.failure.remedy.url)}),
      },
    },
  };
}

/** An organisation's name is nothing but an identity. */
function hideNote(note: Note, hide: (text: string) => string): Note {
  if (note.text === undefined) return note;
  return {...note, text: note.code === 'managed-by-organisation' ? maskIdentity(note.text) : hide(note.text)};
}

export const hideIdentities = (state: MonitorState): MonitorState => ({
  ...state,
  accounts: Object.fromEntries(Object.entries(state.accounts).map(([key, account]) => [key, hideAccount(account)])),
  notices: state.notices.map(notice => ({...notice, text: hideIn(notice.text)})),
});
