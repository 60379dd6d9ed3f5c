import type {ComponentType, ReactNode} from 'react';

type Props = {x?: number; y?: number; width: number; height: number; children: ReactNode};

/**
 * One text of several rows, in a place of the screen. It is what `<Text>` makes in an absolute `<Box>`, as one node
 * instead of two: Ink lays every node out with every frame. Its size is given, so that no text is measured for it.
 */
export function Place({x = 0, y = 0, width, height, children}: Props) {
  return <Text style={{position: 'absolute', left: x, top: y, width, height, textWrap: 'truncate'}}>{children}</Text>;
}

type Style = {position: 'absolute'; left: number; top: number; width: number; height: number; textWrap: 'truncate'};

/** Ink's own element below its `<Text>`. */
const Text = 'ink-text' as unknown as ComponentType<{style: Style; children: ReactNode}>;
