import type {Controller} from '../../controllers/controller.ts';
import {typedFilter} from '../../view/ui-state.ts';

/** A field that is not seen takes what is typed, so that a telephone shows its keys and every script can be entered. */
export function followTyping({ui, dispatch}: Controller, input: HTMLInputElement): {follow(): void} {
  input.addEventListener('input', () => {
    const text = input.value.replace(/\s+/g, ' ');
    if (ui.get().palette !== null) dispatch({type: 'palette-text', text});
    else dispatch({type: 'filter-text', text, cursor: [...text.slice(0, input.selectionStart ?? text.length)].length});
  });
  input.addEventListener('keyup', () => {
    const {typing, palette} = ui.get();
    const {text} = typedFilter(ui.get());
    if (!typing || palette !== null) return;
    dispatch({type: 'filter-text', text, cursor: [...text.slice(0, input.selectionStart ?? text.length)].length});
  });
  return {
    follow() {
      const {typing, palette} = ui.get();
      const text = palette !== null ? palette.text : typing ? typedFilter(ui.get()).text : null;
      input.disabled = text === null;
      if (text === null) {
        if (document.activeElement === input) input.blur();
        return;
      }
      if (input.value !== text) input.value = text;
      if (document.activeElement !== input) input.focus({preventScroll: true});
    },
  };
}
