/** Keeps off the screen what others write to these streams; `heard` gets it. Returns the way to let them write again. */
export function catchStray(streams: readonly NodeJS.WriteStream[], heard: (text: string) => void): () => void {
  const releases = streams.map(stream => catchOne(stream, heard));
  return () => {
    for (const release of releases) release();
  };
}

function catchOne(stream: NodeJS.WriteStream, heard: (text: string) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    heard(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8'));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(() => done());
    return true;
  };
  Object.defineProperty(stream, 'write', {value: write, configurable: true, writable: true});
  return () => {
    if (own) Object.defineProperty(stream, 'write', own);
    else Reflect.deleteProperty(stream, 'write');
  };
}
