/** Counts how often components render, as React's own developer tools do: by what a commit says of each component. */

type Fiber = {
  type: unknown;
  key: string | null;
  flags: number;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
};
type Root = {current: Fiber};

// React's own mark of a component whose function was called.
const performedWork = 1;

/** Renders by the name of the component, with its key where it has one: 'ProviderPanel openai'. */
export type Renders = {
  counts(): Record<string, number>;
  /** Of Ink's own nodes, which it lays out with every frame. */
  nodes(): number;
  reset(): void;
};

/** To be called before the first screen is opened: React looks for its tools when it starts. */
export function countRenders(): Renders {
  let counts = new Map<string, number>();
  let root: Fiber | null = null;
  const count = (fiber: Fiber): void => {
    const name = nameOf(fiber);
    if (name !== '' && (fiber.flags & performedWork) !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const visit = (fiber: Fiber, before: Fiber | null): void => {
    count(fiber);
    // The same children as before: nothing below was touched.
    if (before !== null && before.child === fiber.child) return;
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child, child.alternate);
  };
  process.env.DEV = 'true';
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      checkDCE() {},
      inject: () => 1,
      onCommitFiberRoot(_: number, {current}: Root) {
        root = current;
        visit(current, current.alternate);
      },
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
    },
  });
  return {
    counts: () => Object.fromEntries([...counts].sort()),
    nodes: () => nodesIn(root),
    reset() {
      counts = new Map();
    },
  };
}

const nodesIn = (fiber: Fiber | null): number =>
  fiber === null ? 0 : (typeof fiber.type === 'string' ? 1 : 0) + nodesIn(fiber.child) + nodesIn(fiber.sibling);

function nameOf({type, key}: Fiber): string {
  const component = typeof type === 'object' && type !== null && 'type' in type ? type.type : type;
  if (typeof component !== 'function') return '';
  return key === null ? component.name : `${component.name} ${key}`;
}
