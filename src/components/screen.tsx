import {Box} from 'ink';
import type {ReactNode} from 'react';

/**
 * Exactly the terminal: never taller, or Ink would clear it for every frame. Rows are cut where they are made; to have Ink
 * clip them too would cost a fifth of every frame.
 */
export function Screen({columns, rows, children}: {columns: number; rows: number; children: ReactNode}) {
  return (
    <Box width={columns} height={rows} flexDirection="column">
      {children}
    </Box>
  );
}
