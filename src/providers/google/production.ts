import type {Note, Reading, Window} from '../../core/model.ts';
import {poolNamed} from './limits.ts';

/**
 * What may be believed of an answer from production. It tells the Gemini pool's limits as they are not, and sometimes
 * calls every limit full: such an answer says nothing at all.
 */
export function believable(reading: Reading): Reading {
  const told = reading.windows.filter(({use}) => use.state !== 'unknown');
  const isEmptyTalk = told.every(isFull);
  const windows = reading.windows.map(window => (isEmptyTalk || isGemini(window) ? unverified(window) : window));
  return {...reading, windows, notes: withoutFigures(reading.notes, windows)};
}

const isFull = ({use}: Window): boolean =>
  use.state === 'not-started' || (use.state === 'known' && use.usedPercent === 0);

const isGemini = ({pool}: Window): boolean => poolNamed(pool ?? '') === 'gemini';

function unverified(window: Window): Window {
  if (window.use.state === 'unknown') return window;
  const {shares: _, ...rest} = window;
  return {...rest, resetsAt: null, use: {state: 'unknown', why: 'unverified'}};
}

/** The notes, with figures only for the models that one of these windows has among its shares. */
export function withoutFigures(notes: readonly Note[], windows: readonly Window[]): Note[] {
  const believed = new Set(windows.flatMap(({shares = []}) => shares.map(({name}) => name)));
  return notes.map(note => (note.code === 'model' && !believed.has(note.text ?? '') ? withoutFigure(note) : note));
}

const withoutFigure = ({percent: _, ...note}: Note): Note => note;
