import {memo} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {useParts} from '../hooks/use-shown.ts';
import type {Line} from '../view/rows/line.ts';
import {Place} from './place.tsx';
import {rowsText} from './rows-text.tsx';

type Props = {lines: readonly Line[]; x?: number; y?: number; width: number};

/** Rows under each other, from a place on the screen. */
export const Rows = memo(function Rows({lines, x = 0, y = 0, width}: Props) {
  const {theme, ascii} = useParts(look);
  return (
    <Place x={x} y={y} width={width} height={lines.length}>
      {rowsText(lines, theme, ascii)}
    </Place>
  );
});

const look = ({context}: Controller) => ({theme: context().theme, ascii: context().ascii});
