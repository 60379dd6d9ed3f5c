import {type Revealing, revealing, revealingName} from '../core/text/reveal.ts';
import {type Ask, type Complaint, isHidden, openPage, type Page, textAt} from './login-pages.ts';

/** Whether a page of the form may be left as it is. */

/** What is wrong with the open page; null when the form may go on. */
export function complaintOf(ask: Ask): Complaint | null {
  const page = openPage(ask);
  if (page === undefined) return null;
  const why = missing(page, textAt(ask, page));
  return why === null ? shownSecret(ask, page) : {why, page};
}

function missing(page: Page, text: string): 'nothing-typed' | 'required' | 'not-allowed' | null {
  if (page.kind === 'secret') return text === '' ? 'nothing-typed' : null;
  if (page.kind === 'label') return null;
  const {required, values} = page.field;
  if (text === '') return required ? 'required' : null;
  return values === undefined || values.includes(text) ? null : 'not-allowed';
}

/** A visible page must not show a secret of the form; a secret must not be what an earlier page shows. */
function shownSecret(ask: Ask, page: Page): Complaint | null {
  const visible = isHidden(page) ? ask.pages.slice(0, ask.at).filter(each => !isHidden(each)) : [page];
  const hidden = isHidden(page) ? [page] : ask.pages.filter(isHidden);
  const secrets = hidden.map(each => textAt(ask, each));
  for (const each of visible) {
    const why = revealingAt(each, textAt(ask, each), secrets);
    if (why !== null) return {why, page: each};
  }
  return null;
}

const revealingAt = (page: Page, text: string, secrets: readonly string[]): Revealing | null =>
  page.kind === 'label' ? revealingName(text, secrets) : revealing(text, secrets);

/** What is wrong with a new name for a login that has these secrets; null when it will do. */
export function renameComplaint(text: string, secrets: readonly string[]): Complaint | null {
  if (text === '') return {why: 'nothing-typed', page: {kind: 'label'}};
  const why = revealingName(text, secrets);
  return why === null ? null : {why, page: {kind: 'label'}};
}
