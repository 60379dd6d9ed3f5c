import {describe, expect, it} from 'vitest';
import {filterOf, firstUi, reduceUi, type Ui, type UiEvent} from '../../src/view/ui-state.ts';

const given = (...events: UiEvent[]): Ui => events.reduce(reduceUi, firstUi);

describe('what the person has chosen', () => {
  it('opens a view and goes back', () => {
    expect(given({type: 'enter', mode: 'detail'}).mode).toBe('detail');
    expect(given({type: 'enter', mode: 'detail'}, {type: 'back'}).mode).toBe('panels');
  });
  it('goes back from the help to where it was opened', () => {
    expect(given({type: 'enter', mode: 'detail'}, {type: 'enter', mode: 'help'}, {type: 'back'}).mode).toBe('detail');
    expect(
      given({type: 'enter', mode: 'detail'}, {type: 'enter', mode: 'help'}, {type: 'back'}, {type: 'back'}).mode,
    ).toBe('panels');
  });
  it('closes a view with the key that opened it', () => {
    expect(given({type: 'enter', mode: 'help'}, {type: 'enter', mode: 'help'}).mode).toBe('panels');
  });
  it('stays where it is when there is nothing further out', () => {
    expect(given({type: 'back'})).toEqual(firstUi);
  });
  it('clears the filter before it leaves a view', () => {
    const filtered = given(
      {type: 'filter-open'},
      {type: 'filter-text', text: 'goo'},
      {type: 'filter-close', keep: true},
    );
    expect(filtered).toMatchObject({filter: 'goo', typing: false});
    expect(reduceUi(filtered, {type: 'back'}).filter).toBe('');
  });
  it('keeps the filter of the help apart', () => {
    const searched = given({type: 'enter', mode: 'help'}, {type: 'filter-open'}, {type: 'filter-text', text: 'quit'});
    expect(filterOf(searched)).toBe('quit');
    expect(searched.filter).toBe('');
  });
  it('scrolls no further than there is', () => {
    expect(given({type: 'scroll', what: 'help', by: 50, most: 12}).scroll.help).toBe(12);
    expect(given({type: 'scroll', what: 'help', by: -5, most: 12}).scroll.help ?? 0).toBe(0);
  });
  it('stays the same object when nothing changed', () => {
    const ui = given({type: 'focus', id: 'zai'});
    expect(reduceUi(ui, {type: 'focus', id: 'zai'})).toBe(ui);
    expect(reduceUi(ui, {type: 'scroll', what: 'zai', by: 3, most: 0})).toBe(ui);
  });
  it('takes back only the message that was meant', () => {
    const said = given({type: 'notify', text: 'one'}, {type: 'notify', text: 'two'});
    expect(reduceUi(said, {type: 'clear-message', id: 1}).message?.text).toBe('two');
    expect(reduceUi(said, {type: 'clear-message', id: 2}).message).toBeNull();
  });
});
