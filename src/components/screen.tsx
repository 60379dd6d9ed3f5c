import {Box} from 'ink';
import type {ReactNode} from 'react';

/** Exactly the terminal: never taller, or Ink would clear it for every frame. */
export function Screen({columns, rows, children}: {columns: number; rows: number; children: ReactNode}) {
  return (
    <Box width={columns} height={rows} overflow="hidden" flexDirection="column">
      {children}
    </Box>
  );
}
