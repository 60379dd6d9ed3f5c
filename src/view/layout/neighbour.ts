import type {Placement, Rect} from './layout.ts';

/** Who lies where, seen from a panel or a cell. */

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest panel in a direction; null at the edge. */
export function neighbour(placements: readonly Placement[], from: string | null, direction: Direction): string | null {
  const here = placements.find(placement => placement.id === from);
  if (!here) return placements[0]?.id ?? null;
  const ranked = placements
    .filter(placement => liesTowards(here, placement, direction))
    .map(placement => ({id: placement.id, distance: distance(here, placement, direction)}))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.id ?? null;
}

function liesTowards(here: Placement, there: Placement, direction: Direction): boolean {
  switch (direction) {
    case 'left':
      return there.x + there.width <= here.x;
    case 'right':
      return there.x >= here.x + here.width;
    case 'up':
      return there.x === here.x && there.y < here.y;
    case 'down':
      return there.x === here.x && there.y > here.y;
  }
}

function distance(here: Placement, there: Placement, direction: Direction): number {
  const rows = Math.abs(there.y - here.y);
  // Sideways the next column counts first, then the panel that starts nearest in height.
  return direction === 'up' || direction === 'down' ? rows : Math.abs(there.x - here.x) * 1000 + rows;
}

/** The panel under a cell. */
export const panelAt = (placements: readonly Placement[], x: number, y: number): Placement | undefined =>
  placements.find(at => isIn(at, {x, y}));

/** Whether a cell lies in a part of the screen. */
export const isIn = (at: Rect, {x, y}: {x: number; y: number}): boolean =>
  x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height;
