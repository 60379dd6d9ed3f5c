import type {Notice} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {blank, type Line, span, wrapped} from './line.ts';

/** What concerns the whole program, in full: the header has room for the last one at most, and rarely for all of it. */
export function noticeLines(notices: readonly Notice[], width: number, {strings}: ViewContext): Line[] {
  if (notices.length === 0) return [[span(strings.noticesView.none, 'dim')]];
  return notices.flatMap((notice, index) => [
    ...(index > 0 ? [blank] : []),
    ...wrapped(`! ${strings.notices[notice.code]}`, width, 'warn'),
    ...wrapped(notice.text, width),
  ]);
}
