import type {Strings} from '../../view/strings/en.ts';
import type {Link} from './connection.ts';
import {element} from './draw.ts';

/** Says how it stands with the server, and asks for the token where one is needed. */
export function followLink(
  root: HTMLElement,
  words: Strings['page'],
  onToken: (token: string) => void,
): (link: Link) => void {
  let lostAt: string | null = null;
  return link => {
    if (link === 'lost') lostAt ??= new Date().toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
    else if (link === 'live') lostAt = null;
    root.dataset.link = link;
    if (link === 'no-token' || link === 'wrong-token') root.replaceChildren(tokenForm(words, link, onToken));
    else root.textContent = link === 'lost' ? words.lost(lostAt ?? '') : link === 'connecting' ? words.connecting : '';
  };
}

function tokenForm(
  words: Strings['page'],
  link: 'no-token' | 'wrong-token',
  onToken: (token: string) => void,
): HTMLElement {
  const form = element('form', 'token');
  const label = document.createElement('label');
  const text = document.createElement('span');
  text.textContent = link === 'no-token' ? words.needsToken : words.wrongToken;
  const input = document.createElement('input');
  Object.assign(input, {type: 'password', autocomplete: 'off', spellcheck: false, required: true});
  label.append(text, input);
  const button = document.createElement('button');
  button.textContent = words.open;
  form.append(label, button);
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (input.value.trim() !== '') onToken(input.value.trim());
  });
  return form;
}
